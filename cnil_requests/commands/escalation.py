"""What the commands of the escalation share: a case, and what is written for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnil_requests.core.case_fields import Case
from cnil_requests.core.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from cnil_requests.core.requests import Event, Request
    from cnil_requests.store.cases import Case as Kept
    from cnil_requests.store.cases import StoredFile
    from cnil_requests.store.home import Home
    from cnil_requests.store.values import Made


def open_case(
    home: Home, request_id: str, today: date, *, still_online: date | None = None
) -> Case:
    """Return the case of a request as it stands today.

    A request about no page has nothing that could still be online.
    """
    kept = home.case(request_id)
    return Case(
        standing=Standing(kept.request, kept.events),
        person=home.person(kept.request.person),
        files=home.files(kept.request.id),
        today=today,
        still_online=still_online if kept.request.urls else None,
    )


def keep(home: Home, case: Case, event: Event, made: Sequence[Made]) -> Kept:
    """Record what was written; the same documents on the same day are one fact."""
    request_id = case.standing.request.id
    latest = {file.name: file.sha256 for file in case.files}

    def decide(
        request: Request, events: tuple[Event, ...], stored: tuple[StoredFile, ...]
    ) -> Event | None:
        from cnil_requests.core.recording import admit

        admitted = admit(request, events, event, today=case.today)
        changed = any(latest.get(file.name) != file.sha256 for file in stored)
        return admitted or (event if changed else None)

    return home.record(request_id, decide, files=made)


def written(home: Home, case: Kept, kind: str) -> Path:
    """Return the last document of a kind."""
    names = [file.name for file in home.files(case.request.id) if file.kind == kind]
    return home.folder(case.request) / names[-1]
