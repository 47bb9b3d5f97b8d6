"""The cells of a mandate: both languages, every fault at once."""

from __future__ import annotations

from datetime import date

import pytest

from cnil_requests.batch.mandates import COLUMNS, MandateLine, read_mandate
from cnil_requests.core.mandates import EVERY_SITE, ReplyTo
from cnil_requests.core.rights import Right


def read(**cells: str) -> MandateLine:
    """Read a line where only some cells are filled in."""
    return read_mandate({column.name: "" for column in COLUMNS} | cells)


def test_an_empty_line_says_nothing() -> None:
    """And a person without mandate stays without."""
    line = read()
    assert line.said.is_silent
    assert (line.scan, line.faults, line.said.withdrawn_on) == ("", (), None)


def test_a_full_line() -> None:
    """Each cell finds its field; the agent's are those of ``revised_agent``."""
    line = read(
        agent="Syndicat  de\nl'Exemple",
        agent_kind="Syndicat",
        agent_city="Paris",
        rights="effacement | opposition|effacement",
        sites="doctolib\nkeskeces",
        data="fiches",
        start="01/03/2026",
        end="2026-12-31",
        reply_to="mandataire",
        complaints="non",
        signed_on="2026-03-02",
        scan="scans/deux  blancs.pdf",
        withdrawn_on="2026-04-01",
    )
    assert line.faults == ()
    assert line.said.agent == {
        "name": "Syndicat de l'Exemple",
        "kind": "union",
        "city": "Paris",
    }
    assert line.said.terms == {
        "rights": (Right.ERASURE, Right.OBJECTION),
        "sites": ("doctolib", "keskeces"),
        "data": "fiches",
        "start": date(2026, 3, 1),
        "end": date(2026, 12, 31),
        "reply_to": ReplyTo.AGENT,
        "complaints": False,
    }
    assert line.said.signed_on == date(2026, 3, 2)
    assert line.said.withdrawn_on == date(2026, 4, 1)
    assert line.scan == "scans/deux  blancs.pdf"


@pytest.mark.parametrize(
    ("column", "typed", "meant"),
    [
        ("rights", "acces", (Right.ACCESS,)),
        ("rights", "access", (Right.ACCESS,)),
        ("sites", "Tous", (EVERY_SITE,)),
        ("sites", "all", (EVERY_SITE,)),
        ("reply_to", "client", ReplyTo.PRINCIPAL),
        ("reply_to", "principal", ReplyTo.PRINCIPAL),
        ("complaints", "Oui", True),
        ("complaints", "no", False),
    ],
)
def test_words_of_both_languages(column: str, typed: str, meant: object) -> None:
    """As in the lists of requests."""
    assert read(**{column: typed}).said.terms == {column: meant}


def test_every_fault_is_told_with_its_column() -> None:
    """Unknown words, days that are none, signs that no paper can show."""
    line = read(
        agent="X\x07",
        agent_kind="club",
        rights="effacement|oubli",
        sites="tous|doctolib",
        start="2026-02-30",
        reply_to="moi",
        complaints="peut-être",
        signed_on="hier",
        withdrawn_on="demain",
    )
    assert [column for column, _ in line.faults] == [
        "agent",
        "agent_kind",
        "rights",
        "sites",
        "start",
        "reply_to",
        "complaints",
        "signed_on",
        "withdrawn_on",
    ]
    assert all(message for _, message in line.faults)
