"""Processes killed at random lose nothing they acknowledged.

The numbers are small here; CNILREQ_KILL_ROUNDS=200 and CNILREQ_RECORDS=1000 make
the long run.
"""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from store_samples import a_draft, a_person, derive

from cnil_requests.store import sqlite
from cnil_requests.store.home import Home
from cnil_requests.store.schema import STEPS

WORKER = Path(__file__).with_name("worker.py")
ROUNDS = int(os.environ.get("CNILREQ_KILL_ROUNDS", "12"))
RECORDS = int(os.environ.get("CNILREQ_RECORDS", "300"))


def start(what: str, path: Path, *words: str) -> subprocess.Popen[str]:
    """Start a worker on a home."""
    return subprocess.Popen(
        [sys.executable, str(WORKER), what, str(path), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def killed(what: str, path: Path, lines: int, after: float) -> list[list[str]]:
    """Kill a worker some time after its first lines; return what it acknowledged.

    Waiting for lines, not for seconds, kills it at work on a slow machine too.
    """
    with start(what, path) as worker:
        assert worker.stdout
        assert worker.stderr
        assert worker.stdout.readline() == "ready\n", worker.stderr.read()
        said = [worker.stdout.readline() for _ in range(lines)]
        time.sleep(after)
        worker.kill()
        rest, errors = worker.communicate()
    assert errors == ""
    # The last line may be cut in the middle.
    said += [line for line in rest.splitlines(keepends=True) if "\n" in line]
    return [line.split() for line in said]


def test_a_killed_process_loses_nothing_it_acknowledged(home: Home, path: Path) -> None:
    """Every event is there, no letter is half-written, leftovers are named."""
    home.close()
    chance = random.Random(20260601)  # noqa: S311
    acknowledged: dict[str, int] = {}
    repaired = 0
    for _ in range(ROUNDS):
        first, after = chance.randrange(6), chance.uniform(0, 0.03)
        for _, request_id, count in killed("life", path, first, after):
            acknowledged[request_id] = int(count)
        with Home.open(path, derive=derive) as again:
            for request_id, count in acknowledged.items():
                assert len(again.case(request_id).events) >= count
            for problem in again.check():
                assert problem.repairable or problem.level == "warning", problem
            repaired += len(again.repair())
            assert [it for it in again.check() if it.level == "error"] == []
            for case in again.cases():
                letter = again.folder(case.request) / "lettre.docx"
                assert (
                    letter.read_bytes() == b"x" * 5000 + b" " + case.request.id.encode()
                )
    assert acknowledged


@pytest.mark.sqlite
def test_a_killed_migration_is_at_a_step_and_goes_on(home: Home, path: Path) -> None:
    """Never between two versions; the copy of the first one is complete."""
    home.add([a_draft() for _ in range(250)])
    home.close()
    ledger = path / "cnilreq.db"
    pristine = ledger.read_bytes()
    chance = random.Random(20260602)  # noqa: S311
    for _ in range(max(4, ROUNDS // 3)):
        ledger.write_bytes(pristine)
        with start("migrate", path) as worker:
            time.sleep(chance.uniform(0.08, 0.25))
            worker.kill()
            worker.communicate()
        with closing(sqlite3.connect(ledger)) as plain:
            version = sqlite.version_of(plain)
            tables = plain.execute(
                "SELECT COUNT(*) FROM sqlite_master WHERE name GLOB 'step_[0-9]'"
            ).fetchone()[0]
        assert tables == version - len(STEPS)
        with start("migrate", path) as worker:
            assert worker.communicate()[0] == f"version {len(STEPS) + 4}\n"
    with closing(sqlite3.connect(path / f"cnilreq.v{len(STEPS)}.db")) as copy:
        assert copy.execute("SELECT COUNT(*) FROM event").fetchone() == (250,)


def test_two_processes_recording_at_once_lose_nothing(home: Home, path: Path) -> None:
    """All events of both are there, numbered without a gap, no error shown."""
    home.add([a_draft() for _ in range(10)])
    home.close()
    count = RECORDS
    workers = [start("record", path, str(count)) for _ in range(2)]
    for worker in workers:
        with worker:
            lines, errors = worker.communicate(timeout=600)
        assert errors == ""
        assert lines.count("recorded") == count
    events = [len(case.events) for case in home.cases()]
    assert events == [1 + 2 * count // 10] * 10
    assert list(home.check()) == []


def test_processes_drafting_at_once_share_the_numbers(home: Home, path: Path) -> None:
    """No number twice, no folder twice."""
    home.close()
    workers = [start("life", path) for _ in range(2)]
    for worker in workers:
        assert worker.stdout
        assert worker.stdout.readline() == "ready\n"
        assert worker.stdout.readline().startswith("drafted")
    for worker in workers:
        with worker:
            worker.kill()
            worker.communicate()
    home.repair()
    assert [it for it in home.check() if it.level == "error"] == []
    folders = [case.request.folder for case in home.cases()]
    assert len(folders) == len(set(folders)) > 0


@pytest.mark.parametrize("opened", [1, 3])
def test_homes_made_at_once_are_one(path: Path, opened: int) -> None:
    """Several first commands at the same time make one ledger."""
    homes = [Home.create(path, derive=derive) for _ in range(opened)]
    for home in homes:
        home.save_person(a_person())
    for home in homes:
        assert len(list(home.people())) == 1
        home.close()
