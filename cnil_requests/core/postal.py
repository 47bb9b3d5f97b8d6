"""Postal addresses, and their lines after NF Z 10-011."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnil_requests.core import countries, street
from cnil_requests.core.street import LINE_LENGTH

if TYPE_CHECKING:
    from collections.abc import Sequence

#: NF Z 10-011: lines of an address in France; one more abroad, for the country.
MAX_LINES = 6
MAX_LINES_ABROAD = 7

#: What follows the company's name in every letter, on a line of its own.
DPO_SERVICE = "Délégué à la protection des données"

_BOX = re.compile(r"^(?:B\.?P\.?|C\.?S\.?|T\.?S\.?A\.?)\s*\d", re.IGNORECASE)


@dataclass(frozen=True)
class PostalAddress:
    """An address as people write it; ``country`` is an ISO 3166 code.

    ``complement`` is a building, a floor, a CS or TSA number. Empty means unknown.
    """

    street: str = ""
    complement: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "FR"

    def missing(self) -> tuple[str, ...]:
        """Name the parts without which a letter does not arrive."""
        needed = ["street", "postcode", "city", "country"]
        if self.country in countries.WITHOUT_POSTCODE:
            needed.remove("postcode")
        return tuple(part for part in needed if not getattr(self, part))


@dataclass(frozen=True)
class PostalLines:
    """The lines of an address as printed, and what was changed to make them fit.

    ``notes`` are French sentences for the user; nothing is ever cut without one.
    """

    lines: tuple[str, ...]
    notes: tuple[str, ...] = ()


def recipient_lines(name: str, service: str, address: PostalAddress) -> PostalLines:
    """Lay out an address: company, service, then from the place to the country.

    In France the complement precedes the street; abroad it follows, as written
    there. The lines from the street on are in plain capitals.
    """
    notes: list[str] = []
    free = [part for text in (name, service) for part in _fit(text, notes)]
    place = (_in_france if address.country == "FR" else _abroad)(address, notes)
    lines = tuple(line for line in (*free, *place) if line)
    limit = MAX_LINES if address.country == "FR" else MAX_LINES_ABROAD
    if len(lines) > limit:
        notes.append(
            f"L'adresse prend {len(lines)} lignes, la norme en admet {limit} : "
            "abrégez le nom ou le complément."
        )
    return PostalLines(lines, tuple(notes))


def _in_france(address: PostalAddress, notes: list[str]) -> list[str]:
    """Return complement, street, box, postcode and city; no country."""
    place, box = _without_box(address.complement)
    way = street.plain_capitals(street.first_number(address.street))
    city = street.plain_capitals(f"{address.postcode} {address.city}")
    return [
        *_fit(place, notes),
        *_fit(_shorten(way, notes), notes),
        *_fit(street.plain_capitals(box), notes),
        *_fit(_shorten(city, notes), notes),
    ]


def _without_box(complement: str) -> tuple[str, str]:
    """Part the complement into the place and the BP, CS or TSA number."""
    parts = [part.strip() for part in re.split(r"[,;]| [-–] ", complement)]
    boxes = [part.replace(".", "") for part in parts if _BOX.match(part)]
    if not boxes:
        return complement.strip(), ""
    return ", ".join(part for part in parts if not _BOX.match(part)), " ".join(boxes)


def _abroad(address: PostalAddress, notes: list[str]) -> list[str]:
    """Return street, complement, city lines and the country."""
    lines = [*_foreign(address.street, notes), *_foreign(address.complement, notes)]
    lines += [
        part
        for line in _city_lines(address)
        for part in _fit(street.foreign_capitals(line), notes)
    ]
    return [*lines, country_line(address.country)]


def _foreign(text: str, notes: list[str]) -> list[str]:
    """Lay out a street or complement; what is too long is cut at a comma."""
    line = street.foreign_capitals(text)
    if len(line) <= LINE_LENGTH:
        return [line]
    parts = [
        short
        for part in street.split(" ".join(text.split()))
        for short in street.split(street.foreign_capitals(part))
    ]
    notes.append(_cut(line, parts))
    return parts


#: Countries that write the postcode after the town on the same line.
_TOWN_FIRST = frozenset({"US", "CA", "AU"})
#: Countries that give the postcode a line of its own, after the town.
_POSTCODE_APART = frozenset({"IE", "GB", "GG", "IM", "JE", "GI"})


def _city_lines(address: PostalAddress) -> tuple[str, ...]:
    """Return town and postcode in the order of their country."""
    if address.country in _POSTCODE_APART:
        return (address.city, address.postcode)
    if address.country in _TOWN_FIRST:
        return (f"{address.city} {address.postcode}",)
    return (f"{address.postcode} {address.city}",)


def country_line(code: str) -> str:
    """Return the country as the last line has it: « ETATS-UNIS »."""
    words = countries.french_name(code).split("-")
    return "-".join(street.plain_capitals(word) for word in words)


def _shorten(line: str, notes: list[str]) -> str:
    """Abbreviate a street or city in France when the norm asks for it."""
    short = street.abbreviate(line)
    if short != line:
        notes.append(f"« {line} » est abrégé en « {short} ».")
    return short


def _fit(text: str, notes: list[str]) -> list[str]:
    """Split a line that is too long, and say so."""
    line = " ".join(text.split())
    parts = street.split(line)
    if len(parts) > 1:
        notes.append(_cut(line, parts))
    return list(parts)


def _cut(line: str, parts: Sequence[str]) -> str:
    shown = " / ".join(parts)
    return f"« {line} » dépasse {LINE_LENGTH} caractères : coupé en « {shown} »."


def person_address_problems(address: PostalAddress) -> tuple[tuple[str, str], ...]:
    """Return (field, French message) for each part that cannot be printed as given.

    The sender's address is shown as typed, so each line must fit as it stands.
    """
    lines = {
        "street": address.street,
        "complement": address.complement,
        "city": f"{address.postcode} {address.city}".strip(),
    }
    problems = [
        (field, _too_long(field, line))
        for field, line in lines.items()
        if len(line) > LINE_LENGTH
    ]
    return (*problems, *_place_problems(address))


def _too_long(field: str, line: str) -> str:
    what = "code postal et ville" if field == "city" else f"« {line} »"
    return (
        f"{what} : {len(line)} caractères, une ligne d'adresse en admet "
        f"{LINE_LENGTH}. Abrégez, ou utilisez le complément."
    )


def _place_problems(address: PostalAddress) -> tuple[tuple[str, str], ...]:
    """Check the country, then the postcode against it; an empty one is no problem."""
    if address.country and address.country not in countries.CODES:
        return (("country", f"pays inconnu : « {address.country} »."),)
    if not address.postcode or not address.country:
        return ()
    if countries.has_valid_postcode(address.postcode, address.country):
        return ()
    return (("postcode", postcode_message(address.postcode, address.country)),)


def postcode_message(postcode: str, country: str) -> str:
    """Say in French why a postcode is not one of its country."""
    name, example = countries.french_name(country), countries.postcode_example(country)
    if not example:
        return f"« {postcode} » : ce pays n'a pas de code postal ({name})."
    return (
        f"« {postcode} » n'est pas un code postal de ce pays ({name}) : "
        f"écrivez-le comme {example}."
    )
