"""Opening requests: numbers, folders, letters, the ledger."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from store_samples import a_draft, a_request, an_event, composed, record

from cnil_requests.core.requests import EventKind
from cnil_requests.store import drafting, files
from cnil_requests.store.errors import DiskError, UnknownPersonError
from cnil_requests.store.values import Composed, Draft, Made

if TYPE_CHECKING:
    from pathlib import Path

    from cnil_requests.core.requests import Request
    from cnil_requests.store.archive import Archive
    from cnil_requests.store.home import Home


def test_a_request_has_a_number_a_folder_and_a_letter(home: Home, path: Path) -> None:
    """The letter was composed with the number, and its hash is recorded."""
    request = home.add([a_draft()])[0]
    assert (request.id, request.folder) == (
        "2026-0001",
        "requests/2026-0001-societe-com",
    )
    letter = path / request.folder / "lettre.docx"
    assert letter.read_bytes() == b"letter 2026-0001"
    case = home.case(request.id)
    assert case.request == request
    assert [(event.kind, event.number) for event in case.events] == [
        (EventKind.DRAFTED, 1)
    ]
    assert (case.state, case.next_on, case.open) == ("drafted", date(2026, 7, 1), True)
    (file,) = home.files(request.id)
    assert file.sha256 == files.sha256_of(letter)
    assert (file.name, file.kind, file.sealed) == ("lettre.docx", "letter", False)
    assert home.verified(request, file) == letter


def test_each_year_counts_from_one(home: Home) -> None:
    """Also within one call, in the order of the drafts."""
    years = (2026, 2025, 2026, 2027)
    drafts = [a_draft(a_request(drafted_on=date(year, 1, 2))) for year in years]
    assert [request.id for request in home.add(drafts)] == [
        "2026-0001",
        "2025-0001",
        "2026-0002",
        "2027-0001",
    ]


def test_numbers_grow_past_four_digits(home: Home) -> None:
    """And are listed in the order of numbers, not of text."""
    home._archive.ledger.reserve(2026, 9998)
    ids = [request.id for request in home.add([a_draft(), a_draft()])]
    assert ids == ["2026-9999", "2026-10000"]
    assert [case.request.id for case in home.cases()] == ids


def test_nothing_to_add_adds_nothing(home: Home) -> None:
    """An empty list is not an error."""
    assert home.add([]) == []


def test_an_unknown_person_has_no_request(home: Home, path: Path) -> None:
    """Refused before anything is written."""
    with pytest.raises(UnknownPersonError):
        home.add([a_draft(a_request("nobody"))])
    assert list((path / "requests").iterdir()) == []


def test_names_of_documents_are_made_safe(home: Home, path: Path) -> None:
    """A document cannot be written outside of its folder."""

    def compose(_: Request) -> Composed:
        made = Made("../../escape.docx", b"x", "letter")
        return Composed(an_event(EventKind.DRAFTED), (made,))

    request = home.add([Draft(a_request(), compose)])[0]
    assert [item.name for item in home.files(request.id)] == ["-..-escape.docx"]
    assert {item.name for item in path.iterdir()} <= {
        "requests", "cnilreq.db", "cnilreq.db-wal", "cnilreq.db-shm",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("site", "folder"),
    [
        ("con", "requests/2026-0001-con-x"),
        ("../..", "requests/2026-0001-sans-nom"),
        ("Société.com / à côté", "requests/2026-0001-societe-com-a-cote"),
        ("x" * 300, "requests/2026-0001-" + "x" * 40),
    ],
)
def test_folders_are_safe_whatever_the_site(home: Home, site: str, folder: str) -> None:
    """Windows' reserved names, paths and long names included."""
    assert home.add([a_draft(a_request(site=site))])[0].folder == folder


def test_a_chunk_is_all_or_nothing(home: Home, path: Path) -> None:
    """When the last letter cannot be composed, none is there and no number used."""

    def broken(_: Request) -> Composed:
        raise KeyboardInterrupt

    drafts = [a_draft() for _ in range(20)]
    with pytest.raises(KeyboardInterrupt):
        home.add([*drafts, Draft(a_request(), broken)])
    assert list(home.cases()) == []
    assert list((path / "requests").iterdir()) == []
    assert home.add(drafts)[-1].id == "2026-0020"
    assert list(home.check()) == []


def test_a_chunk_is_synced_once(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of letters cost one sync of the file system."""
    calls = []
    real = files._sync_file_system
    monkeypatch.setattr(
        files, "_sync_file_system", lambda folder: calls.append(folder) or real(folder)
    )
    requests = home.add([a_draft() for _ in range(drafting.CHUNK)])
    assert len(calls) == 1
    assert len({request.id for request in requests}) == drafting.CHUNK
    assert list(home.check()) == []


class _Failing:
    """A connection whose statements fail when they start with ``words``."""

    in_transaction = True

    def __init__(self, connection: sqlite3.Connection, words: str) -> None:
        self.connection = connection
        self.words = words

    def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
        """Run the statement, or fail as a disk does."""
        self._fail(sql)
        return self.connection.execute(sql, *values)

    def executemany(self, sql: str, *values: object) -> sqlite3.Cursor:
        """Run the statement for many rows, or fail as a disk does."""
        self._fail(sql)
        return self.connection.executemany(sql, *values)

    def _fail(self, sql: str) -> None:
        if sql.startswith(self.words):
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR
            raise error


@pytest.mark.sqlite
@pytest.mark.parametrize("words", ["INSERT INTO event", "COMMIT"])
def test_a_ledger_that_fails_leaves_nothing(
    home: Home, path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    """The folders are in place when a row or the commit fails: they go again."""
    real = drafting._record

    def failing(archive: Archive, *rest: object) -> None:
        connection = archive.engine._connection()
        with monkeypatch.context() as patch:
            patch.setattr(archive.engine, "_opened", _Failing(connection, words))
            real(archive, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(drafting, "_record", failing)
        with pytest.raises(DiskError, match="lecture ou d'écriture"):
            home.add([a_draft() for _ in range(4)])
    _nothing_is_left(home, path)


def test_a_folder_that_cannot_be_moved_leaves_nothing(
    home: Home, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The third of four fails: the two before it are taken back."""
    real, calls = type(path).rename, []

    def third_fails(folder: Path, target: Path) -> Path:
        calls.append(folder)
        if len(calls) == 3:
            raise OSError(5, "Input/output error")
        return real(folder, target)

    with monkeypatch.context() as patch:
        patch.setattr(type(path), "rename", third_fails)
        with pytest.raises(DiskError, match="lecture ou d'écriture"):
            home.add([a_draft() for _ in range(4)])
    _nothing_is_left(home, path)


def _nothing_is_left(home: Home, path: Path) -> None:
    """Compare the home with a new one."""
    assert list(home.cases()) == []
    assert list((path / "requests").iterdir()) == []
    assert list(home.check()) == []
    assert home.add([a_draft()])[0].id == "2026-0001"


def test_an_interruption_after_the_commit_withdraws_nothing(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C just after the end of the transaction: the request stays whole."""
    real = drafting._record

    def interrupted(*words: object) -> None:
        real(*words)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(drafting, "_record", interrupted)
    with pytest.raises(KeyboardInterrupt):
        home.add([a_draft()])
    (case,) = home.cases()
    assert (home.folder(case.request) / "lettre.docx").is_file()
    assert list(home.check()) == []


def test_a_folder_of_the_user_is_never_replaced(home: Home, path: Path) -> None:
    """A folder already under the name of the next request stays as it is."""
    foreign = path / "requests" / "2026-0001-societe-com"
    foreign.mkdir()
    (foreign / "mine.txt").write_text("mine")
    with pytest.raises(Exception, match="existe déjà"):
        home.add([a_draft()])
    assert (foreign / "mine.txt").read_text() == "mine"


def test_drafting_again_rewrites_an_untouched_letter(home: Home) -> None:
    """Same id and folder; the new hash is recorded with a new event."""
    request = home.add([a_draft()])[0]
    case = home.rewrite_letter(request, composed(request, b"better letter"))
    assert [event.number for event in case.events] == [1, 2]
    letter = home.folder(request) / "lettre.docx"
    assert letter.read_bytes() == b"better letter 2026-0001"
    assert home.files(request.id)[-1].sha256 == files.sha256_of(letter)
    assert list(home.check()) == []


def test_drafting_again_keeps_an_edited_letter(home: Home) -> None:
    """The user's version stays; the new ones are numbered."""
    request = home.add([a_draft()])[0]
    folder = home.folder(request)
    (folder / "lettre.docx").write_bytes(b"edited by hand")
    home.rewrite_letter(request, composed(request, b"second"))
    assert home.files(request.id)[-1].name == "lettre-2.docx"
    (folder / "lettre-2.docx").write_bytes(b"edited too")
    home.rewrite_letter(request, composed(request, b"third"))
    assert home.files(request.id)[-1].name == "lettre-3.docx"
    home.rewrite_letter(request, composed(request, b"fourth"))
    assert home.files(request.id)[-1].name == "lettre-3.docx"
    assert (folder / "lettre.docx").read_bytes() == b"edited by hand"
    assert (folder / "lettre-3.docx").read_bytes() == b"fourth 2026-0001"


def test_drafting_the_same_again_records_nothing(home: Home) -> None:
    """The same call twice is harmless."""
    request = home.add([a_draft()])[0]
    case = home.rewrite_letter(request, composed(request))
    assert len(case.events) == 1
    assert sorted(path.name for path in home.folder(request).iterdir()) == [
        "lettre.docx"
    ]


def test_drafting_again_may_change_what_is_asked(home: Home) -> None:
    """An address that became known is kept with the request."""
    request = home.add([a_draft()])[0]
    known = replace(request, directory=replace(request.directory, city="Lyon"))
    home.rewrite_letter(known, composed(known))
    assert home.case(request.id).request.directory.city == "Lyon"


def test_an_open_request_is_found_again(home: Home) -> None:
    """The same person, site, right and URLs, in any order, while it is open."""
    urls = ("https://example.org/1", "https://example.org/2")
    request = home.add([a_draft(a_request(urls=urls))])[0]
    about = (request.person, request.directory.id, request.right)
    found = home.find_open(*about, list(reversed(urls)))
    assert found is not None
    assert found.request == request
    assert home.find_open(*about, urls[:1]) is None
    assert home.find_open("camille-exemple", "autre", request.right, urls) is None
    record(home, request.id, EventKind.CLOSED)
    assert home.find_open(*about, urls) is None
