"""What was kept of each page, shown, and what may be recorded next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cnil_requests.console import (
    App,
    bullet,
    command_line,
    say,
    tell_error,
    warn,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from cnil_requests.store.cases import Case, StoredFile
    from cnil_requests.web.capture import Capture
    from cnil_requests.web.errors import PageError


def pages_of(
    case: Case, kept: Sequence[Capture], files: Sequence[StoredFile]
) -> list[dict[str, Any]]:
    """Return what was kept of each page; the last events are theirs, in order."""
    numbers = [event.number for event in case.events[-len(kept) :]]
    return [
        {
            "url": capture.url,
            "at": capture.at.isoformat(timespec="seconds"),
            "status": capture.status,
            "name_found": capture.names_person,
            "files": [
                {
                    "file": f"{case.request.folder}/{file.name}",
                    "kind": file.kind,
                    "sha256": file.sha256,
                    "size": file.size,
                }
                for file in files
                if file.event == number
            ],
        }
        for capture, number in zip(kept, numbers, strict=True)
    ]


def proposal(case: Case, kept: Sequence[Capture]) -> str:
    """Return the command that records the listing as seen, when it was."""
    days = [capture.at.date() for capture in kept if capture.names_person]
    if not days:
        return ""
    return f"cnilreq seen {case.request.id} online --on {days[-1].isoformat()}"


def document(
    case: Case, pages: list[dict[str, Any]], failed: list[PageError], proposed: str
) -> dict[str, Any]:
    """Return what ``capture --json`` prints, under its one key."""
    return {
        "request": case.request.id,
        "on": pages[0]["at"][:10],
        "pages": pages,
        "failed": [{"url": error.url, "reason": error.what} for error in failed],
        "command": proposed or None,
    }


def tell(
    app: App, pages: list[dict[str, Any]], failed: list[PageError], proposed: str
) -> None:
    """Show where each page lies, what failed, and what may be recorded."""
    from datetime import date

    _warn_about_today(app, date.fromisoformat(pages[0]["at"][:10]))
    for page in pages:
        say(f"{page['url']} : gardée.")
        for file in page["files"]:
            bullet(f"{app.home / file['file']}")
        if not page["name_found"]:
            bullet("Votre nom n'y a pas été reconnu : regardez la capture.")
    for error in failed:
        tell_error(str(error))
    if proposed:
        say("Si la fiche y est bien, enregistrez que vous l'avez vue :")
        command_line(proposed)


def _warn_about_today(app: App, day: date) -> None:
    if app.today != day:
        warn(
            f"la capture porte la vraie date, {day.isoformat()}, pas celle de --today."
        )
