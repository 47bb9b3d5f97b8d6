"""``cnilreq restore``: a home from its backup."""

from __future__ import annotations

from pathlib import Path

import click

from cnil_requests.console import (
    App,
    bullet,
    command_line,
    counted,
    emit_json,
    json_option,
    pass_app,
    say,
    title,
)


@click.command()
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path))
@json_option
@pass_app
def command(app: App, /, *, file: Path, as_json: bool) -> None:
    """Refaire un dossier à partir d'une sauvegarde ; il doit être vide ou absent.

    \b
    Exemple :
      cnilreq --home NOUVEAU-DOSSIER restore sauvegarde-2026-06.zip
    """
    from cnil_requests.store.restoring import restore

    count = restore(file, app.home)
    if as_json:
        emit_json({"home": app.home, "files": count})
        return
    say(f"Dossier refait : {app.home} ({counted(count, 'fichier vérifié')}).")
    if app.database:
        title("Ensuite")
        bullet("Son registre est dans le dossier. Pour le mettre dans une base vide :")
        command_line(f'cnilreq ledger copy "{app.home}" ADRESSE')
