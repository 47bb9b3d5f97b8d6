"""The scans of mandates on the disk, and their days in ``check``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from store_samples import a_draft, a_person, a_request

from cnil_requests.core.mandates import Agent, Mandate
from cnil_requests.store.values import Admission

if TYPE_CHECKING:
    from pathlib import Path

    from cnil_requests.store.home import Home

TODAY = date(2026, 6, 15)


@pytest.fixture
def signed(home: Home, tmp_path: Path) -> Path:
    """Return where the scan of Anne's mandate lies."""
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"scan")
    anne = replace(a_person("anne"), mandate=Mandate(Agent("Syndicat")))
    home.admit([Admission(anne, scan=scan)])
    return home.path / "people/anne/scan.pdf"


def errors(home: Home) -> list[tuple[str, str]]:
    """Return place and message of every error."""
    problems = home.check(TODAY)
    return [(it.where, it.message) for it in problems if it.level == "error"]


def test_an_altered_scan_is_an_error(home: Home, signed: Path) -> None:
    """One byte is enough; its content is never printed."""
    assert errors(home) == []
    signed.write_bytes(b"scaN")
    message = "le mandat signé a été modifié depuis son enregistrement"
    assert errors(home) == [("people/anne/scan.pdf", message)]


@pytest.mark.parametrize("linked", [True, False])
def test_a_scan_that_is_gone_is_an_error(
    home: Home, signed: Path, tmp_path: Path, linked: bool
) -> None:
    """A link in its place is no file."""
    signed.unlink()
    if linked:
        signed.symlink_to(tmp_path / "scan.pdf")
    message = "le mandat signé enregistré a disparu"
    assert errors(home) == [("people/anne/scan.pdf", message)]


def test_without_a_day_only_the_disk_is_looked_at(home: Home, signed: Path) -> None:
    """Restoring and repairing know no day."""
    assert list(home.check()) == []
    assert [problem.where for problem in home.check(TODAY)] == ["people/anne"]


def test_open_requests_without_mandate_are_told_where_others_gave_one(
    home: Home, signed: Path
) -> None:
    """Never in a home where everybody writes for himself."""
    home.save_person(a_person("bob"))
    home.save_person(a_person("carol"))
    home.add([a_draft(a_request("bob"))])
    found = {it.where: it.message for it in home.check(TODAY)}
    assert set(found) == {"people/anne", "people/bob"}
    assert "aucun mandat" in found["people/bob"]
    home.save_person(replace(home.person("anne"), mandate=None))
    assert list(home.check(TODAY)) == []


def test_requests_left_behind_by_a_withdrawal_are_told(home: Home) -> None:
    """Where nobody has a mandate any more, too."""
    home.save_person(replace(a_person("anne"), withdrew_on=TODAY))
    home.save_person(a_person("bob"))
    assert list(home.check(TODAY)) == []
    home.add([a_draft(a_request("anne")), a_draft(a_request("bob"))])
    [problem] = home.check(TODAY)
    assert (problem.level, problem.where) == ("warning", "people/anne")
    assert "mandat retiré le 15 juin 2026" in problem.message


def test_papers_of_nobody_are_told(home: Home, signed: Path) -> None:
    """An import that was cut short between the files and the ledger."""
    (home.path / "people" / "bob").mkdir()
    [problem] = home.check()
    assert (problem.level, problem.where) == ("warning", "people/bob")
    home.save_person(a_person("bob"))
    assert list(home.check()) == []
