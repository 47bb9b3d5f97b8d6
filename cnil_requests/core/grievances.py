"""The grievances of a complaint: each only with the facts that carry it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnil_requests.core.case_fields import bad_extension
from cnil_requests.core.deadline_clock import ExtensionOutcome
from cnil_requests.core.exhibits import pieces
from cnil_requests.core.findings import Ground
from cnil_requests.core.french_dates import long_date
from cnil_requests.core.letters import goes_to_host
from cnil_requests.core.requests import Outcome
from cnil_requests.core.rights import Reason, Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cnil_requests.core.case_fields import Case
    from cnil_requests.core.findings import Reply

#: Grounds on which an objection was refused or ignored.
_UNHEEDED = frozenset(
    {
        Ground.SILENCE,
        Ground.UNDECIDED,
        Ground.REFUSED,
        Ground.PARTIAL,
        Ground.NOT_DONE,
        Ground.OBSTACLE,
    }
)


@dataclass(frozen=True)
class Grievance:
    """One grievance; ``events`` carry it (the draft, for the person's own word)."""

    key: str
    events: tuple[int, ...]
    reply: Reply | None = None


def grievances_of(case: Case) -> tuple[Grievance, ...]:
    """Return the grievances in the order of the articles."""
    if goes_to_host(case.standing.request):
        return (Grievance("no-contact", (_draft(case),)), *_not_informed(case))
    return (
        *_about_the_period(case),
        *_about_the_refusal(case),
        *_about_obstacles(case),
        *_not_informed(case),
        *_about_the_substance(case),
    )


def grievance_fields(case: Case) -> list[dict[str, object]]:
    """Return the grievances as the texts see them."""
    return [
        {
            "number": str(number),
            "key": item.key,
            "on": long_date(item.reply.answer.on) if item.reply else "",
            "dated": _dated(item.reply),
            "pieces": pieces(case.exhibits, item.reply.event) if item.reply else "",
        }
        for number, item in enumerate(grievances_of(case), start=1)
    ]


def _dated(reply: Reply | None) -> str:
    return long_date(reply.answer.dated) if reply and reply.answer.dated else ""


def _draft(case: Case) -> int:
    return case.standing.events[0].number


def _about_the_period(case: Case) -> Iterator[Grievance]:
    """GDPR art. 12(3): silence, a late answer, a late or unreasoned extension."""
    findings = case.findings
    if Ground.SILENCE in case.grounds:
        yield Grievance("silence", (_draft(case),))
    if Ground.UNDECIDED in case.grounds:
        events = tuple(reply.event for reply in findings.replies)
        yield Grievance("undecided", events)
    deadline = case.standing.deadline
    notice = deadline.extension if deadline else None
    over = findings.safe_day is not None and findings.safe_day <= case.today
    if over and notice in (ExtensionOutcome.LATE, ExtensionOutcome.UNREASONED):
        for reply in findings.of(Outcome.EXTENDED):
            key = f"extension-{bad_extension(reply.answer)}"
            yield Grievance(key, (reply.event,), reply)
    grant = findings.grant
    if grant and findings.is_late(grant):
        yield Grievance("late-answer", (grant.event,), grant)


def _about_the_refusal(case: Case) -> Iterator[Grievance]:
    """GDPR art. 12(4): late, without reasons, without remedies."""
    refusal = case.findings.refusal
    if refusal is None:
        return
    if case.findings.is_late(refusal):
        yield Grievance("late-refusal", (refusal.event,), refusal)
    if not refusal.answer.reasons:
        yield Grievance("no-reasons", (refusal.event,), refusal)
    if not refusal.answer.remedies:
        yield Grievance("no-remedies", (refusal.event,), refusal)


def _about_obstacles(case: Case) -> Iterator[Grievance]:
    """GDPR art. 12(2), 12(5) and 12(6): an account, a payment, a needless proof."""
    for outcome, key in ((Outcome.ACCOUNT, "account"), (Outcome.PAYMENT, "payment")):
        for reply in case.findings.of(outcome):
            yield Grievance(key, (reply.event,), reply)
    for reply in case.findings.of(Outcome.IDENTITY):
        if not reply.answer.reasons:
            yield Grievance("identity", (reply.event,), reply)


def _not_informed(case: Case) -> Iterator[Grievance]:
    """GDPR art. 14: the person's own word, given as a reason when drafting."""
    reasons = {item.reason for item in case.standing.request.reasons}
    if Reason.NOT_INFORMED in reasons:
        yield Grievance("not-informed", (_draft(case),))


def _about_the_substance(case: Case) -> Iterator[Grievance]:
    """GDPR art. 21, 17(1)(c), 16 and 5(1)(d): refused or ignored, and still there."""
    if not case.grounds & _UNHEEDED:
        return
    right = case.standing.request.right
    carried = tuple(reply.event for reply in case.findings.replies) or (_draft(case),)
    if right is Right.MARKETING:
        if not case.findings.grant:
            yield Grievance("marketing", carried)
        return
    if case.still_online is None:
        return
    if right.rule.needs_reason:
        yield Grievance("objection", carried)
    if right is Right.RECTIFICATION:
        yield Grievance("rectification", carried)
    elif right is Right.ERASURE and not case.was_edited:
        reasons = {item.reason for item in case.standing.request.reasons}
        if Reason.WRONG_DATA in reasons:
            yield Grievance("wrong-data", (_draft(case),))
