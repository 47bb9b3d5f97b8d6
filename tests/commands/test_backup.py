"""``cnilreq backup``: the whole home in one file."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]


def test_everything_is_in_it(delivered: Run, tmp_path: Path) -> None:
    """Ledger and letters; the count is told."""
    file = tmp_path / "copie.zip"
    result = delivered("backup", file)
    assert result.exit_code == 0
    assert f"Sauvegarde écrite : {file}" in result.stdout
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
    assert "cnilreq.db" in names
    assert "requests/2026-0001-doctolib/lettre.docx" in names


def test_the_json_document(delivered: Run, tmp_path: Path) -> None:
    """What was written."""
    made = delivered("backup --json", tmp_path / "copie.zip").json["backup"]
    assert list(made) == ["file", "files", "size", "missing", "skipped"]
    assert made["file"] == str(tmp_path / "copie.zip")
    assert made["size"] == (tmp_path / "copie.zip").stat().st_size
    assert (made["missing"], made["skipped"]) == ([], [])


def test_what_was_missing_is_told(delivered: Run, home: Path, tmp_path: Path) -> None:
    """The copy is made all the same."""
    (home / "requests/2026-0001-doctolib/lettre.docx").unlink()
    result = delivered("backup", tmp_path / "copie.zip")
    assert result.exit_code == 0
    assert "lettre.docx manquait déjà dans votre dossier." in result.stderr


def test_no_file_is_replaced(delivered: Run, tmp_path: Path) -> None:
    """An earlier backup stays."""
    file = tmp_path / "copie.zip"
    delivered("backup", file)
    before = file.read_bytes()
    assert delivered("backup", file).exit_code != 0
    assert file.read_bytes() == before
