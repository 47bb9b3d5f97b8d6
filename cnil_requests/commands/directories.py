"""``cnilreq directories``: what is known of each site, and the user's own lines."""

from __future__ import annotations

import click

from cnil_requests.commands.completion import complete_sites
from cnil_requests.commands.directory_check import check
from cnil_requests.commands.directory_import import import_dpo
from cnil_requests.commands.directory_lookup import lookup
from cnil_requests.commands.directory_propose import propose
from cnil_requests.commands.directory_reports import report, stale
from cnil_requests.commands.directory_set import set_values
from cnil_requests.console import App, emit_json, json_option, pass_app

_KINDS = (
    "directory",
    "booking_platform",
    "company_registry",
    "review_platform",
    "map_listing",
    "search_engine",
    "social_network",
    "phone_directory",
    "legal_register",
    "retired",
)


@click.group(
    "directories",
    subcommand_metavar="COMMANDE [OPTIONS]…",
    help="""Consulter et compléter le catalogue des sites.

    Chaque valeur porte sa source et la date où elle a été lue ; ce qui est inconnu
    reste vide. Vos propres lignes l'emportent sur celles du catalogue.
    """,
)
def command() -> None:
    """Group the commands of the catalogue."""


_LIST_HELP = """Lister les sites.

COURRIER dit si une lettre peut être adressée : « prêt », « à vérifier » (adresse
ancienne ou peu sûre) ou « à compléter ».

\b
Exemple :
  cnilreq directories list --kind booking_platform
"""


@command.command("list", help=_LIST_HELP)
@click.option("--kind", type=click.Choice(_KINDS), help="Seulement ce type de site.")
@click.option(
    "--missing", is_flag=True, help="Seulement les sites sans adresse imprimable."
)
@json_option
@pass_app
def list_directories(
    app: App, *, kind: str | None, missing: bool, as_json: bool
) -> None:
    """List the sites, filtered."""
    from cnil_requests.commands.directory_output import as_document, show_table
    from cnil_requests.commands.home import load_catalogue

    catalogue = load_catalogue(app)
    chosen = [
        item
        for item in catalogue.values()
        if kind in (None, item.kind.value)
        and (not missing or item.missing_for_letter(app.today))
    ]
    if as_json:
        documents = [as_document(item, catalogue, app.today) for item in chosen]
        emit_json({"directories": documents})
    else:
        show_table(chosen, app.today)


_SHOW_HELP = """Montrer tout ce qui est connu d'un site.

SITE est un identifiant, un nom, un domaine, ou l'adresse de votre fiche.

\b
Exemple :
  cnilreq directories show doctolib
"""


@command.command("show", help=_SHOW_HELP)
@click.argument("site", metavar="SITE", shell_complete=complete_sites)
@json_option
@pass_app
def show(app: App, *, site: str, as_json: bool) -> None:
    """Show one site."""
    from cnil_requests.commands.directory_output import as_document, show_card
    from cnil_requests.commands.home import load_catalogue

    catalogue = load_catalogue(app)
    directory = catalogue.find(site).directory
    if as_json:
        document = as_document(directory, catalogue, app.today)
        emit_json({"directories": [document]})
    else:
        show_card(directory, catalogue, app.today)


command.add_command(check)
command.add_command(set_values)
command.add_command(lookup)
command.add_command(import_dpo)
command.add_command(stale)
command.add_command(report)
command.add_command(propose)
