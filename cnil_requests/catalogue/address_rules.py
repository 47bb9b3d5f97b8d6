"""What makes a postal address fit to be printed: one rule, one function."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from cnil_requests.catalogue.problems import Level, Problem
from cnil_requests.core import countries, postal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cnil_requests.catalogue.reading import Line
    from cnil_requests.catalogue.rules import Rule


def postcode_fits_country(line: Line) -> Iterator[Problem]:
    """Check the postcode against its country's form."""
    postcode, country = line["postcode"].strip(), line["country"].strip()
    if not postcode or (country and country not in countries.CODES):
        return
    if not country:
        yield Problem(line.number, "postcode", "code postal sans pays")
    elif not countries.has_valid_postcode(postcode, country):
        message = postal.postcode_message(postcode, country).rstrip(".")
        yield Problem(line.number, "postcode", message)


def company_is_not_in_the_address(line: Line) -> Iterator[Problem]:
    """Refuse the company's name in its address: the letter already prints it."""
    company = _words(line["controller"])
    for column in ("street", "complement"):
        if company and f" {company} " in f" {_words(line[column])} ":
            yield Problem(
                line.number,
                column,
                "le nom de la société est répété dans l'adresse",
                "ne gardez que la voie ou le bâtiment",
            )


def _words(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z0-9]+", plain.lower()))


def address_fits_the_norm(line: Line) -> Iterator[Problem]:
    """Warn of lines that the letter abbreviates or splits (NF Z 10-011)."""
    address = postal.PostalAddress(
        line["street"],
        line["complement"],
        line["postcode"],
        line["city"],
        line["country"],
    )
    if not line["street"].strip():
        return
    printed = postal.recipient_lines("", postal.DPO_SERVICE, address)
    named = postal.recipient_lines(line["controller"], postal.DPO_SERVICE, address)
    for note in named.notes:
        column = "street" if note in printed.notes else "controller"
        yield Problem(line.number, column, note.rstrip("."), level=Level.WARNING)


#: The rules of ``contact_rules`` that look at the address.
ADDRESS_RULES: tuple[Rule, ...] = (
    postcode_fits_country,
    company_is_not_in_the_address,
    address_fits_the_norm,
)
