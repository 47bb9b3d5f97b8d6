"""One person's whole file in one archive: what is recorded, and every document."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from cnil_requests.store import exporting, files
from cnil_requests.store.backups import entry_info
from cnil_requests.store.errors import WouldOverwriteError
from cnil_requests.store.papers import folder_of
from cnil_requests.store.telling import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cnil_requests.store.archive import Archive

RECORD = "dossier.json"


def hand_over(archive: Archive, person: str, target: Path) -> dict[str, Any]:
    """Write the archive under a new name, or nothing; return what is recorded.

    Everything in the folders of his requests goes in, recorded or not: it is his.
    """
    if os.path.lexists(target):
        raise WouldOverwriteError(target)
    document = exporting.export(archive, person)
    unfinished = files.temporary_beside(target.parent)
    try:
        with told(target):
            _write(archive, unfinished, document)
            unfinished.rename(target)
            files.sync_folder(target.parent)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return document


def _write(archive: Archive, unfinished: Path, document: dict[str, Any]) -> None:
    descriptor = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w+b") as file:
        with ZipFile(file, "w", strict_timestamps=False) as writing:
            text = json.dumps(document, ensure_ascii=False, indent=2)
            writing.writestr(entry_info(RECORD), text)
            for path, name in _documents(archive, document):
                writing.writestr(entry_info(name), path.read_bytes())
        file.flush()
        os.fsync(file.fileno())


def _documents(
    archive: Archive, document: dict[str, Any]
) -> Iterator[tuple[Path, str]]:
    """Yield the plain files of his folders, links and leftovers aside."""
    folders = [folder_of(archive.home, person["slug"]) for person in document["people"]]
    folders += [archive.place(request["folder"]) for request in document["requests"]]
    for folder in filter(Path.is_dir, folders):
        for path in sorted(folder.iterdir()):
            left_over = path.name.startswith((files.TEMPORARY, ".", "~"))
            if path.is_file() and not path.is_symlink() and not left_over:
                yield path, path.relative_to(archive.home).as_posix()
