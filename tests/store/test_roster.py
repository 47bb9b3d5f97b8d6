"""Many people with the papers of their mandates: all of them, or nothing at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from store_samples import a_person

from cnil_requests.core.mandates import Agent, Mandate
from cnil_requests.store import files
from cnil_requests.store.errors import (
    NotWritableError,
    PersonChangedError,
    UnusableSourceError,
)
from cnil_requests.store.values import Admission, PaperToSign

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cnil_requests.core.people import Person
    from cnil_requests.store.home import Home


def mandated(slug: str) -> Person:
    """Return a person with a mandate."""
    return replace(a_person(slug), mandate=Mandate(Agent("Syndicat")))


def with_paper(slug: str, content: bytes = b"paper") -> Admission:
    """Return the admission of somebody new with a paper to sign."""
    paper = PaperToSign("pouvoir.docx", lambda: content)
    return Admission(mandated(slug), paper=paper)


def on_disk(home: Home) -> list[str]:
    """Return every file and folder of the people's papers."""
    root = home.path / "people"
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*"))


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """Give a signed mandate of the user's."""
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"scan")
    return path


def test_papers_are_written_and_scans_kept_with_their_hash(
    home: Home, scan: Path
) -> None:
    """The mandate names the copy, whatever name the line gave."""
    admitted = home.admit([with_paper("anne"), Admission(mandated("bob"), scan=scan)])
    assert on_disk(home) == ["anne", "anne/pouvoir.docx", "bob", "bob/scan.pdf"]
    assert admitted[0].paper == home.path / "people/anne/pouvoir.docx"
    assert admitted[1].paper is None
    mandate = home.person("bob").mandate
    assert mandate
    assert (mandate.file, mandate.sha256) == ("scan.pdf", files.sha256_of(scan))
    assert home.person("bob") == admitted[1].person
    assert scan.exists()
    assert list(home.check()) == []


def test_the_same_scan_is_one_file_and_another_is_numbered(
    home: Home, scan: Path
) -> None:
    """No paper is ever overwritten."""
    [first] = home.admit([Admission(mandated("bob"), scan=scan)])
    [again] = home.admit([Admission(mandated("bob"), first.person, scan=scan)])
    assert on_disk(home) == ["bob", "bob/scan.pdf"]
    scan.write_bytes(b"signed again")
    [other] = home.admit([Admission(mandated("bob"), again.person, scan=scan)])
    assert other.person.mandate
    assert other.person.mandate.file == "scan-2.pdf"


def test_one_bad_file_leaves_nothing(home: Home, tmp_path: Path) -> None:
    """Neither people, nor papers, nor folders."""
    bad = Admission(mandated("bob"), scan=tmp_path / "absent.pdf")
    with pytest.raises(UnusableSourceError):
        home.admit([with_paper("anne"), bad])
    assert [person.slug for person in home.people()] == ["camille-exemple"]
    assert not (home.path / "people").exists()


def test_a_paper_that_cannot_be_composed_leaves_nothing(home: Home) -> None:
    """What was there before stays."""
    home.admit([with_paper("anne")])

    def broken() -> Iterator[Admission]:
        yield with_paper("bob")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        home.admit(broken())
    assert on_disk(home) == ["anne", "anne/pouvoir.docx"]


def test_a_failing_ledger_takes_the_papers_back(
    home: Home, monkeypatch: pytest.MonkeyPatch, scan: Path
) -> None:
    """Files go first: they are removed when the ledger does not follow."""
    [anne] = home.admit([with_paper("anne")])
    ledger = type(home._archive.ledger)
    saved = ledger.save_person

    def failing(self: object, person: Person) -> None:
        saved(self, person)  # type: ignore[arg-type]
        if person.slug == "bob":
            raise NotWritableError(home.path)

    monkeypatch.setattr(ledger, "save_person", failing)
    changed = Admission(replace(anne.person, title="Dr"), anne.person, scan=scan)
    with pytest.raises(NotWritableError):
        home.admit([changed, with_paper("bob")])
    assert on_disk(home) == ["anne", "anne/pouvoir.docx"]
    assert home.person("anne") == anne.person


def test_what_somebody_else_recorded_meanwhile_is_not_lost(home: Home) -> None:
    """The list was compared with another state: nothing is written."""
    [anne] = home.admit([with_paper("anne")])
    home.save_person(replace(anne.person, phone="01"))
    with pytest.raises(PersonChangedError):
        home.admit([with_paper("bob"), Admission(anne.person, anne.person)])
    with pytest.raises(PersonChangedError):
        home.admit([with_paper("anne", b"other")])
    assert home.person("anne").phone == "01"
    assert on_disk(home) == ["anne", "anne/pouvoir.docx"]


def test_a_copy_that_a_crash_left_is_put_away(home: Home) -> None:
    """``check`` names it, ``--repair`` removes it."""
    home.admit([with_paper("anne")])
    (home.path / "people/anne/.tmp-0123").write_bytes(b"half")
    [problem] = home.check()
    assert (problem.where, problem.repairable) == ("people/anne/.tmp-0123", True)
    home.repair()
    assert on_disk(home) == ["anne", "anne/pouvoir.docx"]
