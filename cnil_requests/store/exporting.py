"""Everything the home knows, as values that any program can read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cnil_requests.store import records
from cnil_requests.store.listings import check_row

if TYPE_CHECKING:
    from cnil_requests.store.archive import Archive
    from cnil_requests.store.cases import Case


def export(archive: Archive, person: str | None = None) -> dict[str, Any]:
    """Return people and requests with all events and files, ready for JSON."""
    people = [
        records.person_row(somebody)
        for somebody in archive.ledger.people()
        if person in (None, somebody.slug)
    ]
    cases = archive.docket.cases(person=person, by_number=True)
    return {
        "format": records.FORMAT,
        "people": people,
        "requests": [_case_row(archive, case) for case in cases],
    }


def _case_row(archive: Archive, case: Case) -> dict[str, Any]:
    """Return one request with its state, its history and its files."""
    row = records.request_row(case.request) | {
        "state": case.state,
        "next_action": case.next_action,
        "next_on": case.next_on.isoformat() if case.next_on else None,
        "open": case.open,
        "events": [records.event_row(event) for event in case.events],
        "files": [
            records.file_row(file)
            for file in archive.filings.of_request(case.request.id)
        ],
    }
    checks = [check_row(one) for one in archive.listings.of_request(case.request.id)]
    return row | {"checks": checks} if checks else row
