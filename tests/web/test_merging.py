"""Notice and register side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cnil_requests.core.postal import PostalAddress
from cnil_requests.web.evidence import Evidence, proposal, settle
from cnil_requests.web.merging import merge, same_place, siren_to_ask
from cnil_requests.web.register import Company

URL = "https://exemple.fr/ml"
SEAT = PostalAddress("12 RUE DU TEST", "", "75011", "PARIS", "FR")
COMPANY = Company("999100019", "EXEMPLE", SEAT, True, False, "https://registre/x")


def said(column: str, value: str, *, doubt: str = "", group: str = "") -> Evidence:
    """Return what a notice says."""
    return Evidence(column, value, "phrase", URL, not doubt, doubt, group)


NOTICE = [
    said("controller", "Exemple"),
    said("siren", "999100019"),
    said("street", "12, rue du Test", group="a"),
    said("postcode", "75011", group="a"),
    said("city", "Paris", group="a"),
    said("country", "FR", group="a"),
]


def test_both_agree() -> None:
    """The notice's writing is kept; nothing differs."""
    merged = merge(NOTICE, COMPANY)
    assert merged.warnings == ()
    assert proposal(merged.evidence) == {
        "controller": "Exemple",
        "siren": "999100019",
        "street": "12, rue du Test",
        "postcode": "75011",
        "city": "Paris",
        "country": "FR",
    }


def test_the_seat_has_moved() -> None:
    """The register's current office is proposed, the difference shown."""
    moved = replace(COMPANY, address=replace(SEAT, street="3 QUAI NEUF"))
    merged = merge(NOTICE, moved)
    assert proposal(merged.evidence)["street"] == "3 QUAI NEUF"
    assert [(d.column, d.notice, d.register) for d in merged.differences] == [
        ("street", "12, rue du Test, 75011 Paris", "3 QUAI NEUF, 75011 PARIS")
    ]
    old = next(item for item in merged.evidence if item.value == "12, rue du Test")
    assert (old.certain, old.doubt) == (False, "le registre donne un autre siège")


def test_the_number_is_somebody_else_s() -> None:
    """Then neither the number nor the register's address is certain."""
    merged = merge(NOTICE, replace(COMPANY, name="AUTRE CHOSE"))
    assert "siren" not in proposal(merged.evidence)
    assert proposal(merged.evidence)["street"] == "12, rue du Test"
    assert "« AUTRE CHOSE »" in merged.warnings[0]


def test_the_company_has_ceased() -> None:
    """No address is certain any more."""
    merged = merge(NOTICE, replace(COMPANY, is_active=False))
    assert not {"street", "city"} & set(proposal(merged.evidence))
    assert "cessé" in merged.warnings[0]


def test_partial_diffusion_leaves_the_notice() -> None:
    """What the register hides does not contradict the notice."""
    merged = merge(NOTICE, replace(COMPANY, is_partial=True))
    assert proposal(merged.evidence)["street"] == "12, rue du Test"
    assert "diffusion partielle" in merged.warnings[0]


def test_an_uncertain_number_makes_nothing_certain() -> None:
    """A SIREN that follows from the VAT number is asked about, and stays a doubt."""
    doubted = [
        said("controller", "Exemple"),
        said("siren", "999100019", doubt="déduit du numéro de TVA seulement"),
    ]
    assert siren_to_ask(doubted) == "999100019"
    merged = merge(doubted, COMPANY)
    assert proposal(merged.evidence) == {"controller": "Exemple"}
    assert any(item.value == "12 RUE DU TEST" for item in merged.evidence)


def test_which_number_is_asked() -> None:
    """The certain one; else the only one; never one whose key is wrong."""
    two = [said("siren", "1" * 9, doubt="x"), said("siren", "2" * 9, doubt="y")]
    assert siren_to_ask(two) == ""
    assert siren_to_ask([*two, said("siren", "999100019")]) == "999100019"
    wrong = said("siren", "999100018", doubt="la clé de contrôle est fausse")
    assert siren_to_ask([wrong]) == ""


@pytest.mark.parametrize(
    ("street", "postcode", "same"),
    [
        ("12 rue du Test", "75011", True),
        ("12 r. du test", "75541", True),
        ("14 rue du Test", "75011", False),
        ("12 rue du Testament", "75011", False),
        ("12 rue du Test", "69011", False),
    ],
)
def test_same_place(street: str, postcode: str, same: bool) -> None:
    """Number, last word and department decide; spelling does not."""
    assert same_place({"street": street, "postcode": postcode}, SEAT) is same


def test_pages_that_contradict_each_other_leave_nothing_certain() -> None:
    """Two publishers, two numbers: the user decides."""
    items = settle([*NOTICE, said("controller", "Autre")])
    assert proposal(items) == {}
    assert {item.doubt for item in items if item.column == "controller"} == {
        "plusieurs valeurs différentes sur le site"
    }


def test_an_address_is_never_mixed_of_two() -> None:
    """The complement of one does not join the street of the other."""
    other = [
        said("street", "1 quai Autre", group="b"),
        said("complement", "Bâtiment Z", group="b"),
    ]
    assert "complement" not in proposal([*NOTICE, *other])
