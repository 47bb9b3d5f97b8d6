"""Which fact may be recorded when: the one door to the event table.

It says nothing of the deadline, which follows from what was admitted. The jumps
that cannot be are in ``jumps``, the dates in ``recording_dates``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cnil_requests.core.history import ARRIVES_BY
from cnil_requests.core.jumps import check_jump
from cnil_requests.core.recording_dates import check_dates
from cnil_requests.core.recording_errors import ImpossibleStepError
from cnil_requests.core.replaying import effective, replay
from cnil_requests.core.requests import Event, EventKind

if TYPE_CHECKING:
    from datetime import date

    from cnil_requests.core.history import History
    from cnil_requests.core.requests import Request

#: Data that come from the machine, not from what the user says happened.
_OWN_DATA = frozenset({"sha256", "edited", "file"})

_CAME_BACK = frozenset({EventKind.BOUNCED, EventKind.REFUSED, EventKind.UNCLAIMED})

#: What, when it came later on the same day, makes the same words a new fact.
_TURNS: dict[EventKind, frozenset[EventKind]] = {
    EventKind.SENT: _CAME_BACK,
    EventKind.BOUNCED: frozenset({EventKind.SENT}),
    EventKind.REFUSED: frozenset({EventKind.SENT}),
    EventKind.UNCLAIMED: frozenset({EventKind.SENT}),
    EventKind.SEEN: frozenset({EventKind.SEEN}),
    EventKind.CLOSED: frozenset({EventKind.SEEN}),
}


def admit(
    request: Request, events: tuple[Event, ...], new: Event, *, today: date
) -> Event | None:
    """Return the event to record, or None if it already is.

    What is posted once a formal notice exists is that notice, and what then arrives
    or comes back is too. Raises the errors of ``recording_errors``.
    """
    history = replay(events)
    new = _about_notice(history, new)
    if _stands(events, new):
        return None
    check_jump(request, history, new)
    check_dates(request, history, new, today=today)
    return new


def is_recorded(events: tuple[Event, ...], new: Event) -> bool:
    """Say whether the same fact stands already: the same call twice is harmless."""
    return _stands(events, _about_notice(replay(events), new))


def _stands(events: tuple[Event, ...], new: Event) -> bool:
    standing = effective(events)
    same = [rank for rank, event in enumerate(standing) if _is_same(event, new)]
    if same:
        turns = _TURNS.get(new.kind, frozenset())
        since = standing[same[-1] + 1 :]
        return not any(it.kind in turns and it.on == new.on for it in since)
    return _is_known_return(replay(events), new)


def undoing(request: Request, events: tuple[Event, ...], *, today: date) -> Event:
    """Return the event that takes back the last one that stands.

    Raises ImpossibleStepError when only the draft is left.
    """
    last = effective(events)[-1]
    if last.kind is EventKind.DRAFTED:
        raise ImpossibleStepError(
            request,
            "il n'y a rien à annuler, elle n'est que rédigée",
            f"Pour y renoncer : cnilreq closed {request.id} --on "
            f"{today.isoformat()} --because withdrawn",
        )
    return Event(
        EventKind.UNDONE,
        on=today,
        recorded_on=today,
        data={"undoes": str(last.number), "kind": last.kind.value},
    )


def _about_notice(history: History, new: Event) -> Event:
    """Mark what is posted, arrives or comes back as the formal notice's own."""
    if new.kind is EventKind.SENT:
        notice = history.follow_ups[-1] if history.follow_ups else None
        is_notice = notice is not None and new.on >= notice.on
    elif new.kind in ARRIVES_BY:
        sending = history.posting_by(new.on, *ARRIVES_BY[new.kind])
        is_notice = sending is not None and sending.follow_up
    else:
        return new
    return replace(new, data={**new.data, "what": "follow-up"}) if is_notice else new


def _is_same(event: Event, new: Event) -> bool:
    if event.kind is not new.kind:
        return False
    if new.kind is EventKind.ATTACHED:
        return dict(event.data) == dict(new.data)
    return event.on == new.on and _said(event) == _said(new)


def _said(event: Event) -> dict[str, str]:
    return {key: text for key, text in event.data.items() if key not in _OWN_DATA}


def _is_known_return(history: History, new: Event) -> bool:
    """Say whether an unclaimed letter and its return are known in other words."""
    receipt = history.receipt
    if receipt is None or receipt.kind != "unclaimed" or receipt.returned_on is None:
        return False
    returned = receipt.returned_on.isoformat()
    if new.kind is EventKind.RETURNED:
        return new.on == receipt.returned_on
    return (
        new.kind is EventKind.UNCLAIMED
        and new.on == receipt.on
        and new.data.get("returned", returned) == returned
    )
