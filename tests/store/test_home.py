"""Making, opening and refusing a home folder."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from store_samples import DAY, Derived, a_draft, a_person, a_request, derive, record

from cnil_requests.core.requests import EventKind
from cnil_requests.store.errors import (
    DiskFullError,
    HomeIsNotAFolderError,
    LedgerBusyError,
    LedgerDamagedError,
    LedgerMissingError,
    NewerLedgerError,
    NoHomeError,
    NotWritableError,
    UnknownPersonError,
    UnstorableTextError,
)
from cnil_requests.store.home import Home

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cnil_requests.core.requests import Event, Request


def mode(path: Path) -> int:
    """Return the permissions of a path."""
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.sqlite
def test_nothing_is_readable_by_others(path: Path) -> None:
    """Folders have mode 0700 and files 0600, whatever the umask."""
    before = os.umask(0)
    try:
        with Home.create(path, derive=derive) as home:
            home.save_person(a_person())
            request = home.add([a_draft()])[0]
            folder = home.folder(request)
            for folders in (path, path / "requests", folder):
                assert mode(folders) == 0o700
            for name in ("cnilreq.db", "cnilreq.db-wal", "cnilreq.db-shm"):
                assert mode(path / name) == 0o600
            assert mode(folder / "lettre.docx") == 0o600
    finally:
        os.umask(before)


@pytest.mark.sqlite
def test_the_ledger_is_set_to_lose_nothing(home: Home) -> None:
    """WAL, full sync, foreign keys, and erased rows overwritten."""
    list(home.people())
    values = {
        name: home._engine.first(f"PRAGMA {name}")[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
    }
    assert values == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
    }


@pytest.mark.sqlite
def test_opening_is_lazy(path: Path) -> None:
    """The ledger is not even opened until something is asked."""
    Home.create(path, derive=derive).close()
    (path / "cnilreq.db").write_bytes(b"this is no database" * 100)
    with Home.open(path, derive=derive) as home, pytest.raises(LedgerDamagedError):
        list(home.people())


def test_no_home_names_init(path: Path) -> None:
    """Neither an absent folder nor an empty one is a home; nothing is made."""
    with pytest.raises(NoHomeError, match="cnilreq init") as caught:
        Home.open(path, derive=derive)
    assert caught.value.exit_code == 3
    path.mkdir()
    with pytest.raises(NoHomeError):
        Home.open(path, derive=derive)
    assert list(path.iterdir()) == []


def test_making_a_home_twice_opens_it(home: Home, path: Path) -> None:
    """`init` again keeps what is there."""
    with Home.create(path, derive=derive) as again:
        assert [person.slug for person in again.people()] == ["camille-exemple"]


def test_an_existing_folder_keeps_its_files_and_mode(path: Path) -> None:
    """A folder with other things in it is not closed to others by surprise."""
    path.mkdir()
    path.chmod(0o755)
    (path / "notes.txt").write_text("x")
    Home.create(path, derive=derive).close()
    assert mode(path) == 0o755
    assert (path / "notes.txt").read_text() == "x"


def test_a_file_is_not_a_home(path: Path) -> None:
    """Opening and making both say so."""
    path.write_text("x")
    for way in (Home.open, Home.create):
        with pytest.raises(HomeIsNotAFolderError) as caught:
            way(path, derive=derive)
        assert caught.value.exit_code == 5


def test_a_home_below_a_file_is_refused(path: Path) -> None:
    """No traceback for a path that cannot exist."""
    path.write_text("x")
    with pytest.raises(NoHomeError):
        Home.open(path / "home", derive=derive)
    with pytest.raises(Exception, match="n'est pas un dossier") as caught:
        Home.create(path / "home", derive=derive)
    assert getattr(caught.value, "exit_code", 0) == 5


def test_a_linked_folder_is_a_home(home: Home, path: Path, tmp_path: Path) -> None:
    """The Documents folder of many people is a link."""
    home.close()
    link = tmp_path / "link"
    link.symlink_to(path, target_is_directory=True)
    with Home.open(link, derive=derive) as linked:
        request = linked.add([a_draft()])[0]
        assert (path / request.folder / "lettre.docx").is_file()
        assert list(linked.check()) == []


@pytest.mark.sqlite
def test_a_lost_ledger_is_not_replaced_by_an_empty_one(home: Home, path: Path) -> None:
    """With requests and no ledger, neither opening nor `init` goes on."""
    home.add([a_draft()])
    home.close()
    (path / "cnilreq.db").unlink()
    for way in (Home.open, Home.create):
        with pytest.raises(LedgerMissingError, match="restore"):
            way(path, derive=derive)
    assert not (path / "cnilreq.db").exists()


@pytest.mark.sqlite
def test_a_read_only_home_is_refused() -> None:
    """The system's refusal becomes a French sentence; reading is refused too."""
    with TemporaryDirectory() as name, _as_nobody(Path(name)) as folder:
        path = folder / "home"
        Home.create(path, derive=derive).close()
        with Home.open(path, derive=derive) as home:
            home.save_person(a_person())
        (path / "cnilreq.db").chmod(0o400)
        path.chmod(0o500)
        try:
            with Home.open(path, derive=derive) as home:
                with pytest.raises(NotWritableError) as caught:
                    home.save_person(a_person("autre"))
                assert caught.value.exit_code == 5
            path.chmod(0)
            with pytest.raises(NotWritableError):
                Home.open(path, derive=derive)
        finally:
            path.chmod(0o700)


@contextmanager
def _as_nobody(folder: Path) -> Iterator[Path]:
    """Act as a user whom the system can refuse something: root is never refused."""
    if os.geteuid() != 0:
        yield folder
        return
    os.chown(folder, 65534, 65534)
    os.seteuid(65534)
    try:
        yield folder
    finally:
        os.seteuid(0)


@pytest.mark.sqlite
def test_every_refusal_of_the_ledger_is_told(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read-only, full, out of reach, locked and failing disks have their sentence."""
    kinds = {
        "SQLITE_READONLY_DBMOVED": (NotWritableError, "accès refusé"),
        "SQLITE_CANTOPEN": (NotWritableError, "accès refusé"),
        "SQLITE_FULL": (DiskFullError, "plus de place"),
        "SQLITE_BUSY": (LedgerBusyError, "occupé"),
        "SQLITE_IOERR_WRITE": (Exception, "lecture ou d'écriture"),
        "SQLITE_CORRUPT": (LedgerDamagedError, "abîmé"),
    }

    class Refusing:
        def __init__(self, name: str) -> None:
            self.name = name

        def execute(self, *_: object) -> None:
            error = sqlite3.OperationalError(self.name)
            error.sqlite_errorcode = getattr(sqlite3, self.name)
            raise error

    list(home.people())
    with monkeypatch.context() as patch:
        for name, (kind, words) in kinds.items():
            patch.setattr(home._engine, "_opened", Refusing(name))
            with pytest.raises(kind, match=words) as caught:
                home.person("x")
            assert getattr(caught.value, "exit_code", 0) == 5


@pytest.mark.parametrize(
    "where",
    [
        "os.fsync",
        "pathlib.Path.mkdir",
        "pathlib.Path.rename",
        "cnil_requests.store.files.write_new",
        "cnil_requests.store.files.sync_folder",
    ],
)
def test_a_full_disk_changes_nothing(
    home: Home, path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """Whichever write fails, no request, no folder and no number is left."""

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    list(home.people())
    with monkeypatch.context() as patch:
        patch.setattr(where, full)
        with pytest.raises(DiskFullError, match="plus de place"):
            home.add([a_draft()])
    assert list(home.cases()) == []
    assert list((path / "requests").iterdir()) == []
    assert home.add([a_draft()])[0].id == "2026-0001"


@pytest.mark.sqlite
def test_a_locked_ledger_says_so(home: Home, path: Path) -> None:
    """After the waiting time the other command is named as the cause."""
    list(home.people())
    with closing(sqlite3.connect(path / "cnilreq.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with Home.open(path, derive=derive, timeout=0.05) as blocked:
            with pytest.raises(LedgerBusyError) as caught:
                blocked.save_person(a_person("autre"))
            assert caught.value.exit_code == 5
            assert [person.slug for person in home.people()] == ["camille-exemple"]


@pytest.mark.sqlite
def test_a_torn_ledger_says_so(home: Home, path: Path) -> None:
    """Pages overwritten in the middle of the file."""
    home.add([a_draft() for _ in range(30)])
    home.close()
    ledger = path / "cnilreq.db"
    content = ledger.read_bytes()
    ledger.write_bytes(content[:4096] + os.urandom(len(content) - 4096))
    with Home.open(path, derive=derive) as again:
        with pytest.raises(LedgerDamagedError, match="restore"):
            list(again.cases())
        assert [problem.level for problem in again.check()][:1] == ["error"]


def test_an_unreadable_record_says_so(home: Home) -> None:
    """A record that somebody edited by hand is damage, not a traceback."""
    home.add([a_draft()])
    home._engine.execute("UPDATE request SET record = '{}'")
    with pytest.raises(LedgerDamagedError):
        list(home.cases())


@pytest.mark.sqlite
def test_a_newer_ledger_is_refused_and_untouched(home: Home, path: Path) -> None:
    """Nothing is written into what a later version made."""
    list(home.people())
    home._engine.execute("PRAGMA user_version = 99")
    home.close()
    before = (path / "cnilreq.db").read_bytes()
    with Home.open(path, derive=derive) as older:
        with pytest.raises(NewerLedgerError, match="format 99") as caught:
            list(older.people())
        assert caught.value.exit_code == 5
    assert (path / "cnilreq.db").read_bytes() == before


def test_text_that_no_file_can_hold_is_refused(home: Home) -> None:
    """A lone surrogate does not end in a traceback."""
    with pytest.raises(UnstorableTextError) as caught:
        home.save_person(replace(a_person("autre"), last_name="\ud800"))
    assert caught.value.exit_code == 4
    assert len(list(home.people())) == 1


def test_people_are_saved_listed_and_found(home: Home) -> None:
    """Saving again edits; a near miss is offered."""
    home.save_person(replace(a_person(), first_name="Claude"))
    home.save_person(a_person("alix-modele"))
    assert [person.slug for person in home.people()] == [
        "alix-modele",
        "camille-exemple",
    ]
    assert home.person("camille-exemple").first_name == "Claude"
    with pytest.raises(UnknownPersonError, match="camille-exemple") as caught:
        home.person("camile-exemple")
    assert caught.value.exit_code == 3


def test_new_rules_derive_everything_again(home: Home, path: Path) -> None:
    """An upgrade that corrects a deadline corrects the reminders too."""
    request = home.add([a_draft()])[0]
    record(home, request.id, EventKind.SENT)
    home.close()

    def corrected(request: Request, events: tuple[Event, ...]) -> Derived:
        return replace(derive(request, events), next_on=DAY)

    with Home.open(path, derive=corrected) as same:
        assert next(same.cases()).next_on != DAY
    with Home.open(path, derive=corrected, rules="2") as newer:
        assert next(newer.cases()).next_on == DAY
    with Home.open(path, derive=derive, rules="2") as newer:
        assert next(newer.cases()).next_on == DAY


def test_the_home_may_move(home: Home, path: Path, tmp_path: Path) -> None:
    """Nothing in the ledger depends on where the folder lies."""
    request = home.add([a_draft(a_request())])[0]
    home.close()
    shutil.move(path, tmp_path / "élsewhere & co #1")
    with Home.open(tmp_path / "élsewhere & co #1", derive=derive) as moved:
        assert (moved.folder(request) / "lettre.docx").is_file()
        assert list(moved.check()) == []
