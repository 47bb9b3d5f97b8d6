"""``cnilreq check-listings``: are the pages still there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cnil_requests.commands.completion import complete_people, complete_requests
from cnil_requests.console import (
    App,
    bullet,
    command_line,
    emit_json,
    json_option,
    pass_app,
    progress,
    say,
    title,
)
from cnil_requests.errors import NetworkError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cnil_requests.commands.listing_rounds import Listing
    from cnil_requests.core.listings import Verdict


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
        emit_json({"listings": _rows(listings, app)})
    else:
        _tell(listings, app)
    if listings and not any(is_done(item, app) for item in listings):
        raise NothingFetchedError


def _by_request(listings: Iterable[Listing]) -> dict[str, list[Listing]]:
    groups: dict[str, list[Listing]] = {}
    for item in listings:
        groups.setdefault(item.case.request.id, []).append(item)
    return groups


def _verdict(item: Listing) -> Verdict:
    assert item.judgement is not None  # noqa: S101 - every listing was judged
    return item.judgement.verdict


def proposal(group: Sequence[Listing], app: App) -> str:
    """Return the command that records what the pages of one request show, or "".

    Removed only when every page seems to be; nothing when it is known already.
    """
    from cnil_requests.core.listings import Verdict
    from cnil_requests.core.replaying import replay

    case = group[0].case
    sight = replay(case.events).last_sight
    known = sight.what if sight else ""
    verdicts = {_verdict(item) for item in group}
    if verdicts == {Verdict.PROBABLY_REMOVED} and known != "removed":
        what = "removed"
    elif Verdict.ONLINE in verdicts:
        what = "back" if known == "removed" else "online"
    else:
        return ""
    return f"cnilreq seen {case.request.id} {what} --on {app.today.isoformat()}"


def _rows(listings: Sequence[Listing], app: App) -> list[dict[str, Any]]:
    commands = {
        number: proposal(group, app) for number, group in _by_request(listings).items()
    }
    rows = []
    for item in listings:
        assert item.judgement is not None  # noqa: S101 - every listing was judged
        assert item.last is not None  # noqa: S101 - and was looked at for that
        rows.append(
            {
                "request": item.case.request.id,
                "url": item.url,
                "verdict": item.judgement.verdict.value,
                "evidence": item.judgement.evidence,
                "checked_on": item.last.on,
                "status": item.last.status,
                "sha256": item.last.sha256 or None,
                "command": commands[item.case.request.id] or None,
            }
        )
    return rows


def _tell(listings: Sequence[Listing], app: App) -> None:
    """Show what calls for the user first; count the rest, request by request."""
    from cnil_requests.core.listings import Verdict

    if not listings:
        say("Aucune demande en cours n'a de page à regarder.")
        return
    for verdict in (Verdict.PROBABLY_REMOVED, Verdict.ONLINE, Verdict.UNKNOWN):
        found = [item for item in listings if _verdict(item) is verdict]
        if not found:
            continue
        title(f"{_HEADINGS[verdict.value]} ({len(found)})")
        for number, group in _by_request(found).items():
            _tell_request(number, group)
    _tell_commands(listings, app)


_HEADINGS = {
    "probably-removed": "Probablement retirées",
    "online": "Toujours en ligne",
    "unknown": "On ne peut rien dire",
}


def _tell_request(number: str, group: Sequence[Listing]) -> None:
    say(f"  {number}  {group[0].case.request.directory.name}")
    for item in group:
        assert item.judgement is not None  # noqa: S101 - every listing was judged
        say(f"    {item.url}")
        bullet(item.judgement.evidence, indent=6)


def _tell_commands(listings: Sequence[Listing], app: App) -> None:
    """Name what the user may record once he has opened the page himself."""
    commands = [proposal(group, app) for group in _by_request(listings).values()]
    changed = [text for text in commands if text and " online " not in text]
    if changed:
        title("Ouvrez la page pour vous en assurer, puis enregistrez ce que vous voyez")
        for text in changed:
            command_line(text)
    if any(" online " in text for text in commands):
        bullet(
            "Pour garder une preuve qu'une fiche est en ligne : cnilreq capture NUMÉRO",
            indent=0,
        )
