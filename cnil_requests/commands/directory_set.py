"""``cnilreq directories set``: what the user read of a site, in his own file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cnil_requests.commands.completion import complete_sites
from cnil_requests.console import (
    DATE,
    App,
    emit_json,
    json_option,
    paragraph,
    pass_app,
    say,
    warn,
)

if TYPE_CHECKING:
    from datetime import date

    from cnil_requests.catalogue.editing import Edited

_SET_HELP = """Enregistrer ce que vous avez lu d'un site.

La ligne va dans votre propre catalogue. Une adresse ne s'imprime que donnée
entière (street, postcode, city, country) avec sa source. Un site inconnu est
ajouté : donnez son domaine.

\b
Colonnes : name domain aliases kind lists_without_signup has_reviews
controller legal_form siren street complement postcode city country
email dpo_email form_url legal_notice_url privacy_url host notes

\b
Exemple :
  cnilreq directories set societe-com controller="Société Exemple" \\
    street="1 rue de l'Exemple" postcode=75001 city=Paris country=France \\
    --source https://www.exemple.fr/mentions-legales
"""


@click.command("set", help=_SET_HELP)
@click.argument("site", metavar="SITE", shell_complete=complete_sites)
@click.argument("pairs", metavar="COLUMN=VALUE…", nargs=-1)
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="URL",
    help="Page où ces valeurs ont été lues (plusieurs fois si besoin).",
)
@click.option(
    "--checked-on",
    type=DATE,
    metavar="DATE",
    help="Jour où la page a été lue (sinon : aujourd'hui).",
)
@json_option
@pass_app
def set_values(
    app: App,
    *,
    site: str,
    pairs: tuple[str, ...],
    sources: tuple[str, ...],
    checked_on: date | None,
    as_json: bool,
) -> None:
    """Write one line of the user's own catalogue."""
    from cnil_requests.catalogue import overlay
    from cnil_requests.catalogue.editing import apply_change, parse_change
    from cnil_requests.commands.directory_output import as_document
    from cnil_requests.commands.home import load_catalogue

    change = parse_change(pairs, sources=sources, checked_on=checked_on)
    edited = apply_change(load_catalogue(app), site, change, today=app.today)
    path = app.home / "directories.csv"
    overlay.save(path, edited.directory)
    if as_json:
        document = as_document(edited.directory, load_catalogue(app), app.today)
        emit_json({"directories": [document]})
        return
    say(f"« {edited.directory.id} » est enregistré dans {path}")
    _tell(edited, app.today)


def _tell(edited: Edited, today: date) -> None:
    """Show the address as it prints, then what wants attention."""
    from cnil_requests.commands.directory_output import show_address
    from cnil_requests.core.french_dates import long_date

    show_address(edited.directory, today)
    if edited.kept_date:
        day = edited.directory.checked_on
        known = f"reste le {long_date(day)}" if day else "reste inconnue"
        say()
        paragraph(
            f"La date de vérification {known} : l'adresse postale n'a pas été donnée "
            "de nouveau. Si vous l'avez relue, ajoutez --checked-on."
        )
    for problem in edited.warnings:
        warn(str(problem))
