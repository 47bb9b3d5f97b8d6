"""Numbers of registered mail: what is typed wrong is told, never refused."""

from __future__ import annotations

import pytest

from cnil_requests.core.tracking import (
    domestic_key,
    doubt_about,
    s10_key,
    spaced,
    squeeze,
)

GOOD = """
9L 20524 75203 2
9L 00000 10001 4
9L 00000 15000 2
1K36275770836
4P36275770836
6P01007508742
5S11111111110
8K00009775862
1A 123 456 7890 5
RR123456785FR
RB123456785GB
LU680211095FR
CB668226635FR
CW541676386FR
861011301731382
12345678901
"""

BAD = """
1A 123 456 7890 1
9L 20524 75203 3
1K36275770837
RB123456786US
EP111111110FR
1234567890
1234567890123456
ÉA123456789FR
"""


@pytest.mark.parametrize("number", GOOD.split("\n")[1:-1])
def test_published_numbers_raise_no_doubt(number: str) -> None:
    """La Poste's and the UPU's own examples, and families without a known key."""
    assert doubt_about(squeeze(number)) == ""


@pytest.mark.parametrize("number", BAD.split("\n")[1:-1])
def test_a_number_that_looks_mistyped_is_told(number: str) -> None:
    """With the number, and that it is kept all the same."""
    doubt = doubt_about(squeeze(number))
    assert squeeze(number) in doubt
    assert "enregistré tel quel" in doubt


@pytest.mark.parametrize(
    ("digits", "key"), [("2052475203", 2), ("0000010001", 4), ("0000015000", 2)]
)
def test_the_domestic_key(digits: str, key: int) -> None:
    """Colissimo Access F, July 2013, § 5.1.2."""
    assert domestic_key(digits) == key


@pytest.mark.parametrize(
    ("digits", "key"), [("12345678", 5), ("68021109", 5), ("00000000", 5)]
)
def test_the_international_key(digits: str, key: int) -> None:
    """UPU S10: a remainder of 0 gives 5, of 1 gives 0."""
    assert s10_key(digits) == key
    assert {s10_key(f"{number:08}") for number in range(200)} == set(range(10))


@pytest.mark.parametrize(
    ("typed", "number", "shown"),
    [
        ("1a 123 456 7890 5", "1A12345678905", "1A 123 456 7890 5"),
        ("1A\N{NO-BREAK SPACE}123.456-7890 5", "1A12345678905", "1A 123 456 7890 5"),
        ("rr123456785fr", "RR123456785FR", "RR 123 456 785 FR"),
        ("861011301731382", "861011301731382", "861011301731382"),
    ],
)
def test_numbers_are_kept_bare_and_shown_spaced(
    typed: str, number: str, shown: str
) -> None:
    """As they are printed on the receipt."""
    assert squeeze(typed) == number
    assert spaced(number) == shown
