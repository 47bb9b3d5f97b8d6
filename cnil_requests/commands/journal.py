"""Record a fact about a request, and say what follows from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cnil_requests.commands.completion import complete_requests
from cnil_requests.commands.home import open_home
from cnil_requests.console import DATE, App, bullet, emit_json, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

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
    from cnil_requests.core.recording import admit
    from cnil_requests.core.standing import Standing
    from cnil_requests.store.values import Step

    def decide(
        request: Request, events: tuple[Event, ...], kept: tuple[StoredFile, ...]
    ) -> Event | None:
        new = make(request, events, kept)
        return admit(request, events, new, today=app.today)

    with open_home(app) as home:
        known = [home.case(text) for text in dict.fromkeys(request_ids)]
        before = [len(case.events) for case in known]
        cases = home.record_many(
            [Step(case.request.id, decide, tuple(files(home, case))) for case in known]
        )
    if as_json:
        emit_json({"requests": [summary(case, app.today) for case in cases]})
        return cases
    for case, count in zip(cases, before, strict=True):
        said = done if len(case.events) > count else "déjà enregistré"
        say(f"{case.request.id} ({case.request.directory.name}) : {said}.")
        tell_next(Standing(case.request, case.events), app.today)
    return cases


def proofs(file: Path | None, kind: str) -> Callable[[Home, Case], list[Given]]:
    """Return what keeps one file of the user's, if there is one, with a request."""
    from cnil_requests.store.values import Given

    return lambda *_: [Given(file, kind)] if file else []


def tell_next(standing: Standing, today: date) -> None:
    """Say the deadline and the next step, or that there is nothing to do yet."""
    from cnil_requests.core.advice import remind_of
    from cnil_requests.core.agenda import next_task
    from cnil_requests.core.french_dates import long_date

    deadline = standing.deadline
    waiting = not standing.history.final_answer and not standing.history.closed_on
    if waiting and deadline and deadline.due and deadline.complaint_from:
        bullet(
            f"Dernier jour pour répondre : {long_date(deadline.due, weekday=True)}. "
            f"Plainte possible à partir du {long_date(deadline.complaint_from)}."
        )
    task = next_task(standing)
    if task is None:
        bullet("Plus rien à faire.")
    elif task.on > today:
        bullet(f"Rien à faire avant le {long_date(task.on)}.")
    else:
        reminder = remind_of(standing, task, today=today)
        bullet(f"{reminder.text}")
        say(f"    {reminder.command}")


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
        "received_on": receipt.on if receipt else None,
        "due": deadline.first_due if deadline else None,
        "extended_due": deadline.extended_due
        if deadline and is_extended(deadline)
        else None,
        "complaint_from": deadline.complaint_from if deadline else None,
        "next_action": task.what.value if task else None,
        "next_on": task.on if task else None,
    }
