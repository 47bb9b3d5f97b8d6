"""The host: its name, and its address when it follows at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnil_requests.core.countries import french_name
from cnil_requests.web.folding import tidy
from cnil_requests.web.leadins import name_start
from cnil_requests.web.mentions import speaks_of
from cnil_requests.web.parties import Name, read_name
from cnil_requests.web.places import places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cnil_requests.web.segments import Segment


_OWNER = re.compile(r"\s*(\([^()]{2,30}\)(?: (?:de |du )(?:la |l')?[A-ZÀ-Ý][\w-]+)?)")
#: An address further from the host's name is somebody else's.
_NEAR_NAME = 60


@dataclass(frozen=True)
class Host:
    """A host as read: « NAME, STREET, POSTCODE TOWN », where, and the doubt."""

    value: str
    start: int
    end: int
    doubt: str = ""


def hosts(segment: Segment) -> Iterator[Host]:
    """Yield the hosts that the cues of a passage introduce."""
    text = segment.text
    for end, _ in segment.cued():
        start = name_start(text, end)
        name = read_name(text, start)
        free = name or read_name(text, start, is_free=True)
        if free:
            value, stop = _with_place(text, free, start)
            doubt = "" if name or "," in value else "ce n'est peut-être pas un nom"
            if re.match(r"\s*/", text[free.end :]):
                doubt = "plusieurs hébergeurs au choix"
            yield Host(value, start, stop, doubt)


def _with_place(text: str, name: Name, start: int) -> tuple[str, int]:
    """Return « NAME, STREET, POSTCODE TOWN » when the address is the host's own."""
    label, end = tidy(name.text), name.end
    if name.form and name.form.strip(".") not in label.replace(".", " ").split():
        label = f"{label} {name.form}"
    owner = _OWNER.match(_straight_marks(text), end)
    if owner and not re.search(r"\d{3}", owner[1]):
        label, end = f"{label} {owner[1]}", owner.end()
    place = next(places(text[start : start + 400]), None)
    if place is None or start + place.start - end > _NEAR_NAME:
        return label, end
    if not speaks_of(text[start:], place.start, name.text):
        return label, end
    address = place.address
    town = f"{address.postcode} {address.city}".strip()
    country = ""
    if address.country == "LU":
        town = f"L-{town}"
    elif address.country != "FR":
        country = french_name(address.country)
    parts = [label, address.complement, address.street, town, country]
    return ", ".join(part for part in parts if part), start + place.end


def _straight_marks(text: str) -> str:
    return text.replace("’", "'")
