"""The due scan of ``remind``: one indexed query, and nothing else is loaded.

The reminders stand ready in the ledger, as the rules derived them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cnil_requests.store import opening
from cnil_requests.store.engine import open_engine
from cnil_requests.store.telling import told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from cnil_requests.store.engine import Engine


class Due(NamedTuple):
    """One due request; ``reminder`` is the text that the rules left."""

    request_id: str
    next_action: str
    next_on: str
    reminder: str


#: The condition of the partial index ``request_due``, word for word.
DUE = "request.open = 1 AND request.next_on IS NOT NULL AND request.next_on <= ?"

_SCAN = (
    "SELECT request.id, request.next_action, request.next_on, request.reminder "
    "FROM request WHERE " + DUE
)


def scan(
    path: Path,
    until: date,
    *,
    rules: str,
    person: str | None = None,
    database: str = "",
) -> list[Due] | None:
    """Return what is due by ``until``, or None when the rules have changed since.

    The caller then opens the home once, which derives everything again.
    """
    with told(path):
        opening.require(path, database)
    engine = open_engine(path, database)
    try:
        kept = engine.first("SELECT value FROM setting WHERE name = 'rules'")
        if kept is None or kept[0] != rules:
            return None
        return list(_rows(engine, until, person))
    finally:
        engine.close()


def _rows(engine: Engine, until: date, person: str | None) -> Iterator[Due]:
    values = [until.isoformat()]
    where = ""
    if person is not None:
        # Not a bare column: the index on people would read all that is theirs.
        where = " AND request.person || '' = ?"
        values.append(person)
    for row in engine.query(_SCAN + where, values):
        yield Due(*row)
