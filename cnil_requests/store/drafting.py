"""Opening requests: a number, a folder with its letter, a line in the ledger.

Files first, then the ledger. Numbers are taken in a first small transaction, so
that a crash can leave a gap but never two requests under one number. A chunk of
folders is written under an unfinished name, synced once, moved into place and
recorded in one transaction, which also keeps out every other writer.
"""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from secrets import token_hex
from typing import TYPE_CHECKING

from cnil_requests.core.people import slug_of
from cnil_requests.errors import StoreError
from cnil_requests.modes import make_folder
from cnil_requests.store import files
from cnil_requests.store.archive import REQUESTS
from cnil_requests.store.cases import StoredFile
from cnil_requests.store.names import safe_name
from cnil_requests.store.telling import told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cnil_requests.core.requests import Event, Request
    from cnil_requests.store.archive import Archive
    from cnil_requests.store.values import Draft, Made

#: How many drafts to add at once: one sync and one transaction for all of them.
CHUNK = 250
#: Below this many drafts each file is synced by itself.
_FEW = 8


@dataclass(frozen=True)
class _Opened:
    """A request whose folder is written and not yet recorded."""

    request: Request
    event: Event
    files: tuple[StoredFile, ...]
    unfinished: Path


def add(archive: Archive, drafts: Sequence[Draft]) -> list[Request]:
    """Open one request for every draft: all of them, or none."""
    if not drafts:
        return []
    requests = _numbered(archive, [draft.request for draft in drafts])
    unfinished = archive.requests / f"{files.UNFINISHED}{token_hex(8)}"
    moving: list[tuple[Path, Path]] = []
    try:
        with told(archive.home):
            make_folder(unfinished)
        _record(archive, _write(unfinished, requests, drafts), moving)
    except BaseException:
        with suppress(StoreError, OSError):
            _withdraw(archive, requests, moving)
        raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return requests


def _numbered(archive: Archive, requests: Sequence[Request]) -> list[Request]:
    """Return the requests with their ids and folders."""
    counts = Counter(request.drafted_on.year for request in requests)
    with archive.engine.writing():
        following = {
            year: archive.ledger.reserve(year, count) for year, count in counts.items()
        }
    result = []
    for request in requests:
        year = request.drafted_on.year
        request_id = f"{year}-{following[year]:04d}"
        following[year] += 1
        folder = f"{REQUESTS}/{request_id}-{slug_of(request.directory.id)}"
        result.append(replace(request, id=request_id, folder=folder))
    return result


def _write(
    unfinished: Path, requests: Sequence[Request], drafts: Sequence[Draft]
) -> list[_Opened]:
    """Compose and write every folder; return when all of it is on the disk."""
    few = len(drafts) <= _FEW
    opened = []
    for request, draft in zip(requests, drafts, strict=True):
        composed = draft.compose(request)
        folder = unfinished / request.folder.rpartition("/")[2]
        with told(folder):
            stored = _write_folder(folder, composed.files, sync=few)
        event = replace(composed.event, number=1)
        opened.append(_Opened(request, event, stored, folder))
    if not few:
        with told(unfinished):
            files.sync_all(
                unfinished,
                [item.unfinished / file.name for item in opened for file in item.files],
            )
    return opened


def _write_folder(
    folder: Path, made: Sequence[Made], *, sync: bool
) -> tuple[StoredFile, ...]:
    """Write one request's documents in a new folder."""
    make_folder(folder)
    stored = []
    for document in made:
        name = safe_name(document.name)
        files.write_new(folder / name, document.content, sync=sync)
        stored.append(
            StoredFile(
                name=name,
                kind=document.kind,
                sha256=files.sha256_of_bytes(document.content),
                size=len(document.content),
                sealed=False,
                event=1,
            )
        )
    if sync:
        files.sync_folder(folder)
    return tuple(stored)


def _record(
    archive: Archive, opened: Sequence[_Opened], moving: list[tuple[Path, Path]]
) -> None:
    """Move the folders into place, then record them, before anyone else writes.

    Each move is noted before it is made: an interruption may come between.
    """
    with archive.engine.writing():
        with told(archive.requests):
            for item in opened:
                final = archive.folder(item.request)
                moving.append((item.unfinished, final))
                item.unfinished.rename(final)
            files.sync_folder(archive.requests)
        archive.docket.insert(
            [
                (item.request, item.event, archive.derive(item.request, (item.event,)))
                for item in opened
            ]
        )
        archive.filings.keep((item.request.id, item.files) for item in opened)


def _withdraw(
    archive: Archive,
    requests: Sequence[Request],
    moving: Sequence[tuple[Path, Path]],
) -> None:
    """Undo what can be undone after a failure: folders, then numbers.

    Nothing is touched that reached the ledger, for an interruption may come just
    after the end of the transaction.
    """
    with archive.engine.writing():
        if archive.docket.known(request.id for request in requests):
            return
        for unfinished, final in moving:
            if not unfinished.exists():  # It was moved: what lies there is ours.
                shutil.rmtree(final, ignore_errors=True)
        for year in {request.drafted_on.year for request in requests}:
            numbers = [
                int(request.id.partition("-")[2])
                for request in requests
                if request.drafted_on.year == year
            ]
            archive.ledger.give_back(year, min(numbers), len(numbers))
