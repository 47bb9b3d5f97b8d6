"""The chronology: each standing event that may be told to a third party.

What is told is what was recorded, in the words of the ``_chronology.txt`` texts.
Drafts, sightings by nobody, and what was undone are left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from cnil_requests.core.exhibits import pieces
from cnil_requests.core.french_dates import long_date
from cnil_requests.core.replaying import effective, is_about_notice
from cnil_requests.core.requests import Event, EventKind
from cnil_requests.core.tracking import spaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cnil_requests.core.exhibits import Exhibit
    from cnil_requests.core.standing import Standing

#: What a text may ask of any fact; "" and False when the event does not say it.
_WORDS = {
    "by": "by",
    "tracking": "tracking",
    "reference": "reference",
    "outcome": "outcome",
    "number": "number",
}


@dataclass(frozen=True)
class Fact:
    """One entry: its ``key`` names the wording, ``event`` is what carries it."""

    key: str
    on: date
    event: int
    pieces: str = ""
    words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def fields(self) -> dict[str, object]:
        """Return what the texts see of it."""
        day = self.words.get
        return {
            "key": self.key,
            "date": long_date(self.on),
            "pieces": self.pieces,
            **{name: day(key, "") for name, key in _WORDS.items()},
            "tracking": spaced(day("tracking", "")),
            "dated": _long(day("dated", "")),
            "promised": _long(day("promised", "")),
            "no_reasons": day("reasons") == "no",
            "no_remedies": day("remedies") == "no",
        }


def facts_of(standing: Standing, exhibits: Sequence[Exhibit]) -> tuple[Fact, ...]:
    """Return the chronology of a request, by date."""
    told = list(_told(standing))
    order = sorted(told, key=lambda item: (item.on, item.event))
    return tuple(
        Fact(item.key, item.on, item.event, pieces(exhibits, item.event), item.words)
        for item in order
    )


def _told(standing: Standing) -> Iterator[Fact]:
    events = effective(standing.events)
    seen_on = standing.request.seen_on
    if seen_on:
        yield Fact("seen-before", seen_on, events[0].number)
    sent_before = {False: False, True: False}
    for event in events:
        notice = is_about_notice(event)
        key = _key(event, again=sent_before[notice])
        if event.kind is EventKind.SENT:
            sent_before[notice] = True
        if key:
            yield Fact(f"notice-{key}" if notice else key, event.on, event.number,
                       words=event.data)  # fmt: skip
        returned = event.data.get("returned")
        if event.kind is EventKind.UNCLAIMED and returned:
            day = date.fromisoformat(returned)
            yield Fact("notice-returned" if notice else "returned", day, event.number)


def _key(event: Event, *, again: bool) -> str:
    """Return the key of the wording, or nothing for what is told to nobody."""
    if event.kind is EventKind.SENT:
        return "sent-again" if again else "sent"
    if event.kind is EventKind.RECEIVED:
        return "estimated" if event.data.get("estimated") else "received"
    if event.kind is EventKind.SEEN:
        return f"seen-{event.data['what']}"
    if event.kind is EventKind.CNIL:
        return f"cnil-{event.data['step']}"
    return _KEYS.get(event.kind, "")


_KEYS = {
    EventKind.BOUNCED: "bounced",
    EventKind.REFUSED: "refused-letter",
    EventKind.UNCLAIMED: "unclaimed",
    EventKind.RETURNED: "returned",
    EventKind.ANSWERED: "answered",
    EventKind.SUPPLIED: "supplied",
    EventKind.LODGED: "lodged",
}


def _long(iso: str) -> str:
    return long_date(date.fromisoformat(iso)) if iso else ""
