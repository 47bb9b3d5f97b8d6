"""``remind`` over many requests against ``remind`` over few, the whole process.

CNILREQ_BENCH_REQUESTS sets how many the larger ledger holds: one million unless
told otherwise, which takes a minute to make and two gigabytes while it lasts.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.runner import Row

MANY = int(os.environ.get("CNILREQ_BENCH_REQUESTS", "1000000"))
FEW, DUE = 100, 50
TODAY = "2026-07-07"

#: Kept until the program ends: the row is measured after ``rows`` returns.
_FOLDER = TemporaryDirectory(prefix="cnilreq-bench-")

#: Copies of the first request: the first ones due, the others spread over years.
_REQUESTS = """
WITH RECURSIVE rank (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM rank WHERE n < ?)
INSERT INTO request SELECT printf('2026-%04d', n), year, n, person, directory,
    exercised, printf('requests/2026-%04d-bench', n), record, state, next_action,
    CASE WHEN n <= ? THEN next_on ELSE date(next_on, printf('+%d days', n % 900 + 1))
    END, open, reminder FROM rank, (SELECT * FROM request WHERE number = 1)
"""
_EVENTS = """
INSERT INTO event SELECT request.id, event.number, kind, happened_on, recorded_on, data
FROM request, (SELECT * FROM event WHERE request = '2026-0001') AS event
WHERE request.number > 1 ORDER BY request.id, event.number
"""


def rows() -> list[Row]:
    """Return the one comparison, with as many due on both sides."""
    few, many = (_ledger(count) for count in (FEW, MANY))
    for home in (few, many):
        due = _run(home, TODAY, "remind", "--json").count('"what": "follow-up"')
        assert due == DUE  # noqa: S101
    return [
        Row(
            f"remind: {MANY:,} requests / {FEW}, {DUE} due",
            partial(_remind, many),
            partial(_remind, few),
            at_most=2,
            rounds=15,
        )
    ]


def _ledger(count: int) -> Path:
    """Make a home with that many requests that were received on 4 June."""
    home = Path(_FOLDER.name) / str(count)
    person = ("--first-name", "Camille", "--last-name", "Exemple")
    _run(home, "2026-06-01", "init", *person, "--json")
    _run(home, "2026-06-01", "draft", "societe-com", "--right", "access", "--json")
    _run(home, "2026-06-01", "sent", "1", "--on", "2026-06-01", "--by", "email")
    _run(home, "2026-06-04", "received", "1", "--on", "2026-06-04")
    with closing(sqlite3.connect(home / "cnilreq.db")) as ledger, ledger:
        ledger.execute("PRAGMA synchronous = OFF")
        ledger.execute(_REQUESTS, (count, DUE))
        ledger.execute(_EVENTS)
    return home


def _remind(home: Path) -> str:
    return _run(home, TODAY, "remind")


def _run(home: Path, today: str, *words: str) -> str:
    """Run the program as users do, with the compiled modules an install keeps."""
    compiling = {"PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"}
    start = (sys.executable, "-m", "cnil_requests", "--home", str(home))
    done = subprocess.run(
        [*start, "--today", today, *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        env={key: text for key, text in os.environ.items() if key not in compiling},
        check=True,
    )
    return done.stdout
