"""Postal addresses in a text, with the words that make them one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cnil_requests.core import countries
from cnil_requests.core.postal import PostalAddress
from cnil_requests.web.addressing import COUNTRY, NAMES, WINDOW, Place, straight
from cnil_requests.web.folding import fold
from cnil_requests.web.places_abroad import foreign
from cnil_requests.web.streets import walk_back

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Place", "places"]


_POSTCODE = re.compile(
    r"(?<![\w.,+/-])(?:(?:F|FR) ?- ?)?([0-9]{2} ?[0-9]{3})(?: ?, ?|[ \xa0]+)"
    r"(?=[A-ZÀ-Ýa-zà-ÿ])(?!\d)"
)
_CITY = re.compile(
    r"(?:[LD]['’])?[A-ZÀ-Ý][\w'’.-]*"
    r"(?: (?:[A-ZÀ-Ý][\w'’.-]*|(?:d[eu]s?|la|les?|sur|sous|en|aux?|lès|lez|et|près)"
    r"(?= (?:[a-zà-ÿ]{1,4} )?[A-ZÀ-Ý])|[dl]['’][A-ZÀ-Ý][\w'’-]*))*(?: \d{1,2}(?!\d))?"
)
_AFTER_CITY = re.compile(
    r"\b(?:rcs|siren|siret|tel|telephone|tva|capital|france|email|e-mail|mail|sas|sarl|"
    r"sasu|sa|rm|immatricul\w*|inscrit\w*|courriel|fax|contact|numero|site|ape|code|"
    r"naf|r\.c\.s|enregistre\w*|directeur|president|le|hebergeur|et|standard|web|en)\b"
)
_NO_CITY = re.compile(r"^(?:euros?|eur|adherents?|medecins?|praticiens?|membres?)\b")


def places(text: str) -> Iterator[Place]:
    """Yield the addresses of a text: French ones, then those of named countries."""
    last = 0
    for match in _POSTCODE.finditer(text):
        found = _french(text, match, last)
        if found:
            last = found.end
            yield found
    yield from foreign(text)


def _french(text: str, match: re.Match[str], last: int) -> Place | None:
    postcode = match[1].replace(" ", "")
    city, end = _city(text, match.end())
    if not city or not countries.has_valid_postcode(postcode, "FR"):
        return None
    country, end = _country_after(text, end)
    if country not in ("", "FR", "MC"):
        return None
    code = "MC" if postcode.startswith("980") else "FR"
    if country not in ("", code):
        return None
    start = max(last, match.start() - WINDOW)
    parts = walk_back(text[start : match.start()])
    if parts is None:
        return None
    street, complement, length, doubt, has_lead = parts
    return Place(
        PostalAddress(street, complement, postcode, city, code),
        match.start() - length,
        end,
        doubt,
        has_lead,
        bool(country),
    )


def _city(text: str, start: int) -> tuple[str, int]:
    """Read a town, up to what cannot be part of it."""
    found = _CITY.match(text, start)
    if not found or _NO_CITY.match(fold(found.group())):
        return "", start
    name = found.group()
    stop = _AFTER_CITY.search(fold(name), 1)
    if stop:
        name = name[: stop.start()]
    name = name.rstrip(" -.'’")
    if re.search(r" \d+$", name) and not re.search(r"(?i)cedex \d+$|^paris|^lyon|^mars",
                                                  name):  # fmt: skip
        name = re.sub(r" \d+$", "", name)
    return straight(name), start + len(name)


def _country_after(text: str, end: int) -> tuple[str, int]:
    """Read the country that follows a town, "" when there is none."""
    plain = fold(text[end : end + 40])
    lead = re.match(r"[\s,.()-]*(?:en )?", plain)
    at = lead.end() if lead else 0
    found = COUNTRY.match(plain, at)
    return (NAMES[found[1]], end + found.end()) if found else ("", end)
