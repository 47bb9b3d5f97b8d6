"""From the history of a request to its deadline: which facts move the clock."""

from __future__ import annotations

from functools import lru_cache
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
    from datetime import date

    from cnil_requests.core.history import Answer, History
    from cnil_requests.core.requests import Request

#: Thousands of requests share their facts: those received the same day by post.
_count = lru_cache(maxsize=4096)(count_deadline)


def deadline_of(request: Request, history: History) -> Deadline | None:
    """Count the deadline of a request, or return None while nothing arrived.

    The calendar is the controller's, as the catalogue knew it on the day of the
    draft (Regulation 1182/71 art. 2(1)).
    """
    receipt = history.receipt
    if receipt is None:
        return None
    directory = request.directory
    choice = calendar_for(directory.country, directory.postcode)
    return _count(
        DeadlineFacts(
            receipt.on,
            choice.candidates,
            extension=_extension(history, receipt.on),
            identity=_identity(history, receipt.on),
            unclaimed=receipt.kind == "unclaimed",
            returned_on=receipt.returned_on if receipt.kind == "unclaimed" else None,
        )
    )


def _extension(history: History, received_on: date) -> Extension | None:
    """Return the notice that counts: the first with reasons, else the first."""
    notices = [item for item in history.answers if item.outcome is Outcome.EXTENDED]
    if not notices:
        return None
    best = min(notices, key=lambda item: (not item.reasons, item.judged_on))
    return Extension(_since(best, received_on), reasoned=best.reasons)


def _identity(history: History, received_on: date) -> tuple[IdentityRequest, ...]:
    """Pair each identity request with the first proof supplied after it."""
    return tuple(
        IdentityRequest(
            _since(item, received_on),
            max(day, received_on) if (day := _supplied_on(history, item)) else None,
            justified=item.reasons,
        )
        for item in history.answers
        if item.outcome is Outcome.IDENTITY
    )


def _since(answer: Answer, received_on: date) -> date:
    # An answer older than the receipt that counts (a first letter came back, or
    # the receipt is an estimate) still binds: the later reading is the safe one.
    return max(answer.judged_on, received_on)


def _supplied_on(history: History, asked: Answer) -> date | None:
    return next((day for day in history.supplied if day >= asked.on), None)


def identity_awaited(history: History, deadline: Deadline | None) -> Answer | None:
    """Return the identity request that is the user's to answer, or None.

    One that states a doubt, that came in time, and after which nothing was supplied:
    it stops the clock (GDPR art. 12(6); décret n° 2019-536, art. 77).
    """
    if deadline is not None and deadline.is_running:
        return None
    return next(
        (
            item
            for item in history.answers
            if item.outcome is Outcome.IDENTITY
            and item.reasons
            and _supplied_on(history, item) is None
        ),
        None,
    )


def is_extended(deadline: Deadline | None) -> bool:
    """Say whether a notice of extension is valid under a defensible reading."""
    return deadline is not None and any(
        reading.extension is ExtensionOutcome.VALID for reading in deadline.readings
    )
