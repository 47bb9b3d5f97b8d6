"""What the store takes and gives back, besides the values of ``core``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from cnil_requests.core.requests import Event, Request


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
class Given:
    """A file of the user's, to be kept as proof: copied, never moved.

    One that already lies in the request's folder is sealed where it is; that is
    how the letter is hashed when it is sent.
    """

    source: Path
    kind: str


@dataclass(frozen=True)
class Made:
    """A document the program made; the user may edit it afterwards."""

    name: str
    content: bytes
    kind: str


Incoming: TypeAlias = Given | Made


@dataclass(frozen=True)
class Composed:
    """The first event of a request and its documents."""

    event: Event
    files: tuple[Made, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A request without id nor folder; ``compose`` is called when it has both."""

    request: Request
    compose: Callable[[Request], Composed]


@dataclass(frozen=True)
class Case:
    """A request with all its events and what follows from them."""

    request: Request
    events: tuple[Event, ...]
    state: str
    next_action: str | None
    next_on: date | None
    open: bool


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


@dataclass(frozen=True)
class Forgotten:
    """How much ``forget`` erased; ``orphans`` may still hold letters of anybody."""

    requests: int
    events: int
    files: int
    orphans: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """Something wrong in the home; ``where`` is relative to it.

    ``level`` is "error" or "warning"; ``repairable`` says that ``--repair`` helps.
    """

    level: str
    where: str
    message: str
    suggestion: str = ""
    repairable: bool = False


@dataclass(frozen=True)
class Backup:
    """What a backup holds; ``missing`` names recorded files that were not there."""

    file: Path
    files: int
    size: int
    missing: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
