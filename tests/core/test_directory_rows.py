"""A directory survives its way through the 25 columns of the catalogue."""

from __future__ import annotations

from datetime import date

import pytest

from cnil_requests.core.directory import (
    COLUMNS,
    Confidence,
    Directory,
    Kind,
    from_row,
    to_row,
)

FULL = Directory(
    id="exemple",
    name="Exemple",
    domain="exemple.test",
    aliases=("exemple.example", "autre.example"),
    kind=Kind.REVIEW_PLATFORM,
    lists_without_signup=True,
    has_reviews=False,
    controller="Exemple SAS",
    street="1 rue de l'Essai",
    postcode="75001",
    city="Paris",
    country="FR",
    source_urls=("https://exemple.test/mentions", "https://exemple.test/cgu"),
    checked_on=date(2026, 10, 2),
    confidence=Confidence.HIGH,
    notes="Une note ; avec un point-virgule.",
)


@pytest.mark.parametrize("directory", [FULL, Directory("a", "A", "a.test")])
def test_a_directory_comes_back_equal(directory: Directory) -> None:
    """Known, unknown and absent values all come back as they were."""
    assert from_row(to_row(directory)) == directory


def test_the_row_has_the_columns_of_the_catalogue_in_order() -> None:
    """The order is that of directories.csv, every value is text."""
    row = to_row(FULL)
    assert tuple(row) == COLUMNS
    assert len(COLUMNS) == 25
    assert row["aliases"] == "exemple.example autre.example"
    assert row["has_reviews"] == "no"
    assert row["checked_on"] == "2026-10-02"


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("kind", "annuaire"),
        ("kind", ""),
        ("confidence", "sure"),
        ("checked_on", "2/10/2026"),
        ("has_reviews", "oui"),
        ("domain", ""),
    ],
)
def test_what_a_column_cannot_hold_is_refused(column: str, text: str) -> None:
    """A snapshot that was tampered with is not read as something else."""
    with pytest.raises(ValueError, match=f"{text}|{column}"):
        from_row(to_row(FULL) | {column: text})
