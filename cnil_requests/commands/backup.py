"""``cnilreq backup``: the whole home in one file."""

from __future__ import annotations

from pathlib import Path

import click

from cnil_requests.console import (
    App,
    counted,
    emit_json,
    json_option,
    pass_app,
    say,
    warn,
)


@click.command()
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path))
@json_option
@pass_app
def command(app: App, /, *, file: Path, as_json: bool) -> None:
    """Copier tout votre dossier dans un seul fichier, même pendant son usage.

    \b
    Exemple :
      cnilreq backup sauvegarde-2026-06.zip
    """
    from cnil_requests.commands.home import open_home

    with open_home(app) as home:
        made = home.backup(file)
    if as_json:
        emit_json(
            {
                "backup": {
                    "file": made.file,
                    "files": made.files,
                    "size": made.size,
                    "missing": list(made.missing),
                    "skipped": list(made.skipped),
                }
            }
        )
        return
    say(f"Sauvegarde écrite : {made.file} ({counted(made.files, 'fichier')}).")
    for name in made.missing:
        warn(f"{name} manquait déjà dans votre dossier.")
