"""What `check` finds, and what `--repair` does about it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from store_samples import a_draft, an_event, derive

from cnil_requests.core.requests import EventKind
from cnil_requests.store.home import Home
from cnil_requests.store.values import Given, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from cnil_requests.core.requests import Request

FOLDER = "requests/2026-0001-societe-com"


@pytest.fixture
def proved(home: Home, tmp_path: Path) -> Request:
    """Return a request with a letter and a sealed proof."""
    request = home.add([a_draft()])[0]
    proof = tmp_path / "proof.pdf"
    proof.write_bytes(b"proof")
    home.record(
        request.id,
        lambda *_: an_event(EventKind.RECEIVED),
        files=[Given(proof, "delivery")],
    )
    return request


def found(home: Home) -> list[tuple[str, str, bool]]:
    """Return level, place and repairability of every problem."""
    return [(it.level, it.where, it.repairable) for it in home.check()]


def test_a_sound_home_has_no_problem(home: Home, proved: Request) -> None:
    """Nor has one in use, with editors' lock files and system clutter."""
    for name in (".~lock.lettre.docx#", "~$lettre.docx", ".DS_Store", "Thumbs.db"):
        (home.folder(proved) / name).write_bytes(b"")
    assert found(home) == []
    assert home.repair() == []


def test_a_missing_file_is_an_error(home: Home, proved: Request) -> None:
    """Letters and proofs alike; a link in its place is no file."""
    (home.folder(proved) / "lettre.docx").unlink()
    (home.folder(proved) / "lettre.docx").symlink_to("proof.pdf")
    (home.folder(proved) / "proof.pdf").unlink()
    assert found(home) == [
        ("error", f"{FOLDER}/lettre.docx", False),
        ("error", f"{FOLDER}/proof.pdf", False),
    ]


def test_an_altered_proof_is_an_error_an_edited_letter_is_not(
    home: Home, proved: Request
) -> None:
    """One byte is enough, even with the size unchanged."""
    (home.folder(proved) / "lettre.docx").write_bytes(b"edited before posting")
    (home.folder(proved) / "proof.pdf").write_bytes(b"prooF")
    assert found(home) == [("error", f"{FOLDER}/proof.pdf", False)]
    assert home.repair() == []


def test_a_file_nobody_recorded_is_a_warning(home: Home, proved: Request) -> None:
    """It may be the user's note, or a copy whose event a crash prevented."""
    (home.folder(proved) / "note.txt").write_text("x")
    assert found(home) == [("warning", f"{FOLDER}/note.txt", False)]
    assert home.repair() == []
    assert (home.folder(proved) / "note.txt").exists()


def test_leftovers_of_a_crash_are_cleaned(home: Home, proved: Request) -> None:
    """Unfinished folders and temporary copies go; a lost folder is set aside."""
    requests = home.path / "requests"
    (requests / ".new-1234" / "2026-0002-x").mkdir(parents=True)
    (requests / ".new-1234" / "2026-0002-x" / "lettre.docx").write_bytes(b"half")
    (home.folder(proved) / ".tmp-1234").write_bytes(b"half a copy")
    (requests / "2026-0002-x").mkdir()
    (requests / "2026-0002-x" / "lettre.docx").write_bytes(b"whole")
    assert found(home) == [
        ("error", "requests/.new-1234", True),
        ("error", f"{FOLDER}/.tmp-1234", True),
        ("error", "requests/2026-0002-x", True),
    ]
    assert len(home.repair()) == 3
    assert found(home) == []
    aside = home.path / "orphans" / "2026-0002-x" / "lettre.docx"
    assert aside.read_bytes() == b"whole"
    (requests / "2026-0002-x").mkdir()
    home.repair()
    assert (home.path / "orphans" / "2026-0002-x-2").is_dir()


def test_columns_that_do_not_follow_are_derived_again(
    home: Home, proved: Request
) -> None:
    """A wrong next day would make `remind` silent."""
    home._engine.execute("UPDATE request SET next_on = '2099-01-01'")
    assert found(home) == [("error", "2026-0001", True)]
    home.repair()
    assert found(home) == []
    assert str(home.case(proved.id).next_on) == "2026-07-01"


@pytest.mark.sqlite
def test_a_hole_in_the_history_is_an_error(home: Home, proved: Request) -> None:
    """Only somebody who took the triggers away can make one."""
    home._engine.execute("DROP TRIGGER event_never_removed")
    home._engine.execute("PRAGMA foreign_keys = OFF")
    home._engine.execute("DELETE FROM event WHERE number = 1")
    problems = list(home.check())
    assert [problem.level for problem in problems] == ["error"]
    assert not any(problem.repairable for problem in problems)


@pytest.mark.sqlite
def test_what_others_could_read_is_closed(home: Home, proved: Request) -> None:
    """A folder restored with wide permissions."""
    home.path.chmod(0o755)
    (home.path / "cnilreq.db").chmod(0o644)
    levels = {(it.level, it.repairable) for it in home.check()}
    assert levels == {("warning", True)}
    home.repair()
    assert found(home) == []


def test_a_problem_says_what_to_do(home: Home, proved: Request) -> None:
    """In French, with the command."""
    (home.folder(proved) / "proof.pdf").write_bytes(b"x")
    assert list(home.check()) == [
        Problem(
            "error",
            f"{FOLDER}/proof.pdf",
            "le fichier a été modifié depuis son enregistrement",
            "Reprenez l'original d'une sauvegarde, ou joignez la nouvelle version "
            "avec\u00a0: cnilreq attach",
        )
    ]


def test_a_posting_taken_back_seals_nothing(home: Home, proved: Request) -> None:
    """The letter may be edited again; a proof kept with it is still verified."""
    letter = home.folder(proved) / "lettre.docx"
    sealed = home.record(
        proved.id,
        lambda *_: an_event(EventKind.SENT),
        files=[Given(letter, "letter")],
    )
    letter.write_bytes(b"edited again")
    (home.folder(proved) / "proof.pdf").write_bytes(b"prooF")
    altered = ("error", f"{FOLDER}/proof.pdf", False)
    assert found(home) == [("error", f"{FOLDER}/lettre.docx", False), altered]
    number = str(sealed.events[-1].number)
    home.record(proved.id, lambda *_: an_event(EventKind.UNDONE, undoes=number))
    assert found(home) == [altered]


def test_a_repair_waits_for_the_list_in_progress(home: Home, path: Path) -> None:
    """What a colleague is still writing is not put away as a leftover."""
    written = path / "requests" / ".new-0123"
    order: list[bool] = []

    def draft_a_list() -> None:
        with (
            Home.open(path, derive=derive) as other,
            other.alone(waiting=lambda: None),
        ):
            written.mkdir()
            begun.set()
            waited.wait(30)
            order.append(written.exists())
            written.rmdir()

    begun, waited = threading.Event(), threading.Event()
    colleague = threading.Thread(target=draft_a_list)
    colleague.start()
    begun.wait(30)
    done = home.repair(waiting=waited.set)
    colleague.join(30)
    assert (order, waited.is_set(), done) == ([True], True, [])
