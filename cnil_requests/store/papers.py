"""A person's own papers: the mandate to sign and its signed scan.

They lie in ``people/SLUG`` of the home. The hash of a scan is kept with the mandate.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from cnil_requests.modes import make_folder
from cnil_requests.store import files
from cnil_requests.store.errors import FileMissingError
from cnil_requests.store.names import numbered, safe_name
from cnil_requests.store.telling import told

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = "people"

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")


def folder_of(home: Path, slug: str) -> Path:
    """Return the folder of a person's papers, never anything else."""
    if not _SLUG.fullmatch(slug):
        raise FileMissingError(home / PEOPLE / slug)
    return home / PEOPLE / slug


def paper(home: Path, slug: str, name: str) -> Path:
    """Return where a paper lies."""
    return folder_of(home, slug) / safe_name(name)


def write_paper(home: Path, slug: str, name: str, content: bytes) -> Path:
    """Write a paper; another one of that name is left alone, the new one numbered."""
    folder = _ready(home, slug)
    with told(folder):
        path = free_path(folder, name, files.sha256_of_bytes(content))
        if not path.exists():
            temporary = files.temporary_beside(folder)
            files.write_new(temporary, content)
            temporary.rename(path)
            files.sync_folder(folder)
    return path


def remove_papers(home: Path, slug: str) -> int:
    """Erase all papers of a person; return how many there were."""
    folder = folder_of(home, slug)
    if not folder.is_dir():
        return 0
    count = sum(1 for path in folder.iterdir())
    shutil.rmtree(folder)
    return count


def _ready(home: Path, slug: str) -> Path:
    folder = folder_of(home, slug)
    with told(folder):
        make_folder(folder.parent, exist_ok=True)
        make_folder(folder, exist_ok=True)
    return folder


def free_path(folder: Path, name: str, sha256: str) -> Path:
    """Return a name that is free, or that of the same content."""
    rank = 1
    while True:
        path = folder / numbered(safe_name(name), rank)
        if not path.exists() or files.sha256_of(path) == sha256:
            return path
        rank += 1
