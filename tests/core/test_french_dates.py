"""Dates as French letters write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from babel.dates import format_date

from cnil_requests.core.french_dates import long_date, of_month


@pytest.mark.parametrize(
    ("iso", "plain", "with_weekday"),
    [
        ("2026-03-02", "2 mars 2026", "lundi 2 mars 2026"),
        ("2026-05-01", "1er mai 2026", "vendredi 1er mai 2026"),
        ("2027-08-31", "31 août 2027", "mardi 31 août 2027"),
        ("2028-02-29", "29 février 2028", "mardi 29 février 2028"),
    ],
)
def test_a_date_is_written_in_full(iso: str, plain: str, with_weekday: str) -> None:
    """The month is in letters and the first of a month is « 1er »."""
    day = date.fromisoformat(iso)
    assert long_date(day) == plain
    assert long_date(day, weekday=True) == with_weekday


def test_every_day_of_a_leap_year_agrees_with_babel() -> None:
    """Unicode's French agrees, but for « 1 » where letters write « 1er »."""
    for offset in range(366):
        day = date(2028, 1, 1) + timedelta(days=offset)
        expected = format_date(day, "EEEE d MMMM y", locale="fr")
        assert long_date(day, weekday=True) == expected.replace(" 1 ", " 1er ")


@pytest.mark.parametrize(
    ("iso", "expected"),
    [
        ("2026-04-05", "d'avril"),
        ("2026-08-05", "d'août"),
        ("2026-10-05", "d'octobre"),
        ("2026-02-05", "de février"),
    ],
)
def test_the_month_takes_its_preposition(iso: str, expected: str) -> None:
    """Months that begin with a vowel take an elided « de »."""
    assert of_month(date.fromisoformat(iso)) == expected
