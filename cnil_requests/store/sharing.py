"""Which ledger is that of a folder: its own file, or one on a server."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from cnil_requests.store import opening
from cnil_requests.store.engine import LEDGER_NAME
from cnil_requests.store.errors import LedgerMovedError, LedgerNotCopiedError
from cnil_requests.store.postgres_errors import OtherFolderError, TwoLedgersError

if TYPE_CHECKING:
    from pathlib import Path

    from cnil_requests.store.archive import Archive

#: The setting that names the rules says so when the ledger moved to a server.
RULES = "rules"
MOVED = "moved"


def refuse_moved(archive: Archive, rules: str | None) -> None:
    """Refuse a ledger that lives elsewhere now."""
    if rules == MOVED:
        raise LedgerMovedError(archive.engine.path)


def refuse_other_folder(archive: Archive, rules: str | None) -> None:
    """Refuse a shared ledger that is not the one of this folder.

    Letters and ledger belong together: neither is started from nothing beside the
    other, and there are never two ledgers.
    """
    home, place = archive.home, archive.engine.path
    if _lives(home.absolute() / LEDGER_NAME):
        if rules is None:
            raise LedgerNotCopiedError(place, home)
        raise TwoLedgersError(place, home)
    if rules is None and opening.has_requests(home):
        raise LedgerNotCopiedError(place, home)
    if not opening.has_requests(home) and archive.docket.last_id():
        raise OtherFolderError(place, home)


def _lives(path: Path) -> bool:
    """Say whether a ledger's file holds something and was not moved to a server."""
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as file:
            moved = file.execute(
                "SELECT 1 FROM setting WHERE name = ? AND value = ?", (RULES, MOVED)
            ).fetchone()
            person = file.execute("SELECT 1 FROM person LIMIT 1").fetchone()
    except sqlite3.Error:  # No ledger, or a damaged one: nobody can work in it.
        return False
    return bool(person and not moved)
