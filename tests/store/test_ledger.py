"""Append-only rows, lawful erasure, and steps of the schema."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from store_samples import a_draft, a_person, a_request, derive, record

from cnil_requests.core.requests import EventKind
from cnil_requests.store import forgetting, sqlite
from cnil_requests.store.errors import (
    LedgerDamagedError,
    NewerLedgerError,
    UnknownPersonError,
)
from cnil_requests.store.home import Home
from cnil_requests.store.schema import STEPS

if TYPE_CHECKING:
    from pathlib import Path

#: The version that this program makes.
NOW = len(STEPS)
LATER = (*STEPS, ("CREATE TABLE later (x TEXT) STRICT",), ("DROP TABLE later",))


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE event SET data = '{}'",
        "UPDATE event SET number = 7",
        "DELETE FROM event",
        "INSERT OR REPLACE INTO event SELECT * FROM event",
        "INSERT INTO event SELECT request, 1, kind, happened_on, recorded_on, data "
        "FROM event WHERE number = 2",
        "UPDATE file SET sha256 = ''",
        "DELETE FROM file",
        "INSERT OR REPLACE INTO file SELECT * FROM file",
        "DELETE FROM request",
        "DELETE FROM person",
    ],
)
def test_the_database_refuses_to_rewrite_what_happened(home: Home, sql: str) -> None:
    """Whoever asks: the rule is the file's, not only the program's."""
    request = home.add([a_draft()])[0]
    record(home, request.id, EventKind.SENT)
    home.close()
    with closing(sqlite3.connect(home.path / "cnilreq.db")) as other:
        other.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            other.execute(sql)
    with pytest.raises(LedgerDamagedError):
        home._engine.execute(sql)
    assert len(home.case(request.id).events) == 2


def test_forgetting_erases_rows_and_files(home: Home, path: Path) -> None:
    """Everything of that person, and nothing of anybody else."""
    home.save_person(a_person("alix-modele"))
    kept = home.add([a_draft(a_request("alix-modele"))])[0]
    gone = home.add([a_draft(), a_draft()])
    record(home, gone[0].id, EventKind.SENT)
    forgotten = home.forget("camille-exemple")
    assert (forgotten.requests, forgotten.events, forgotten.files) == (2, 3, 2)
    assert forgotten.orphans == ()
    assert [person.slug for person in home.people()] == ["alix-modele"]
    assert [case.request for case in home.cases()] == [kept]
    assert [item.name for item in (path / "requests").iterdir()] == [
        "2026-0001-societe-com"
    ]
    assert list(home.check()) == []
    with pytest.raises(UnknownPersonError):
        home.forget("camille-exemple")


def test_what_is_forgotten_leaves_the_file_too(home: Home, path: Path) -> None:
    """Neither the ledger, nor its log, nor an old copy still holds the words."""
    home.add([a_draft(a_request(site="secret-word-site"))])
    (path / "cnilreq.v0.db").write_bytes(b"secret-word")
    home.forget("camille-exemple")
    for file in path.glob("cnilreq*"):
        assert b"secret-word" not in file.read_bytes(), file.name


def test_numbers_of_the_forgotten_are_not_given_again(home: Home) -> None:
    """A posted letter's reference never becomes somebody else's."""
    home.add([a_draft()])
    home.forget("camille-exemple")
    home.save_person(a_person())
    assert home.add([a_draft()])[0].id == "2026-0002"


def test_a_crash_between_rows_and_files_is_found_and_finished(
    home: Home, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ledger knows which folders the erasure still has to remove."""
    home.add([a_draft()])

    def killed(_: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(forgetting, "_remove", killed)
        with pytest.raises(KeyboardInterrupt):
            home.forget("camille-exemple")
    (problem,) = home.check()
    assert problem.where == "requests/2026-0001-societe-com"
    assert problem.repairable
    home.repair()
    assert list((path / "requests").iterdir()) == []
    assert list(home.check()) == []


@pytest.mark.sqlite
def test_an_old_ledger_is_copied_then_brought_up_to_date(
    home: Home, path: Path
) -> None:
    """Each step once; the copy is private, complete, and tells its version."""
    home.add([a_draft()])
    home.close()
    ledger = path / "cnilreq.db"
    with closing(sqlite.Sqlite(ledger, steps=LATER)) as engine:
        assert engine.first("PRAGMA user_version")[0] == len(LATER)
        assert engine.first("SELECT COUNT(*) FROM event")[0] == 1
    copy = path / f"cnilreq.v{NOW}.db"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with closing(sqlite3.connect(copy)) as old:
        assert sqlite.version_of(old) == NOW
        assert old.execute("SELECT COUNT(*) FROM event").fetchone() == (1,)


def test_a_new_ledger_makes_no_copy(home: Home, path: Path) -> None:
    """Version 0 holds nothing; neither does opening the current version."""
    list(home.people())
    assert list(path.glob("*.v*.db")) == []


@pytest.mark.sqlite
def test_a_step_that_fails_leaves_the_version_before(home: Home, path: Path) -> None:
    """All of a step or nothing, and the next opening goes on from there."""
    list(home.people())
    home.close()
    ledger = path / "cnilreq.db"
    broken = (*LATER[: NOW + 1], ("CREATE TABLE half (x TEXT) STRICT", "NO SQL"))
    engine = sqlite.Sqlite(ledger, steps=broken)
    with pytest.raises(LedgerDamagedError):
        engine.first("SELECT 1")
    with closing(sqlite3.connect(ledger)) as plain:
        tables = {row[0] for row in plain.execute("SELECT name FROM sqlite_master")}
        assert sqlite.version_of(plain) == NOW + 1
    assert "later" in tables
    assert "half" not in tables
    with closing(sqlite.Sqlite(ledger, steps=LATER)) as engine:
        assert engine.first("PRAGMA user_version")[0] == NOW + 2


@pytest.mark.sqlite
def test_an_interrupted_copy_is_made_again(
    home: Home, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash during the copy leaves the ledger as it was, and is reported."""
    list(home.people())
    home.close()

    def killed(_: int) -> None:
        raise KeyboardInterrupt

    ledger = path / "cnilreq.db"
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", killed)
        engine = sqlite.Sqlite(ledger, steps=LATER)
        with pytest.raises(KeyboardInterrupt):
            engine.first("SELECT 1")
    assert not (path / f"cnilreq.v{NOW}.db").exists()
    with Home.open(path, derive=derive) as again:
        assert [problem.repairable for problem in again.check()] == [True]
        again.repair()
        assert list(again.check()) == []
    with closing(sqlite.Sqlite(ledger, steps=LATER)) as engine:
        engine.first("SELECT 1")
    assert (path / f"cnilreq.v{NOW}.db").exists()


@pytest.mark.sqlite
def test_a_ledger_of_a_later_version_is_refused(home: Home, path: Path) -> None:
    """By a program that knows fewer steps."""
    list(home.people())
    home.close()
    with closing(sqlite.Sqlite(path / "cnilreq.db", steps=LATER)) as engine:
        engine.first("SELECT 1")
    with pytest.raises(NewerLedgerError, match=f"jusqu'au format {NOW}"):
        list(home.people())


@pytest.mark.sqlite
def test_an_empty_file_becomes_a_ledger(path: Path) -> None:
    """`init` killed between the file and its tables: the next command goes on."""
    Home.create(path, derive=derive).close()
    assert (path / "cnilreq.db").stat().st_size == 0
    with Home.open(path, derive=derive) as home:
        assert list(home.people()) == []
