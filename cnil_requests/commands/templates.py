"""``cnilreq templates``: every field of every template, before anything is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cnil_requests.console import App, emit_json, json_option, pass_app, say

if TYPE_CHECKING:
    from cnil_requests.documents.checking import TemplateFinding


@click.group(subcommand_metavar="COMMANDE [OPTIONS]…")
def command() -> None:
    """Vérifier les modèles de lettres, ou en copier un pour l'adapter.

    Un fichier de même nom placé dans le sous-dossier letter_templates de votre
    dossier remplace celui du programme.
    """


@command.command("check")
@click.argument(
    "folder",
    required=False,
    metavar="[DOSSIER]",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@json_option
@pass_app
def check(app: App, folder: Path | None, *, as_json: bool) -> None:
    """Vérifier chaque champ de chaque modèle, avant que rien ne soit écrit.

    Sans DOSSIER : les modèles du programme avec les vôtres par-dessus.
    """
    from cnil_requests import shipped
    from cnil_requests.documents.checking import check_templates
    from cnil_requests.documents.templates import TemplateFolders

    own = folder or app.home / "letter_templates"
    found = check_templates(TemplateFolders(own, shipped.letter_templates()))
    if as_json:
        emit_json({"problems": [_as_json(item) for item in found]})
    else:
        _tell(found)
    if any(item.level == "error" for item in found):
        click.get_current_context().exit(1)


def _as_json(item: TemplateFinding) -> dict[str, object]:
    return {
        "file": item.file,
        "line": item.line,
        "column": item.field,
        "level": item.level,
        "message": item.message,
        "suggestion": item.suggestion,
    }


def _tell(found: list[TemplateFinding]) -> None:
    for item in found:
        place = f"{item.file}:{item.line}" if item.line else item.file
        hint = f" ({item.suggestion})" if item.suggestion else ""
        say(f"{place}: {item.message}{hint}")
    if not found:
        say("Tous les modèles sont utilisables.")
