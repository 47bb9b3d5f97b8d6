"""``cnilreq export``: everything out, as JSON or as one person's whole file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cnil_requests.commands.completion import complete_people
from cnil_requests.console import App, emit_json, json_option, pass_app, say
from cnil_requests.errors import WrongUsageError


class WhoseFileError(WrongUsageError):
    """An archive of documents is handed to one person."""

    def __init__(self) -> None:
        """Name the option, and what saves everything."""
        super().__init__(
            "Un export en .zip est le dossier d'une personne.",
            remedy="Ajoutez --person NOM. Pour tout sauvegarder : cnilreq backup "
            "FICHIER",
        )


@click.command()
@click.option(
    "--person", metavar="NOM", shell_complete=complete_people, help="Cette personne."
)
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="Écrire l'export dans ce fichier ; en .zip, avec tous les documents.",
)
@json_option
@pass_app
def command(
    app: App, /, *, person: str | None, target: Path | None, as_json: bool
) -> None:
    """Sortir tout ce qui est enregistré, en JSON.

    Avec --person et --to FICHIER.zip : le dossier entier d'une personne, lettres et
    preuves comprises, à lui remettre ; rien d'une autre n'y figure.

    \b
    Exemples :
      cnilreq export --json
      cnilreq export --person camille-exemple --to dossier.json
      cnilreq export --person camille-exemple --to dossier.zip
    """
    from cnil_requests.commands.home import open_home

    with open_home(app) as home:
        if target and target.suffix.lower() == ".zip":
            if person is None:
                raise WhoseFileError
            document = home.hand_over(person, target)
        else:
            document = home.export(person)
            if target:
                _write(target, document)
    if as_json or not target:
        emit_json(document)
    else:
        say(f"Export écrit : {target}")


def _write(target: Path, document: dict[str, Any]) -> None:
    import json

    from cnil_requests.commands.output_file import write_output

    text = json.dumps(document, ensure_ascii=False, indent=2, default=str)
    write_output(target, text.encode())
