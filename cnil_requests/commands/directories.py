"""``cnilreq directories``: what is known of each site, and the user's own lines."""

from __future__ import annotations

from pathlib import Path
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
    from collections.abc import Iterator
    from datetime import date

    from cnil_requests.catalogue.editing import Edited
    from cnil_requests.catalogue.problems import Problem

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


_CHECK_HELP = """Signaler tous les problèmes d'un catalogue, ligne par ligne.

Sans FILE : le catalogue livré et le vôtre. Une erreur donne le code de sortie 1,
un avertissement non.

\b
Exemple :
  cnilreq directories check mes-sites.csv
"""


@command.command("check", help=_CHECK_HELP)
@click.argument(
    "file",
    metavar="[FILE]",
    required=False,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@json_option
@pass_app
@click.pass_context
def check(ctx: click.Context, app: App, *, file: Path | None, as_json: bool) -> None:
    """Check one file, or those in use."""
    found = list(_check(app, file))
    if as_json:
        emit_json({"problems": [_problem(name, item) for name, item in found]})
    else:
        for name, item in found:
            say(f"{name}:{item.line}: {_worded(item)}")
        _count([item for _, item in found])
    if any(item.level.value == "error" for _, item in found):
        ctx.exit(1)


def _check(app: App, file: Path | None) -> Iterator[tuple[str, Problem]]:
    """Yield (file, problem) for the file given, or for both in use."""
    from cnil_requests import shipped
    from cnil_requests.catalogue.checks import check_table, taken_domains
    from cnil_requests.catalogue.loading import read_directories
    from cnil_requests.catalogue.reading import read_table

    own = app.home / "directories.csv"
    sources = (
        [file] if file else [shipped.catalogue(), *([own] if own.exists() else [])]
    )
    for source in sources:
        table = read_table(source)
        taken: dict[str, str] = {}
        if source == own:
            mine = {line["id"].strip() for line in table.lines}
            others = read_directories(shipped.catalogue())
            taken = taken_domains(item for item in others if item.id not in mine)
        for problem in check_table(table, today=app.today, taken=taken):
            yield table.file, problem


def _problem(file: str, problem: Problem) -> dict[str, object]:
    return {
        "file": file,
        "line": problem.line,
        "column": problem.column,
        "level": problem.level.value,
        "message": problem.message,
        "suggestion": problem.suggestion,
    }


def _worded(problem: Problem) -> str:
    """Return ``COLUMN: what (suggestion)``, warnings marked as such."""
    if problem.level.value == "error":
        return str(problem)
    column, _, rest = str(problem).partition(": ")
    return f"{column}: avertissement, {rest}"


def _count(problems: list[Problem]) -> None:
    """Sum up on stderr."""
    errors = sum(item.level.value == "error" for item in problems)
    warnings = len(problems) - errors
    if not problems:
        click.echo("Aucun problème.", err=True)
        return
    click.echo(f"Erreurs : {errors}. Avertissements : {warnings}.", err=True)


_SET_HELP = """Enregistrer ce que vous avez lu d'un site, dans votre propre catalogue.

Une adresse ne s'imprime que donnée entière (street, postcode, city, country) avec
sa source. Un site inconnu est ajouté : donnez son domaine.

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


@command.command("set", help=_SET_HELP)
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
