"""From the history of a request to its deadline: which facts move the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnil_requests.core.calendars import calendar_for
from cnil_requests.core.deadline_clock import ExtensionOutcome
from cnil_requests.core.deadline_facts import (
    DeadlineFacts,
    Extension,
    IdentityRequest,
)
from cnil_requests.core.deadlines import Deadline, count_deadline
from cnil_requests.core.requests import Outcome

if TYPE_CHECKING:
    from cnil_requests.core.history import Answer, History
    from cnil_requests.core.requests import Request


def deadline_of(request: Request, history: History) -> Deadline | None:
    """Count the deadline of a request, or return None while nothing arrived.

    The calendar is the controller's, as the catalogue knew it on the day of the
    draft (Regulation 1182/71 art. 2(1)).
    """
    if history.receipt is None:
        return None
    directory = request.directory
    choice = calendar_for(directory.country, directory.postcode)
    receipt = history.receipt
    answers = [item for item in history.answers if item.judged_on >= receipt.on]
    return count_deadline(
        DeadlineFacts(
            receipt.on,
            choice.candidates,
            extension=_extension(answers),
            identity=_identity(answers, history),
            unclaimed=receipt.kind == "unclaimed",
            returned_on=receipt.returned_on if receipt.kind == "unclaimed" else None,
        )
    )


def _extension(answers: list[Answer]) -> Extension | None:
    """Return the notice that counts: the first with reasons, else the first."""
    notices = [item for item in answers if item.outcome is Outcome.EXTENDED]
    if not notices:
        return None
    best = min(notices, key=lambda item: (not item.reasons, item.judged_on))
    return Extension(best.judged_on, reasoned=best.reasons)


def _identity(answers: list[Answer], history: History) -> tuple[IdentityRequest, ...]:
    """Pair each identity request with the first proof supplied after it."""
    return tuple(
        IdentityRequest(
            item.judged_on,
            next((day for day in history.supplied if day >= item.on), None),
            justified=item.reasons,
        )
        for item in answers
        if item.outcome is Outcome.IDENTITY
    )


def identity_awaited(history: History, deadline: Deadline | None) -> Answer | None:
    """Return the identity request that stops the clock, or None.

    It stops the clock when a doubt was stated, in time, and nothing was supplied
    since (GDPR art. 12(6); décret n° 2019-536, art. 77).
    """
    if deadline is None or deadline.complaint_from is not None:
        return None
    asked = [item for item in history.answers if item.outcome is Outcome.IDENTITY]
    return asked[-1] if asked else None


def is_extended(deadline: Deadline | None) -> bool:
    """Say whether a valid notice of extension was recorded."""
    return deadline is not None and deadline.extension is ExtensionOutcome.VALID
