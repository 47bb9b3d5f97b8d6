"""``cnilreq print``: every letter not yet posted, ready for the printer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cnil_requests.commands.completion import complete_people
from cnil_requests.commands.listed import few
from cnil_requests.console import (
    App,
    bullet,
    command_line,
    emit_json,
    json_option,
    pass_app,
    say,
    title,
    warn,
)

if TYPE_CHECKING:
    from datetime import date

    from cnil_requests.commands.printing import Printed


@click.command()
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DOSSIER",
    help="Dossier nouveau ou vide, où écrire.",
)
@click.option(
    "--person", metavar="NOM", shell_complete=complete_people, help="Cette personne."
)
@click.option(
    "--sides",
    type=click.Choice(["two", "one"]),
    default="two",
    show_default=True,
    help="Impression recto verso ou recto : chaque lettre a sa propre feuille.",
)
@click.option("--pdf", is_flag=True, help="Écrire aussi des PDF (avec LibreOffice).")
@json_option
@pass_app
def command(
    app: App,
    /,
    *,
    folder: Path,
    person: str | None,
    sides: str,
    pdf: bool,
    as_json: bool,
) -> None:
    """Réunir les lettres à envoyer en fichiers prêts à imprimer.

    Au plus 200 lettres par fichier Word, chacune sur sa feuille avec son pied de
    page, et le bordereau de dépôt en CSV et .xlsx. Les lettres sont prises telles
    qu'elles sont dans votre dossier, vos corrections comprises ; une lettre dont
    l'adresse est incomplète est laissée de côté et nommée.

    \b
    Exemple :
      cnilreq print --to impression
      cnilreq sent --from impression/bordereau.csv --on 2026-06-01
    """
    from cnil_requests.commands.printing import print_letters

    printed = print_letters(app, folder, person=person, sides=sides, pdf=pdf)
    if as_json:
        emit_json(printed.as_json())
        return
    _tell(printed)
    if printed.table:
        say()
        _show_next(printed, app.today)


def _tell(printed: Printed) -> None:
    """Write the files, then what is not in them."""
    if printed.table is None:
        say("Aucune lettre prête à imprimer.")
    else:
        say(f"Lettres à imprimer : {len(printed.requests)}.")
        for path in (*printed.files, printed.table, printed.workbook):
            if path:
                say(f"  {path}")
    for why, ids in printed.apart.items():
        say(f"Dans un fichier à part ({why}) : {few(ids)}.")
    for why, ids in printed.left_out.items():
        say(f"Laissées de côté ({why}) : {few(ids)}.")
    if printed.mandated:
        warn(
            f"{printed.mandated} lettres citent un mandat en pièce jointe : joignez-en "
            "une copie à chacune."
        )


def _show_next(printed: Printed, today: date) -> None:
    title("Ensuite")
    bullet(
        "Imprimez, faites signer, déposez à la poste avec le bordereau ; complétez sa "
        "colonne « suivi » par les numéros de recommandé. Puis :"
    )
    command_line(f'cnilreq sent --from "{printed.table}" --on {today.isoformat()}')
