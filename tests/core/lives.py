"""A request's life told in one line, and what it amounts to.

``live("sent 06-01 by=letter", "received 06-04")``: each step is a kind, a day (of
2026 unless it has a year) and what else the event says; ``undo`` takes back the
last one. Every step goes through ``admit``, as the commands do.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from cnil_requests.core.agenda import next_task
from cnil_requests.core.directory import Directory
from cnil_requests.core.recording import admit, undoing
from cnil_requests.core.requests import Channel, Event, EventKind, Request
from cnil_requests.core.rights import Right
from cnil_requests.core.standing import Standing

#: Late enough for every story; nothing but the refusal of the future depends on it.
LATER = date(2029, 12, 31)

SITE = Directory(
    id="annuaire-exemple",
    name="Annuaire Exemple",
    domain="annuaire-exemple.fr",
    country="FR",
    postcode="75001",
)


def a_request(**changes: Any) -> Request:  # noqa: ANN401
    """Return a request drafted on 1 June 2026."""
    request = Request(
        id="2026-0001",
        person="camille-exemple",
        directory=SITE,
        right=Right.ERASURE,
        channel=Channel.LETTER,
        drafted_on=date(2026, 6, 1),
        folder="requests/2026-0001-annuaire-exemple",
    )
    return replace(request, **changes)


def day(text: str) -> date:
    """Return a day, of 2026 unless it has a year."""
    return date.fromisoformat(text if len(text) > len("06-04") else f"2026-{text}")


def told(step: str) -> Event:
    """Return the event of one step of a story."""
    kind, on, *rest = step.split()
    data = dict(word.split("=") for word in rest)
    for key in ("dated", "promised", "returned"):
        if key in data:
            data[key] = day(data[key]).isoformat()
    return Event(EventKind(kind), on=day(on), recorded_on=day(on), data=data)


def live(*steps: str, today: date = LATER, **changes: Any) -> Standing:  # noqa: ANN401
    """Return the request after its story; refused steps raise."""
    request = a_request(**changes)
    drafted = Event(
        EventKind.DRAFTED,
        on=request.drafted_on,
        recorded_on=request.drafted_on,
        number=1,
    )
    events = (drafted,)
    for step in steps:
        if step == "undo":
            new: Event | None = undoing(request, events, today=today)
        else:
            new = admit(request, events, told(step), today=today)
        if new:
            events = (*events, replace(new, number=len(events) + 1))
    return Standing(request, events)


def what_next(*steps: str, **changes: Any) -> str:  # noqa: ANN401
    """Return the next task as « what day why », or « nothing »."""
    task = next_task(live(*steps, **changes))
    return f"{task.what} {task.on} {task.why}" if task else "nothing"


#: A letter that arrived: the month ends on Monday 6 July 2026.
SENT = "sent 06-01 by=letter"
GOT = "received 06-04"
