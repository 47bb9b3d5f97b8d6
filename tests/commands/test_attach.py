"""``cnilreq attach``: a copy is kept, the original left alone."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]


def kept(home: Path) -> list[str]:
    """Return the names in the request's folder."""
    return sorted(
        path.name for path in (home / "requests/2026-0001-doctolib").iterdir()
    )


def test_the_original_stays(drafted: Run, home: Path, proof: Path) -> None:
    """Byte for byte; what it is shows in the history."""
    result = drafted("attach 1 --as capture", proof)
    assert result.exit_code == 0
    assert "fichier gardé" in result.stdout
    assert proof.read_bytes() == b"%PDF-1.4 preuve"
    assert kept(home) == ["lettre.docx", "preuve.pdf"]
    shown = drafted("status 1").stdout
    assert "pièce gardée : capture de la page (preuve.pdf)" in shown


def test_the_same_file_twice_is_one_copy(drafted: Run, home: Path, proof: Path) -> None:
    """Under any name; as something else it is the same copy with two uses."""
    drafted("attach 1 --as capture", proof)
    assert "déjà enregistré." in drafted("attach 1 --as capture", proof).stdout
    other = proof.with_name("autre.pdf")
    other.write_bytes(proof.read_bytes())
    assert "déjà enregistré." in drafted("attach 1 --as capture", other).stdout
    assert "fichier gardé." in drafted("attach 1 --as delivery", other).stdout
    assert kept(home) == ["lettre.docx", "preuve.pdf"]
    assert drafted("check").exit_code == 0


def test_another_file_of_the_same_name_is_kept_beside(
    drafted: Run, home: Path, proof: Path
) -> None:
    """Nothing is overwritten."""
    drafted("attach 1 --as capture", proof)
    proof.write_bytes(b"another")
    drafted("attach 1 --as capture", proof)
    assert kept(home) == ["lettre.docx", "preuve-2.pdf", "preuve.pdf"]


def unusable(path: Path, what: str) -> Path:
    """Make something that cannot be kept."""
    if what == "link":
        path.with_name("target").write_bytes(b"x")
        path.symlink_to("target")
    elif what == "folder":
        path.mkdir()
    elif what == "unreadable":
        path.write_bytes(b"x")
        path.chmod(0)
    return path


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("link", "c'est un lien vers un autre fichier"),
        ("folder", "c'est un dossier"),
        ("vanished", "il n'existe pas"),
        ("unreadable", "illisible"),
    ],
)
def test_what_cannot_be_kept_is_told(
    drafted: Run, home: Path, tmp_path: Path, what: str, why: str
) -> None:
    """Exit 4, nothing recorded, nothing left behind."""
    if what == "unreadable" and (os.name == "nt" or os.geteuid() == 0):
        why = ""
    path = unusable(tmp_path / "preuve", what)
    result = drafted("attach 1 --as other", path)
    if what == "unreadable" and not why:
        return
    assert result.exit_code == 4
    assert why in result.stderr
    assert str(path) in result.stderr
    assert kept(home) == ["lettre.docx"]
    assert len(drafted("status 1 --json").json["events"]) == 1


def test_a_closed_request_still_takes_proofs(drafted: Run, proof: Path) -> None:
    """Its file may have to be completed later."""
    drafted("closed 1 --on 2026-06-01 --because moot")
    assert drafted("attach 1 --as other", proof).exit_code == 0


def test_an_unknown_request(drafted: Run, proof: Path) -> None:
    """Exit 3."""
    result = drafted("attach 12 --as other", proof)
    assert result.exit_code == 3
    assert "Aucune demande ne porte le numéro" in result.stderr
