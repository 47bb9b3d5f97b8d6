"""Writing, hashing and copying files."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from cnil_requests.store import files
from cnil_requests.store.errors import UnusableSourceError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_new_file_is_private_and_never_replaces(tmp_path: Path) -> None:
    """Mode 0600 whatever the umask, and an error when the name is taken."""
    path = tmp_path / "letter"
    before = os.umask(0)
    try:
        files.write_new(path, b"one")
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        files.write_new(path, b"two")
    assert path.read_bytes() == b"one"


def test_a_copy_has_the_hash_of_its_source(tmp_path: Path) -> None:
    """More than one piece is copied, hashed on the way, and the source stays."""
    source, target = tmp_path / "source", tmp_path / "target"
    content = os.urandom(3 * (1 << 20) + 17)
    source.write_bytes(content)
    assert files.copy_hashed(source, target) == (
        hashlib.sha256(content).hexdigest(),
        len(content),
    )
    assert target.read_bytes() == content == source.read_bytes()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert files.sha256_of(target) == files.hash_source(source)[0]


def test_what_is_not_an_ordinary_file_is_refused(tmp_path: Path) -> None:
    """A link, a folder, a pipe and a vanished file are told apart in French."""
    (tmp_path / "real").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    reasons = {
        "link": "c'est un lien vers un autre fichier",
        "folder": "c'est un dossier",
        "pipe": "ce n'est pas un fichier ordinaire",
        "absent": "il n'existe pas",
        "nul\0": "il est inaccessible",
    }
    for name, reason in reasons.items():
        with pytest.raises(UnusableSourceError, match=reason) as caught:
            files.copy_hashed(tmp_path / name, tmp_path / "target")
        assert caught.value.exit_code == 4
    assert not (tmp_path / "target").exists()


def test_a_source_that_changes_while_it_is_copied_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A scanner still writing: nothing is kept of the half."""
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(b"one")
    real = files._copy

    def copy_then_write(*words: object) -> tuple[str, int]:
        result = real(*words)  # type: ignore[arg-type]
        source.write_bytes(b"one and more")
        return result

    monkeypatch.setattr(files, "_copy", copy_then_write)
    with pytest.raises(UnusableSourceError, match="il a changé"):
        files.copy_hashed(source, target)
    assert not target.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="a pseudo-file of Linux")
def test_a_source_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """The disk or the system fails in the middle of the reading."""
    from pathlib import Path as AnyPath

    with pytest.raises(UnusableSourceError):
        files.copy_hashed(AnyPath("/proc/self/mem"), tmp_path / "target")
    assert not (tmp_path / "target").exists()


def test_many_files_are_synced_one_by_one_where_it_must_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Systems without a call for it sync every file and every folder once."""
    synced = []
    monkeypatch.setattr(files, "_sync_file_system", lambda _: False)
    monkeypatch.setattr(files.os, "fsync", synced.append)
    paths = [tmp_path / "a" / "1", tmp_path / "a" / "2", tmp_path / "b" / "1"]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    files.sync_all(tmp_path, paths)
    assert len(synced) == 5
