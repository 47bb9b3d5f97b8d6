"""The user's file is written whole or not at all, and nothing in it is lost."""

from __future__ import annotations

import errno
import stat
from datetime import date
from typing import TYPE_CHECKING

import pytest

from cnil_requests.catalogue import InvalidCatalogueError, overlay
from cnil_requests.catalogue.loading import read_directories
from cnil_requests.core.directory import Confidence, Directory

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SITE = Directory(
    "site",
    "Site",
    "site.fr",
    street="1 rue X, « Y »",
    source_urls=("https://site.fr/a", "https://site.fr/b"),
    checked_on=date(2026, 11, 21),
    confidence=Confidence.HIGH,
)


def test_a_line_comes_back_equal(tmp_path: Path) -> None:
    """The folder is made, the file is its owner's alone."""
    path = tmp_path / "home" / "directories.csv"
    overlay.save(path, SITE)
    assert read_directories(path) == (SITE,)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_other_lines_stay_as_they_are(tmp_path: Path) -> None:
    """A line is replaced in its place, a new one is added at the end."""
    path = tmp_path / "directories.csv"
    first, last = Directory("a", "A", "a.fr"), Directory("z", "Z", "z.fr")
    overlay.save(path, first, SITE)
    changed = Directory("a", "A+", "a.fr", notes="changé")
    overlay.save(path, changed, last)
    assert read_directories(path) == (changed, SITE, last)


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8-sig", ";"), ("utf-8", ",")]
)
def test_the_form_of_the_file_is_kept(
    write: Callable[..., Path], row: dict[str, str], encoding: str, delimiter: str
) -> None:
    """What a French spreadsheet wrote, it can open again."""
    path = write(row, encoding=encoding, delimiter=delimiter)
    before = path.read_bytes()
    overlay.save(path, SITE)
    assert path.read_bytes().startswith(before)
    assert len(read_directories(path)) == 2


def test_a_broken_file_is_told_and_kept(tmp_path: Path) -> None:
    """Nothing is written over what cannot be read."""
    path = tmp_path / "directories.csv"
    path.write_text("id,name\nx,y\n", encoding="utf-8")
    with pytest.raises(InvalidCatalogueError):
        overlay.save(path, SITE)
    assert path.read_text(encoding="utf-8") == "id,name\nx,y\n"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("text", ["=1+1", "+33 1", "-x", "@x", " =x"])
def test_a_formula_is_never_written(tmp_path: Path, text: str) -> None:
    """The file is opened in spreadsheets."""
    with pytest.raises(InvalidCatalogueError, match="formule"):
        overlay.save(tmp_path / "d.csv", Directory("a", "A", "a.fr", notes=text))
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk costs the new line, not the others."""
    path = tmp_path / "directories.csv"
    overlay.save(path, SITE)
    before = path.read_bytes()

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        overlay.save(path, Directory("a", "A", "a.fr"))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_names_the_user_s_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not the temporary one, of which nothing is left."""

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    path = tmp_path / "directories.csv"
    with pytest.raises(OSError, match="No space left") as refused:
        overlay.save(path, SITE)
    assert refused.value.filename == str(path)
    assert list(tmp_path.iterdir()) == []
