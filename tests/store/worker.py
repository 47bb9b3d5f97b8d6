"""A process that works on a home until it is done, or killed.

``worker.py record HOME COUNT`` records events on ten requests;
``worker.py series HOME COUNT ID…`` brings each of these requests to COUNT events,
going on where it was interrupted;
``worker.py life HOME`` drafts, records, attaches and undoes without end;
``worker.py migrate HOME`` brings the ledger through a few more steps. What was done
is acknowledged on stdout, a line each, once it is recorded.
"""

from __future__ import annotations

import os
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from store_samples import DAY, a_draft, an_event, derive

from cnil_requests.core.requests import EventKind
from cnil_requests.store import sqlite
from cnil_requests.store.home import Home
from cnil_requests.store.schema import STEPS
from cnil_requests.store.values import Given

#: Steps that each copy all events, so that a kill falls into one of them.
MORE_STEPS = (
    *STEPS,
    *(
        [
            sql.replace("step_", f"step_{rank}")
            for sql in (
                "CREATE TABLE step_ (a INTEGER, b TEXT) STRICT",
                "INSERT INTO step_ SELECT number, data FROM event",
                "CREATE INDEX index_of_step_ ON step_ (b, a)",
            )
        ]
        for rank in range(4)
    ),
)


def acknowledge(*words: object) -> None:
    """Say what is done; the reader may kill us at any time."""
    print(*words, flush=True)  # noqa: T201


def record(home: Home, count: int) -> None:
    """Append ``count`` events to the first ten requests in turn."""
    for rank in range(count):
        day = DAY + timedelta(days=rank % 300)
        request_id = f"2026-{1 + rank % 10:04d}"
        home.record(request_id, lambda *_, day=day: an_event(EventKind.SEEN, day))
        acknowledge("recorded", rank)


def go_on(home: Home, request_id: str, count: int) -> None:
    """Append events to a request until it has ``count`` besides its draft."""
    done = len(home.case(request_id).events) - 1
    for rank in range(done, count):
        note = str(rank)
        home.record(
            request_id, lambda *_, note=note: an_event(EventKind.SEEN, rank=note)
        )
        acknowledge("recorded", request_id, rank)


def live(home: Home, scratch: Path) -> None:
    """Lead requests through draft, sent, attach and undo, for ever."""
    rank = 0
    while True:
        rank += 1
        request, *_ = home.add(
            [a_draft(letter=b"x" * 5000) for _ in range(1 + rank % 12)]
        )
        acknowledge("drafted", request.id, 1)
        letter = home.folder(request) / "lettre.docx"
        home.record(
            request.id,
            lambda *_: an_event(EventKind.SENT),
            files=[Given(letter, "letter")],
        )
        acknowledge("sent", request.id, 2)
        proof = scratch / f"proof-{rank}.pdf"
        proof.write_bytes(b"%d" % rank * 50_000)
        home.record(
            request.id,
            lambda *_: an_event(EventKind.ATTACHED),
            files=[Given(proof, "posting")],
        )
        acknowledge("attached", request.id, 3)
        proof.unlink()
        home.record(request.id, lambda *_: an_event(EventKind.UNDONE))
        acknowledge("undone", request.id, 4)


def main() -> None:
    """Do what the command line says."""
    what, path, *rest = sys.argv[1:]
    if what == "migrate":
        with closing(sqlite.Sqlite(Path(path) / "cnilreq.db", steps=MORE_STEPS)) as it:
            acknowledge("version", it.first("PRAGMA user_version")[0])
        return
    database = os.environ.get("CNILREQ_DATABASE", "")
    with Home.open(Path(path), derive=derive, database=database) as home:
        list(home.people())
        acknowledge("ready")
        if what == "record":
            record(home, int(rest[0]))
        elif what == "series":
            for request_id in rest[1:]:
                go_on(home, request_id, int(rest[0]))
        else:
            live(home, Path(path).parent)


if __name__ == "__main__":
    main()
