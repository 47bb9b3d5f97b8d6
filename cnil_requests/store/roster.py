"""Many people at once, each with the papers of her mandate: all of them, or none.

Papers are written under temporary names first. One transaction then names them and
records the people; when it fails, what was new is taken away again.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cnil_requests.errors import StoreError
from cnil_requests.modes import make_folder
from cnil_requests.store import files, papers
from cnil_requests.store.errors import PersonChangedError
from cnil_requests.store.telling import told
from cnil_requests.store.values import Admitted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cnil_requests.core.people import Person
    from cnil_requests.store.archive import Archive
    from cnil_requests.store.values import Admission


@dataclass
class _Paper:
    """One file on its way; ``final`` once it has its name, None if it was there."""

    name: str
    temporary: Path
    sha256: str
    final: Path | None = None


@dataclass
class _Entrant:
    """One person on the way in, and what will be recorded of her."""

    admission: Admission
    person: Person
    paper: _Paper | None = None
    scan: _Paper | None = None


def admit(archive: Archive, admissions: Iterable[Admission]) -> list[Admitted]:
    """Record people with their papers; return them as they then are."""
    run = _Run(archive)
    try:
        for admission in admissions:
            run.stage(admission)
        with archive.engine.writing():
            return run.record()
    except BaseException:
        with suppress(StoreError, OSError):
            run.withdraw()
        raise
    finally:
        run.sweep()


class _Run:
    """One list of people under way."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._entrants: list[_Entrant] = []
        self._new_folders: list[Path] = []

    def stage(self, admission: Admission) -> None:
        """Bring the papers of one person next to their place."""
        entrant = _Entrant(admission, admission.person)
        self._entrants.append(entrant)
        if admission.paper:
            content = admission.paper.compose()
            temporary = self._temporary(admission.person.slug)
            sha256 = files.sha256_of_bytes(content)
            entrant.paper = _Paper(admission.paper.name, temporary, sha256)
            with told(temporary):
                files.write_new(temporary, content, sync=False)
        if admission.scan:
            temporary = self._temporary(admission.person.slug)
            entrant.scan = _Paper(admission.scan.name, temporary, "")
            with told(temporary):
                sha256, _ = files.copy_hashed(admission.scan, temporary)
            entrant.scan.sha256 = sha256

    def record(self) -> list[Admitted]:
        """Name the papers durably and record the people; nobody else writes."""
        for entrant in self._entrants:
            self._refuse_changed(entrant.admission)
        paths = self._move_in()
        for entrant in self._entrants:
            entrant.person = _with_scan(entrant, paths)
            self._archive.ledger.save_person(entrant.person)
        return [
            Admitted(item.person, paths[item.paper.temporary] if item.paper else None)
            for item in self._entrants
        ]

    def withdraw(self) -> None:
        """Take away what a failure left, but for what reached the ledger after all."""
        for entrant in self._entrants:
            known = self._archive.ledger.person(entrant.person.slug)
            if known == entrant.person != entrant.admission.former:
                continue
            for paper in filter(None, (entrant.paper, entrant.scan)):
                if paper.final:
                    paper.final.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove temporary copies, and folders in which nothing came to lie."""
        for paper in self._papers():
            with suppress(OSError):
                paper.temporary.unlink(missing_ok=True)
        for folder in reversed(self._new_folders):
            with suppress(OSError):
                folder.rmdir()

    def _papers(self) -> list[_Paper]:
        both = ((item.paper, item.scan) for item in self._entrants)
        return [paper for pair in both for paper in pair if paper]

    def _temporary(self, slug: str) -> Path:
        folder = papers.folder_of(self._archive.home, slug)
        with told(folder):
            for place in (folder.parent, folder):
                if not place.exists():
                    make_folder(place, exist_ok=True)
                    self._new_folders.append(place)
        return files.temporary_beside(folder)

    def _refuse_changed(self, admission: Admission) -> None:
        """Refuse to write over what somebody else recorded meanwhile."""
        slug = admission.person.slug
        if self._archive.ledger.person(slug) != admission.former:
            raise PersonChangedError(slug)

    def _move_in(self) -> dict[Path, Path]:
        """Give the papers their names; return them by their temporary ones."""
        paths: dict[Path, Path] = {}
        staged = self._papers()
        root = self._archive.home / papers.PEOPLE
        if not staged:
            return paths
        with told(root):
            files.sync_all(root, [paper.temporary for paper in staged])
            for paper in staged:
                folder = paper.temporary.parent
                final = papers.free_path(folder, paper.name, paper.sha256)
                if not final.exists():
                    # Noted first: an interruption may come right after the move.
                    paper.final = final
                    paper.temporary.rename(final)
                paths[paper.temporary] = final
            files.sync_all(root, list(paths.values()))
        return paths


def _with_scan(entrant: _Entrant, paths: dict[Path, Path]) -> Person:
    """Return the person whose mandate names its scan as it was kept."""
    mandate, scan = entrant.person.mandate, entrant.scan
    if mandate is None or scan is None:
        return entrant.person
    kept = replace(mandate, file=paths[scan.temporary].name, sha256=scan.sha256)
    return replace(entrant.person, mandate=kept)
