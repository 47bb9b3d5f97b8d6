"""The fields of a look-up: what was chosen for each, and its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cnil_requests.commands.lookup_survey import Inquiry
    from cnil_requests.web.evidence import Evidence


ADDRESS = ("street", "complement", "postcode", "city", "country")
#: What is shown and asked, an address as one.
FIELDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Responsable", ("controller",)),
    ("Forme juridique", ("legal_form",)),
    ("SIREN", ("siren",)),
    ("Adresse postale", ADDRESS),
    ("Courriel", ("email",)),
    ("Courriel du délégué", ("dpo_email",)),
    ("Formulaire de retrait", ("form_url",)),
    ("Mentions légales", ("legal_notice_url",)),
    ("Confidentialité", ("privacy_url",)),
    ("Hébergeur", ("host",)),
)


def pick(
    inquiry: Inquiry, columns: tuple[str, ...], *, certain: bool
) -> list[Evidence]:
    """Return the evidence of some columns, certain or not."""
    return [
        item
        for item in inquiry.evidence
        if item.column in columns and item.certain is certain
    ]


def chosen(inquiry: Inquiry, columns: tuple[str, ...]) -> list[Evidence]:
    """Return the evidence of the proposed values, in the order of the columns."""
    proposed = inquiry.proposal
    sure = pick(inquiry, columns, certain=True)
    found = []
    for column in columns:
        value = proposed.get(column)
        match = [i for i in sure if i.column == column and i.value == value]
        found += match[:1]
    return found


def one_line(items: Iterable[Evidence]) -> str:
    """Return values as a reader expects them: an address on one line."""
    from cnil_requests.core.countries import french_name

    by_column = {item.column: item.value for item in items}
    if "postcode" in by_column and "city" in by_column:
        by_column["city"] = f"{by_column.pop('postcode')} {by_column['city']}"
    if "country" in by_column:
        by_column["country"] = french_name(by_column["country"])
    order = [column for column in ADDRESS if column in by_column]
    return ", ".join(by_column[column] for column in order or by_column)
