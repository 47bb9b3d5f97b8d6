"""What the system and SQLite refuse, told in the errors of the store."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cnil_requests.store import files
from cnil_requests.store.errors import (
    DiskError,
    DiskFullError,
    LedgerBusyError,
    LedgerDamagedError,
    NotWritableError,
    UnstorableTextError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cnil_requests.errors import StoreError

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_ACCESS = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_FRENCH = {
    errno.EIO: "erreur de lecture ou d'écriture",
    errno.ENOENT: "introuvable",
    errno.EEXIST: "existe déjà",
    errno.ENOTEMPTY: "existe déjà",
    errno.ENOTDIR: "n'est pas un dossier",
    errno.EISDIR: "est un dossier",
    errno.ENAMETOOLONG: "nom trop long",
    errno.EMFILE: "trop de fichiers ouverts",
}


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what the system or SQLite raises about ``path`` into our errors."""
    try:
        yield
    except OSError as error:
        raise from_system(_known(path), error) from error
    except sqlite3.Error as error:
        raise from_sqlite(_known(path), error) from error
    except UnicodeEncodeError as error:
        raise UnstorableTextError from error


def _known(path: Path) -> Path:
    """Return the path, or the folder that holds it while its name is temporary."""
    hidden = (files.TEMPORARY, files.UNFINISHED)
    for place in reversed((path, *path.parents)):
        if place.name.startswith(hidden):
            return place.parent
    return path


def from_system(path: Path, error: OSError) -> StoreError:
    """Return the error that says what the system refused."""
    if error.errno in _NO_ROOM:
        return DiskFullError(path)
    if error.errno in _NO_ACCESS:
        return NotWritableError(path)
    return DiskError(path, _FRENCH.get(error.errno or 0, f"erreur {error.errno}"))


def from_sqlite(path: Path, error: sqlite3.Error) -> StoreError:
    """Return the error that says what SQLite refused."""
    # The primary code is the low byte of the extended one.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _SQLITE:
        return _SQLITE[code](path)
    detail = _DAMAGE.get(code, f"SQLite répond « {error} »")
    return LedgerDamagedError(path, detail)


_SQLITE: dict[int, Callable[[Path], StoreError]] = {
    sqlite3.SQLITE_BUSY: LedgerBusyError,
    sqlite3.SQLITE_LOCKED: LedgerBusyError,
    sqlite3.SQLITE_FULL: DiskFullError,
    sqlite3.SQLITE_READONLY: NotWritableError,
    sqlite3.SQLITE_CANTOPEN: NotWritableError,
    sqlite3.SQLITE_PERM: NotWritableError,
    sqlite3.SQLITE_IOERR: lambda path: DiskError(path, _FRENCH[errno.EIO]),
}
_DAMAGE = {
    sqlite3.SQLITE_NOTADB: "ce n'est pas un registre cnilreq",
    sqlite3.SQLITE_CORRUPT: "son contenu est abîmé",
}
