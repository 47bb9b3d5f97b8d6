"""What the store takes and gives back, besides the values of ``core``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from cnil_requests.store.cases import Case, Step, StoredFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cnil_requests.core.people import Person
    from cnil_requests.core.requests import Event, Request

__all__ = [
    "Admission",
    "Admitted",
    "Backup",
    "Case",
    "Composed",
    "Draft",
    "Forgotten",
    "Given",
    "Incoming",
    "Made",
    "PaperToSign",
    "Problem",
    "Step",
    "StoredFile",
]


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
class PaperToSign:
    """A document of a person's; it is composed when its turn comes."""

    name: str
    compose: Callable[[], bytes]


@dataclass(frozen=True)
class Admission:
    """A person to be recorded, as a list describes her.

    ``former`` is what was known of her, None when she is new. ``scan`` is the signed
    mandate: its copy's name and hash go into her mandate.
    """

    person: Person
    former: Person | None = None
    paper: PaperToSign | None = None
    scan: Path | None = None


@dataclass(frozen=True)
class Admitted:
    """A person as recorded; ``paper`` is where the one to sign lies, if any."""

    person: Person
    paper: Path | None = None


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
