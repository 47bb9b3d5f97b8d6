"""The docket: the ledger's queries about requests and their events.

Plain SQL of SQLite and PostgreSQL alike, with ``?`` for values; see ``ledger`` for
people, numbers and erasure, ``filings`` for files. Transactions are the callers'.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from cnil_requests.store import records
from cnil_requests.store.cases import Case
from cnil_requests.store.due import DUE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cnil_requests.core.requests import Event, Request
    from cnil_requests.store.cases import Derived
    from cnil_requests.store.engine import Engine

_CASES = (
    "SELECT request.id, request.record, request.state, request.next_action, "
    "request.next_on, request.open, request.reminder, "
    "event.number, event.kind, event.happened_on, event.recorded_on, event.data "
    "FROM request LEFT JOIN event ON event.request = request.id "
)
_INSERT_EVENT = (
    "INSERT INTO event (request, number, kind, happened_on, recorded_on, data) "
    "VALUES (?, ?, ?, ?, ?, ?)"
)
_BY_NEXT_DAY = (
    " ORDER BY request.next_on NULLS LAST, request.year, request.number, event.number"
)
_BY_NUMBER = " ORDER BY request.year, request.number, event.number"


class Docket:
    """Requests and events, as values."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def insert(self, drafts: Sequence[tuple[Request, Event, Derived]]) -> None:
        """Insert requests, each with its first event."""
        self.engine.execute_many(
            "INSERT INTO request (id, year, number, person, directory, exercised, "
            "folder, record, state, next_action, next_on, open, reminder) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [_request_columns(request, it) for request, _, it in drafts],
        )
        self.engine.execute_many(
            _INSERT_EVENT,
            [
                (request.id, *records.event_columns(event))
                for request, event, _ in drafts
            ],
        )

    def revise(self, request: Request) -> None:
        """Replace what was asked; only possible while nothing was sent."""
        self.engine.execute(
            "UPDATE request SET record = ? WHERE id = ?",
            (records.dump(records.request_row(request)), request.id),
        )

    def append(self, request_id: str, event: Event) -> None:
        """Append one event."""
        self.engine.execute(_INSERT_EVENT, (request_id, *records.event_columns(event)))

    def derive(self, request_id: str, it: Derived) -> None:
        """Keep what follows from the events, as now derived."""
        self.engine.execute(
            "UPDATE request SET state = ?, next_action = ?, next_on = ?, open = ?, "
            "reminder = ? WHERE id = ?",
            (*_derived_columns(it), request_id),
        )

    def case(self, request_id: str) -> Case | None:
        """Return one request with its events, or None."""
        where = "WHERE request.id = ?"
        return next(self._cases(where + _BY_NUMBER, (request_id,)), None)

    def ids_of_number(self, number: int, year: int | None) -> list[str]:
        """Return the requests of that number, in one year or in any."""
        return [
            row[0]
            for row in self.engine.query(
                "SELECT id FROM request WHERE number = ? AND year = COALESCE(?, year) "
                "ORDER BY year",
                (number, year),
            )
        ]

    def last_id(self) -> str | None:
        """Return the most recent request, or None."""
        row = self.engine.first(
            "SELECT id FROM request ORDER BY year DESC, number DESC LIMIT 1"
        )
        return row[0] if row else None

    def cases(
        self,
        *,
        person: str | None = None,
        directory: str | None = None,
        states: Sequence[str] = (),
        due_before: date | None = None,
        by_number: bool = False,
    ) -> Iterator[Case]:
        """Yield the requests that fit every filter, by next day or by number."""
        terms, values = ["1 = 1"], list[Any]()
        for column, value in (("person", person), ("directory", directory)):
            if value is not None:
                terms.append(f"request.{column} = ?")
                values.append(value)
        if states:
            terms.append(f"request.state IN ({', '.join('?' * len(states))})")
            values.extend(states)
        if due_before is not None:
            terms.append("request.next_on < ?")
            values.append(due_before.isoformat())
        order = _BY_NUMBER if by_number else _BY_NEXT_DAY
        return self._cases("WHERE " + " AND ".join(terms) + order, values)

    def due(self, until: date, person: str | None = None) -> Iterator[Case]:
        """Yield the open requests whose next day has come, earliest first."""
        values: list[Any] = [until.isoformat()]
        where = f"WHERE {DUE}"
        if person is not None:
            # Not a bare column: the index on people would read all that is theirs.
            where += " AND request.person || '' = ?"
            values.append(person)
        return self._cases(where + _BY_NEXT_DAY, values)

    def open_about(self, person: str, directory: str, right: str) -> Iterator[Case]:
        """Yield the open requests of one right to one site, latest first."""
        return self._cases(
            "WHERE request.person = ? AND request.directory = ? "
            "AND request.exercised = ? AND request.open = 1 "
            "ORDER BY request.year DESC, request.number DESC, event.number",
            (person, directory, right),
        )

    def busy_people(self) -> set[str]:
        """Return the slugs of those who have open requests."""
        rows = self.engine.query("SELECT DISTINCT person FROM request WHERE open = 1")
        return {row[0] for row in rows}

    def folders(self) -> set[str]:
        """Return the folder of every request."""
        return {row[0] for row in self.engine.query("SELECT folder FROM request")}

    def known(self, request_ids: Iterable[str]) -> set[str]:
        """Return which of these requests are in the ledger."""
        return {
            request_id
            for request_id in request_ids
            if self.engine.first("SELECT 1 FROM request WHERE id = ?", (request_id,))
        }

    def undone(self) -> dict[str, set[int]]:
        """Return the numbers of the events that were taken back, by folder."""
        rows = self.engine.query(
            "SELECT request.folder, event.number, event.kind, event.happened_on, "
            "event.recorded_on, event.data FROM event "
            "JOIN request ON request.id = event.request WHERE event.kind = 'undone'"
        )
        found: dict[str, set[int]] = {}
        with records.readable(self.engine.path):
            for folder, *columns in rows:
                undoes = records.event_of(columns).data.get("undoes")
                if undoes:
                    found.setdefault(folder, set()).add(int(undoes))
        return found

    def misnumbered(self) -> list[str]:
        """Return the requests whose events are not numbered from 1 without a gap."""
        rows = self.engine.query(
            "SELECT request.id FROM request "
            "LEFT JOIN event ON event.request = request.id "
            "GROUP BY request.id HAVING COUNT(event.number) = 0 "
            "OR MIN(event.number) <> 1 OR MAX(event.number) <> COUNT(event.number)"
        )
        return [row[0] for row in rows]

    # Reading rows

    def _cases(self, tail: str, values: Sequence[Any]) -> Iterator[Case]:
        """Yield the cases of a joined query, whose rows come request by request."""
        rows = self.engine.query(_CASES + tail, values)
        with records.readable(self.engine.path):
            for _, group in groupby(rows, key=lambda row: row[0]):
                yield _case(list(group))


def _case(rows: list[Any]) -> Case:
    """Build a case from the rows of one request."""
    _, record, state, next_action, next_on, is_open, reminder = rows[0][:7]
    return Case(
        request=records.request_of(record),
        events=tuple(records.event_of(row[7:]) for row in rows if row[7] is not None),
        state=state,
        next_action=next_action,
        next_on=date.fromisoformat(next_on) if next_on else None,
        open=bool(is_open),
        reminder=reminder,
    )


def _request_columns(request: Request, it: Derived) -> tuple[Any, ...]:
    """Return a request as stored."""
    year, _, number = request.id.partition("-")
    return (
        request.id,
        int(year),
        int(number),
        request.person,
        request.directory.id,
        request.right.value,
        request.folder,
        records.dump(records.request_row(request)),
        *_derived_columns(it),
    )


def _derived_columns(
    it: Derived,
) -> tuple[str, str | None, str | None, int, str | None]:
    """Return state, next action, next day and openness, as stored."""
    next_on = it.next_on.isoformat() if it.next_on else None
    return it.state, it.next_action, next_on, int(it.open), it.reminder
