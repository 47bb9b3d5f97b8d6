"""``cnilreq print``: letters to post or mandates to sign, ready for the printer."""

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
    from cnil_requests.commands.printing_mandates import PrintedMandates


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
@click.option("--mandates", is_flag=True, help="Les mandats à signer, sans lettres.")
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
    mandates: bool,
    pdf: bool,
    as_json: bool,
) -> None:
    """Réunir les lettres à envoyer en fichiers prêts à imprimer.

    Au plus 200 lettres par fichier Word, chacune sur sa feuille avec son pied de
    page, et le bordereau de dépôt en CSV et .xlsx. Les lettres sont prises telles
    qu'elles sont dans votre dossier, vos corrections comprises ; une lettre dont
    l'adresse est incomplète est laissée de côté et nommée.

    Avec --mandates, ce sont les mandats à signer, écrits d'après ce qui est
    enregistré, avec leur liste à compléter.

    \b
    Exemples :
      cnilreq print --to impression
      cnilreq sent --from impression/bordereau.csv --on 2026-06-01
      cnilreq print --mandates --to mandats
      cnilreq people import mandats/mandats.csv
    """
    if mandates:
        _run_mandates(app, folder, person=person, sides=sides, pdf=pdf, as_json=as_json)
        return
    from cnil_requests.commands.printing import print_letters

    printed = print_letters(app, folder, person=person, sides=sides, pdf=pdf)
    if as_json:
        emit_json(printed.as_json())
        return
    _tell(printed)
    if printed.table:
        say()
        _show_next(printed, app.today)


def _run_mandates(
    app: App,
    folder: Path,
    *,
    person: str | None,
    sides: str,
    pdf: bool,
    as_json: bool,
) -> None:
    """Write the mandates to sign, say where, and how they come back."""
    from cnil_requests.commands.printing_mandates import print_mandates

    printed = print_mandates(app, folder, person=person, sides=sides, pdf=pdf)
    if as_json:
        emit_json(printed.as_json())
        return
    _tell_mandates(printed)
    if printed.table:
        say()
        title("Ensuite")
        bullet(
            "Imprimez, faites signer, numérisez ; complétez les colonnes « signé le » "
            "et « fichier signé » de cette liste. Puis :"
        )
        command_line(f'cnilreq people import "{printed.table}"')


def _tell_mandates(printed: PrintedMandates) -> None:
    if printed.table is None:
        say("Aucun mandat à signer.")
    else:
        say(f"Mandats à signer : {len(printed.people)}.")
        for path in (*printed.files, printed.table):
            say(f"  {path}")
    for why, slugs in printed.apart.items():
        say(f"Dans un fichier à part ({why}) : {few(slugs)}.")
    for why, slugs in printed.left_out.items():
        say(f"Laissés de côté ({why}) : {few(slugs)}.")


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
            f"lettres qui citent un mandat en pièce jointe : {printed.mandated}. "
            "Joignez-en une copie à chacune."
        )


def _show_next(printed: Printed, today: date) -> None:
    title("Ensuite")
    bullet(
        "Imprimez, faites signer, déposez à la poste avec le bordereau ; complétez sa "
        "colonne « suivi » par les numéros de recommandé. Puis :"
    )
    command_line(f'cnilreq sent --from "{printed.table}" --on {today.isoformat()}')
