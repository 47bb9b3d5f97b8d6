"""A request and the facts recorded about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from cnil_requests.core.directory import Directory
    from cnil_requests.core.rights import Correction, Right, StatedReason


class Channel(StrEnum):
    """How a request travels (``--by``)."""

    LETTER = "letter"
    EMAIL = "email"
    FORM = "form"


@dataclass(frozen=True)
class Request:
    """One request of one person to one site; what was asked, never what happened.

    ``directory`` is the catalogue's line as it was on ``drafted_on``. ``person``
    is a slug. ``folder`` is relative to the home folder, with forward slashes.
    ``seen_on`` is the day the doctor saw the listing, or None if he did not say.
    ``calendar`` is the code of the public holidays the deadline follows.
    """

    id: str
    person: str
    directory: Directory
    right: Right
    channel: Channel
    drafted_on: date
    folder: str
    calendar: str = "FR"
    urls: tuple[str, ...] = ()
    reasons: tuple[StatedReason, ...] = ()
    seen_on: date | None = None
    corrections: tuple[Correction, ...] = ()
    search_names: tuple[str, ...] = ()
    origin: str = ""


class State(StrEnum):
    """Where a request stands on a given day; ``overdue`` depends on that day."""

    DRAFTED = "drafted"
    SENT = "sent"
    RECEIVED = "received"
    UNDELIVERED = "undelivered"
    IDENTITY_ASKED = "identity-asked"
    EXTENDED = "extended"
    PARTLY_GRANTED = "partly-granted"
    GRANTED = "granted"
    REFUSED = "refused"
    OVERDUE = "overdue"
    COMPLAINED = "complained"
    CLOSED = "closed"

    @property
    def french(self) -> str:
        """The state as tables show it."""
        return _STATES[self]


_STATES = {
    State.DRAFTED: "rédigée",
    State.SENT: "envoyée",
    State.RECEIVED: "reçue par le site",
    State.UNDELIVERED: "non distribuée",
    State.IDENTITY_ASKED: "identité demandée",
    State.EXTENDED: "délai prolongé",
    State.PARTLY_GRANTED: "acceptée en partie",
    State.GRANTED: "acceptée",
    State.REFUSED: "refusée",
    State.OVERDUE: "délai dépassé",
    State.COMPLAINED: "plainte déposée",
    State.CLOSED: "close",
}


class Outcome(StrEnum):
    """What an answer says (``answered --outcome``)."""

    GRANTED = "granted"
    PARTIAL = "partial"
    REFUSED = "refused"
    EXTENDED = "extended"
    IDENTITY = "identity"
    PAYMENT = "payment"
    ACCOUNT = "account"
    OTHER = "other"


class EventKind(StrEnum):
    """What can happen to a request."""

    DRAFTED = "drafted"
    SENT = "sent"
    RECEIVED = "received"
    BOUNCED = "bounced"
    REFUSED = "refused"
    UNCLAIMED = "unclaimed"
    RETURNED = "returned"
    ANSWERED = "answered"
    SUPPLIED = "supplied"
    SEEN = "seen"
    FOLLOWED_UP = "followed-up"
    COMPLAINED = "complained"
    LODGED = "lodged"
    CNIL = "cnil"
    ATTACHED = "attached"
    CLOSED = "closed"
    UNDONE = "undone"


@dataclass(frozen=True)
class Event:
    """One recorded fact; never rewritten, only corrected by a later event.

    ``on`` is the day it happened, ``recorded_on`` the day it was written down,
    ``number`` its rank within the request, from 1. ``data`` holds text only:
    dates in ISO form, flags as "yes".
    """

    kind: EventKind
    on: date
    recorded_on: date
    data: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    number: int = 0
