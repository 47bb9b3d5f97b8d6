"""What the catalogue says of a site and of the controller behind it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from cnil_requests.core.postal import PostalAddress

if TYPE_CHECKING:
    from collections.abc import Mapping


class Kind(StrEnum):
    """What a site is; it decides the letter, the addressee and what is possible."""

    DIRECTORY = "directory"
    BOOKING_PLATFORM = "booking_platform"
    COMPANY_REGISTRY = "company_registry"
    REVIEW_PLATFORM = "review_platform"
    MAP_LISTING = "map_listing"
    SEARCH_ENGINE = "search_engine"
    SOCIAL_NETWORK = "social_network"
    PHONE_DIRECTORY = "phone_directory"
    LEGAL_REGISTER = "legal_register"
    RETIRED = "retired"

    @property
    def french(self) -> str:
        """The kind as tables show it."""
        return _KINDS[self]


_KINDS = {
    Kind.DIRECTORY: "annuaire",
    Kind.BOOKING_PLATFORM: "plateforme de rendez-vous",
    Kind.COMPANY_REGISTRY: "annuaire d'entreprises",
    Kind.REVIEW_PLATFORM: "site d'avis",
    Kind.MAP_LISTING: "fiche cartographique",
    Kind.SEARCH_ENGINE: "moteur de recherche",
    Kind.SOCIAL_NETWORK: "réseau social",
    Kind.PHONE_DIRECTORY: "annuaire téléphonique",
    Kind.LEGAL_REGISTER: "registre légal",
    Kind.RETIRED: "site retiré",
}


class Confidence(StrEnum):
    """How well a line is sourced; only the first two let an address be printed."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NONE = "none"


#: An address read longer ago than this is shown for checking, not printed.
FRESH_MONTHS = 24


@dataclass(frozen=True)
class Directory:
    """One line of the catalogue. Empty text means unknown, never "none".

    ``checked_on`` is the day the line was last read at its source, or None.
    ``lists_without_signup`` and ``has_reviews`` are None when unknown.
    """

    id: str
    name: str
    domain: str
    aliases: tuple[str, ...] = ()
    kind: Kind = Kind.DIRECTORY
    lists_without_signup: bool | None = None
    has_reviews: bool | None = None
    controller: str = ""
    legal_form: str = ""
    siren: str = ""
    street: str = ""
    complement: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    email: str = ""
    dpo_email: str = ""
    form_url: str = ""
    legal_notice_url: str = ""
    privacy_url: str = ""
    host: str = ""
    source_urls: tuple[str, ...] = ()
    checked_on: date | None = None
    confidence: Confidence = Confidence.NONE
    notes: str = ""

    @property
    def address(self) -> PostalAddress:
        """The controller's postal address, as the catalogue has it."""
        return PostalAddress(
            street=self.street,
            complement=self.complement,
            postcode=self.postcode,
            city=self.city,
            country=self.country,
        )

    def is_fresh(self, today: date) -> bool:
        """Say whether the line was read less than 24 months before ``today``.

        A date after ``today`` counts as fresh.
        """
        if self.checked_on is None:
            return False
        from dateutil.relativedelta import relativedelta

        return self.checked_on > today - relativedelta(months=FRESH_MONTHS)

    def may_print_address(self, today: date) -> bool:
        """Say whether the address may stand on a registered letter."""
        return (
            self.confidence in (Confidence.HIGH, Confidence.MEDIUM)
            and self.is_fresh(today)
            and not self.address.missing()
        )

    def missing_for_letter(self, today: date) -> tuple[str, ...]:
        """Name the catalogue columns that keep a letter from being posted.

        An address that is complete but too old or too weakly sourced is missing
        its ``checked_on``: what it needs is a fresh look at the source. A letter
        arrives without the publisher's name: the site's then stands on line 1.
        """
        columns = self.address.missing()
        if columns and not self.controller:
            return ("controller", *columns)
        if not columns and not self.may_print_address(today):
            return ("checked_on",)
        return columns

    @property
    def has_contact(self) -> bool:
        """Say whether any road to the controller is known at all."""
        return bool(
            self.email or self.dpo_email or self.form_url or (self.street and self.city)
        )


#: The columns of directories.csv, in their order.
COLUMNS = tuple(item.name for item in fields(Directory))

#: Columns that hold several values, separated by blanks.
LISTS = frozenset({"aliases", "source_urls"})
#: Columns that say yes, no, or nothing.
FLAGS = frozenset({"lists_without_signup", "has_reviews"})

_FLAG_TEXT = {True: "yes", False: "no", None: ""}
_FLAG_VALUE = {text: value for value, text in _FLAG_TEXT.items()}


def to_row(directory: Directory) -> dict[str, str]:
    """Return ``directory`` as the text of its 25 columns, in their order."""
    return {column: _to_text(getattr(directory, column)) for column in COLUMNS}


def from_row(row: Mapping[str, str]) -> Directory:
    """Read the 25 columns that ``to_row`` writes; an absent one is unknown.

    Raises ValueError for a kind, confidence, date or yes/no that is none, and for
    a line without id, name or domain.
    """
    for column in ("id", "name", "domain"):
        if not row.get(column):
            raise ValueError(column)
    values = {column: _from_text(column, row.get(column, "")) for column in COLUMNS}
    return Directory(**values)  # type: ignore[arg-type]


def _to_text(value: object) -> str:
    """Write one value as its cell."""
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, bool) or value is None:
        return _FLAG_TEXT[value]
    return value.isoformat() if isinstance(value, date) else str(value)


def _from_text(column: str, text: str) -> object:
    """Read one cell; ``ValueError`` when the column cannot hold it."""
    if column in LISTS:
        return tuple(text.split())
    if column in FLAGS:
        if text not in _FLAG_VALUE:
            raise ValueError(text)
        return _FLAG_VALUE[text]
    if column == "checked_on":
        return date.fromisoformat(text) if text else None
    if column == "kind":
        return Kind(text)
    return Confidence(text or "none") if column == "confidence" else text
