"""The fold: from the events of a request to its history.

Events are never rewritten; ``undone`` events take earlier ones back. Nothing here
depends on today.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from cnil_requests.core.history import (
    SIDE_KINDS,
    Answer,
    FollowUp,
    History,
    Receipt,
    Sending,
    Sight,
)
from cnil_requests.core.requests import Channel, Event, EventKind, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


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
    for event in standing[1:]:
        history = _STEPS[event.kind](history, event)
    # What the post tells may be recorded after what followed it.
    last_on = max(event.on for event in standing if event.kind not in SIDE_KINDS)
    return replace(history, last_on=last_on)


def is_about_notice(event: Event) -> bool:
    """Say whether a posting or its arrival is that of a formal notice."""
    return event.data.get("what") == "follow-up"


def _drafted(history: History, event: Event) -> History:
    return replace(history, drafted_on=event.on)


def _sent(history: History, event: Event) -> History:
    data = event.data
    sending = Sending(
        event.on,
        Channel(data["by"]),
        data.get("tracking", ""),
        data.get("reference", ""),
        is_about_notice(event),
    )
    sendings = _with(history.sendings, sending)
    if sending.follow_up:
        return _follow_up_posted(replace(history, sendings=sendings), event.on)
    if history.receipt and history.receipt.arrived:
        # It did arrive: sending it again changes nothing.
        return replace(history, sendings=sendings)
    kinds = {Channel.FORM: "delivered", Channel.EMAIL: "presumed"}
    kind = kinds.get(sending.channel)
    receipt = Receipt(kind, event.on) if kind else None
    return replace(history, sendings=sendings, receipt=receipt, bounced_on=None)


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
    if last.posted_on is None:
        last = replace(last, posted_on=day, bounced_on=None)
    return replace(history, follow_ups=(*earlier, last))


def _received(history: History, event: Event) -> History:
    if is_about_notice(event):
        return history
    kind = "estimated" if event.data.get("estimated") else "delivered"
    return replace(history, receipt=Receipt(kind, event.on), bounced_on=None)


def _bounced(history: History, event: Event) -> History:
    if is_about_notice(event):
        *earlier, last = history.follow_ups
        last = replace(last, posted_on=None, bounced_on=event.on)
        return replace(history, follow_ups=(*earlier, last))
    return replace(history, receipt=None, bounced_on=event.on)


def _refused(history: History, event: Event) -> History:
    return _not_delivered(history, event, Receipt("refused", event.on))


def _unclaimed(history: History, event: Event) -> History:
    receipt = Receipt("unclaimed", event.on, _day(event, "returned"))
    return _not_delivered(history, event, receipt)


def _not_delivered(history: History, event: Event, receipt: Receipt) -> History:
    """Take a letter that came back for what it is, unless the request arrived."""
    arrived = history.receipt is not None and history.receipt.arrived
    if is_about_notice(event) or arrived:
        return history
    return replace(history, receipt=receipt)


def _returned(history: History, event: Event) -> History:
    if history.receipt is None or history.receipt.kind != "unclaimed":
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
