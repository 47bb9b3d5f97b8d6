"""Registration numbers: labelled, with their key, or doubted."""

from __future__ import annotations

import pytest

from cnil_requests.web import numbers


@pytest.mark.parametrize(
    "text",
    [
        "SIREN : 999100019",
        "immatriculée sous le numéro 999 100 019 au RCS de Lille",
        "999 100 019 RCS Lille",
        "999.100.019 R.C.S. Paris",
        "RCS Paris B 999 100 019",
        "R.C.S. PARIS B 999-100-019",
        "SIRET n° 999 100 019 00010",
        "SIRET 99910001900010",
        "inscrite au répertoire SIREN sous le numéro\n999 100 019, dont",
        "Registre du Commerce et des Sociétés de Bordeaux, n°999\u00a0100\u00a0019",
        "registered under number 999 100 019 with the Lille register",
    ],
)
def test_a_siren_however_it_is_written(text: str) -> None:
    """Blanks, points, SIRET, label before or after."""
    found = [(item.value, item.doubt) for item in numbers.sirens(text)]
    assert found == [("999100019", "")]


@pytest.mark.parametrize(
    "text",
    [
        "Téléphone : 999 100 019",
        "au capital de 999 100 019 euros",
        "TVA : FR69 999 100 019",
        "numéro 999100-0190 au registre suédois",
        "RCS Lille 922 300 58 000 35",
        "999 100 019",
        "SIREN 01 40 27 30 00",
    ],
)
def test_what_is_no_siren(text: str) -> None:
    """No label, another label, other groups of digits."""
    assert [item.value for item in numbers.sirens(text)] == []


def test_a_wrong_key_is_a_doubt() -> None:
    """Of the SIREN, or of the whole SIRET."""
    assert [item.doubt != "" for item in numbers.sirens("SIREN 999 100 018")] == [True]
    found = list(numbers.sirens("SIRET 999 100 019 00011"))
    assert [(item.value, item.doubt != "") for item in found] == [("999100019", True)]


def test_a_vat_number_is_a_lead() -> None:
    """Only with its key, however it is cut."""
    text = "TVA FR 699 991 00019 ; FR00999100019"
    assert [item.value for item in numbers.sirens_from_vat(text)] == ["999100019"]
