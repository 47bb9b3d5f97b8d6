"""Whether everybody's mandate can be used, and its scan is the one recorded."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from cnil_requests.core.mandate_watch import concerns
from cnil_requests.store import files, papers
from cnil_requests.store.values import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date
    from pathlib import Path

    from cnil_requests.core.people import Person
    from cnil_requests.store.archive import Archive


def check_mandates(archive: Archive, today: date | None) -> Iterator[Problem]:
    """Yield every problem of a mandate; without a day, those of the disk alone."""
    people = list(archive.ledger.people())
    for person in people:
        yield from _scan(archive, person)
    yield from _nobodys(archive.home / papers.PEOPLE, {item.slug for item in people})
    if today is None:
        return
    given = any(person.mandate for person in people)
    busy = archive.docket.busy_people()
    for person in people:
        writing = person.slug in busy and (given or person.withdrew_on is not None)
        for concern in concerns(person, today, writing=writing):
            where = f"{papers.PEOPLE}/{person.slug}"
            yield Problem("warning", where, concern.message, concern.remedy)


def _nobodys(folder: Path, slugs: Collection[str]) -> Iterator[Problem]:
    """Report papers of somebody who is not in the ledger: an import cut short."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_dir() and path.name not in slugs:
            yield Problem(
                "warning",
                f"{papers.PEOPLE}/{path.name}",
                "ces documents ne sont à personne d'enregistré",
                "Relancez l'importation interrompue, ou supprimez ce dossier.",
            )


def _scan(archive: Archive, person: Person) -> Iterator[Problem]:
    """Compare the signed paper that was recorded with the disk."""
    if person.mandate is None or not person.mandate.file:
        return
    path = papers.paper(archive.home, person.slug, person.mandate.file)
    message = ""
    if not path.is_file() or path.is_symlink():
        message = "le mandat signé enregistré a disparu"
    elif not os.access(path, os.R_OK):
        message = "le mandat signé enregistré est illisible"
    elif files.sha256_of(path) != person.mandate.sha256:
        message = "le mandat signé a été modifié depuis son enregistrement"
    if message:
        yield Problem(
            "error",
            f"{papers.PEOPLE}/{person.slug}/{person.mandate.file}",
            message,
            "Reprenez l'original d'une sauvegarde, ou redonnez-le : cnilreq people "
            f"mandate {person.slug} --file FICHIER",
        )
