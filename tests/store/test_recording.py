"""Recording events and the files that prove them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from store_samples import a_draft, an_event, record

from cnil_requests.core.requests import EventKind
from cnil_requests.errors import NotPossibleError
from cnil_requests.store.errors import (
    DiskFullError,
    FileAlteredError,
    FileMissingError,
    LedgerDamagedError,
    UnknownRequestError,
    UnusableSourceError,
)
from cnil_requests.store.values import Given, Made, Step

if TYPE_CHECKING:
    from pathlib import Path

    from cnil_requests.core.requests import Event, Request
    from cnil_requests.store.cases import StoredFile
    from cnil_requests.store.home import Home


@pytest.fixture
def request_(home: Home) -> Request:
    """Return a request with its letter."""
    return home.add([a_draft()])[0]


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """Return a file of the user's."""
    path = tmp_path / "Avis de réception.pdf"
    path.write_bytes(b"%PDF proof")
    return path


def names(home: Home, request: Request) -> list[str]:
    """Return what lies in a request's folder."""
    return sorted(path.name for path in home.folder(request).iterdir())


def received(*words: object) -> Event:
    """Record a receipt with the name of its proof."""
    (file,) = words[2]  # type: ignore[misc]
    return an_event(EventKind.RECEIVED, file=file.name, sha256=file.sha256)


def test_an_event_is_appended_and_the_state_follows(
    home: Home, request_: Request
) -> None:
    """The rule sees request and events; number and columns are the store's."""
    seen = []

    def decide(
        request: Request, events: tuple[Event, ...], files: tuple[StoredFile, ...]
    ) -> Event:
        seen.append((request, [event.kind for event in events], files))
        return an_event(EventKind.SENT, date(2026, 6, 2), by="letter", tracking="1A")

    case = home.record("2026-0001", decide)
    assert seen == [(request_, [EventKind.DRAFTED], ())]
    assert case == home.case("2026-0001")
    assert (case.state, case.next_on) == ("sent", date(2026, 7, 2))
    assert case.events[1].number == 2
    assert dict(case.events[1].data) == {"by": "letter", "tracking": "1A"}


def test_nothing_to_record_changes_nothing(home: Home, request_: Request) -> None:
    """The same call twice is harmless."""
    case = home.record(request_.id, lambda *_: None)
    assert len(case.events) == 1


def test_an_unknown_request_is_refused(home: Home) -> None:
    """With and without files."""
    with pytest.raises(UnknownRequestError) as caught:
        record(home, "2026-0009", EventKind.SENT)
    assert caught.value.exit_code == 3


def test_a_proof_is_copied_and_sealed(
    home: Home, request_: Request, scan: Path
) -> None:
    """The original stays; the copy, its hash and its event are recorded together."""
    case = home.record(request_.id, received, files=[Given(scan, "delivery")])
    assert scan.exists()
    file = home.files(request_.id)[-1]
    assert (file.name, file.kind, file.sealed, file.event, file.size) == (
        "Avis de réception.pdf",
        "delivery",
        True,
        2,
        10,
    )
    assert case.events[-1].data["sha256"] == file.sha256
    assert home.verified(request_, file).read_bytes() == b"%PDF proof"


def test_the_same_proof_twice_is_one_copy(
    home: Home, request_: Request, scan: Path, tmp_path: Path
) -> None:
    """Whatever its name, within one call and in a later one."""
    other = tmp_path / "other name.pdf"
    other.write_bytes(scan.read_bytes())
    seen = []

    def decide(*words: object) -> Event:
        seen.extend(file.name for file in words[2])  # type: ignore[attr-defined]
        return an_event(EventKind.ATTACHED)

    home.record(request_.id, decide, files=[Given(scan, "a"), Given(other, "b")])
    home.record(request_.id, decide, files=[Given(other, "c")])
    assert seen == ["Avis de réception.pdf"] * 3
    assert names(home, request_) == ["Avis de réception.pdf", "lettre.docx"]
    assert list(home.check()) == []


def test_other_content_under_the_same_name_is_numbered(
    home: Home, request_: Request, scan: Path, tmp_path: Path
) -> None:
    """Also when only the case differs: Windows and macOS see one name."""
    home.record(request_.id, received, files=[Given(scan, "delivery")])
    scan.write_bytes(b"second")
    upper = tmp_path / "AVIS DE RÉCEPTION.pdf"
    upper.write_bytes(b"third")
    home.record(request_.id, received, files=[Given(scan, "delivery")])
    home.record(request_.id, received, files=[Given(upper, "delivery")])
    assert names(home, request_) == [
        "AVIS DE RÉCEPTION-3.pdf",
        "Avis de réception-2.pdf",
        "Avis de réception.pdf",
        "lettre.docx",
    ]


def test_a_proof_never_replaces_the_letter(
    home: Home, request_: Request, tmp_path: Path
) -> None:
    """A signed letter of the same name is kept beside the generated one."""
    signed = tmp_path / "lettre.docx"
    signed.write_bytes(b"signed")
    home.record(request_.id, received, files=[Given(signed, "letter")])
    assert names(home, request_) == ["lettre-2.docx", "lettre.docx"]


def test_the_letter_is_sealed_where_it_is(home: Home, request_: Request) -> None:
    """Edited before posting is normal; changed afterwards is reported."""
    letter = home.folder(request_) / "lettre.docx"
    letter.write_bytes(b"edited and signed")
    assert list(home.check()) == []
    home.record(request_.id, received, files=[Given(letter, "letter")])
    assert names(home, request_) == ["lettre.docx"]
    drafted, sent = home.files(request_.id)
    assert (drafted.sealed, sent.sealed) == (False, True)
    assert drafted.sha256 != sent.sha256
    letter.write_bytes(b"changed after posting")
    with pytest.raises(FileAlteredError):
        home.verified(request_, sent)
    assert [problem.where for problem in home.check()] == [
        "requests/2026-0001-societe-com/lettre.docx"
    ]


def test_a_made_document_never_replaces_a_sealed_one(
    home: Home, request_: Request
) -> None:
    """What was posted stays even if nobody edited it."""
    letter = home.folder(request_) / "lettre.docx"
    home.record(request_.id, received, files=[Given(letter, "letter")])
    home.record(request_.id, received, files=[Made("lettre.docx", b"new", "letter")])
    assert letter.read_bytes() == b"letter 2026-0001"
    assert names(home, request_) == ["lettre-2.docx", "lettre.docx"]


def test_a_proof_that_vanished_is_told(
    home: Home, request_: Request, scan: Path
) -> None:
    """When it is to be used as an exhibit."""
    home.record(request_.id, received, files=[Given(scan, "delivery")])
    file = home.files(request_.id)[-1]
    (home.folder(request_) / file.name).unlink()
    with pytest.raises(FileMissingError) as caught:
        home.verified(request_, file)
    assert caught.value.exit_code == 5


@pytest.mark.parametrize("given", ["absent.pdf", "folder", "link.pdf"])
def test_an_unusable_source_changes_nothing(
    home: Home, request_: Request, scan: Path, tmp_path: Path, given: str
) -> None:
    """Exit 4; the good file of the same call is not kept either."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.pdf").symlink_to(scan)
    files = [Given(scan, "delivery"), Given(tmp_path / given, "delivery")]
    with pytest.raises(UnusableSourceError) as caught:
        home.record(request_.id, received, files=files)
    assert caught.value.exit_code == 4
    assert names(home, request_) == ["lettre.docx"]
    assert len(home.case(request_.id).events) == 1


def test_a_refused_event_keeps_no_file(
    home: Home, request_: Request, scan: Path
) -> None:
    """Neither when the law says no, nor when there is nothing to record."""

    def refuse(*_: object) -> Event:
        raise NotPossibleError("non")

    with pytest.raises(NotPossibleError):
        home.record(request_.id, refuse, files=[Given(scan, "delivery")])
    home.record(request_.id, lambda *_: None, files=[Given(scan, "delivery")])
    assert names(home, request_) == ["lettre.docx"]


@pytest.mark.parametrize("where", ["replace", "sync_folder", "append"])
def test_a_failure_at_each_step_keeps_nothing(
    home: Home,
    request_: Request,
    scan: Path,
    monkeypatch: pytest.MonkeyPatch,
    where: str,
) -> None:
    """Moving the file, syncing its folder, and the row are tried."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    places = {
        "replace": "pathlib.Path.replace",
        "sync_folder": "cnil_requests.store.files.sync_folder",
        "append": "cnil_requests.store.docket.Docket.append",
    }
    with monkeypatch.context() as patch:
        patch.setattr(places[where], fail)
        with pytest.raises((DiskFullError, OSError)):
            home.record(request_.id, received, files=[Given(scan, "delivery")])
    assert names(home, request_) == ["lettre.docx"]
    assert len(home.case(request_.id).events) == 1
    assert list(home.check()) == []


def test_many_steps_are_one_transaction(home: Home) -> None:
    """A later step sees the events of an earlier one; one refusal undoes all."""
    ids = [request.id for request in home.add([a_draft() for _ in range(3)])]

    def counted(*words: object) -> Event:
        return an_event(EventKind.SENT, rank=str(len(words[1])))  # type: ignore[arg-type]

    def refuse(*_: object) -> Event:
        raise NotPossibleError("non")

    with pytest.raises(NotPossibleError):
        home.record_many([Step(ids[0], counted), Step(ids[1], refuse)])
    assert [len(home.case(name).events) for name in ids] == [1, 1, 1]
    cases = home.record_many([Step(ids[0], counted), Step(ids[0], counted)])
    assert [case.events[-1].data["rank"] for case in cases] == ["1", "2"]


def test_files_of_many_steps_do_not_collide(
    home: Home, request_: Request, tmp_path: Path
) -> None:
    """Two proofs of one name for one request, and a step that records nothing."""
    steps = []
    for rank in range(3):
        source = tmp_path / str(rank) / "scan.pdf"
        source.parent.mkdir()
        source.write_bytes(b"%d" % (rank % 2))
        nothing = rank == 0
        steps.append(
            Step(
                request_.id,
                (lambda *_: None) if nothing else received,
                (Given(source, "delivery"),),
            )
        )
    home.record_many(steps)
    assert names(home, request_) == ["lettre.docx", "scan-2.pdf", "scan.pdf"]
    assert list(home.check()) == []


@pytest.mark.parametrize("folder", ["../elsewhere", "/etc", "requests/../..", ""])
def test_a_ledger_that_points_elsewhere_is_damaged(
    home: Home, request_: Request, scan: Path, folder: str
) -> None:
    """A hostile ledger, restored from somebody else's backup, leads nowhere."""
    home._engine.execute(
        "UPDATE request SET record = REPLACE(record, ?, ?)", (request_.folder, folder)
    )
    with pytest.raises(LedgerDamagedError):
        home.record(request_.id, received, files=[Given(scan, "delivery")])
    with pytest.raises(LedgerDamagedError):
        home.folder(home.case(request_.id).request)
