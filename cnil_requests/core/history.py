"""The fold: what the recorded events of a request amount to.

Events are never rewritten; ``undone`` events take earlier ones back. Nothing here
depends on today.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from cnil_requests.core.requests import Channel, Event, EventKind, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: Answers after which the controller has nothing left to do but act.
FINAL = (Outcome.GRANTED, Outcome.PARTIAL, Outcome.REFUSED)

#: Events that are kept beside the life of the request.
SIDE_KINDS = frozenset({EventKind.ATTACHED, EventKind.UNDONE})


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
    """A formal notice: drafted, its term in days, posted or not yet."""

    on: date
    term: int
    posted_on: date | None = None


@dataclass(frozen=True)
class History:
    """Everything recorded of one request, undone events left out.

    ``receipt`` belongs to the sending that counts. ``supplied_on`` answers the last
    identity request. ``cnil`` holds the authority's steps as (day, step).
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
    def final_answer(self) -> Answer | None:
        """The last answer that grants or refuses, or None."""
        final = [answer for answer in self.answers if answer.outcome in FINAL]
        return final[-1] if final else None

    @property
    def last_sight(self) -> Sight | None:
        """What was last seen on the site, or None."""
        return self.sights[-1] if self.sights else None


def effective(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the events that stand: no ``undone`` ones, nothing they took back."""
    standing: dict[int, Event] = {}
    for event in events:
        if event.kind is EventKind.UNDONE:
            standing.pop(int(event.data["undoes"]), None)
        else:
            standing[event.number] = event
    return tuple(standing.values())


def replay(events: Iterable[Event]) -> History:
    """Fold the events of one request, the first of which is ``drafted``."""
    standing = effective(events)
    history = History(drafted_on=standing[0].on)
    for event in standing:
        history = _STEPS[event.kind](history, event)
        if event.kind not in SIDE_KINDS:
            history = replace(history, last_on=event.on)
    return history


def _drafted(history: History, event: Event) -> History:
    return replace(history, drafted_on=event.on)


def _sent(history: History, event: Event) -> History:
    data = event.data
    sending = Sending(
        event.on,
        Channel(data["by"]),
        data.get("tracking", ""),
        data.get("reference", ""),
        data.get("what") == "follow-up",
    )
    history = replace(history, sendings=_with(history.sendings, sending))
    if sending.follow_up:
        return _follow_up_posted(history, event.on)
    if history.receipt and history.receipt.arrived:
        return history  # It did arrive: sending it again changes nothing.
    kinds = {Channel.FORM: "delivered", Channel.EMAIL: "presumed"}
    kind = kinds.get(sending.channel)
    receipt = Receipt(kind, event.on) if kind else None
    return replace(history, receipt=receipt, bounced_on=None)


def _with(sendings: tuple[Sending, ...], new: Sending) -> tuple[Sending, ...]:
    """Append a posting, or complete the last one with its number."""
    if sendings:
        last = sendings[-1]
        bare = replace(new, tracking="", reference="")
        if bare == replace(last, tracking="", reference=""):
            merged = replace(
                last,
                tracking=new.tracking or last.tracking,
                reference=new.reference or last.reference,
            )
            return (*sendings[:-1], merged)
    return (*sendings, new)


def _follow_up_posted(history: History, day: date) -> History:
    *earlier, last = history.follow_ups
    return replace(history, follow_ups=(*earlier, replace(last, posted_on=day)))


def _received(history: History, event: Event) -> History:
    if event.data.get("what") == "follow-up":
        return history
    kind = "estimated" if event.data.get("estimated") else "delivered"
    return replace(history, receipt=Receipt(kind, event.on), bounced_on=None)


def _bounced(history: History, event: Event) -> History:
    return replace(history, receipt=None, bounced_on=event.on)


def _refused(history: History, event: Event) -> History:
    return replace(history, receipt=Receipt("refused", event.on))


def _unclaimed(history: History, event: Event) -> History:
    returned = _day(event, "returned")
    return replace(history, receipt=Receipt("unclaimed", event.on, returned))


def _returned(history: History, event: Event) -> History:
    if history.receipt is None:
        return history
    return replace(history, receipt=replace(history.receipt, returned_on=event.on))


def _answered(history: History, event: Event) -> History:
    answer = Answer(
        event.on,
        Outcome(event.data["outcome"]),
        _day(event, "dated"),
        _day(event, "promised"),
        reasons=event.data.get("reasons") != "no",
        remedies=event.data.get("remedies") != "no",
    )
    return replace(history, answers=(*history.answers, answer))


def _supplied(history: History, event: Event) -> History:
    return replace(history, supplied=(*history.supplied, event.on))


def _seen(history: History, event: Event) -> History:
    sight = Sight(event.on, event.data["what"])
    history = replace(history, sights=(*history.sights, sight))
    if sight.what == "back":  # A listing that is back opens the request again.
        return replace(history, closed_on=None, closed_because="")
    return history


def _followed_up(history: History, event: Event) -> History:
    notice = FollowUp(event.on, int(event.data["term"]))
    return replace(history, follow_ups=(*history.follow_ups, notice))


def _complained(history: History, event: Event) -> History:
    return replace(history, complained_on=event.on)


def _lodged(history: History, event: Event) -> History:
    return replace(
        history,
        lodged_on=event.on,
        lodged_number=event.data.get("number", ""),
        cnil=(),
    )


def _cnil(history: History, event: Event) -> History:
    return replace(history, cnil=(*history.cnil, (event.on, event.data["step"])))


def _closed(history: History, event: Event) -> History:
    return replace(
        history, closed_on=event.on, closed_because=event.data.get("because", "")
    )


def _unchanged(history: History, event: Event) -> History:
    del event
    return history


def _day(event: Event, key: str) -> date | None:
    text = event.data.get(key)
    return date.fromisoformat(text) if text else None


_STEPS: dict[EventKind, Callable[[History, Event], History]] = {
    EventKind.DRAFTED: _drafted,
    EventKind.SENT: _sent,
    EventKind.RECEIVED: _received,
    EventKind.BOUNCED: _bounced,
    EventKind.REFUSED: _refused,
    EventKind.UNCLAIMED: _unclaimed,
    EventKind.RETURNED: _returned,
    EventKind.ANSWERED: _answered,
    EventKind.SUPPLIED: _supplied,
    EventKind.SEEN: _seen,
    EventKind.FOLLOWED_UP: _followed_up,
    EventKind.COMPLAINED: _complained,
    EventKind.LODGED: _lodged,
    EventKind.CNIL: _cnil,
    EventKind.ATTACHED: _unchanged,
    EventKind.CLOSED: _closed,
    EventKind.UNDONE: _unchanged,
}
