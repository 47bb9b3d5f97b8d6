"""What the ledger keeps beside a request's events, so that ``remind`` only reads.

None of it depends on today: a reminder says from which day it holds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnil_requests.core.advice import wording_of
from cnil_requests.core.agenda import next_task
from cnil_requests.core.standing import Standing

if TYPE_CHECKING:
    from datetime import date

    from cnil_requests.core.requests import Event, Request
    from cnil_requests.core.tasks import Task


@dataclass(frozen=True)
class Derived:
    """State and next step; ``reminder`` is JSON text, read back by ``due``."""

    state: str
    next_action: str | None
    next_on: date | None
    open: bool
    reminder: str | None


def derive(request: Request, events: tuple[Event, ...]) -> Derived:
    """Return the columns that follow from the events, whatever the day."""
    standing = Standing(request, events)
    history = standing.history
    task = next_task(standing)
    day = history.last_on or history.drafted_on
    return Derived(
        state=standing.state(day).value,
        next_action=task.what.value if task else None,
        next_on=task.on if task else None,
        open=history.closed_on is None,
        reminder=_reminder(standing, task) if task else None,
    )


def _reminder(standing: Standing, task: Task) -> str:
    wording = wording_of(standing, task)
    return json.dumps(
        {
            "directory": standing.request.directory.id,
            "by": wording.by.isoformat() if wording.by else None,
            "text": wording.text,
            "command": wording.command,
        },
        ensure_ascii=False,
    )
