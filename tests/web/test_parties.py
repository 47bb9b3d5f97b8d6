"""Names of companies and people, and who is meant."""

from __future__ import annotations

import pytest

from cnil_requests.web.forms import has_form
from cnil_requests.web.mentions import same_party, speaks_of
from cnil_requests.web.parties import read_name


@pytest.mark.parametrize(
    ("text", "name", "form"),
    [
        ("la société Exemple, SAS au capital", "Exemple", "SAS"),
        ("l'AP-TEST, inscrite", "AP-TEST", ""),
        (" Test International AB, société de droit", "Test International AB", "AB"),
        ("\nTESTEUR, SAS\n28 rue", "TESTEUR", "SAS"),
        ("SAS TRUC TEST au capital", "TRUC TEST", "SAS"),
        ("S.A.R.L. Test & Fils - 1 rue", "Test & Fils", "SARL"),
        ("Mme Jeanne d'Essai, entrepreneur individuel", "Jeanne d'Essai",
         "entreprise individuelle"),
        ("société par actions simplifiée EXEMPLE SANTE, au", "EXEMPLE SANTE", "SAS"),
        ("Éditions du Test (SASU)", "Éditions du Test", "SASU"),
        ("la SELARL Cabinet des Tests, immatriculée", "Cabinet des Tests", "SELARL"),
        ("l'association Club Test, dont", "Club Test", "association"),
        ("100 000 Testeurs, association", "100 000 Testeurs", "association"),
        ("Test GmbH & Co. KG, Berlin", "Test GmbH & Co. KG", "GmbH & Co. KG"),
    ],
)  # fmt: skip
def test_names(text: str, name: str, form: str) -> None:
    """French forms are taken off, foreign ones stay, as in the catalogue."""
    found = read_name(text)
    assert found is not None
    assert (found.text, found.form) == (name, form)


@pytest.mark.parametrize(
    "text",
    [
        "l'équipe du docteur Martin",
        "un fan club dédié",
        "nos soins",
        "[Raison sociale]",
        "XXX SAS",
        "contact@exemple.fr",
        "01 23 45 67 89",
        "https://exemple.fr",
        "Responsable légal des informations contenues dans le site",
        "La Société",
        "",
    ],
)
def test_what_is_no_name(text: str) -> None:
    """Sentences, blanks of templates, addresses."""
    assert read_name(text) is None


def test_two_publishers_together_are_seen() -> None:
    """« A et B »: the name read first is not alone."""
    found = read_name("la société Alpha Test SAS et la société Bêta Test SARL.")
    assert found is not None
    assert (found.text, found.has_companion) == ("Alpha Test", True)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Exemple", "EXEMPLE SAS", True),
        ("Exemple Santé", "exemple-sante", True),
        ("Exemple", "Exemple Holding", True),
        ("Exemple", "Autre", False),
        ("AB", "ABC", False),
        ("", "Exemple", False),
    ],
)
def test_same_party(one: str, other: str, same: bool) -> None:
    """Spelling does not matter, other names do."""
    assert same_party(one, other) is same


def test_who_is_spoken_of() -> None:
    """The last party named before a place in the text is the one meant."""
    text = "Exemple SAS, filiale de Sommet SA, 1 rue du Test"
    assert not speaks_of(text, len(text), "Exemple")
    assert speaks_of(text, len(text), "Sommet")
    assert speaks_of("1 rue du Test", 5, "Exemple")
    assert not speaks_of("OVH, 2 rue", 6, "Exemple")


def test_forms_are_whole_words() -> None:
    """« SA » is not in « SANTE », nor « EI » in « EIFFEL »."""
    assert not has_form("SANTE EIFFEL SAS-test")
    assert has_form("Exemple S.A.")
