"""Templates cannot cite law that is no longer in force."""

from __future__ import annotations

import pytest

from cnil_requests.documents.outdated import outdated_law


@pytest.mark.parametrize(
    "text",
    [
        "En application de l'article 38 de la loi n° 78-17, je m'oppose.",
        "Vu les articles 39 et 40 de la loi de 1978.",
        "Notification au sens de l'article 6-I-5 de la LCEN.",
        "Mentions de l'article 6-III.",
        "Vous avez deux mois pour répondre.",
    ],
)
def test_repealed_law_is_named_with_its_line(text: str) -> None:
    """The finding says the line and what is in force instead."""
    (found,) = outdated_law(f"Objet : test\n\n{text}\n")
    assert found.line == 3
    assert found.message
    assert found.suggestion


@pytest.mark.parametrize(
    "text",
    [
        "L'article 56 de la loi n° 78-17 et l'article 40 du code de procédure pénale.",
        "Ce délai peut être prolongé de deux mois.",
        "Une prolongation de deux mois s'annonce avec ses motifs.",
    ],
)
def test_law_in_force_is_left_alone(text: str) -> None:
    """An extension may be called two months; other codes have an article 40."""
    assert list(outdated_law(text)) == []
