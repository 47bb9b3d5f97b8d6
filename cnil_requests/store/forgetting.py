"""Erasing a person: the rows first, then the files, and no copy kept."""

from __future__ import annotations

import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from cnil_requests.store import files, papers
from cnil_requests.store.soundness import orphans
from cnil_requests.store.telling import told
from cnil_requests.store.values import Forgotten

if TYPE_CHECKING:
    from pathlib import Path

    from cnil_requests.store.archive import Archive


def forget(archive: Archive, slug: str) -> Forgotten:
    """Erase everything of a person who is in the ledger.

    The folders to remove are noted in the transaction that erases the rows: after
    a crash, `check` still knows them and `check --repair` finishes.
    """
    # First what the ledger does not list: after a crash the command runs again.
    removed = papers.remove_papers(archive.home, slug)
    with archive.engine.writing():
        events, folders = archive.ledger.erase_person(slug)
    with told(archive.home):
        for folder in folders:
            removed += _remove(archive.place(folder))
        if folders:
            files.sync_folder(archive.requests)
        for folder in folders:
            archive.ledger.erased(folder)
        _drop_old_ledgers(archive)
        archive.engine.shrink_log()
        left = tuple(orphans(archive))
    return Forgotten(requests=len(folders), events=events, files=removed, orphans=left)


def _remove(folder: Path) -> int:
    """Remove a request's folder; return how many files were in it."""
    if not folder.exists():
        return 0
    count = sum(1 for path in folder.rglob("*") if not path.is_dir())
    shutil.rmtree(folder)
    return count


def _drop_old_ledgers(archive: Archive) -> None:
    """Remove the copies made before a step: they still hold the person."""
    for path in archive.home.glob("cnilreq.v*.db"):
        with suppress(FileNotFoundError):
            path.unlink()
