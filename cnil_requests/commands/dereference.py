"""``cnilreq dereference``: the engines, when the site itself did not comply."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cnil_requests.commands.completion import complete_sites
from cnil_requests.commands.journal import id_argument
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
    from collections.abc import Sequence

    from cnil_requests.commands.drafted import Drafted
    from cnil_requests.commands.drafting import Desk
    from cnil_requests.core.case_fields import Case
    from cnil_requests.core.directory import Directory

ENGINES = ("google-search", "bing")


@click.command()
@id_argument
@click.option(
    "--engine",
    "engines",
    multiple=True,
    metavar="MOTEUR",
    shell_complete=complete_sites,
    help="Moteur du catalogue (répétable ; sinon google-search et bing).",
)
@click.option(
    "--search-name",
    "search_names",
    multiple=True,
    metavar="TEXTE",
    help="Nom recherché (répétable ; sinon prénom et nom).",
)
@json_option
@pass_app
def command(
    app: App,
    /,
    *,
    request_id: str,
    engines: tuple[str, ...],
    search_names: tuple[str, ...],
    as_json: bool,
) -> None:
    """Écrire aux moteurs de recherche pour les pages d'un site qui n'a pas obéi.

    Ouvre une demande de déréférencement par moteur, pour les mêmes pages et avec les
    mêmes raisons, et y dit ce que le site a fait de la vôtre. Les deux voies sont
    indépendantes : la page, elle, reste en ligne à sa source.

    \b
    Exemple :
      cnilreq dereference 2026-0001
    """
    from cnil_requests.commands.drafting import Desk
    from cnil_requests.commands.escalation import open_case
    from cnil_requests.commands.home import open_home
    from cnil_requests.core.dereferencing import check_unheeded, pages_to_delist

    with open_home(app) as home:
        person = home.case(request_id).request.person
    with Desk.open(app, person) as desk:
        case = open_case(desk.home, request_id, app.today)
        check_unheeded(case)
        pages, reviews = pages_to_delist(case.standing.request)
        sites, _ = desk.find_sites(engines or ENGINES)
        drafted = _draft(desk, case, sites, pages, search_names)
        if as_json:
            emit_json({"requests": [item.as_json() for item in drafted]})
            return
        _tell(drafted, reviews)


def _draft(
    desk: Desk,
    case: Case,
    sites: Sequence[Directory],
    pages: Sequence[str],
    search_names: Sequence[str],
) -> list[Drafted]:
    from cnil_requests.core.drafting import Wish, parse_text
    from cnil_requests.core.rights import Reason, Right, StatedReason

    names = tuple(parse_text("--search-name", name) for name in search_names)
    story = desk.press.wording.render("story", case.variables()).paragraphs[0].text
    wish = Wish(
        right=Right.DEREFERENCING,
        reasons=(
            *case.standing.request.reasons,
            StatedReason(Reason.OTHER, story),
        ),
        search_names=tuple(filter(None, names)),
        origin=case.standing.request.id,
    )
    return desk.draft(wish, sites, pages, dry_run=False)


def _tell(drafted: Sequence[Drafted], reviews: Sequence[str]) -> None:
    from cnil_requests.core.dereferencing import ODDS
    from cnil_requests.core.review_pages import EXPLANATION

    for item in drafted:
        title(f"{item.request.id}  {item.request.directory.name}")
        for name, path in item.paths.items():
            say(f"  {name} : {path}")
        if item.request.directory.form_url:
            say(f"  Formulaire : {item.request.directory.form_url}")
    for url in reviews:
        warn(f"page d'avis laissée de côté : {url}")
    if reviews:
        for text in EXPLANATION:
            bullet(text)
    say()
    title("Ce qu'il faut en attendre")
    for text in ODDS:
        bullet(text)
    say()
    title("Ensuite")
    bullet(
        "Reportez chaque texte dans le formulaire du moteur, gardez une capture de la "
        "confirmation, puis :"
    )
    for item in drafted:
        command_line(
            f"cnilreq sent {item.request.id} --on DATE --by form --reference NUMÉRO"
        )
