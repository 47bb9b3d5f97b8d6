"""Files that survive a crash: hashes, copies, and what must be synced when.

New content goes to a temporary name, is synced, and takes its final name in one
step; then the folder itself is synced. Everything is as private as its folder.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from contextlib import contextmanager, suppress
from secrets import token_hex
from typing import TYPE_CHECKING

from cnil_requests import modes
from cnil_requests.store.errors import UnusableSourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO

#: Unfinished files and folders start with these; only a crash leaves them behind.
TEMPORARY = ".tmp-"
UNFINISHED = ".new-"

_PIECE = 1 << 20
# Never follow a link, never wait for the other end of a pipe.
_READ = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)
_WRITE_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def temporary_beside(folder: Path) -> Path:
    """Return a new temporary name in ``folder``."""
    return folder / f"{TEMPORARY}{token_hex(8)}"


def write_new(path: Path, content: bytes, *, sync: bool = True) -> None:
    """Write a file that must not exist yet."""
    descriptor = os.open(path, _WRITE_NEW, modes.PRIVATE_FILE)
    with os.fdopen(descriptor, "wb") as file:
        modes.share_file(descriptor, path.parent)
        file.write(content)
        if sync:
            file.flush()
            os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Make the names in a folder durable, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_all(folder: Path, files: Iterable[Path]) -> None:
    """Make many new files below ``folder`` durable at once.

    Linux can sync one file system in a single call, four times faster than file
    by file; elsewhere each file and its folder is synced.
    """
    if _sync_file_system(folder):
        return
    parents = set()
    for path in files:
        with path.open("rb+") as file:
            os.fsync(file.fileno())
        parents.add(path.parent)
    for parent in parents:
        sync_folder(parent)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal; a link is not followed."""
    with os.fdopen(os.open(path, _READ), "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sha256_of_bytes(content: bytes) -> str:
    """Return the SHA-256 of ``content``, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def refuse_unusable(source: Path) -> None:
    """Raise unless ``source`` is an ordinary file."""
    try:
        mode = source.lstat().st_mode
    except FileNotFoundError as error:
        raise UnusableSourceError(source, "il n'existe pas") from error
    except (OSError, ValueError) as error:
        raise UnusableSourceError(source, "il est inaccessible") from error
    if stat.S_ISLNK(mode):
        raise UnusableSourceError(source, "c'est un lien vers un autre fichier")
    if stat.S_ISDIR(mode):
        raise UnusableSourceError(source, "c'est un dossier")
    if not stat.S_ISREG(mode):
        raise UnusableSourceError(source, "ce n'est pas un fichier ordinaire")


def hash_source(source: Path) -> tuple[str, int]:
    """Return the SHA-256 and size of a file of the user's, left where it is."""
    with _reading(source) as reading:
        digest, size = hashlib.sha256(), 0
        while piece := reading.read(_PIECE):
            digest.update(piece)
            size += len(piece)
        return digest.hexdigest(), size


def copy_hashed(source: Path, target: Path) -> tuple[str, int]:
    """Copy a file of any size to a new name; return its SHA-256 and size.

    Raises ``UnusableSourceError`` for whatever is wrong with the source, a change
    while it is being copied included, and leaves nothing behind.
    """
    try:
        with _reading(source) as reading:
            return _copy(reading, source, target)
    except BaseException:
        with suppress(OSError):
            target.unlink(missing_ok=True)
        raise


@contextmanager
def _reading(source: Path) -> Iterator[BinaryIO]:
    """Open a file of the user's, and make sure nobody writes to it meanwhile."""
    refuse_unusable(source)
    try:
        descriptor = os.open(source, _READ)
    except OSError as error:
        raise UnusableSourceError(source, "il est illisible") from error
    with os.fdopen(descriptor, "rb") as reading:
        before = os.fstat(descriptor)
        yield reading
        after = os.fstat(descriptor)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise UnusableSourceError(source, "il a changé pendant la lecture")


def _copy(reading: BinaryIO, source: Path, target: Path) -> tuple[str, int]:
    """Copy piece by piece into a new, synced file."""
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(target, _WRITE_NEW, modes.PRIVATE_FILE)
    with os.fdopen(descriptor, "wb") as writing:
        modes.share_file(descriptor, target.parent)
        while True:
            try:
                piece = reading.read(_PIECE)
            except OSError as error:
                raise UnusableSourceError(source, "sa lecture a échoué") from error
            if not piece:
                break
            digest.update(piece)
            size += len(piece)
            writing.write(piece)
        writing.flush()
        os.fsync(writing.fileno())
    return digest.hexdigest(), size


def _sync_file_system(folder: Path) -> bool:
    """Sync the file system of ``folder`` with one call, where there is one."""
    if sys.platform != "linux":
        return False
    import ctypes

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
        return syncfs is not None and syncfs(descriptor) == 0
    finally:
        os.close(descriptor)
