"""The ledger's queries about checks of listings."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from cnil_requests.core.listings import Finding, ListingCheck, Sign
from cnil_requests.store import records

if TYPE_CHECKING:
    from cnil_requests.store.engine import Engine


class Listings:
    """Every look at the pages of requests, in the order they were made."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def keep(self, request_id: str, check: ListingCheck) -> None:
        """Append a check; nothing when the request was erased meanwhile."""
        self.engine.execute(
            "INSERT INTO listing_check (request, number, record) "
            "SELECT request.id, 1 + COALESCE((SELECT MAX(number) FROM listing_check "
            "WHERE listing_check.request = request.id), 0), ? "
            "FROM request WHERE request.id = ?",
            (records.dump(check_row(check)), request_id),
        )

    def of_request(self, request_id: str) -> tuple[ListingCheck, ...]:
        """Return every check of a request's pages, oldest first."""
        rows = self.engine.query(
            "SELECT record FROM listing_check WHERE request = ? ORDER BY number",
            (request_id,),
        )
        with records.readable(self.engine.path):
            return tuple(_check(row[0]) for row in rows)


def check_row(check: ListingCheck) -> dict[str, Any]:
    """Return a check as JSON-able values."""
    return {
        "format": records.FORMAT,
        "url": check.url,
        "on": check.on.isoformat(),
        "at": check.at,
        "finding": check.finding.value,
        "note": check.note,
        "name": check.name,
        "status": check.status,
        "sha256": check.sha256,
        "words": check.words,
        "signs": sorted(check.signs),
    }


def _check(text: str) -> ListingCheck:
    """Read what ``check_row`` wrote."""
    try:
        row = json.loads(text)
        return ListingCheck(
            url=row["url"],
            on=date.fromisoformat(row["on"]),
            at=row["at"],
            finding=Finding(row["finding"]),
            note=row["note"],
            name=row["name"],
            status=row["status"],
            sha256=row["sha256"],
            words=row["words"],
            signs=frozenset(Sign(sign) for sign in row["signs"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise records.UnreadableRecordError(str(error)) from error
