"""Whether a folder is a home, and making one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnil_requests.store import sqlite
from cnil_requests.store.engine import LEDGER_NAME
from cnil_requests.store.errors import (
    HomeIsNotAFolderError,
    LedgerMissingError,
    NoHomeError,
)

if TYPE_CHECKING:
    from pathlib import Path

REQUESTS = "requests"


def make(path: Path, database: str = "") -> None:
    """Make what is missing of a home; never hide that a ledger was lost.

    With a ``database`` the ledger is on a server, and only the folders are made.
    """
    if path.exists() and not path.is_dir():
        raise HomeIsNotAFolderError(path)
    if not database and not (path / LEDGER_NAME).exists() and has_requests(path):
        raise LedgerMissingError(path)
    if not path.exists():
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    elif not any(path.iterdir()):
        path.chmod(0o700)
    (path / REQUESTS).mkdir(mode=0o700, exist_ok=True)
    if not database:
        sqlite.create(path / LEDGER_NAME)


def require(path: Path, database: str = "") -> None:
    """Raise when there is no home to open."""
    if path.exists() and not path.is_dir():
        raise HomeIsNotAFolderError(path)
    if not (path / (REQUESTS if database else LEDGER_NAME)).exists():
        if has_requests(path):
            raise LedgerMissingError(path)
        raise NoHomeError(path)


def has_requests(path: Path) -> bool:
    """Say whether there are request folders."""
    requests = path / REQUESTS
    return requests.is_dir() and any(requests.iterdir())
