"""No page, however made, costs more than a moment or ends in a bug."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnil_requests.web import prose
from cnil_requests.web.evidence import proposal, settle
from cnil_requests.web.notice import read_notice
from cnil_requests.web.publishers import Source

PIECES = (
    "Le site est édité par ", "Éditeur : ", "Hébergeur : ", "SAS ", "Exemple ", "et ",
    "la société ", "siège social situé au ", "12 rue du Test, ", "75001 Paris ", ", ",
    "RCS Paris 999 100 019 ", "SIREN ", "999100019 ", "FR69999100019 ", "<br>", "<p>",
    "<h2>", "</h2>", "<footer>", "</footer>", "contact@exemple.fr ", "[at] ", "01 ",
    "Directeur de la publication : ", "DPO ", "France ", "L-2338 Luxembourg ", ": ",
    "filiale de ", "<table><tr><td>", "</td><td>", "</table>", "’", "\u202e", "(", "ı",
    "İ", "ﬁ", "½", "٣٤٥", "𝟗𝟗𝟗 𝟏𝟎𝟎 𝟎𝟏𝟗 ",
)  # fmt: skip


def read(html: str) -> dict[str, str]:
    """Return what is certain on a page."""
    source = Source("https://exemple.fr/ml", "exemple.fr")
    return proposal(settle(read_notice(prose.read(html), source)))


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_mix_of_a_notice_s_words_is_read(html: str) -> None:
    """Never an exception; what is certain is clean text."""
    for column, value in read(html).items():
        assert value == value.strip()
        assert value.isprintable()
        assert column != "siren" or value == "999100019"


@settings(max_examples=100)
@given(st.text(max_size=300))
def test_any_text_is_read(html: str) -> None:
    """Whatever the characters."""
    read(html)


@pytest.mark.parametrize(
    "piece",
    ["mot ", "Le site est édité par ", "1234567890", "Abc ", "a@", "x@a.", "75001 ",
     "12 rue A, 75001 Paris ", "siège situé au ", ", b", "hébergeur ", "SAS ", "(",
     "l'", "<br>Éditeur : Abc SAS", "<p>SIRET 123 456 789", "a [at] ", "A : ", "<b>",
     "&", "12 rue X, 1000 Bruxelles, Belgique "],
)  # fmt: skip
def test_repetition_costs_but_a_moment(piece: str) -> None:
    """A hundred thousand characters that match again and again."""
    html = "<h2>Éditeur</h2><p>" + piece * (100_000 // len(piece))
    start = time.monotonic()
    read(html)
    assert time.monotonic() - start < 5
