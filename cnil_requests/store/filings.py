"""The ledger's queries about the files of requests."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from cnil_requests.store.cases import StoredFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cnil_requests.store.engine import Engine


class Filings:
    """Files that came with events, as values."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def keep(self, kept: Iterable[tuple[str, Iterable[StoredFile]]]) -> None:
        """Append the files that came with an event, by request."""
        self.engine.execute_many(
            "INSERT INTO file (request, event, name, kind, sha256, size, sealed) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    request_id,
                    file.event,
                    file.name,
                    file.kind,
                    file.sha256,
                    file.size,
                    int(file.sealed),
                )
                for request_id, files in kept
                for file in files
            ],
        )

    def of_request(self, request_id: str) -> tuple[StoredFile, ...]:
        """Return every file ever recorded for a request, in order of events."""
        rows = self.engine.query(
            "SELECT name, kind, sha256, size, sealed, event FROM file "
            "WHERE request = ? ORDER BY event, name",
            (request_id,),
        )
        return tuple(_file(row) for row in rows)

    def of_all(self) -> Iterator[tuple[str, tuple[StoredFile, ...]]]:
        """Yield the folder of every request that has files, and its files."""
        rows = self.engine.query(
            "SELECT request.folder, file.name, file.kind, file.sha256, file.size, "
            "file.sealed, file.event FROM file "
            "JOIN request ON request.id = file.request "
            "ORDER BY request.folder, file.event, file.name"
        )
        for folder, group in groupby(rows, key=lambda row: row[0]):
            yield folder, tuple(_file(row[1:]) for row in group)


def _file(row: Sequence[Any]) -> StoredFile:
    """Build a file from its row."""
    name, kind, sha256, size, sealed, event = row
    return StoredFile(
        name=name,
        kind=kind,
        sha256=sha256,
        size=size,
        sealed=bool(sealed),
        event=event,
    )
