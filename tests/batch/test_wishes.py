"""One line of ``draft --from``: every cell in both languages, every fault at once."""

from __future__ import annotations

from datetime import date

import pytest

from cnil_requests.batch.examples import example
from cnil_requests.batch.wishes import COLUMNS, read_asked
from cnil_requests.core.drafting import Wish
from cnil_requests.core.requests import Channel
from cnil_requests.core.rights import Correction, Reason, Right, StatedReason

EMPTY = {column.name: "" for column in COLUMNS}


def test_a_whole_line() -> None:
    """Several values of a cell are separated by a bar or a line break."""
    asked = read_asked(
        EMPTY
        | {
            "person": "camille",
            "site": "keskeces",
            "right": "rectification",
            "url": "https://a.fr/1|b.fr/2\nhttps://c.fr/3 https://a.fr/1",
            "because": "secret | données-fausses=l'adresse ; le nom\nautre=mes mots",
            "by": "courriel",
            "seen": "05/03/2026",
            "correct": "12 rue A=>14 rue A|Lyon=>Paris",
            "search-name": "Camille Exemple | C. Exemple",
        }
    )
    assert asked.faults == ()
    assert asked.urls == ("https://a.fr/1", "https://b.fr/2", "https://c.fr/3")
    assert asked.wish == Wish(
        right=Right.RECTIFICATION,
        reasons=(
            StatedReason(Reason.SECRECY),
            StatedReason(Reason.WRONG_DATA, "l'adresse ; le nom"),
            StatedReason(Reason.OTHER, "mes mots"),
        ),
        corrections=(Correction("12 rue A", "14 rue A"), Correction("Lyon", "Paris")),
        search_names=("Camille Exemple", "C. Exemple"),
        seen_on=date(2026, 3, 5),
        channel=Channel.EMAIL,
    )


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("", None),
        ("erasure", Right.ERASURE),
        ("Effacement", Right.ERASURE),
        ("opposition", Right.OBJECTION),
        ("prospection", Right.MARKETING),
        ("accès", Right.ACCESS),
        ("DEREFERENCING", Right.DEREFERENCING),
        ("déréférencement", Right.DEREFERENCING),
    ],
)
def test_rights_in_both_languages(typed: str, right: Right | None) -> None:
    """Empty means the usual right of the site."""
    assert read_asked(EMPTY | {"right": typed}).wish.right == right


@pytest.mark.parametrize("reason", [item.value for item in Reason if item != "other"])
def test_reasons_are_those_of_the_option(reason: str) -> None:
    """Every word of ``--because`` is taken."""
    assert read_asked(EMPTY | {"because": reason}).wish.reasons == (
        StatedReason(Reason(reason)),
    )


def test_every_fault_of_a_line_is_told() -> None:
    """Not only the first: one correction round is enough."""
    asked = read_asked(
        {
            "person": "",
            "site": "x",
            "right": "tout",
            "url": "pas une adresse",
            "because": "colère",
            "by": "pigeon",
            "seen": "hier",
            "correct": "faux",
            "search-name": "a\x07",
        }
    )
    assert {column for column, _ in asked.faults} == set(EMPTY) - {"person", "site"}
    assert all(message.strip() for _, message in asked.faults)


@pytest.mark.parametrize("day", ["2026-03-05", "5/3/2026", "05.03.2026"])
def test_days_as_people_write_them(day: str) -> None:
    """ISO and French forms; a time that a spreadsheet adds is left aside."""
    assert read_asked(EMPTY | {"seen": day}).wish.seen_on == date(2026, 3, 5)
    assert read_asked(EMPTY | {"seen": f"{day} 00:00:00"}).wish.seen_on


@pytest.mark.parametrize("kind", ["draft", "sent", "received", "people"])
def test_examples_hold_comments_and_a_header(kind: str) -> None:
    """An empty list explains itself and asks for nothing."""
    *comments, header = example(kind)
    assert all(len(line) == 1 and line[0].startswith("# ") for line in comments)
    assert len(header) == len(set(header)) > 2
