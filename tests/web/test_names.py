"""A name is recognised as people write it, and not in another person's."""

from __future__ import annotations

import pytest

from cnil_requests.web.names import BREAK, Mention, Name, plain

FULL = [
    ("Jean", "Dupont", "Dr Jean DUPONT, médecin généraliste"),
    ("Jean", "Dupont", "DUPONT Jean"),
    ("Jean", "Dupont", "Dupont, Jean"),
    ("Jean", "Dupont", "Dr. Jean Dupont."),
    ("Jean", "Dupont", "Jean M. Dupont"),
    ("Jean", "Dupont", "Nom : Dupont Prénom : Jean"),
    ("Jean", "Dupont", f"Nom{BREAK}Dupont{BREAK}Prénom{BREAK}Jean"),
    ("Jean", "Dupont", "givenName Jean familyName Dupont"),
    ("Hélène", "Lefèvre", "HELENE LEFEVRE"),
    ("Hélène", "Lefèvre", "He\u0301le\u0300ne Lefe\u0300vre"),
    ("Zoé", "Œuvrard", "zoe oeuvrard"),
    ("Jean-Pierre", "Le Goff", "le goff jean pierre"),
    ("Jean-Pierre", "Le Goff", "LEGOFF Jean\u2011Pierre"),
    ("Jean Pierre", "Le Goff", "Jean-Pierre Goff"),
    ("Anne", "de La Tour", "Anne de La Tour"),
    ("Anne", "de La Tour", "LA TOUR Anne"),
    ("Anne", "de La Tour", "TOUR (de la) Anne"),
    ("Anne", "d'Angelo", "Anne d\u2019Angelo"),
    ("Anne", "d'Angelo", "ANNE DANGELO"),
    ("Marie", "Dupont-Martin", "Marie Dupont Martin"),
    ("Jean", "Dupont", "Jean Du\u00adpont"),
    ("Jean", "Dupont", "\uff2a\uff25\uff21\uff2e DUPONT"),
]

PARTIAL = [
    ("Jean", "Dupont", "J. Dupont"),
    ("Jean", "Dupont", "Dr Dupont"),
    ("Jean", "Dupont", "J-P Dupont"),
    ("Jean", "Dupont", "Jean-Pierre Dupont"),
    ("Jean", "Dupont", "Dupont Jean-Pierre"),
    ("Jean-Pierre", "Dupont", "Jean Dupont"),
    ("Jean", "Dupont", "Paul Dupont, Jean Martin"),
    ("Jean", "Dupont", "Paul Dupont. Jean Martin"),
    ("Jean", "Dupont", f"Dr Paul Dupont{BREAK}Jean Martin"),
    ("Jean", "Dupont", "/medecins/jean-dupont-75001"),
    ("Marie", "Dupont-Martin", "Marie Dupont"),
    ("Jean", "Le Goff", "M. LEGOFF"),
    ("", "Dupont", "M. Dupont"),
]

NONE = [
    ("Jean", "Dupont", "Jean Dupontel"),
    ("Jean", "Dupont", "Jean Martin"),
    ("Jean", "Dupont", ""),
]

CASES = [
    *[(*case, Mention.FULL) for case in FULL],
    *[(*case, Mention.PARTIAL) for case in PARTIAL],
    *[(*case, Mention.NONE) for case in NONE],
]


@pytest.mark.parametrize(("first", "last", "text", "mention"), CASES)
def test_a_name_is_recognised(
    first: str, last: str, text: str, mention: Mention
) -> None:
    """Accents, capitals, order, hyphens, particles and titles do not matter.

    Initials, a surname alone, or half of a double name are not the person.
    """
    assert Name(first, last).mention(plain(text)) is mention


@pytest.mark.parametrize(
    "text",
    ["della" * 60_000, "jean " + "d " * 60_000, "jean nom " * 20_000, "d-" * 60_000],
)
def test_a_hostile_page_does_not_make_the_search_endless(text: str) -> None:
    """Repetitions that could match in many ways are still read once."""
    name = Name("Jean", "de Dupont")
    assert name.mention(plain(text)) is Mention.NONE
