"""One line of ``sent --from`` and ``received --from``."""

from __future__ import annotations

from datetime import date

import pytest

from cnil_requests.batch.journal import RECEIVED, SENT, read_line
from cnil_requests.core.requests import Channel

SENT_EMPTY = {column.name: "" for column in SENT}
RECEIVED_EMPTY = {column.name: "" for column in RECEIVED}
DAY = date(2026, 3, 5)


def test_a_posting_as_the_service_returns_it() -> None:
    """The number loses its blanks; an empty date is that of ``--on``."""
    cells = {"request": "2026-0001", "tracking": "1a 123 456 7890 5", "by": "lettre"}
    line = read_line(SENT_EMPTY | cells, DAY)
    assert (line.request, line.tracking) == ("2026-0001", "1A12345678905")
    assert (line.on, line.by, line.faults) == (DAY, Channel.LETTER, ())


def test_a_date_of_the_line_wins() -> None:
    """``--on`` stands for empty cells only."""
    line = read_line(SENT_EMPTY | {"request": "1", "on": "04/03/2026"}, DAY)
    assert line.on == date(2026, 3, 4)


def test_what_is_missing_is_told() -> None:
    """No request and no day are two faults."""
    line = read_line(SENT_EMPTY | {"by": "pigeon"}, None)
    assert [column for column, _ in line.faults] == ["on", "by", "request"]


@pytest.mark.parametrize(
    "status", ["", "DI1", "di1", "Distribué", "Distribué au destinataire", "livré"]
)
def test_deliveries_are_taken(status: str) -> None:
    """La Poste's code and its words for a delivery to the addressee."""
    cells = {"tracking": "x", "status": status}
    assert read_line(RECEIVED_EMPTY | cells, DAY).faults == ()


@pytest.mark.parametrize(
    "status",
    [
        "DI2",
        "Distribué à l'expéditeur",
        "Retourné à l'expéditeur",
        "RE1",
        "En cours de traitement",
        "Avisé",
        "Non réclamé",
        "Refusé",
        "n'importe quoi",
    ],
)
def test_nothing_else_starts_the_period(status: str) -> None:
    """A return (DI2) is not a delivery: the line is refused, with the way out."""
    cells = {"request": "1", "status": status}
    ((column, message),) = read_line(RECEIVED_EMPTY | cells, DAY).faults
    assert column == "status"
    assert "cnilreq received NUMÉRO --refused" in message
