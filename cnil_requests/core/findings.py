"""What the recorded facts establish against a controller, and from which day.

The formal notice and the complaint may assert these and nothing else. Each finding
rests on events: silence is one only when no answer at all was recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from cnil_requests.core.deadlines import answer_deadline
from cnil_requests.core.replaying import effective
from cnil_requests.core.requests import EventKind, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from cnil_requests.core.history import Answer
    from cnil_requests.core.standing import Standing


class Ground(StrEnum):
    """Why a notice or a complaint can be made; an obstacle opens a notice only."""

    SILENCE = "silence"
    UNDECIDED = "undecided"
    REFUSED = "refused"
    PARTIAL = "partial"
    NOT_DONE = "not-done"
    OBSTACLE = "obstacle"


@dataclass(frozen=True)
class Opening:
    """A ground, and the first day on which it may be asserted."""

    ground: Ground
    since: date


@dataclass(frozen=True)
class Reply:
    """An answer with the number of its event."""

    answer: Answer
    event: int


@dataclass(frozen=True)
class Findings:
    """What one request's facts amount to."""

    standing: Standing

    @cached_property
    def safe_day(self) -> date | None:
        """The first day on which nobody can say that the period still runs."""
        deadline = self.standing.deadline
        return deadline.complaint_from if deadline else None

    @cached_property
    def replies(self) -> tuple[Reply, ...]:
        """Every answer, in order."""
        events = [
            event
            for event in effective(self.standing.events)
            if event.kind is EventKind.ANSWERED
        ]
        answers = self.standing.history.answers
        return tuple(
            Reply(answer, event.number)
            for answer, event in zip(answers, events, strict=True)
        )

    @property
    def is_unread(self) -> bool:
        """Say whether an answer is kept, and nowhere recorded what it says."""
        return not self.replies and any(
            event.kind is EventKind.ATTACHED and event.data["kind"] == "answer"
            for event in effective(self.standing.events)
        )

    @cached_property
    def final(self) -> Reply | None:
        """The last answer that grants or refuses, or None."""
        last = self.standing.history.final_answer
        found = [reply for reply in self.replies if reply.answer is last]
        return found[-1] if found else None

    def of(self, *outcomes: Outcome) -> tuple[Reply, ...]:
        """Return the answers that say one of these things."""
        return tuple(item for item in self.replies if item.answer.outcome in outcomes)

    @property
    def refusal(self) -> Reply | None:
        """The final answer when it refuses, wholly or in part."""
        refusing = (Outcome.REFUSED, Outcome.PARTIAL)
        return self.final if self.final_outcome in refusing else None

    @property
    def grant(self) -> Reply | None:
        """The final answer when it accepts."""
        return self.final if self.final_outcome is Outcome.GRANTED else None

    @property
    def final_outcome(self) -> Outcome | None:
        """What the final answer says, or None."""
        return self.final.answer.outcome if self.final else None

    def is_late(self, reply: Reply) -> bool:
        """Say whether an answer came after the last defensible day."""
        return self.safe_day is not None and reply.answer.judged_on >= self.safe_day

    @cached_property
    def complaint_openings(self) -> tuple[Opening, ...]:
        """The grounds that open a complaint, the earliest first.

        An answer that asks for a payment or an account is a breach (GDPR art. 12(2)
        and 12(5)), not a refusal: the controller may still act within the period.
        """
        return tuple(
            item for item in self.openings if item.ground is not Ground.OBSTACLE
        )

    @property
    def complaint_from(self) -> date | None:
        """The first day on which a complaint can be made, as far as is known."""
        return self.complaint_openings[0].since if self.complaint_openings else None

    @cached_property
    def openings(self) -> tuple[Opening, ...]:
        """Every ground with its first day, the earliest first; days may come yet."""
        return tuple(sorted(self._openings(), key=lambda item: item.since))

    def open_on(self, day: date) -> frozenset[Ground]:
        """Return the grounds that may be asserted on ``day``."""
        return frozenset(item.ground for item in self.openings if item.since <= day)

    def _openings(self) -> Iterator[Opening]:
        if not self.standing.history.postings:
            return
        for reply in self.of(Outcome.PAYMENT, Outcome.ACCOUNT):
            if self.final is None:
                yield Opening(Ground.OBSTACLE, reply.answer.on)
        if self.final is None:
            ground = Ground.UNDECIDED if self.replies else Ground.SILENCE
            if self.safe_day:
                yield Opening(ground, self.safe_day)
            return
        answer = self.final.answer
        if answer.outcome is Outcome.REFUSED:
            yield Opening(Ground.REFUSED, answer.on)
        elif answer.outcome is Outcome.PARTIAL:
            yield Opening(Ground.PARTIAL, answer.on)
        else:
            yield Opening(Ground.NOT_DONE, self._to_be_done_by(answer))

    def _to_be_done_by(self, answer: Answer) -> date:
        """Return the day from which an accepted request should have been carried out.

        The controller has the period for it (GDPR art. 12(3)), or until the day it
        promised. Without a receipt on record, the answer shows that the request
        had arrived by then: a month from there is late enough.
        """
        calendar = self.standing.request.calendar
        bound = self.safe_day or answer_deadline(answer.on, calendar).complaint_from
        days = [day for day in (bound, answer.on) if day]
        if answer.promised:
            days.append(answer.promised + timedelta(days=1))
        return max(days)
