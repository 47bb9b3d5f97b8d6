"""Telephone numbers: whole ones pass as typed, cut ones are told."""

from __future__ import annotations

import pytest

from cnil_requests.core.telephone import phone_problem


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "0400000000",
        "04 00 00 00 00",
        "04.00.00.00.00",
        "04-00-00-00-00",
        "+33 4 00 00 00 00",
        "+33 (0)4 00 00 00 00",
        "0033 4 00 00 00 00",
        "+32 2 555 00 00",
        "04 00 00 00 00 (secrétariat)",
        "le matin au cabinet",
    ],
)
def test_a_number_that_can_be_called(typed: str) -> None:
    """French or foreign, in any usual spelling; words are left alone."""
    assert phone_problem(typed) == ""


@pytest.mark.parametrize(
    "typed", ["612345678", "6 12 34 56 78", "12", "00000000000", "+", "04 00 00 00"]
)
def test_a_number_cut_short(typed: str) -> None:
    """What a spreadsheet leaves of a number is told, as it was typed."""
    assert f"« {typed} »" in phone_problem(typed)
    assert "tableur" in phone_problem(typed)
