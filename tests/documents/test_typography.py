"""French typography of the fixed words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnil_requests.documents.typography import typeset

#: Written as a visible sign here, so that a table can be read.
NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("l'adresse d'Été", "l’adresse d’Été"),
        ("Objet : x", "Objet_: x"),
        (" : x", "_: x"),
        ("oui ; non ! quoi ? rien", "oui_; non_! quoi_? rien"),
        ("oui; non! quoi?", "oui_; non_! quoi_?"),
        ("« mot »", "«_mot_»"),
        ("«mot»", "«_mot_»"),
        ("loi n° 78-17", "loi_n°_78-17"),
        ("n°78-17", "n°_78-17"),
        ("article 21(1) et articles 12(2)", "article_21(1) et articles_12(2)"),
        ("6 janvier 1978, 15 jours, 2 mois", "6_janvier 1978, 15_jours, 2_mois"),
        ("Article 12(3), pièce n° 4", "Article_12(3), pièce_n°_4"),
        (", n° ", ", n°_"),
        (" (pièce ", " (pièce_"),
        (" jours suivant", "_jours suivant"),
        ("une page ", "une page "),
        ("effacement – site", "effacement_– site"),
        ("https://x.fr/?a=b;c!d", "https://x.fr/?a=b;c!d"),
        ("10:30", "10:30"),
        ("un 12 marseillais", "un 12 marseillais"),
    ],
)
def test_rules(typed: str, printed: str) -> None:
    """Curly apostrophes, no-break spaces; addresses and hours untouched."""
    assert typeset(typed) == printed.replace("_", NBSP)


@pytest.mark.parametrize("blank", [NBSP, "\N{NARROW NO-BREAK SPACE}"])
def test_what_is_already_right_is_not_doubled(blank: str) -> None:
    """A template written with no-break spaces gives the same letter."""
    typed = f"«{blank}mot{blank}»{blank}: non{blank}; n°{blank}7{blank}?"
    assert typeset(typed) == typeset("« mot » : non ; n° 7 ?")


MARKS = st.sampled_from([":", ";", "!", "?", "«", "»", "n° 7", "l'été", "–"])


@given(st.lists(MARKS))
def test_twice_is_once(marks: list[str]) -> None:
    """And no line of fixed text starts with a lone mark."""
    once = typeset(" ".join(f"mot {mark}" for mark in marks))
    assert typeset(once) == once
    assert not re.search(r"\w [;!?»]", once)
