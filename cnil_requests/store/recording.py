"""Recording events: the rules decide, files go in, the ledger follows.

Copies are made first and without a lock. Then one transaction reads the request,
lets the rules decide, moves the files into place, and appends the events.
"""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cnil_requests.store import files
from cnil_requests.store.cases import Step
from cnil_requests.store.intake import Shelf, stage
from cnil_requests.store.telling import told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cnil_requests.core.requests import Event, Request
    from cnil_requests.store.archive import Archive
    from cnil_requests.store.cases import Case, StoredFile
    from cnil_requests.store.intake import Staged
    from cnil_requests.store.values import Composed


@dataclass(frozen=True)
class _Move:
    """A copy, and the name it takes when every step was accepted."""

    temporary: Path
    final: Path


def record(archive: Archive, steps: Sequence[Step]) -> list[Case]:
    """Record every step in one transaction: all of them, or none."""
    with ExitStack() as copies:
        staged = [_stage(archive, step, copies) for step in steps]
        with archive.engine.writing():
            return _Recording(archive).run(steps, staged)


def redrafting(
    request: Request, composed: Composed, recorded: Sequence[StoredFile]
) -> Step:
    """Return the step that drafts a request again, unless nothing changed."""
    latest = {file.name: file.sha256 for file in recorded}

    def decide(
        former: Request, events: tuple[Event, ...], stored: tuple[StoredFile, ...]
    ) -> Event | None:
        del events
        same = all(latest.get(file.name) == file.sha256 for file in stored)
        return None if same and former == request else composed.event

    return Step(request.id, decide, composed.files, revised=request)


def _stage(archive: Archive, step: Step, copies: ExitStack) -> list[Staged]:
    """Copy the files of one step next to their place."""
    if not step.files:
        return []
    folder = archive.folder(archive.case(step.request_id).request)
    result = []
    for incoming in step.files:
        one = stage(folder, incoming)
        copies.callback(_drop, one)
        result.append(one)
    return result


def _drop(staged: Staged) -> None:
    """Remove a copy that was not needed; `check` reports one that resists."""
    with suppress(OSError):
        staged.drop()


class _Recording:
    """One transaction's worth of steps."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._docket = archive.docket
        self._moves: list[_Move] = []
        self._shelves: dict[str, Shelf] = {}

    def run(
        self, steps: Sequence[Step], staged: Sequence[Sequence[Staged]]
    ) -> list[Case]:
        """Decide and append every step, then move all files into place."""
        cases = [
            self._take(step, copies) for step, copies in zip(steps, staged, strict=True)
        ]
        _move_in(self._moves)
        return cases

    def _take(self, step: Step, copies: Sequence[Staged]) -> Case:
        """Record one step; return the request as it is afterwards."""
        case = self._archive.case(step.request_id)
        number = len(case.events) + 1
        stored, moves = self._named(case.request, copies, number)
        event = step.decide(case.request, case.events, stored)
        if event is None:
            for move in moves:
                self._shelf(case.request).withdraw(move.final.name)
            return case
        self._moves += moves
        request = step.revised or case.request
        if step.revised:
            self._docket.revise(request)
        return self._append(
            request, (*case.events, replace(event, number=number)), stored
        )

    def _append(
        self,
        request: Request,
        events: tuple[Event, ...],
        stored: tuple[StoredFile, ...],
    ) -> Case:
        """Append the last event, its files and what now follows."""
        self._docket.append(request.id, events[-1])
        # The same content given twice is one file.
        one_each = {file.name: file for file in stored}
        self._archive.filings.keep([(request.id, one_each.values())])
        self._docket.derive(request.id, self._archive.derive(request, events))
        return self._archive.case(request.id)

    def _named(
        self, request: Request, copies: Sequence[Staged], number: int
    ) -> tuple[tuple[StoredFile, ...], list[_Move]]:
        """Name the files of one step, and say what is to be moved."""
        stored, moves = [], []
        for staged in copies:
            shelf = self._shelf(request)
            name, temporary = shelf.name_for(staged)
            stored.append(staged.stored(name, number))
            if temporary:
                moves.append(_Move(temporary, shelf.folder / name))
        return tuple(stored), moves

    def _shelf(self, request: Request) -> Shelf:
        """Return the shelf of a request, one for the whole transaction."""
        if request.id not in self._shelves:
            folder = self._archive.folder(request)
            with told(folder):
                shelf = Shelf(folder, self._archive.filings.of_request(request.id))
            self._shelves[request.id] = shelf
        return self._shelves[request.id]


def _move_in(moves: Sequence[_Move]) -> None:
    """Give the copies their names, durably; take new ones back on a failure."""
    new = [move.final for move in moves if not move.final.exists()]
    try:
        for move in moves:
            with told(move.final):
                move.temporary.replace(move.final)
        for folder in {move.final.parent for move in moves}:
            with told(folder):
                files.sync_folder(folder)
    except BaseException:
        for path in new:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise
