"""``cnilreq check-listings``: are the pages still there."""

from __future__ import annotations

import click

from cnil_requests.commands.completion import complete_people, complete_requests
from cnil_requests.commands.listing_output import rows_of, tell
from cnil_requests.console import (
    App,
    emit_json,
    json_option,
    pass_app,
    progress,
)
from cnil_requests.errors import NetworkError


class NothingFetchedError(NetworkError):
    """Not one page of many could be read."""

    def __init__(self) -> None:
        """Say what to check."""
        super().__init__(
            "Aucune page n'a pu être lue.",
            remedy="Vérifiez votre connexion à internet, puis réessayez.",
        )


@click.command()
@click.option(
    "--person",
    metavar="NOM",
    shell_complete=complete_people,
    help="Seulement les demandes de cette personne.",
)
@click.option(
    "--request",
    "request_ids",
    metavar="NUMÉRO",
    multiple=True,
    shell_complete=complete_requests,
    help="Seulement cette demande (peut être répété).",
)
@click.option(
    "--again", is_flag=True, help="Relire aussi les pages déjà lues aujourd'hui."
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 32),
    default=8,
    metavar="N",
    help="Sites lus en même temps, une page à la fois chacun (8).",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 120),
    default=15,
    metavar="SECONDES",
    help="Attente d'une réponse (15).",
)
@click.option(
    "--allow-private",
    is_flag=True,
    help="Lire aussi les adresses de votre réseau, sans pause (pour les essais).",
)
@json_option
@pass_app
def command(
    app: App,
    /,
    *,
    person: str | None,
    request_ids: tuple[str, ...],
    again: bool,
    jobs: int,
    timeout: float,
    allow_private: bool,
    as_json: bool,
) -> None:
    """Regarder si les fiches des demandes en cours sont toujours en ligne.

    Le verdict est « toujours en ligne », « probablement retirée » ou « inconnu ».
    Une fiche n'est jamais enregistrée comme retirée sans vous : ouvrez la page,
    puis lancez la commande affichée. Interrompu, le travail reprend où il en était.

    \b
    Exemples :
      cnilreq check-listings
      cnilreq check-listings --request 2026-0001 --again
    """
    from cnil_requests.commands.home import open_home
    from cnil_requests.commands.listing_rounds import (
        chosen_cases,
        is_done,
        listings_of,
        look_at,
    )
    from cnil_requests.core.listings import judge
    from cnil_requests.web.fetch import Fetcher, Limits

    limits = Limits(connect=min(timeout, 10), read=timeout, total=2 * timeout + 10)
    fetcher = Fetcher(
        limits, allow_private=allow_private, pause=0 if allow_private else 1
    )
    with open_home(app) as home:
        cases = chosen_cases(home, person=person, request_ids=request_ids)
        listings = listings_of(home, cases)
        waiting = [item for item in listings if again or not is_done(item, app)]
        with progress("Lecture des pages", len(waiting), slow=True) as advance:
            for _ in look_at(app, home, fetcher, waiting, jobs=jobs):
                advance(1)
    for item in listings:
        item.judgement = item.judgement or judge(item.checks)
    if as_json:
        emit_json({"listings": rows_of(listings, app)})
    else:
        tell(listings, app)
    if listings and not any(is_done(item, app) for item in listings):
        raise NothingFetchedError
