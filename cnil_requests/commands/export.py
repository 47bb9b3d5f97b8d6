"""``cnilreq export``: everything out, as JSON or as one person's whole file."""

from __future__ import annotations

from pathlib import Path

import click

from cnil_requests.commands.completion import complete_people
from cnil_requests.console import App, emit_json, json_option, pass_app, say


@click.command()
@click.option(
    "--person", metavar="NOM", shell_complete=complete_people, help="Cette personne."
)
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="Écrire l'export dans ce fichier.",
)
@json_option
@pass_app
def command(
    app: App, /, *, person: str | None, target: Path | None, as_json: bool
) -> None:
    """Sortir tout ce qui est enregistré, en JSON.

    \b
    Exemples :
      cnilreq export --json
      cnilreq export --person camille-exemple --to dossier.json
    """
    import json

    from cnil_requests.commands.home import open_home
    from cnil_requests.commands.output_file import write_output

    with open_home(app) as home:
        document = home.export(person)
    if target:
        text = json.dumps(document, ensure_ascii=False, indent=2, default=str)
        write_output(target, text.encode())
    if as_json or not target:
        emit_json(document)
    else:
        say(f"Export écrit : {target}")
