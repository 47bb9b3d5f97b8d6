"""``cnilreq received``: it arrived, or it came back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]

LATER = "2026-07-01"


@pytest.fixture
def sent(drafted: Run) -> Run:
    """Run commands where the first letter was posted, the second one e-mailed."""
    assert drafted("sent 1 --on 2026-06-01").exit_code == 0
    assert drafted("sent 2 --on 2026-06-01 --by email").exit_code == 0

    def later(line: str, *words: str | Path, today: str = LATER) -> Any:  # noqa: ANN401
        return drafted(line, *words, today=today)

    return later


def row(run: Run, line: str) -> tuple[str | None, ...]:
    """Return state, receipt, last day and first day of a complaint."""
    found = run(f"{line} --json").json["requests"][0]
    keys = ("state", "received_on", "due", "complaint_from")
    return tuple(found[key] for key in keys)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "received 1 --on 2026-06-04",
            ("received", "2026-06-04", "2026-07-06", "2026-07-07"),
        ),
        (
            "received 1 --on 2026-06-05 --estimated",
            ("received", "2026-06-05", "2026-07-06", "2026-07-07"),
        ),
        (
            "received 1 --on 2026-06-04 --refused",
            ("undelivered", None, "2026-07-06", "2026-07-07"),
        ),
        (
            "received 1 --on 2026-06-04 --unclaimed",
            ("undelivered", None, "2026-07-06", "2026-07-21"),
        ),
        (
            "received 1 --on 2026-06-04 --unclaimed --returned 2026-06-22",
            ("undelivered", None, "2026-07-06", "2026-07-23"),
        ),
        (
            "received 2 --on 2026-06-02",
            ("received", "2026-06-02", "2026-07-02", "2026-07-03"),
        ),
        ("received 2 --on 2026-06-01 --refused", ("undelivered", None, None, None)),
    ],
)
def test_what_each_arrival_means(
    sent: Run, line: str, expected: tuple[str | None, ...]
) -> None:
    """Design, section 4, Receipt."""
    assert row(sent, line) == expected
    assert row(sent, line) == expected
    assert "déjà enregistré" in sent(line).stdout


def test_an_unclaimed_letter_shows_both_dates(sent: Run) -> None:
    """And proposes another road, whose clock nobody can contest."""
    result = sent("received 1 --on 2026-06-04 --unclaimed")
    text = " ".join(result.stdout.split())
    assert "2026-0001 (Doctolib) : pli non réclamé enregistré." in text
    assert "lundi 6 juillet 2026 ou lundi 20 juillet 2026" in text
    assert "Plainte possible à partir du 21 juillet 2026." in text
    assert "cnilreq sent 2026-0001 --on 2026-07-01 --by email" in text


def test_the_return_may_be_told_later(sent: Run) -> None:
    """The same command with ``--returned``."""
    sent("received 1 --on 2026-06-04 --unclaimed")
    back = "received 1 --on 2026-06-04 --unclaimed --returned 2026-06-22"
    assert row(sent, back)[3] == "2026-07-23"
    assert "déjà enregistré" in sent(back).stdout


def test_distributed_to_the_sender_is_a_return(run: Run) -> None:
    """La Poste's DI2 reads like a delivery; the help says that it is none."""
    text = " ".join(run("received", "--help").stdout.split())
    assert "« Distribué à l'expéditeur » est un retour, pas une réception." in text
    assert "ni celle de la première présentation" in text


def test_a_bounced_e_mail(sent: Run) -> None:
    """No clock; the same day it may be sent again."""
    result = sent("received 2 --on 2026-06-01 --refused", today="2026-06-01")
    assert "retour enregistré" in result.stdout
    assert "revenu en erreur" in result.stdout
    again = sent("sent 2 --on 2026-06-01 --by email --json", today="2026-06-01")
    assert again.json["requests"][0]["state"] == "received"


def test_which_of_two_sendings_came_back(sent: Run) -> None:
    """A letter and an e-mail were out: the user is asked which."""
    sent("sent 1 --on 2026-06-03 --by email", today="2026-06-03")
    asked = sent("received 1 --on 2026-06-04 --refused")
    assert asked.exit_code == 2
    assert "--by letter" in asked.stderr
    assert row(sent, "received 1 --on 2026-06-04 --refused --by letter")[0] != (
        "undelivered"
    )
    assert row(sent, "received 1 --on 2026-06-05 --refused --by email") == (
        "undelivered",
        None,
        None,
        None,
    )


def test_a_form_cannot_be_received_again(drafted: Run) -> None:
    """It was the day it was sent."""
    drafted("sent 2 --on 2026-06-01 --by form")
    result = drafted("received 2 --on 2026-06-01")
    assert result.exit_code == 6
    assert "cnilreq attach 2026-0002 FICHIER --as delivery" in result.stderr


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("received 1 --on 2026-06-04 --refused --unclaimed", 2),
        ("received 1 --on 2026-06-04 --refused --estimated", 2),
        ("received 1 --on 2026-06-04 --returned 2026-06-22", 2),
        ("received 1 --on 2026-06-04 --by email", 2),
        ("received 1", 2),
        ("received 7 --on 2026-06-04", 3),
        ("received 1 --on 2026-05-31", 6),
        ("received 1 --on 2026-07-02", 6),
        ("received 1 --on 2026-06-04 --unclaimed --returned 2026-07-02", 6),
        ("received 1 --on 2026-06-04 --unclaimed --returned 2026-06-03", 6),
        ("received 2 --on 2026-06-02 --unclaimed", 6),
    ],
)
def test_refusals_change_nothing(sent: Run, line: str, code: int) -> None:
    """Each with its exit code and a remedy."""
    result = sent(line)
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    assert len(sent("status 1 --json").json["events"]) == 2


def test_the_first_receipt_counts(delivered: Run) -> None:
    """Another one is refused, with how to correct a wrong date."""
    result = delivered("received 1 --on 2026-06-05", today="2026-06-05")
    assert result.exit_code == 6
    assert "déjà enregistrée au 4 juin 2026" in result.stderr
    assert "cnilreq undo 2026-0001" in result.stderr


def test_the_proof_is_kept(sent: Run, proof: Path) -> None:
    """With the request, whole."""
    sent("received 1 --on 2026-06-04 --proof", proof)
    folder = proof.parent / "home/requests/2026-0001-doctolib"
    assert (folder / "preuve.pdf").read_bytes() == proof.read_bytes()
