"""What the recorded events of a request amount to; see ``replaying`` for how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnil_requests.core.requests import Channel, EventKind, Outcome

if TYPE_CHECKING:
    from datetime import date

#: Answers after which the controller has nothing left to do but act.
FINAL = (Outcome.GRANTED, Outcome.PARTIAL, Outcome.REFUSED)

#: Events that are kept beside the life of the request.
SIDE_KINDS = frozenset({EventKind.ATTACHED, EventKind.UNDONE})

#: What the post or the mail server may tell, and of which sendings.
ARRIVES_BY = {
    EventKind.RECEIVED: (Channel.LETTER, Channel.EMAIL),
    EventKind.BOUNCED: (Channel.EMAIL,),
    EventKind.REFUSED: (Channel.LETTER,),
    EventKind.UNCLAIMED: (Channel.LETTER,),
    EventKind.RETURNED: (Channel.LETTER,),
}


@dataclass(frozen=True)
class Sending:
    """One posting. ``follow_up`` says that the formal notice was posted."""

    on: date
    channel: Channel
    tracking: str = ""
    reference: str = ""
    follow_up: bool = False


@dataclass(frozen=True)
class Receipt:
    """How a sending arrived, or did not.

    ``kind`` is delivered, presumed (an e-mail without an error message), estimated
    (ordinary post), unclaimed or refused. ``on`` is the day of delivery; for an
    unclaimed letter the day of its first presentation, and ``returned_on`` the day
    it came back, or None.
    """

    kind: str
    on: date
    returned_on: date | None = None

    @property
    def arrived(self) -> bool:
        """Say whether the request surely or presumably reached the controller."""
        return self.kind in ("delivered", "presumed", "estimated")

    def is_waiting_since(self, day: date) -> bool:
        """Say whether it is an unclaimed letter of that day, not yet returned."""
        unclaimed = self.kind == "unclaimed" and self.on == day
        return unclaimed and self.returned_on is None


@dataclass(frozen=True)
class Answer:
    """One answer of the controller.

    ``on`` is the day the doctor received it, ``dated`` the date on it or None,
    ``promised`` the day by which it promises to act or None.
    """

    on: date
    outcome: Outcome
    dated: date | None = None
    promised: date | None = None
    reasons: bool = True
    remedies: bool = True

    @property
    def judged_on(self) -> date:
        """The day that timeliness is judged on."""
        return self.dated or self.on


@dataclass(frozen=True)
class Sight:
    """What the doctor saw on the site: ``what`` is removed, online or back."""

    on: date
    what: str


@dataclass(frozen=True)
class FollowUp:
    """A formal notice: drafted, its term in days, posted or not yet.

    ``bounced_on`` is the day its e-mail came back, until it is posted again.
    """

    on: date
    term: int
    posted_on: date | None = None
    bounced_on: date | None = None


@dataclass(frozen=True)
class History:
    """Everything recorded of one request, undone events left out.

    ``receipt`` belongs to the sending that counts. ``supplied`` holds the days on
    which a proof of identity was given, ``cnil`` the authority's steps as (day,
    step). ``last_on`` is the latest day of all.
    """

    drafted_on: date
    sendings: tuple[Sending, ...] = ()
    receipt: Receipt | None = None
    bounced_on: date | None = None
    answers: tuple[Answer, ...] = ()
    supplied: tuple[date, ...] = ()
    sights: tuple[Sight, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    complained_on: date | None = None
    lodged_on: date | None = None
    lodged_number: str = ""
    cnil: tuple[tuple[date, str], ...] = ()
    closed_on: date | None = None
    closed_because: str = ""
    last_on: date | None = None

    @property
    def postings(self) -> tuple[Sending, ...]:
        """The sendings of the request itself, its formal notices left out."""
        return tuple(item for item in self.sendings if not item.follow_up)

    def posting_by(self, day: date, *channels: Channel) -> Sending | None:
        """Return the last sending up to ``day`` by one of the channels, or None."""
        found = [
            item
            for item in self.sendings
            if item.on <= day and item.channel in channels
        ]
        return found[-1] if found else None

    @property
    def final_answer(self) -> Answer | None:
        """The last answer that grants or refuses, or None."""
        final = [answer for answer in self.answers if answer.outcome in FINAL]
        return final[-1] if final else None

    @property
    def last_sight(self) -> Sight | None:
        """What was last seen on the site, or None."""
        return self.sights[-1] if self.sights else None
