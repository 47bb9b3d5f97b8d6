"""Change a line of the catalogue, or make a new one, from what a user read.

The rule that protects him: an address becomes printable only when he gives it
whole, from a source. Giving an e-mail today does not make last year's address
fresh: the day of checking then stays as it was, unless he gives it himself.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnil_requests.catalogue import hosts
from cnil_requests.catalogue.checks import check_row, taken_domains
from cnil_requests.catalogue.contact_rules import CONTACT_COLUMNS
from cnil_requests.catalogue.editing_errors import (
    NOT_GIVEN,
    InvalidValuesError,
    MissingSourceError,
    NothingToSetError,
    PlaceholderError,
    UnknownColumnError,
    UnreadablePairError,
)
from cnil_requests.catalogue.lookup import UnknownSiteError
from cnil_requests.catalogue.problems import Level, Problem
from cnil_requests.core.countries import WITHOUT_POSTCODE, code_of
from cnil_requests.core.directory import COLUMNS, FLAGS, Kind, from_row, to_row
from cnil_requests.core.people import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from cnil_requests.catalogue.loading import Catalogue
    from cnil_requests.core.directory import Directory

_ADDRESS = ("street", "postcode", "city", "country")
#: What the shipped notes say of a site nobody has read yet.
_STILL_UNKNOWN = re.compile(r"Éditeur, adresse et formulaire encore inconnus[^.]*\.")
_FLAGS = {"oui": "yes", "non": "no"}


@dataclass(frozen=True)
class Change:
    """What a user gives: values by column, their sources, the day he read them."""

    values: Mapping[str, str]
    sources: tuple[str, ...] = ()
    checked_on: date | None = None

    @property
    def has_whole_address(self) -> bool:
        """Say whether street, postcode, city and country are all given."""
        needed = set(_ADDRESS)
        if self.values.get("country") in WITHOUT_POSTCODE:
            needed.discard("postcode")
        return all(self.values.get(column) for column in needed)


@dataclass(frozen=True)
class Edited:
    """The new line, what it wants a look at, and whether its date was kept."""

    directory: Directory
    warnings: tuple[Problem, ...]
    kept_date: bool


def parse_change(
    pairs: Iterable[str], *, sources: Iterable[str], checked_on: date | None
) -> Change:
    """Read ``COLUMN=VALUE`` words; every misuse is exit code 2."""
    values: dict[str, str] = {}
    for pair in pairs:
        column, equals, text = pair.partition("=")
        column = column.strip()
        if not equals or column in values:
            raise UnreadablePairError(pair)
        if column not in COLUMNS or column in NOT_GIVEN:
            raise UnknownColumnError(column)
        values[column] = _tidy(column, text)
        if _is_placeholder(values[column]):
            raise PlaceholderError(column, values[column])
    change = Change(values, tuple(source.strip() for source in sources), checked_on)
    contact = [column for column in CONTACT_COLUMNS if values.get(column)]
    if contact and not change.sources:
        raise MissingSourceError(contact)
    if not values and checked_on is None:
        raise NothingToSetError
    return change


def _tidy(column: str, text: str) -> str:
    """Return a value as the catalogue stores it; wrong ones are left for checks."""
    value = unicodedata.normalize("NFC", text.strip())
    if column == "country":
        return code_of(value) or value
    if column in FLAGS:
        return _FLAGS.get(value.lower(), value.lower())
    if column == "siren":
        return "".join(value.split())
    if column in ("domain", "aliases"):
        return " ".join(_domain(word) for word in value.replace(",", " ").split())
    return value


def _is_placeholder(value: str) -> bool:
    """Say whether a value is what the program's own examples put in its place."""
    return "…" in value or value in ("...", "Nom du site", "NOM DE L'ÉDITEUR")


def _domain(word: str) -> str:
    site = hosts.parse(word)
    return site.key if site else word


def apply_change(
    catalogue: Catalogue, site: str, change: Change, *, today: date
) -> Edited:
    """Return the line of ``site`` with the change; a new one when it is unknown.

    Raises UnknownSiteError when no domain is known for a new line, and
    InvalidValuesError when a check refuses the result.
    """
    row = _current_row(catalogue, site, change)
    has_address = not from_row(row).address.missing()
    if change.has_whole_address:
        # What is left of the old address does not belong to the new one.
        row |= dict.fromkeys(("complement", *_ADDRESS), "")
    if change.values.get("controller", row["controller"]) != row["controller"]:
        # Nor do the numbers of the former publisher belong to the new one.
        row |= dict.fromkeys(("siren", "legal_form"), "")
    row |= change.values
    if row["controller"] and row["street"]:
        row["notes"] = _STILL_UNKNOWN.sub("", row["notes"]).strip()
    sources = [*change.sources, *row["source_urls"].split()]
    row["source_urls"] = " ".join(dict.fromkeys(sources))
    if change.has_whole_address:
        row["confidence"] = "high"
    kept = has_address and not change.has_whole_address and not change.checked_on
    if not kept:
        row["checked_on"] = (change.checked_on or today).isoformat()
    others = [item for item in catalogue.values() if item.id != row["id"]]
    problems = check_row(row, today=today, taken=taken_domains(others))
    errors = [item for item in problems if item.level is Level.ERROR]
    if errors:
        raise InvalidValuesError(row["id"], errors)
    return Edited(from_row(row), tuple(problems), kept)


def _current_row(catalogue: Catalogue, site: str, change: Change) -> dict[str, str]:
    """Return the known line, or an empty one for a site that can be named."""
    try:
        return to_row(catalogue.find(site).directory)
    except UnknownSiteError:
        row = _new_row(site, change)
        if row is None or row["id"] in catalogue:
            raise
        return row


def _new_row(site: str, change: Change) -> dict[str, str] | None:
    """Return a new line with id, name and domain; None without a domain."""
    pasted = hosts.parse(site)
    domain = change.values.get("domain") or (pasted.host if pasted else "")
    if not domain:
        return None
    return dict.fromkeys(COLUMNS, "") | {
        "id": slug_of(pasted.host if pasted else site),
        "name": pasted.host if pasted else site.strip(),
        "domain": domain,
        "kind": Kind.DIRECTORY.value,
        "confidence": "none",
    }
