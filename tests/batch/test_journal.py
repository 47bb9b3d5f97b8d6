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
        "Non réclamé",
        "Refusé",
    ],
)
def test_a_return_does_not_start_the_period(status: str) -> None:
    """A return (DI2) is not a delivery: the line is refused, with the way out."""
    cells = {"request": "1", "status": status}
    ((column, message),) = read_line(RECEIVED_EMPTY | cells, DAY).faults
    assert column == "status"
    assert "cnilreq received NUMÉRO --refused" in message


@pytest.mark.parametrize(
    "status",
    [
        "En cours de traitement",
        "En cours de livraison",
        "Avisé",
        "Distribué à un voisin",
        "Remis au bureau de poste",
        "Sera livré demain",
        "N'a pas pu être distribué",
        "n'importe quoi",
    ],
)
def test_what_is_no_delivery_is_not_called_a_return(status: str) -> None:
    """Who knows that it arrived says so; nobody is led to record a refusal."""
    cells = {"request": "1", "status": status}
    ((column, message),) = read_line(RECEIVED_EMPTY | cells, DAY).faults
    assert column == "status"
    assert "écrivez « distribué »" in message.replace("\u00a0", " ")
    assert "--refused" not in message


@pytest.mark.parametrize(
    "status",
    [
        "Distribué contre signature",
        "Distribuée",
        "Remise au destinataire contre signature",
        "Votre courrier a été distribué",
        "Votre courrier a été distribué à son destinataire contre sa signature.",
    ],
)
def test_the_post_says_a_delivery_in_many_words(status: str) -> None:
    """All of them are the addressee's own receipt."""
    assert (
        read_line(RECEIVED_EMPTY | {"request": "1", "status": status}, DAY).faults == ()
    )
