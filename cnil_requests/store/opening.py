"""Whether a folder is a home, and making one."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from cnil_requests.modes import PRIVATE_FOLDER, excess, make_folder, take_back
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
        path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    elif not any(path.iterdir()):
        # Somebody else's folder stays as it is; ``check`` tells what is wrong with it.
        with suppress(PermissionError):
            take_back(path, excess(path, path))
    make_folder(path / REQUESTS, exist_ok=True)
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
