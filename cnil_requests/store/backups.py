"""One file that holds the whole home: the ledger, every file, and their hashes.

The ledger is copied first, as of one moment; files are only ever added to a home,
so all that this copy names is still there when the files are read.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from cnil_requests import __version__
from cnil_requests.store import files
from cnil_requests.store.archive import LEDGER_NAME
from cnil_requests.store.errors import BackupInsideHomeError, WouldOverwriteError
from cnil_requests.store.telling import told
from cnil_requests.store.values import Backup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cnil_requests.store.archive import Archive

MANIFEST = "manifest.json"
FORMAT = 1

#: Already compressed: deflating them again only costs time.
_COMPRESSED = frozenset({".docx", ".xlsx", ".zip", ".pdf", ".png", ".jpg", ".jpeg"})
_PIECE = 1 << 20


def backup(archive: Archive, target: Path) -> Backup:
    """Write a complete backup under a new name, or nothing at all."""
    home = archive.home.resolve()
    if home == target.resolve().parent or home in target.resolve().parents:
        raise BackupInsideHomeError(target)
    if os.path.lexists(target):
        raise WouldOverwriteError(target)
    unfinished = files.temporary_beside(target.parent)
    ledger = files.temporary_beside(target.parent)
    try:
        recorded = _recorded(archive)
        archive.engine.copy_to(ledger)
        with told(target):
            result = _write(archive, unfinished, ledger, target, recorded)
            if os.path.lexists(target):
                raise WouldOverwriteError(target)
            unfinished.rename(target)
            files.sync_folder(target.parent)
    finally:
        for leftover in (ledger, unfinished):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)
    return result


def _write(
    archive: Archive, unfinished: Path, ledger: Path, target: Path, recorded: set[str]
) -> Backup:
    """Write the archive and sync it; return what it holds."""
    descriptor = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w+b") as file:
        with ZipFile(file, "w", strict_timestamps=False) as writing:
            entries, skipped = [_add(writing, ledger, LEDGER_NAME)], []
            for path, name in _home_files(archive.home):
                if _is_plain(path):
                    entries.append(_add(writing, path, name))
                else:
                    skipped.append(name)
            writing.writestr(entry_info(MANIFEST), _manifest(entries))
        file.flush()
        os.fsync(file.fileno())
        size = file.tell()
    names = {str(entry["name"]) for entry in entries}
    return Backup(
        file=target,
        files=len(entries),
        size=size,
        missing=tuple(sorted(recorded - names)),
        skipped=tuple(skipped),
    )


def _home_files(home: Path) -> Iterator[tuple[Path, str]]:
    """Yield every file of the home but the ledger's own and unfinished ones."""
    for folder, folders, names in os.walk(home):
        here = home / os.path.relpath(folder, home)
        folders[:] = sorted(
            name for name in folders if not name.startswith(files.UNFINISHED)
        )
        links = [name for name in folders if (here / name).is_symlink()]
        for name in sorted([*names, *links]):
            path = here / name
            if name.startswith(files.TEMPORARY) or _is_ledger(path, home):
                continue
            yield path, path.relative_to(home).as_posix()


def _is_ledger(path: Path, home: Path) -> bool:
    """Say whether a file is the ledger, its log, or a copy from before a step."""
    return path.parent == home and path.match("cnilreq*.db*")


def _is_plain(path: Path) -> bool:
    """Say whether this is a file with content of its own."""
    return stat.S_ISREG(path.lstat().st_mode)


def _add(writing: ZipFile, path: Path, name: str) -> dict[str, str | int]:
    """Copy one file into the archive; return its line of the manifest."""
    digest, size = hashlib.sha256(), 0
    info = entry_info(name)
    with path.open("rb") as file, writing.open(info, "w", force_zip64=True) as entry:
        while piece := file.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            entry.write(piece)
    return {"name": name, "size": size, "sha256": digest.hexdigest()}


def entry_info(name: str) -> ZipInfo:
    """Return the header of an entry: private, and the same for the same content."""
    info = ZipInfo(name)
    info.external_attr = (stat.S_IFREG | 0o600) << 16
    suffix = name[name.rfind(".") :].lower()
    info.compress_type = ZIP_STORED if suffix in _COMPRESSED else ZIP_DEFLATED
    return info


def _manifest(entries: list[dict[str, str | int]]) -> str:
    """Return what the archive holds, as JSON."""
    return json.dumps(
        {
            "format": FORMAT,
            "program": "cnilreq",
            "version": __version__,
            "files": entries,
        },
        ensure_ascii=False,
        indent=1,
    )


def _recorded(archive: Archive) -> set[str]:
    """Return every recorded file, relative to the home."""
    return {
        f"{folder}/{file.name}"
        for folder, stored in archive.filings.of_all()
        for file in stored
    }
