"""The numbered exhibits of a case: which file proves what, in which order.

Only files that came with a standing event and were sealed count: proofs, and the
documents as they were posted. The order is that of the CNIL's own list: the page,
the request, its proofs, the answers, then what followed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from cnil_requests.core.exhibit_titles import Place, place_of
from cnil_requests.core.french_dates import long_date
from cnil_requests.core.people import slug_of
from cnil_requests.core.replaying import effective

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from cnil_requests.core.mandates import Mandate
    from cnil_requests.core.requests import Event


#: A longer ending is no suffix but a part of the name.
LONGEST_SUFFIX = 5


class KeptFile(Protocol):
    """A file of a request's folder, as the store gives it."""

    @property
    def name(self) -> str:
        """Its name in the folder."""

    @property
    def kind(self) -> str:
        """What it is: a capture, a letter, a proof of posting and so on."""

    @property
    def sha256(self) -> str:
        """The hash of its content when it was recorded."""

    @property
    def sealed(self) -> bool:
        """Whether it is a proof, never to change."""

    @property
    def event(self) -> int:
        """The number of the event it came with."""


@dataclass(frozen=True)
class Exhibit:
    """One numbered exhibit; ``events`` are the facts that it proves.

    ``rank`` is one of ``Place``. ``file`` lies in the request's folder, or with the
    person's own papers.
    """

    number: int
    rank: int
    title: str
    file: str
    sha256: str
    events: frozenset[int] = frozenset()

    @property
    def is_persons(self) -> bool:
        """Say whether the file lies with the person's own papers."""
        return self.rank == Place.MANDATE

    @property
    def packed_name(self) -> str:
        """The name of its copy in the dossier: « 02-ma-demande.pdf »."""
        suffix = self.file.rpartition(".")[2].lower() if "." in self.file else ""
        short = suffix.isascii() and suffix.isalnum() and len(suffix) <= LONGEST_SUFFIX
        what = self.title.partition(",")[0]
        name = f"{self.number:02d}-{slug_of(what)}"
        return f"{name}.{suffix}" if short else name

    @property
    def label(self) -> str:
        """« Pièce n° 2 – Preuve d'envoi », as a list shows it."""
        space = "\N{NO-BREAK SPACE}"
        return f"Pièce{space}n°{space}{self.number}{space}– {self.title}"


def exhibits_of(
    events: Iterable[Event],
    files: Iterable[KeptFile],
    *,
    mandate: Mandate | None = None,
    still_online: date | None = None,
) -> tuple[Exhibit, ...]:
    """Return the exhibits in order, numbered from 1.

    A capture made on ``still_online`` comes last: it proves the declaration.
    """
    standing = {event.number: event for event in effective(events)}
    found: dict[str, tuple[Place, Exhibit]] = {}
    for file in files:
        if not file.sealed or file.event not in standing:
            continue
        event = standing[file.event]
        place = place_of(file.kind, event, tuple(standing.values()))
        if place is None:
            continue
        if place.is_capture and event.on == still_online:
            place = place.proving_the_declaration(event.on)
        _take(found, place, file)
    ordered = _ordered(found.values(), mandate)
    return tuple(
        replace(item, number=number) for number, item in enumerate(ordered, start=1)
    )


def _take(
    found: dict[str, tuple[Place, Exhibit]], place: Place, file: KeptFile
) -> None:
    """Add a file, or a further fact that the same file proves."""
    former = found.get(file.name)
    first = former[0] if former else place
    proves = place.proves | (former[1].events if former else frozenset())
    exhibit = Exhibit(0, first.rank, first.title, file.name, file.sha256, proves)
    found[file.name] = (first, exhibit)


def _ordered(
    found: Iterable[tuple[Place, Exhibit]], mandate: Mandate | None
) -> list[Exhibit]:
    """Put the exhibits in order; a signed scan takes the place of its Word file."""
    items = list(found)
    scanned = {place.rank for place, _ in items if place.is_scan}
    kept = [
        item
        for place, item in items
        if place.is_scan or not place.is_word or place.rank not in scanned
    ]
    if mandate and mandate.file and mandate.signed_on:
        title = f"Mandat signé le {long_date(mandate.signed_on)}"
        kept.append(Exhibit(0, Place.MANDATE, title, mandate.file, mandate.sha256))
    return sorted(kept, key=lambda item: (item.rank, min(item.events, default=0)))


def pieces(exhibits: Iterable[Exhibit], *events: int) -> str:
    """Return « pièce n° 2 », « pièces n° 2 et 3 », or nothing, for some facts."""
    return cite(item for item in exhibits if item.events & set(events))


def cite(exhibits: Iterable[Exhibit]) -> str:
    """Return the numbers of exhibits as a sentence cites them."""
    numbers = [str(item.number) for item in exhibits]
    space = "\N{NO-BREAK SPACE}"
    if len(numbers) <= 1:
        return "".join(f"pièce{space}n°{space}{number}" for number in numbers)
    listed = f"{', '.join(numbers[:-1])} et{space}{numbers[-1]}"
    return f"pièces{space}n°{space}{listed}"
