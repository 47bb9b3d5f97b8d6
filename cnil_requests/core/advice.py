"""What a reminder says: the reason in French, and the command that comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from cnil_requests.core.advice_texts import text_of
from cnil_requests.core.cautions import missing_columns
from cnil_requests.core.requests import Channel
from cnil_requests.core.rights import Right
from cnil_requests.core.rulebook import TODAY
from cnil_requests.core.tasks import Task, What

if TYPE_CHECKING:
    from datetime import date

    from cnil_requests.core.requests import Request
    from cnil_requests.core.standing import Standing

#: La Poste keeps the proof of delivery one year; ask for it before it is gone.
MONTHS_TO_ASK_FOR_PROOF = 11


@dataclass(frozen=True)
class Reminder:
    """One thing to do: since when, by when (None: no limit), why, and how."""

    request_id: str
    directory: str
    what: What
    since: date
    by: date | None
    text: str
    command: str


def remind_of(standing: Standing, task: Task, *, today: date) -> Reminder:
    """Word a task for the user. ``today`` fills the date of the command."""
    wording = wording_of(standing, task)
    return Reminder(
        request_id=standing.request.id,
        directory=standing.request.directory.id,
        what=task.what,
        since=task.on,
        by=wording.by,
        text=wording.text,
        command=wording.command.replace(TODAY, today.isoformat()),
    )


@dataclass(frozen=True)
class Wording:
    """What a reminder says on whatever day; ``command`` may hold ``TODAY``."""

    by: date | None
    text: str
    command: str


def wording_of(standing: Standing, task: Task) -> Wording:
    """Word a task without knowing the day it will be shown."""
    why = task.why
    if why == "drafted" and _lacks_address(standing):
        why = "no-address"
    request = standing.request
    return Wording(
        by=_by(standing, task),
        text=text_of(standing, why, task.on),
        command=_command(request, task.what, why).format(
            id=request.id, site=request.directory.id, today=TODAY
        ),
    )


def _lacks_address(standing: Standing) -> bool:
    """Say whether the letter could not be posted as it was drafted."""
    request = standing.request
    return request.channel is Channel.LETTER and bool(
        missing_columns(request, request.drafted_on)
    )


def _by(standing: Standing, task: Task) -> date | None:
    postings = standing.history.postings
    if task.what is not What.RECORD_RECEIPT or not postings:
        return None
    return postings[-1].on + relativedelta(months=MONTHS_TO_ASK_FOR_PROOF)


def _command(request: Request, what: What, why: str) -> str:
    if why in _FOR_REASON:
        return _FOR_REASON[why]
    if what is What.CHECK_LISTING and request.right in _UNSEEN:
        return "cnilreq closed {id} --on {today} --because moot"
    return _COMMANDS[what]


#: Reasons that call for a command of their own; a letter that came back is not
#: sent by letter again.
_FOR_REASON = {
    "no-address": "cnilreq directories lookup {site}",
    "refused-letter": "cnilreq sent {id} --on {today} --by email",
    "unclaimed": "cnilreq sent {id} --on {today} --by email",
    "answer-unread": "cnilreq answered {id} --on DATE --outcome RÉPONSE",
    "complaint-drafted": "cnilreq lodged {id} --on {today}",
}

#: Rights whose effect is not seen on the site.
_UNSEEN = (Right.ACCESS, Right.MARKETING)

_COMMANDS = {
    What.POST_LETTER: "cnilreq sent {id} --on {today}",
    What.RECORD_RECEIPT: "cnilreq received {id} --on DATE",
    What.RESEND: "cnilreq sent {id} --on {today}",
    What.SUPPLY_IDENTITY: "cnilreq supplied {id} --on {today}",
    What.CHECK_LISTING: "cnilreq seen {id} removed --on {today}",
    What.FOLLOW_UP: "cnilreq follow-up {id}",
    What.COMPLAIN: "cnilreq complain {id} --still-online {today}",
    What.FOLLOW_CNIL: "cnilreq cnil {id} informed --on DATE",
}
