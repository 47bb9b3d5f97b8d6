"""What the looks at listings amount to, shown, and the commands they call for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cnil_requests.console import App, bullet, command_line, say, title

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cnil_requests.commands.listing_rounds import Listing
    from cnil_requests.core.listings import Verdict


def _by_request(listings: Iterable[Listing]) -> dict[str, list[Listing]]:
    groups: dict[str, list[Listing]] = {}
    for item in listings:
        groups.setdefault(item.case.request.id, []).append(item)
    return groups


def _verdict(item: Listing) -> Verdict:
    assert item.judgement is not None  # noqa: S101 - every listing was judged
    return item.judgement.verdict


def _proposal(group: Sequence[Listing], app: App) -> str:
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


def rows_of(listings: Sequence[Listing], app: App) -> list[dict[str, Any]]:
    """Return the listings as ``check-listings --json`` gives them."""
    commands = {
        number: _proposal(group, app) for number, group in _by_request(listings).items()
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


def tell(listings: Sequence[Listing], app: App) -> None:
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
    commands = [_proposal(group, app) for group in _by_request(listings).values()]
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
