"""Record a fact about a request, and say what follows from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cnil_requests.commands.completion import complete_requests
from cnil_requests.commands.home import open_home
from cnil_requests.console import DATE, App, bullet, command_line, emit_json, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from cnil_requests.core.deadlines import Deadline
    from cnil_requests.core.requests import Event, Request
    from cnil_requests.core.standing import Standing
    from cnil_requests.store.cases import Case, StoredFile
    from cnil_requests.store.home import Home
    from cnil_requests.store.values import Given

    #: Make the event from the request and the files kept with it.
    Make = Callable[[Request, tuple[Event, ...], tuple[StoredFile, ...]], Event]

id_argument = click.argument(
    "request_id", metavar="NUMÉRO", shell_complete=complete_requests
)
on_option = click.option(
    "--on", type=DATE, required=True, metavar="DATE", help="Jour du fait."
)
proof_option = click.option(
    "--proof",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="Preuve à garder avec la demande.",
)


def record(
    app: App,
    request_ids: Sequence[str],
    make: Make,
    *,
    done: str,
    as_json: bool,
    files: Callable[[Home, Case], list[Given]] = lambda *_: [],
) -> list[Case]:
    """Record one event for each request, all of them or none, and tell.

    ``files`` says what is kept as proof with each; ``done`` says in French what was
    recorded.
    """
    from cnil_requests.core.standing import Standing
    from cnil_requests.store.values import Step

    with open_home(app) as home:
        known = {case.request.id: case for case in map(home.case, request_ids)}
        recording = {
            request_id: Recording(make, app.today, home.files(request_id))
            for request_id in known
        }
        cases = home.record_many(
            [
                Step(request_id, recording[request_id].decide, tuple(files(home, case)))
                for request_id, case in known.items()
            ]
        )
    if as_json:
        emit_json({"requests": [summary(case, app.today) for case in cases]})
        return cases
    for case in cases:
        said = recording[case.request.id].said(done)
        say(f"{case.request.id} ({case.request.directory.name}) : {said}.")
        tell_next(Standing(case.request, case.events), app.today)
    return cases


class Recording:
    """One fact about one request: what is recorded, and how it is told."""

    def __init__(self, make: Make, today: date, kept: Sequence[StoredFile]) -> None:
        """Keep what makes the event, and the files there were before."""
        self._make = make
        self._today = today
        self._known = {(file.kind, file.sha256) for file in kept}
        self._recorded: Event | None = None

    def decide(
        self,
        request: Request,
        events: tuple[Event, ...],
        kept: tuple[StoredFile, ...],
    ) -> Event | None:
        """Return the event; of a fact that stands already, the proof that is new."""
        from cnil_requests.core.recording import admit

        new = self._make(request, events, kept)
        self._recorded = admit(request, events, new, today=self._today)
        if self._recorded is None:
            proof = self._new_proof(kept)
            if proof:
                self._recorded = admit(request, events, proof, today=self._today)
        return self._recorded

    def _new_proof(self, kept: tuple[StoredFile, ...]) -> Event | None:
        new = [file for file in kept if (file.kind, file.sha256) not in self._known]
        return attachment(new[-1], self._today) if new else None

    def said(self, done: str) -> str:
        """Return what was done: ``done``, or that it was so already."""
        if self._recorded is None:
            return "déjà enregistré"
        late = self._recorded.kind == "attached" and done != KEPT
        return f"déjà enregistré ; {KEPT}" if late else done


#: What ``attach`` says it did.
KEPT = "fichier gardé"


def attachment(file: StoredFile, today: date) -> Event:
    """Return the event of a file that is kept as proof."""
    from cnil_requests.core.requests import Event, EventKind

    data = {"kind": file.kind, "file": file.name, "sha256": file.sha256}
    return Event(EventKind.ATTACHED, on=today, recorded_on=today, data=data)


def proofs(file: Path | None, kind: str) -> Callable[[Home, Case], list[Given]]:
    """Return what keeps one file of the user's, if there is one, with a request."""
    from cnil_requests.store.values import Given

    return lambda *_: [Given(file, kind)] if file else []


def tell_next(standing: Standing, today: date) -> None:
    """Say the deadline and the next step, or that there is nothing to do yet."""
    from cnil_requests.core.advice import remind_of
    from cnil_requests.core.agenda import next_task
    from cnil_requests.core.french_dates import long_date

    if not standing.history.final_answer and not standing.history.closed_on:
        _tell_deadline(standing.deadline)
    task = next_task(standing)
    if task is None:
        bullet("Plus rien à faire.")
    elif task.on > today:
        bullet(f"Rien à faire avant le {long_date(task.on)}.")
        _tell_meanwhile(task.what, standing.request.id)
    else:
        reminder = remind_of(standing, task, today=today)
        bullet(f"{reminder.text}")
        command_line(reminder.command)


def _tell_meanwhile(what: str, request_id: str) -> None:
    """Say what to record if something comes before the next step is due."""
    if what not in _MEANWHILE:
        return
    when, command = _MEANWHILE[what]
    bullet(when)
    command_line(f"cnilreq {command.format(request_id)}")


_MEANWHILE = {
    "record-receipt": (
        "Quand l'avis de réception arrive, notez la date de distribution :",
        "received {} --on DATE --proof FICHIER",
    ),
    "follow-up": (
        "Si le site répond avant, notez-le :",
        "answered {} --on DATE --outcome RÉPONSE --file FICHIER",
    ),
}


def _tell_deadline(deadline: Deadline | None) -> None:
    """Say the last day for an answer, every one that can be defended."""
    from cnil_requests.core.french_dates import long_date

    if deadline is None or deadline.complaint_from is None:
        return
    ends = sorted({reading.due for reading in deadline.readings if reading.due})
    days = " ou ".join(long_date(day, weekday=True) for day in ends)
    bullet(
        f"Dernier jour pour répondre : {days}. Plainte possible à partir du "
        f"{long_date(deadline.complaint_from)}."
    )


def summary(case: Case, today: date) -> dict[str, Any]:
    """Return a request as ``status --json`` lists it."""
    from cnil_requests.core.agenda import next_task
    from cnil_requests.core.clock import is_extended
    from cnil_requests.core.standing import Standing

    standing = Standing(case.request, case.events)
    history, deadline = standing.history, standing.deadline
    receipt = history.receipt
    task = next_task(standing)
    return {
        "id": case.request.id,
        "person": case.request.person,
        "directory": case.request.directory.id,
        "right": case.request.right.value,
        "state": standing.state(today).value,
        "drafted_on": history.drafted_on,
        "sent_on": history.sendings[0].on if history.sendings else None,
        "received_on": receipt.on if receipt and receipt.arrived else None,
        "due": deadline.first_due if deadline and deadline.is_running else None,
        "extended_due": deadline.extended_due
        if deadline and is_extended(deadline)
        else None,
        "complaint_from": standing.complaint_from,
        "next_action": task.what.value if task else None,
        "next_on": task.on if task else None,
    }
