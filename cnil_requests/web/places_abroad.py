"""Addresses abroad: those that end with a country, or bear its letter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cnil_requests.core import countries
from cnil_requests.core.postal import PostalAddress
from cnil_requests.web.addressing import (
    COUNTRY,
    LEAD,
    MAX_LINE,
    NAMES,
    WINDOW,
    Place,
    straight,
)
from cnil_requests.web.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator


_PREFIXES = {"L": "LU", "LU": "LU", "B": "BE", "BE": "BE", "CH": "CH", "D": "DE",
             "DE": "DE", "A": "AT", "AT": "AT", "I": "IT", "IT": "IT", "NL": "NL",
             "E": "ES", "ES": "ES", "P": "PT", "PT": "PT"}  # fmt: skip
_PREFIXED = re.compile(
    rf"(?<![\w-])({'|'.join(sorted(_PREFIXES, key=len, reverse=True))})-(\d{{4,5}})"
    r",? ([A-ZÀ-Ý][\w'’-]*(?: [A-ZÀ-Ý][\w'’-]*)*)"
)


def foreign(text: str) -> Iterator[Place]:
    """Yield addresses that end with a country's name, or bear its letter."""
    plain = fold(text)
    for match in COUNTRY.finditer(plain):
        code = NAMES[match[1]]
        if code in ("FR", "MC"):
            continue
        found = _abroad(text, match.start(), code)
        if found:
            yield found
    for match in _PREFIXED.finditer(text):
        code = _PREFIXES[match[1]]
        if COUNTRY.match(plain, min(match.end() + 2, len(plain))):
            continue
        city = straight(match[3])
        found = _with_street(text, match.start(), code, match[2], city)
        if found:
            yield found


def _abroad(text: str, end: int, code: str) -> Place | None:
    """Read « street, postcode town, » before a country's name."""
    before = text[max(0, end - WINDOW) : end].rstrip(" ,(-–\n.")
    parts = re.split(r"[,\n;(]", before)
    start = max(0, end - WINDOW) + len(before)
    found = _town(parts[-1].strip(), code)
    if found:
        return _with_street(text, start - len(parts[-1]), code, *found)
    postcode = parts[-1].strip()
    if len(parts) < 3 or not countries.has_valid_postcode(postcode, code):  # noqa: PLR2004
        return None
    at = start - len(parts[-1]) - 1 - len(parts[-2])
    return _with_street(text, at, code, postcode, straight(parts[-2]))


def _town(part: str, code: str) -> tuple[str, str] | None:
    """Read postcode and town, in either order; the country's form decides."""
    words = part.split()
    for cut in range(1, min(len(words), 4)):
        head, tail = " ".join(words[:cut]), " ".join(words[cut:])
        for postcode, city in ((head, tail), (" ".join(words[-cut:]),
                                              " ".join(words[:-cut]))):  # fmt: skip
            plain = re.sub(r"^[A-Z]{1,2}-(?=\d)", "", postcode)
            if countries.has_valid_postcode(plain, code) and re.match(
                r"[A-ZÀ-Ý]", city
            ):
                return plain, straight(city)
    return None


def _with_street(
    text: str, at: int, code: str, postcode: str, city: str
) -> Place | None:
    """Read the street that precedes a town abroad."""
    before = text[max(0, at - WINDOW) : at].rstrip(" ,\n-–")
    lead = list(LEAD.finditer(fold(before)))
    start = lead[-1].end() if lead else 0
    parts = [part.strip() for part in re.split(r"[,\n;()]", before[start:])]
    parts = [part for part in parts if part]
    if not parts or not re.search(r"\d", parts[-1]) or len(parts[-1]) > MAX_LINE:
        return None
    street = straight(parts[-1])
    doubt = ""
    if not lead or len(parts) > 1 or not re.search(r"[a-zA-Z]{3}", street):
        doubt = "adresse à l'étranger : vérifiez chaque partie"
    address = PostalAddress(street, "", postcode, city, code)
    length = len(before) - start
    return Place(address, at - length, at + len(city), doubt, bool(lead), True)
