"""What the open requests of somebody are about, for lists of thousands of lines."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnil_requests.store import records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cnil_requests.store.archive import Archive


@dataclass(frozen=True)
class Subject:
    """An open request by what it asks: one right, one site, some pages."""

    request_id: str
    directory: str
    right: str
    urls: tuple[str, ...]


def open_subjects(archive: Archive, person: str) -> Iterator[Subject]:
    """Yield the open requests of a person, oldest first; events are not read."""
    rows = archive.engine.query(
        "SELECT id, directory, exercised, record FROM request "
        "WHERE person = ? AND open = 1 ORDER BY year, number",
        (person,),
    )
    with records.readable(archive.engine.path):
        for request_id, directory, right, record in rows:
            yield Subject(request_id, directory, right, _urls(record))


def tracked(archive: Archive) -> Iterator[tuple[str, str]]:
    """Yield the number of every registered letter and the request it was for."""
    rows = archive.engine.query(
        "SELECT request, data FROM event WHERE kind = 'sent' "
        "AND data LIKE '%tracking%' ORDER BY request, number"
    )
    for request_id, data in rows:
        number = json.loads(data).get("tracking")
        if number:
            yield number, request_id


def _urls(record: str) -> tuple[str, ...]:
    try:
        return tuple(json.loads(record)["urls"])
    except (KeyError, TypeError, ValueError) as error:
        raise records.UnreadableRecordError(str(error)) from error
