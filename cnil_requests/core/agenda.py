"""What must be done next for a request, why, and from which day.

Computed from the recorded facts alone, so that a machine that was off for two
months shows everything that is due. Nothing is asked of the user while it is the
other side's turn, and no complaint is proposed before the latest date that can be
defended, unless the site refused.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from cnil_requests.core.clock import identity_awaited, is_extended
from cnil_requests.core.findings import Findings
from cnil_requests.core.letters import goes_to_host
from cnil_requests.core.requests import Outcome
from cnil_requests.core.tasks import Task, What

if TYPE_CHECKING:
    from datetime import date

    from cnil_requests.core.history import Answer, FollowUp, History
    from cnil_requests.core.standing import Standing

#: Proof of delivery is asked for when a month has gone by since posting.
DAYS_TO_RECORD_RECEIPT = 30

#: A site that says yes has a week to do it, unless it names a day.
DAYS_TO_ACT = 7

#: A listing that was removed is looked at again: it comes back at the next import.
MONTHS_TO_LOOK_AGAIN = 3

#: Décret n° 2019-536, art. 10: three months of silence by the CNIL.
MONTHS_OF_CNIL_SILENCE = 3

#: Answers that do not act on the request and call for a formal notice at once.
_OBSTACLES = (Outcome.PAYMENT, Outcome.ACCOUNT)

#: What says how the site answered, or that it did not.
_ASSERTING = (What.FOLLOW_UP, What.COMPLAIN)

#: Reasons that speak of a notice -> those that do not.
_WHY_PAST_THE_HOST = {
    "refused-without-reasons": "refused",
    "partly-granted": "partly-granted-by-host",
}


def next_task(standing: Standing) -> Task | None:
    """Return the next thing to do, due now or later; None when it is closed.

    Where an answer is kept and not recorded, neither notice nor complaint can be
    written: it comes first.
    """
    task = _next(standing)
    if task is None or task.what not in _ASSERTING:
        return task
    if task.what is What.FOLLOW_UP and goes_to_host(standing.request):
        task = _past_the_host(standing, task)
    unread = Findings(standing).is_unread
    return replace(task, why="answer-unread") if unread else task


def _past_the_host(standing: Standing, task: Task) -> Task:
    """Return the complaint: a host is no controller to be put on notice."""
    if task.why == "identity-without-doubt":
        return task  # That letter is an answer, not a notice.
    why = _WHY_PAST_THE_HOST.get(task.why, task.why)
    return _complaint(standing, task.on, why) or task


def _next(standing: Standing) -> Task | None:
    history = standing.history
    if history.closed_on:
        return None
    if history.lodged_on:
        return _after_lodging(standing, history.lodged_on)
    if _is_gone(history):
        return _look_again(history)
    return (
        _complaint_drafted(standing)
        or _after_notice(standing)
        or _after_final_answer(standing)
        or _until_answered(standing)
    )


# Once a complaint is lodged


def _after_lodging(standing: Standing, lodged: date) -> Task:
    history = standing.history
    sight = history.last_sight
    if sight and sight.what == "removed" and sight.on >= lodged:
        return _look_again(history)
    drafted = history.complained_on
    if drafted and drafted > lodged:
        again = _complaint(standing, drafted, "complaint-drafted")
        if again:
            return again
    closed = [day for day, step in history.cnil if step == "closed"]
    if closed:
        return _after_cnil_closed(standing, closed[-1])
    informed = [day for day, step in history.cnil if step == "informed"]
    since = informed[-1] if informed else lodged
    day = since + relativedelta(months=MONTHS_OF_CNIL_SILENCE)
    return Task(What.FOLLOW_CNIL, day, "cnil-informed" if informed else "cnil-silent")


def _after_cnil_closed(standing: Standing, closed: date) -> Task:
    sight = standing.history.last_sight
    if sight is None or sight.on < closed:
        day = closed + timedelta(days=DAYS_TO_ACT)
        return Task(What.CHECK_LISTING, day, "cnil-closed")
    again = _complaint(standing, sight.on, "cnil-closed-online")
    return again or _while_waiting(standing)


# Before: the listing, the complaint, the notice, the answer


def _is_gone(history: History) -> bool:
    """Say whether the listing was last seen removed, and nothing came since."""
    sight = history.last_sight
    if sight is None or sight.what != "removed":
        return False
    answer = history.final_answer
    denied = answer is not None and answer.outcome is not Outcome.GRANTED
    since = [answer.on] if answer and denied else []
    since += [history.complained_on] if history.complained_on else []
    since += [notice.on for notice in history.follow_ups]
    return all(day <= sight.on for day in since)


def _look_again(history: History) -> Task:
    sight = history.sights[-1]
    day = sight.on + relativedelta(months=MONTHS_TO_LOOK_AGAIN)
    return Task(What.CHECK_LISTING, day, "removed")


def _complaint(standing: Standing, day: date, why: str) -> Task | None:
    """Return the complaint, never before it is admissible; None if not countable."""
    since = standing.complaint_from
    return Task(What.COMPLAIN, max(day, since), why) if since else None


def _complaint_drafted(standing: Standing) -> Task | None:
    history = standing.history
    drafted = history.complained_on
    if drafted is None:
        return None
    news = [history.final_answer.on] if history.final_answer else []
    news += [notice.on for notice in history.follow_ups]
    if any(day > drafted for day in news):
        return None
    return _complaint(standing, drafted, "complaint-drafted")


def _after_notice(standing: Standing) -> Task | None:
    """Return what a formal notice leads to, or None when the answer decides."""
    history = standing.history
    if not history.follow_ups:
        return None
    notice, answer = history.follow_ups[-1], history.final_answer
    if notice.posted_on is None:
        answered = answer is not None and answer.on > notice.on
        return None if answered else _notice_to_post(notice)
    if answer and answer.on >= notice.posted_on:
        if answer.outcome is Outcome.GRANTED:
            return None
        if answer.outcome is Outcome.REFUSED:
            return Task(What.COMPLAIN, answer.on, "refused")
    day = notice.posted_on + timedelta(days=notice.term + 1)
    day = _once_promised(history, day, since=notice.posted_on)
    return _complaint(standing, day, "follow-up-unanswered")


def _notice_to_post(notice: FollowUp) -> Task:
    if notice.bounced_on:
        return Task(What.RESEND, notice.bounced_on, "follow-up-bounced")
    return Task(What.POST_LETTER, notice.on, "follow-up-drafted")


def _after_final_answer(standing: Standing) -> Task | None:
    answer = standing.history.final_answer
    if answer is None:
        return None
    if answer.outcome is Outcome.REFUSED:
        if answer.reasons:
            return Task(What.COMPLAIN, answer.on, "refused")
        return Task(What.FOLLOW_UP, answer.on, "refused-without-reasons")
    if answer.outcome is Outcome.PARTIAL:
        return Task(What.FOLLOW_UP, answer.on, "partly-granted")
    return _after_grant(standing, answer)


def _after_grant(standing: Standing, answer: Answer) -> Task:
    """Return the look at the listing, or what follows when it did not go."""
    history = standing.history
    by = answer.on + timedelta(days=DAYS_TO_ACT)
    if answer.promised:
        by = answer.promised + timedelta(days=1)
    sight = history.last_sight
    back = sight is not None and sight.what == "back" and sight.on >= answer.on
    if sight is None or (sight.on < by and not back):
        return Task(What.CHECK_LISTING, by, "granted")
    if history.follow_ups:
        return _complaint(standing, sight.on, "still-online") or _while_waiting(
            standing
        )
    return Task(What.FOLLOW_UP, sight.on, "back" if back else "still-online")


# While nothing decides


def _until_answered(standing: Standing) -> Task:
    history = standing.history
    if not history.sendings:
        return Task(What.POST_LETTER, history.drafted_on, "drafted")
    return _while_waiting(standing)


def _while_waiting(standing: Standing) -> Task:
    urgent = _users_turn(standing)
    if urgent:
        return urgent
    if standing.deadline is None:
        last = standing.history.postings[-1].on
        day = last + timedelta(days=DAYS_TO_RECORD_RECEIPT)
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
    """Return the letter that a paid, account-only or doubtful procedure calls for."""
    history, by_host = standing.history, goes_to_host(standing.request)
    for answer in history.answers:
        if any(notice.on >= answer.on for notice in history.follow_ups):
            continue
        if answer.outcome in _OBSTACLES and not by_host:
            return Task(What.FOLLOW_UP, answer.on, answer.outcome.value)
        if _is_open_identity(history, answer):
            return Task(What.FOLLOW_UP, answer.on, "identity-without-doubt")
    return None


def _is_open_identity(history: History, answer: Answer) -> bool:
    """Say whether an answer asks for a proof, states no doubt, and is the last."""
    asks = answer.outcome is Outcome.IDENTITY and not answer.reasons
    replied = any(day >= answer.on for day in history.supplied)
    return asks and not replied and answer is history.answers[-1]


def _at_the_deadline(standing: Standing) -> Task:
    deadline = standing.deadline
    assert deadline is not None  # noqa: S101 - the caller asked
    assert deadline.complaint_from is not None  # noqa: S101 - no identity awaited
    day = _once_promised(standing.history, deadline.complaint_from)
    return Task(What.FOLLOW_UP, day, _why_now(standing))


def _once_promised(history: History, day: date, *, since: date | None = None) -> date:
    """Return ``day``, or the day after the last day that the site promised."""
    promises = [
        item.promised
        for item in history.answers
        if item.promised and (since is None or item.on >= since)
    ]
    return max([day, *(promised + timedelta(days=1) for promised in promises)])


def _why_now(standing: Standing) -> str:
    """Say what the end of the period found: silence, an empty answer, a bad notice."""
    outcomes = {item.outcome for item in standing.history.answers}
    if outcomes - {Outcome.EXTENDED}:
        return "no-action"
    if outcomes and not is_extended(standing.deadline):
        return "bad-extension"
    return "silence"
