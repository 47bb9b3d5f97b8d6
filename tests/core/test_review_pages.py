"""Which addresses show reviews and nothing a letter could reach."""

from __future__ import annotations

import pytest

from cnil_requests.core.review_pages import ReviewPageError, is_review_page


@pytest.mark.parametrize(
    "url",
    [
        "https://exemple.fr/avis",
        "https://exemple.fr/dr-exemple/avis/",
        "https://exemple.fr/Avis/dr-exemple",
        "https://exemple.com/reviews/12",
        "https://www.google.com/maps/contrib/11223344",
        "https://www.google.com/maps/reviews/data=1",
        "https://exemple.fr/t%C3%A9moignages/../commentaires",
    ],
)
def test_pages_of_reviews(url: str) -> None:
    """By the first or the last part of the path, or a contributor's page."""
    assert is_review_page(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://exemple.fr/dr-exemple",
        "https://exemple.fr/dr-exemple#avis",
        "https://exemple.fr/dr-exemple?onglet=avis",
        "https://avis.exemple.fr/dr-exemple",
        "https://exemple.fr/medecins/avis-dupont/fiche",
        "https://www.google.com/maps/place/dr-exemple",
        "https://exemple.fr/lyon/avis/dr-exemple",
    ],
)
def test_listings_that_only_mention_them(url: str) -> None:
    """A listing is not refused for a word of its address."""
    assert not is_review_page(url)


def test_the_explanation_names_the_other_roads() -> None:
    """Report, notice, insurer, and the three months of press law."""
    text = str(ReviewPageError(("https://exemple.fr/avis",)))
    for words in ("L111-7-2", "(UE) 2022/2065", "assurance", "trois mois", "avocat"):
        assert words in text
