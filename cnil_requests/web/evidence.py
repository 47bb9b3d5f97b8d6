"""What was read, where, and how sure it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cnil_requests.web.folding import key

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The parts of an address: certain together, or not at all.
ADDRESS = ("street", "complement", "postcode", "city", "country")

#: Facts that are shown but have no column in the catalogue.
SHOWN_ONLY = ("register_number", "phone", "publication_director")

_LONGEST = 420


@dataclass(frozen=True)
class Evidence:
    """One value of one column, with the sentence it was read in.

    ``certain`` is False when a person has to decide; ``doubt`` then says why, in
    French. Parts of one address share ``group``. ``has_seat`` marks an address
    that its sentence calls the registered office.
    """

    column: str
    value: str
    sentence: str
    url: str
    certain: bool = False
    doubt: str = ""
    group: str = ""
    has_seat: bool = False

    def as_json(self) -> dict[str, object]:
        """Return the keys of the contract, and the doubt."""
        return {
            "column": self.column,
            "value": self.value,
            "sentence": self.sentence,
            "url": self.url,
            "certain": self.certain,
            "doubt": self.doubt,
        }

    def doubted(self, why: str) -> Evidence:
        """Return the same value, no longer certain."""
        return replace(self, certain=False, doubt=self.doubt or why)


def shorten(sentence: str, around: str = "") -> str:
    """Return a sentence short enough to be read, still holding the value."""
    text = re.sub(r"\s+", " ", sentence).strip()
    if len(text) <= _LONGEST:
        return text
    at = max(text.find(around), 0)
    start = max(0, at - _LONGEST // 2)
    end = min(len(text), start + _LONGEST)
    head = "…" if start else ""
    return f"{head}{text[start:end].strip()}{'…' if end < len(text) else ''}"


def settle(found: Iterable[Evidence]) -> list[Evidence]:
    """Bring together what all pages say: what contradicts itself is not certain."""
    items = _unique(found)
    items = _settle_addresses(items)
    for column in ("controller", "siren", "email", "dpo_email", "form_url"):
        items = _settle_column(items, column)
    sure = any(item.column == "controller" and item.certain for item in items)
    if not sure:
        # Whose address or number it is, nobody knows.
        who = ("siren", "legal_form", *ADDRESS)
        items = [
            item.doubted("l'éditeur n'est pas nommé avec certitude")
            if item.column in who and item.certain
            else item
            for item in items
        ]
    return items


def proposal(items: Iterable[Evidence]) -> dict[str, str]:
    """Return the certain values by column; an address is never mixed of two."""
    sure = [item for item in items if item.certain and item.column not in SHOWN_ONLY]
    group = next((item.group for item in sure if item.group), "")
    chosen: dict[str, str] = {}
    for item in sure:
        if item.group == group or not item.group:
            chosen.setdefault(item.column, item.value)
    return chosen


def _unique(found: Iterable[Evidence]) -> list[Evidence]:
    """Keep each value once; a certain reading wins over an uncertain one."""
    best: dict[tuple[str, str], Evidence] = {}
    for item in found:
        place = (item.column, f"{item.group}{_same(item)}")
        old = best.get(place)
        if old is None or (item.certain and not old.certain):
            best[place] = item
    return list(best.values())


def _same(item: Evidence) -> str:
    return key(item.value) or item.value


def _settle_column(items: list[Evidence], column: str) -> list[Evidence]:
    values = {_same(item) for item in items if item.column == column and item.certain}
    if len(values) <= 1:
        return items
    return [
        item.doubted("plusieurs valeurs différentes sur le site")
        if item.column == column and item.certain
        else item
        for item in items
    ]


def _settle_addresses(items: list[Evidence]) -> list[Evidence]:
    """Keep one certain address: the only one, or the only registered office."""
    sure = {item.group: item for item in items if item.group and item.certain}
    if len(sure) <= 1:
        return items
    seats = [group for group, item in sure.items() if item.has_seat]
    kept = seats[0] if len(seats) == 1 else None
    return [
        item.doubted("plusieurs adresses différentes sur le site")
        if item.group in sure and item.group != kept
        else item
        for item in items
    ]
