"""Whether everything recorded is there and unchanged, and what a crash left."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from cnil_requests.modes import excess
from cnil_requests.store import files, papers
from cnil_requests.store.archive import LEDGER_NAME, REQUESTS
from cnil_requests.store.mandate_checks import check_mandates
from cnil_requests.store.telling import told
from cnil_requests.store.values import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from cnil_requests.store.archive import Archive
    from cnil_requests.store.cases import Case, StoredFile

_REPAIR = "cnilreq check --repair"
_RESTORE = "Reprenez-le d'une sauvegarde."
#: What editors and systems leave in folders; nobody's business.
_NOISE = ("~", ".", "Thumbs.db", "desktop.ini")


def check(archive: Archive, today: date | None = None) -> Iterator[Problem]:
    """Yield every problem of the home; a damaged ledger hides the others.

    Without a day, what depends on it is not looked at: the days of mandates.
    """
    damaged = [
        Problem("error", LEDGER_NAME, f"registre endommagé : {detail}", _RESTORE)
        for detail in archive.engine.problems()
    ]
    yield from damaged
    if damaged:
        return
    with told(archive.home):
        yield from _ledger(archive)
        yield from _recorded_files(archive)
        yield from check_mandates(archive, today)
        yield from _leftovers(archive)
        yield from _modes(archive)


def is_stale(archive: Archive, case: Case) -> bool:
    """Say whether the columns of a request are not what its events say."""
    now = archive.derive(case.request, case.events)
    kept = (case.state, case.next_action, case.next_on, case.open, case.reminder)
    return kept != (now.state, now.next_action, now.next_on, now.open, now.reminder)


def orphans(archive: Archive) -> list[str]:
    """Return the folders in ``requests`` that no request owns."""
    owned = archive.docket.folders() | set(archive.ledger.erasures())
    return sorted(
        entry.name
        for entry in os.scandir(archive.requests)
        if entry.is_dir(follow_symlinks=False)
        and not entry.name.startswith(".")
        and f"{REQUESTS}/{entry.name}" not in owned
    )


def unfinished(archive: Archive) -> list[Path]:
    """Return the temporary files and folders that no command finished."""
    found = [
        path for path in archive.home.iterdir() if path.name.startswith(files.TEMPORARY)
    ]
    for folder in archive.requests.iterdir():
        if folder.name.startswith((files.UNFINISHED, files.TEMPORARY)):
            found.append(folder)
        elif folder.is_dir():
            found += folder.glob(f"{files.TEMPORARY}*")
    found += (archive.home / papers.PEOPLE).glob(f"*/{files.TEMPORARY}*")
    return sorted(found)


def _ledger(archive: Archive) -> Iterator[Problem]:
    """Compare the ledger with itself."""
    for request_id in archive.docket.misnumbered():
        yield Problem(
            "error", request_id, "l'historique a un trou : un événement manque"
        )
    for case in archive.docket.cases(by_number=True):
        if case.events and is_stale(archive, case):
            yield Problem(
                "error",
                case.request.id,
                "l'état ou la prochaine date ne suit pas l'historique",
                _REPAIR,
                repairable=True,
            )


def _recorded_files(archive: Archive) -> Iterator[Problem]:
    """Compare every recorded file with the disk."""
    undone = archive.docket.undone()
    for folder, stored in archive.filings.of_all():
        latest = _latest(stored, undone.get(folder, frozenset()))
        for file in latest.values():
            yield from _recorded_file(archive, folder, file)
        yield from _unknown_files(archive.place(folder), folder, latest)


def _latest(
    stored: Sequence[StoredFile], undone: Collection[int]
) -> dict[str, StoredFile]:
    """Return the last record of each file; a sealing that was undone seals nothing."""
    latest: dict[str, StoredFile] = {}
    for file in stored:
        if file.event not in undone or file.name not in latest:
            latest[file.name] = file
    return latest


def _recorded_file(
    archive: Archive, folder: str, file: StoredFile
) -> Iterator[Problem]:
    """Compare one recorded file with the disk; an unsealed one may be edited."""
    path = archive.file(folder, file.name)
    where = f"{folder}/{file.name}"
    if not path.is_file() or path.is_symlink():
        yield Problem("error", where, "le fichier enregistré a disparu", _RESTORE)
    elif not os.access(path, os.R_OK):
        yield Problem("error", where, "le fichier enregistré est illisible")
    elif file.sealed and files.sha256_of(path) != file.sha256:
        yield Problem(
            "error",
            where,
            "le fichier a été modifié depuis son enregistrement",
            "Reprenez l'original d'une sauvegarde, ou joignez la nouvelle version "
            "avec : cnilreq attach",
        )


def _unknown_files(
    path: Path, folder: str, known: dict[str, StoredFile]
) -> Iterator[Problem]:
    """Report what lies in a request's folder and was never recorded."""
    if not path.is_dir():
        return
    for entry in sorted(path.iterdir()):
        if entry.name not in known and not entry.name.startswith(_NOISE):
            yield Problem(
                "warning",
                f"{folder}/{entry.name}",
                "ce fichier n'est pas enregistré",
                "S'il doit servir de preuve : cnilreq attach",
            )


def _leftovers(archive: Archive) -> Iterator[Problem]:
    """Report what a crash left behind."""
    for path in unfinished(archive):
        yield _leftover(path.relative_to(archive.home), "reste d'une commande coupée")
    for name in orphans(archive):
        yield _leftover(f"{REQUESTS}/{name}", "ce dossier n'est à aucune demande")
    for folder in archive.ledger.erasures():
        yield _leftover(folder, "l'effacement demandé n'est pas terminé")


def _leftover(where: Path | str, message: str) -> Problem:
    """Return the problem of something that a repair puts away."""
    return Problem("error", str(where), message, _REPAIR, repairable=True)


def _modes(archive: Archive) -> Iterator[Problem]:
    """Report what other users of the computer could read."""
    for path in private_paths(archive):
        if excess(path, archive.home):
            yield Problem(
                "warning",
                str(path.relative_to(archive.home)),
                "d'autres utilisateurs de l'ordinateur peuvent le lire",
                _REPAIR,
                repairable=True,
            )


def private_paths(archive: Archive) -> Sequence[Path]:
    """Return what must be private; the rest lies inside of it."""
    ledgers = sorted(archive.home.glob("cnilreq*.db*"))
    return [archive.home, archive.requests, *ledgers]
