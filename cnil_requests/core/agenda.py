"""What must be done next for a request, why, and from which day.

Computed from the recorded facts alone, so that a machine that was off for two
months shows everything that is due. Nothing is asked of the user while it is the
other side's turn.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from cnil_requests.core.clock import identity_awaited, is_extended
from cnil_requests.core.requests import Outcome

if TYPE_CHECKING:
    from datetime import date

    from cnil_requests.core.standing import Standing

#: Proof of delivery is asked for when a month has gone by since posting.
DAYS_TO_RECORD_RECEIPT = 30

#: A listing that was removed is looked at again: data come back at the next import.
DAYS_TO_LOOK_AGAIN = 30

#: Décret n° 2019-536, art. 10: three months of silence by the CNIL.
MONTHS_OF_CNIL_SILENCE = 3

#: Answers that do not act on the request and call for a formal notice at once.
_OBSTACLES = (Outcome.PAYMENT, Outcome.ACCOUNT)


class What(StrEnum):
    """The kinds of things to do."""

    POST_LETTER = "post-letter"
    RECORD_RECEIPT = "record-receipt"
    RESEND = "resend"
    SUPPLY_IDENTITY = "supply-identity"
    CHECK_LISTING = "check-listing"
    FOLLOW_UP = "follow-up"
    COMPLAIN = "complain"
    FOLLOW_CNIL = "follow-cnil"


@dataclass(frozen=True)
class Task:
    """One thing to do, from ``on`` (inclusive); ``why`` names the reason.

    ``why`` is a key of the sentences in ``core.advice``.
    """

    what: What
    on: date
    why: str


def next_task(standing: Standing) -> Task | None:
    """Return the next thing to do, due now or later; None when it is closed."""
    history = standing.history
    if history.closed_on:
        return None
    if history.lodged_on:
        return _after_lodging(standing)
    if history.follow_ups:
        task = _after_follow_up(standing)
        if task:
            return task
    if history.final_answer:
        return _after_final_answer(standing)
    if not history.sendings:
        return Task(What.POST_LETTER, history.drafted_on, "drafted")
    return _while_waiting(standing)


def _after_lodging(standing: Standing) -> Task:
    history = standing.history
    lodged = history.lodged_on
    assert lodged is not None  # noqa: S101 - the caller asked
    sight = history.last_sight
    closed = [day for day, step in history.cnil if step == "closed"]
    if closed:
        if sight and sight.on >= closed[-1]:
            return _after_sight(standing, sight.what, sight.on)
        again = closed[-1] + timedelta(days=DAYS_TO_LOOK_AGAIN)
        return Task(What.CHECK_LISTING, again, "cnil-closed")
    if sight and sight.what == "removed" and sight.on >= lodged:
        return _look_again(sight.on)
    informed = [day for day, step in history.cnil if step == "informed"]
    since = informed[-1] if informed else lodged
    day = since + relativedelta(months=MONTHS_OF_CNIL_SILENCE)
    return Task(What.FOLLOW_CNIL, day, "cnil-informed" if informed else "cnil-silent")


def _after_follow_up(standing: Standing) -> Task | None:
    """Return what a formal notice leads to, or None when something came since."""
    history = standing.history
    notice = history.follow_ups[-1]
    if history.complained_on and history.complained_on >= notice.on:
        return Task(What.COMPLAIN, history.complained_on, "complaint-drafted")
    if notice.posted_on is None:
        return Task(What.POST_LETTER, notice.on, "follow-up-drafted")
    return _after_news(standing, notice.posted_on) or _after_term(standing)


def _after_news(standing: Standing, posted_on: date) -> Task | None:
    """Return what was seen or answered after the notice leads to, if anything."""
    history = standing.history
    seen = [item for item in history.sights if item.on >= posted_on]
    if seen and seen[-1].what == "removed":
        return _look_again(seen[-1].on)
    outcomes = {item.outcome: item for item in history.answers if item.on >= posted_on}
    if Outcome.GRANTED in outcomes:
        return _after_final_answer(standing)
    if Outcome.REFUSED in outcomes:
        return Task(What.COMPLAIN, outcomes[Outcome.REFUSED].on, "refused")
    return None


def _after_term(standing: Standing) -> Task | None:
    """Return the complaint that follows a notice left without effect.

    Never before the safe date; None while an identity proof is awaited.
    """
    history = standing.history
    notice = history.follow_ups[-1]
    assert notice.posted_on is not None  # noqa: S101 - the caller asked
    day = notice.posted_on + timedelta(days=notice.term + 1)
    if history.final_answer is None:
        safe = standing.deadline.complaint_from if standing.deadline else None
        if safe is None:
            return None
        day = max(day, safe)
    return Task(What.COMPLAIN, day, "follow-up-unanswered")


def _after_final_answer(standing: Standing) -> Task:
    history = standing.history
    answer = history.final_answer
    assert answer is not None  # noqa: S101 - the caller asked
    if history.complained_on and history.complained_on >= answer.on:
        return Task(What.COMPLAIN, history.complained_on, "complaint-drafted")
    sight = history.last_sight
    if sight and sight.on >= answer.on:
        return _after_sight(standing, sight.what, sight.on)
    if answer.outcome is Outcome.REFUSED:
        if answer.reasons:
            return Task(What.COMPLAIN, answer.on, "refused")
        return Task(What.FOLLOW_UP, answer.on, "refused-without-reasons")
    if answer.outcome is Outcome.PARTIAL:
        return Task(What.FOLLOW_UP, answer.on, "partly-granted")
    day = answer.promised + timedelta(days=1) if answer.promised else answer.on
    return Task(What.CHECK_LISTING, day, "granted")


def _after_sight(standing: Standing, what: str, day: date) -> Task:
    if what == "removed":
        return _look_again(day)
    history = standing.history
    if history.follow_ups and history.follow_ups[-1].posted_on:
        return Task(What.COMPLAIN, day, "still-online")
    return Task(What.FOLLOW_UP, day, "still-online" if what == "online" else "back")


def _look_again(day: date) -> Task:
    again = day + timedelta(days=DAYS_TO_LOOK_AGAIN)
    return Task(What.CHECK_LISTING, again, "removed")


def _while_waiting(standing: Standing) -> Task:
    history = standing.history
    if history.complained_on:
        return Task(What.COMPLAIN, history.complained_on, "complaint-drafted")
    sight = history.last_sight
    if sight and sight.what == "removed":
        return _look_again(sight.on)
    urgent = _users_turn(standing)
    if urgent:
        return urgent
    if standing.deadline is None:
        day = history.sendings[-1].on + timedelta(days=DAYS_TO_RECORD_RECEIPT)
        return Task(What.RECORD_RECEIPT, day, "no-receipt")
    return _at_the_deadline(standing)


def _users_turn(standing: Standing) -> Task | None:
    """Return what only the user can do now, or None when it is the site's turn."""
    history = standing.history
    asked = identity_awaited(history, standing.deadline)
    if asked:
        return Task(What.SUPPLY_IDENTITY, asked.on, "identity-asked")
    if history.bounced_on:
        return Task(What.RESEND, history.bounced_on, "bounced")
    if history.receipt and not history.receipt.arrived:
        kind = history.receipt.kind
        why = "refused-letter" if kind == "refused" else "unclaimed"
        return Task(What.RESEND, history.receipt.on, why)
    return _obstacle(standing)


def _obstacle(standing: Standing) -> Task | None:
    """Return the notice that answers a paid or account-only procedure."""
    for answer in standing.history.answers:
        if answer.outcome in _OBSTACLES:
            return Task(What.FOLLOW_UP, answer.on, answer.outcome.value)
        if answer.outcome is Outcome.IDENTITY and not answer.reasons:
            if any(day >= answer.on for day in standing.history.supplied):
                continue
            return Task(What.FOLLOW_UP, answer.on, "identity-without-doubt")
    return None


def _at_the_deadline(standing: Standing) -> Task:
    deadline = standing.deadline
    assert deadline is not None  # noqa: S101 - the caller asked
    assert deadline.complaint_from is not None  # noqa: S101 - no identity awaited
    day = deadline.complaint_from
    promises = [item.promised for item in standing.history.answers if item.promised]
    if promises:
        day = max(day, max(promises) + timedelta(days=1))
    return Task(What.FOLLOW_UP, day, _why_now(standing))


def _why_now(standing: Standing) -> str:
    """Say what the end of the period found: silence, an empty answer, a bad notice."""
    outcomes = {item.outcome for item in standing.history.answers}
    if outcomes - {Outcome.EXTENDED}:
        return "no-action"
    if outcomes and not is_extended(standing.deadline):
        return "bad-extension"
    return "silence"
