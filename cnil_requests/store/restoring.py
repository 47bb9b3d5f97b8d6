"""Restoring a backup into an empty place, trusting nothing that it says."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import stat
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812

from cnil_requests.store import files
from cnil_requests.store.archive import LEDGER_NAME, REQUESTS
from cnil_requests.store.backups import FORMAT, MANIFEST
from cnil_requests.store.errors import (
    DiskFullError,
    UnusableBackupError,
    UnusableSourceError,
    WouldOverwriteError,
)
from cnil_requests.store.sqlite import Sqlite
from cnil_requests.store.telling import told

if TYPE_CHECKING:
    from pathlib import Path

#: A manifest line is about 150 bytes: room for two million files.
_LONGEST_MANIFEST = 300_000_000
#: Letters and scans hardly shrink; an archive that grows more is a trap.
_MOST_GROWTH = 200
_SMALL = 100_000_000
_PIECE = 1 << 20
_PART = re.compile(r'[^<>:"|?*\\/\x00-\x1f]+')
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class _Entry:
    """One line of the manifest."""

    name: str
    size: int
    sha256: str


def restore(backup: Path, home: Path) -> int:
    """Restore all files of ``backup`` as ``home``; return how many.

    Everything is unpacked beside the home and verified there; the home appears
    complete, or not at all.
    """
    files.refuse_unusable(backup)
    home = home.resolve()
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise WouldOverwriteError(home)
    with told(home.parent):
        home.parent.mkdir(parents=True, exist_ok=True)
    unfinished = home.parent / f"{files.UNFINISHED}{home.name}-{os.getpid()}"
    try:
        count = _unpack(backup, unfinished)
        with told(home):
            if home.exists():
                home.rmdir()
            unfinished.rename(home)
            files.sync_folder(home.parent)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return count


def _unpack(backup: Path, folder: Path) -> int:
    """Unpack and verify everything in a new folder."""
    try:
        reading = ZipFile(backup)
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise UnusableBackupError(backup, "ce n'est pas une archive") from error
    except OSError as error:
        raise UnusableSourceError(backup, "il est illisible") from error
    with reading:
        entries = _entries(backup, reading)
        _refuse_bomb(backup, entries, folder)
        with told(folder):
            folder.mkdir(mode=0o700)
            (folder / REQUESTS).mkdir(mode=0o700)
        for entry in entries:
            _extract(backup, reading, entry, folder)
    with told(folder):
        files.sync_all(folder, [folder / entry.name for entry in entries])
    _verify_ledger(backup, folder)
    return len(entries)


def _entries(backup: Path, reading: ZipFile) -> list[_Entry]:
    """Return the manifest, which names exactly what the archive holds."""
    infos = {info.filename: info for info in reading.infolist()}
    if len(infos) != len(reading.infolist()) or MANIFEST not in infos:
        raise UnusableBackupError(backup, "elle n'a pas de liste de contenu valable")
    manifest = _manifest(backup, reading, infos.pop(MANIFEST))
    entries = [_entry(backup, line) for line in manifest]
    if sorted(infos) != sorted(entry.name for entry in entries):
        raise UnusableBackupError(backup, "le contenu ne suit pas sa liste")
    if LEDGER_NAME not in infos:
        raise UnusableBackupError(backup, "elle ne contient pas de registre")
    if any(not _is_plain(info) for info in infos.values()):
        raise UnusableBackupError(backup, "elle contient autre chose que des fichiers")
    return entries


def _manifest(backup: Path, reading: ZipFile, info: ZipInfo) -> list[Any]:
    """Read the manifest's lines."""
    content = b""
    if info.file_size <= _LONGEST_MANIFEST:
        with suppress(
            BadZipFile, ZlibError, RuntimeError, NotImplementedError, EOFError
        ):
            content = reading.open(info).read(_LONGEST_MANIFEST)
    try:
        manifest = json.loads(content)
        known = manifest["format"] == FORMAT and isinstance(manifest["files"], list)
    except (ValueError, TypeError, KeyError, RecursionError):
        known = False
    if not known:
        raise UnusableBackupError(backup, "sa liste de contenu est illisible")
    lines: list[Any] = manifest["files"]
    return lines


def _entry(backup: Path, line: object) -> _Entry:
    """Read one line of the manifest; refuse names that lead elsewhere."""
    values = line if isinstance(line, dict) else {}
    name, size, sha256 = (values.get(key) for key in ("name", "size", "sha256"))
    if (
        not isinstance(name, str)
        or not isinstance(size, int)
        or size < 0
        or not isinstance(sha256, str)
        or not _HASH.fullmatch(sha256)
    ):
        raise UnusableBackupError(backup, "sa liste de contenu est illisible")
    if not all(_is_safe(part) for part in name.split("/")):
        raise UnusableBackupError(backup, f"nom de fichier dangereux « {name!a} »")
    return _Entry(name, size, sha256)


def _is_safe(part: str) -> bool:
    """Say whether one part of a path is a plain name on every system."""
    return bool(_PART.fullmatch(part)) and part.strip(". ") != ""


def _is_plain(info: ZipInfo) -> bool:
    """Say whether an entry is an unencrypted ordinary file."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    encrypted = info.flag_bits & 0x1
    return not encrypted and kind in (0, stat.S_IFREG)


def _refuse_bomb(backup: Path, entries: list[_Entry], folder: Path) -> None:
    """Refuse what would fill the disk."""
    total = sum(entry.size for entry in entries)
    if total > max(_SMALL, _MOST_GROWTH * backup.stat().st_size):
        raise UnusableBackupError(backup, "son contenu est démesuré")
    if total > shutil.disk_usage(folder.parent).free:
        raise DiskFullError(folder.parent)


def _extract(backup: Path, reading: ZipFile, entry: _Entry, folder: Path) -> None:
    """Write one file, never more than announced, and compare its hash."""
    path = folder / entry.name
    digest, size = hashlib.sha256(), 0
    with told(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as writing:
        try:
            with reading.open(entry.name) as content:
                while size <= entry.size and (piece := content.read(_PIECE)):
                    digest.update(piece)
                    size += len(piece)
                    with told(path):
                        writing.write(piece)
        except (
            BadZipFile,
            ZlibError,
            EOFError,
            RuntimeError,
            NotImplementedError,
        ) as e:
            raise UnusableBackupError(backup, f"« {entry.name} » est abîmé") from e
    if size != entry.size or digest.hexdigest() != entry.sha256:
        raise UnusableBackupError(backup, f"« {entry.name} » a été modifié")


def _verify_ledger(backup: Path, folder: Path) -> None:
    """Refuse a backup whose ledger is damaged or of a newer version."""
    with closing(Sqlite(folder / LEDGER_NAME)) as engine:
        problems = engine.problems()
    if problems:
        raise UnusableBackupError(backup, f"registre endommagé : {problems[0]}")
