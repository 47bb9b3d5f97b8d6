"""Putting away what a crash left: nothing of the user's is ever deleted."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from cnil_requests.modes import excess, make_folder, take_back
from cnil_requests.store import files
from cnil_requests.store.archive import REQUESTS
from cnil_requests.store.soundness import (
    is_stale,
    orphans,
    private_paths,
    unfinished,
)
from cnil_requests.store.telling import told

if TYPE_CHECKING:
    from pathlib import Path

    from cnil_requests.store.archive import Archive

#: Where folders without a request go, in the home; the user decides about them.
ORPHANS = "orphans"


def repair(archive: Archive) -> list[str]:
    """Put leftovers away while no one else writes; say what was done."""
    with told(archive.home), archive.engine.writing():
        return [
            *_remove_unfinished(archive),
            *finish_erasures(archive),
            *_set_orphans_aside(archive),
            *_close_modes(archive),
            *refresh(archive),
        ]


def finish_erasures(archive: Archive) -> list[str]:
    """Remove the folders of erased requests that are still there."""
    done = []
    for folder in archive.ledger.erasures():
        path = archive.place(folder)
        if path.exists():
            shutil.rmtree(path)
        archive.ledger.erased(folder)
        done.append(f"{folder} : effacement terminé")
    if done:
        files.sync_folder(archive.requests)
    return done


def refresh(archive: Archive) -> list[str]:
    """Derive again the columns that do not follow from the events."""
    stale = [
        case.request.id
        for case in archive.docket.cases(by_number=True)
        if case.events and is_stale(archive, case)
    ]
    for request_id in stale:
        case = archive.case(request_id)
        archive.docket.derive(request_id, archive.derive(case.request, case.events))
    return [f"{request_id} : état et dates recalculés" for request_id in stale]


def _remove_unfinished(archive: Archive) -> list[str]:
    """Remove temporary copies; the originals were never moved."""
    done = []
    for path in unfinished(archive):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
        done.append(f"{path.relative_to(archive.home)} : reste supprimé")
    return done


def _set_orphans_aside(archive: Archive) -> list[str]:
    """Move the folders that no request owns where the user can look at them."""
    done = []
    for name in orphans(archive):
        aside = archive.home / ORPHANS
        make_folder(aside, exist_ok=True)
        target = _free(aside, name)
        (archive.requests / name).rename(target)
        done.append(f"{REQUESTS}/{name} : mis de côté dans {ORPHANS}/{target.name}")
    return done


def _free(folder: Path, name: str) -> Path:
    """Return a path in ``folder`` that does not exist yet."""
    rank, path = 1, folder / name
    while path.exists():
        rank += 1
        path = folder / f"{name}-{rank}"
    return path


def _close_modes(archive: Archive) -> list[str]:
    """Take from others what they could read."""
    done = []
    for path in private_paths(archive):
        given = excess(path, archive.home)
        if given:
            take_back(path, given)
            done.append(f"{path.name} : rendu privé")
    return done
