"""``sent --from`` and ``received --from``: facts from a list, checked, then kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from cnil_requests.batch.journal import read_line
from cnil_requests.batch.lists import InputList
from cnil_requests.batch.values import Fault
from cnil_requests.commands.home import open_home
from cnil_requests.commands.journal import summary
from cnil_requests.commands.listed import (
    BadLineError,
    RejectedListError,
    document,
    settle,
    survey,
    tell_left_out,
)
from cnil_requests.console import emit_json, progress, say
from cnil_requests.core.recording import admit
from cnil_requests.errors import CnilreqError, StoreError, UnknownNameError
from cnil_requests.store.drafting import CHUNK
from cnil_requests.store.values import Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from cnil_requests.batch.columns import Column
    from cnil_requests.batch.journal import Line
    from cnil_requests.batch.values import Entry
    from cnil_requests.commands.listed import Findings
    from cnil_requests.console import App
    from cnil_requests.core.requests import Event, Request
    from cnil_requests.store.cases import Case, Decide, StoredFile
    from cnil_requests.store.home import Home
    from cnil_requests.store.values import Given


class Happening(Protocol):
    """What one line says happened: its event, and the files kept with it."""

    def files(self, home: Home, case: Case) -> list[Given]:
        """Return what is kept as proof; asked before the event."""

    def event(
        self,
        request: Request,
        events: tuple[Event, ...],
        kept: tuple[StoredFile, ...],
    ) -> Event:
        """Return the event; raise what keeps it from being recorded."""


@dataclass
class Recorder:
    """One list on its way into the ledger."""

    app: App
    home: Home
    source: InputList
    happening: Callable[[Line], Happening]
    on: date | None
    _lines: dict[str, tuple[int, Line]] = field(default_factory=dict)

    def check(self, entry: Entry) -> str | None:
        """Return what says the same already, or None when the line is new.

        Raises BadLineError when it cannot be recorded.
        """
        line, case = self._read(entry)
        former = self._lines.setdefault(case.request.id, (entry.line, line))
        if former[0] != entry.line:
            if former[1] == line:
                return f"ligne {former[0]}"
            raise BadLineError(
                [("request", f"{case.request.id} est déjà à la ligne {former[0]}")]
            )
        try:
            happening = self.happening(line)
            happening.files(self.home, case)
            new = self._decide(happening)(case.request, case.events, ())
        except StoreError:  # The ledger is at fault, not the line.
            raise
        except CnilreqError as error:
            raise BadLineError([("", error.message)]) from None
        return None if new else case.request.id

    def step(self, entry: Entry) -> Step:
        """Return what records one line."""
        line, case = self._read(entry)
        happening = self.happening(line)
        try:
            files = tuple(happening.files(self.home, case))
        except BadLineError as error:  # changed since the list was checked
            faults = [Fault(entry.line, *fault) for fault in error.faults]
            raise RejectedListError(self.source.path, faults) from None
        return Step(case.request.id, self._decide(happening), files)

    def _read(self, entry: Entry) -> tuple[Line, Case]:
        line = read_line(entry.values, self.on)
        if line.faults:
            raise BadLineError(line.faults)
        request = line.request or self._tracked.get(line.tracking)
        if request is None:
            known = f"aucune demande n'est partie sous le numéro {line.tracking}"
            raise BadLineError([("tracking", known)])
        try:
            return line, self.home.case(request)
        except UnknownNameError as error:
            raise BadLineError([("request", error.message)]) from None

    def _decide(self, happening: Happening) -> Decide:
        def decide(
            request: Request, events: tuple[Event, ...], kept: tuple[StoredFile, ...]
        ) -> Event | None:
            new = happening.event(request, events, kept)
            return admit(request, events, new, today=self.app.today)

        return decide

    @cached_property
    def _tracked(self) -> dict[str, str]:
        """The request of every registered letter; the last one of a number."""
        return dict(self.home.tracked())


def record_list(
    app: App,
    file: Path,
    columns: Sequence[Column],
    happening: Callable[[Line], Happening],
    *,
    on: date | None,
    skip_bad: bool,
    as_json: bool,
    done: str,
) -> None:
    """Check a whole list, record it a chunk at a time, and tell what came of it."""
    with open_home(app) as home, InputList(file, columns) as source:
        recorder = Recorder(app, home, source, happening, on)
        found = survey(source, recorder.check)
        rejects = settle(source, found, skip_bad=skip_bad, as_json=as_json)
        requests = [
            row
            for case in _record(source, recorder, found)
            if (row := summary(case, app.today) if as_json else None)
        ]
    if as_json:
        emit_json(document(requests, found, rejects))
        return
    say(f"{done} : {found.good}.")
    tell_left_out(found, rejects)


def _record(source: InputList, recorder: Recorder, found: Findings) -> Iterator[Case]:
    """Record the good lines; yield the requests as they then are."""
    left_out = found.left_out
    entries = (entry for entry in source.entries() if entry.line not in left_out)
    with progress("Demandes", found.good) as done:
        while chunk := list(islice(entries, CHUNK)):
            steps = [recorder.step(entry) for entry in chunk]
            yield from recorder.home.record_many(steps)
            done(len(chunk))
