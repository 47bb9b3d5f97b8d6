"""``cnilreq restore``: a home from its backup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]


@pytest.fixture
def backup(delivered: Run, tmp_path: Path) -> Path:
    """Give a backup of the home with a delivered request."""
    file = tmp_path / "copie.zip"
    assert delivered("backup", file).exit_code == 0
    return file


def test_the_same_home_elsewhere(
    delivered: Run, run: Run, backup: Path, tmp_path: Path
) -> None:
    """Requests, events, letters; sound."""
    there = tmp_path / "new"
    result = run("restore", backup, at=there)
    assert result.exit_code == 0
    assert f"Dossier refait : {there}" in result.stdout
    today = "2026-07-07"
    assert (
        run("status", "1", "--json", at=there, today=today).json
        == delivered("status 1 --json", today=today).json
    )
    assert run("check", at=there).exit_code == 0


def test_the_json_document(run: Run, backup: Path, tmp_path: Path) -> None:
    """Where, and how many files were verified."""
    made = run("restore", backup, "--json", at=tmp_path / "new").json
    assert made["home"] == str(tmp_path / "new")
    assert made["files"] > 1


def test_a_used_home_is_not_replaced(delivered: Run, home: Path, backup: Path) -> None:
    """Nothing of it changes."""
    before = (home / "cnilreq.db").read_bytes()
    assert delivered("restore", backup).exit_code != 0
    assert (home / "cnilreq.db").read_bytes() == before


def test_what_is_no_backup(run: Run, tmp_path: Path) -> None:
    """A message and no half-made home."""
    file = tmp_path / "lettre.docx"
    file.write_bytes(b"not a zip")
    result = run("restore", file, at=tmp_path / "new")
    assert result.exit_code in (4, 5)
    assert str(file) in result.stderr
    assert not (tmp_path / "new" / "cnilreq.db").exists()
