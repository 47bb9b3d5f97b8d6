"""The ledger's tables, as ordered steps: SQLite's ``user_version`` counts them.

A step is never changed once released; what comes later is a new step. Dates are
ISO text, flags 0 or 1, values JSON text (see ``records``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

Step: TypeAlias = Sequence[str]


_FIRST: Step = (
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    "CREATE TABLE counter (year INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT",
    "CREATE TABLE erasure (folder TEXT PRIMARY KEY) STRICT",
    "CREATE TABLE person (slug TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT",
    """CREATE TABLE request (
        id TEXT PRIMARY KEY,
        year INTEGER NOT NULL,
        number INTEGER NOT NULL,
        person TEXT NOT NULL REFERENCES person (slug),
        directory TEXT NOT NULL,
        exercised TEXT NOT NULL,
        folder TEXT NOT NULL UNIQUE,
        record TEXT NOT NULL,
        state TEXT NOT NULL,
        next_action TEXT,
        next_on TEXT,
        open INTEGER NOT NULL CHECK (open IN (0, 1)),
        UNIQUE (year, number)
    ) STRICT""",
    """CREATE TABLE event (
        request TEXT NOT NULL REFERENCES request (id),
        number INTEGER NOT NULL,
        kind TEXT NOT NULL,
        happened_on TEXT NOT NULL,
        recorded_on TEXT NOT NULL,
        data TEXT NOT NULL,
        PRIMARY KEY (request, number)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE file (
        request TEXT NOT NULL,
        event INTEGER NOT NULL,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        sealed INTEGER NOT NULL CHECK (sealed IN (0, 1)),
        PRIMARY KEY (request, event, name),
        FOREIGN KEY (request, event) REFERENCES event (request, number)
    ) STRICT, WITHOUT ROWID""",
    # The due scan of `remind`: only what is open and waits for a day.
    """CREATE INDEX request_due ON request (next_on)
    WHERE open = 1 AND next_on IS NOT NULL""",
    "CREATE INDEX request_subject ON request (person, directory, exercised)",
    "CREATE INDEX request_number ON request (number)",
    # Events and files are append-only. A row may go only when the erasure of its
    # request's folder was asked for in the same transaction (`people forget`).
    # INSERT OR REPLACE fires no DELETE trigger: the one on INSERT refuses it.
    """CREATE TRIGGER event_never_rewritten BEFORE UPDATE ON event
    BEGIN SELECT RAISE(ABORT, 'event: append only'); END""",
    """CREATE TRIGGER event_never_removed BEFORE DELETE ON event
    WHEN NOT EXISTS (
        SELECT 1 FROM request JOIN erasure ON erasure.folder = request.folder
        WHERE request.id = OLD.request
    )
    BEGIN SELECT RAISE(ABORT, 'event: append only'); END""",
    """CREATE TRIGGER event_never_replaced BEFORE INSERT ON event
    WHEN EXISTS (
        SELECT 1 FROM event WHERE request = NEW.request AND number >= NEW.number
    )
    BEGIN SELECT RAISE(ABORT, 'event: append only'); END""",
    """CREATE TRIGGER file_never_rewritten BEFORE UPDATE ON file
    BEGIN SELECT RAISE(ABORT, 'file: append only'); END""",
    """CREATE TRIGGER file_never_removed BEFORE DELETE ON file
    WHEN NOT EXISTS (
        SELECT 1 FROM request JOIN erasure ON erasure.folder = request.folder
        WHERE request.id = OLD.request
    )
    BEGIN SELECT RAISE(ABORT, 'file: append only'); END""",
    """CREATE TRIGGER file_never_replaced BEFORE INSERT ON file
    WHEN EXISTS (
        SELECT 1 FROM file
        WHERE request = NEW.request AND event = NEW.event AND name = NEW.name
    )
    BEGIN SELECT RAISE(ABORT, 'file: append only'); END""",
)

#: What `remind` shows is kept ready, so that it only reads rows.
_REMINDERS: Step = (
    "ALTER TABLE request ADD COLUMN reminder TEXT",
    "DELETE FROM setting WHERE name = 'rules'",
)

#: Checks of listings, append-only like events.
_LISTING_CHECKS: Step = (
    """CREATE TABLE listing_check (
        request TEXT NOT NULL REFERENCES request (id),
        number INTEGER NOT NULL,
        record TEXT NOT NULL,
        PRIMARY KEY (request, number)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TRIGGER listing_check_never_rewritten BEFORE UPDATE ON listing_check
    BEGIN SELECT RAISE(ABORT, 'listing_check: append only'); END""",
    """CREATE TRIGGER listing_check_never_removed BEFORE DELETE ON listing_check
    WHEN NOT EXISTS (
        SELECT 1 FROM request JOIN erasure ON erasure.folder = request.folder
        WHERE request.id = OLD.request
    )
    BEGIN SELECT RAISE(ABORT, 'listing_check: append only'); END""",
    """CREATE TRIGGER listing_check_never_replaced BEFORE INSERT ON listing_check
    WHEN EXISTS (
        SELECT 1 FROM listing_check
        WHERE request = NEW.request AND number >= NEW.number
    )
    BEGIN SELECT RAISE(ABORT, 'listing_check: append only'); END""",
)

#: Version N of the ledger is what the first N steps make.
STEPS: Sequence[Step] = (_FIRST, _REMINDERS, _LISTING_CHECKS)
