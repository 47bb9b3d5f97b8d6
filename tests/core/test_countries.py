"""Countries are stored as codes, read and printed in French."""

from __future__ import annotations

import re

import pytest

from cnil_requests.core import countries


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("France", "FR"),
        ("fr", "FR"),
        (" IE ", "IE"),
        ("Irlande", "IE"),
        ("irlande", "IE"),
        ("États-Unis", "US"),
        ("ETATS UNIS", "US"),
        ("USA", "US"),
        ("Pays-Bas", "NL"),
        ("Suède", "SE"),
        ("royaume uni", "GB"),
        ("Île de Man", "IM"),
        ("E\u0301tats-Unis", "US"),
    ],
)
def test_a_country_is_read_by_code_or_french_name(text: str, code: str) -> None:
    """Case, accents, hyphens and blanks around do not matter."""
    assert countries.code_of(text) == code


@pytest.mark.parametrize("text", ["", "Atlantide", "ZZ", "Frances", "12"])
def test_an_unknown_country_is_none(text: str) -> None:
    """Nothing is guessed."""
    assert countries.code_of(text) is None


def test_every_name_leads_back_to_its_code() -> None:
    """No two countries share a folded name."""
    for code in countries.CODES:
        assert countries.code_of(countries.french_name(code)) == code


def test_every_example_is_a_valid_postcode() -> None:
    """The suggestion shown for a wrong postcode is itself right."""
    for code in countries.CODES:
        example = countries.postcode_example(code)
        assert countries.has_valid_postcode(example, code) == bool(example)


def test_the_european_economic_area_is_complete() -> None:
    """All 27 member states, the three EEA states, Switzerland and neighbours."""
    wanted = """AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT
    RO SK SI ES SE IS LI NO CH GB US CA MC"""
    assert set(re.findall("[A-Z]{2}", wanted)) <= set(countries.CODES)


@pytest.mark.parametrize(
    ("postcode", "country", "valid"),
    [
        ("75001", "FR", True),
        ("97400", "FR", True),
        ("00100", "FR", False),
        ("7500", "FR", False),
        ("75 001", "FR", False),
        ("D02 AX07", "IE", True),
        ("D02AX07", "IE", False),
        ("WC2A 2JR", "GB", True),
        ("94043", "US", True),
        ("113 21", "SE", True),
        ("75001", "ZZ", False),
        ("12345", "HK", False),
        ("75001\n", "FR", False),
    ],
)
def test_postcodes_follow_their_country(
    postcode: str, country: str, *, valid: bool
) -> None:
    """Each country has its own form."""
    assert countries.has_valid_postcode(postcode, country) is valid


def test_ireland_and_hong_kong_do_without_postcode() -> None:
    """An Irish address without Eircode is complete."""
    assert "IE" in countries.WITHOUT_POSTCODE
    assert "HK" in countries.WITHOUT_POSTCODE
    assert "FR" not in countries.WITHOUT_POSTCODE
