"""Requests as the ledger keeps them: the values that every command needs.

Kept apart from ``values``, so that a light command starts without the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from cnil_requests.core.requests import Event, Request
    from cnil_requests.store.values import Incoming


class Derived(Protocol):
    """What follows from a request and its events, kept beside them for queries.

    ``next_on`` is the day from which ``next_action`` is due, or None when nothing
    is; an open request may still need the user, a closed one never does.
    """

    @property
    def state(self) -> str:
        """The state as of the last event."""

    @property
    def next_action(self) -> str | None:
        """What is to be done next, or None."""

    @property
    def next_on(self) -> date | None:
        """The day from which it is to be done, or None."""

    @property
    def open(self) -> bool:
        """Whether anything can still become due."""

    @property
    def reminder(self) -> str | None:
        """What to show when it is due, opaque to the store."""


@dataclass(frozen=True)
class StoredFile:
    """A file of a request's folder, as it was when event ``event`` was recorded.

    A ``sealed`` file is proof: any later change is an alteration. The others are
    letters that the user may edit and sign.
    """

    name: str
    kind: str
    sha256: str
    size: int
    sealed: bool
    event: int


@dataclass(frozen=True)
class Case:
    """A request with all its events and what follows from them."""

    request: Request
    events: tuple[Event, ...]
    state: str
    next_action: str | None
    next_on: date | None
    open: bool
    reminder: str | None = None


Derive: TypeAlias = "Callable[[Request, tuple[Event, ...]], Derived]"

#: Return the event to record, or None when it already is. Files come in the order
#: they were given, under the names they will have.
Decide: TypeAlias = (
    "Callable[[Request, tuple[Event, ...], tuple[StoredFile, ...]], Event | None]"
)


@dataclass(frozen=True)
class Step:
    """One thing to record about one request.

    ``revised``, when given, replaces the request itself (drafting it again).
    """

    request_id: str
    decide: Decide
    files: tuple[Incoming, ...] = ()
    revised: Request | None = None
