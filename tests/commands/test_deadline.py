"""``cnilreq deadline``: the calculator on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]

DATES = ("nominal", "due", "complaint_from", "extended_due")


def dates(document: dict[str, Any]) -> tuple[str | None, ...]:
    """Return the four dates of the document, in the order of DATES."""
    return tuple(document[key] for key in DATES)


def on_one_line(text: str) -> str:
    """Return the text with ordinary blanks and without line breaks."""
    return " ".join(text.split())


def test_the_json_document_is_the_contract(run: Run) -> None:
    """The keys in order, the dates of the design's example, nothing else."""
    result = run("deadline", "2026-01-31", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert list(result.json) == ["received_on", "calendar", *DATES, "steps"]
    assert result.json["received_on"] == "2026-01-31"
    assert result.json["calendar"] == "FR"
    assert dates(result.json) == (
        "2026-02-28",
        "2026-03-02",
        "2026-03-03",
        "2026-04-30",
    )
    assert all(isinstance(step, str) for step in result.json["steps"])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "2026-06-04 --extended-on 2026-06-20",
            ("2026-07-04", "2026-07-06", "2026-09-05", "2026-09-04"),
        ),
        (
            "2026-06-04 --extended-on 2026-07-10",
            ("2026-07-04", "2026-07-06", "2026-07-07", "2026-09-04"),
        ),
        (
            "2026-06-04 --identity-asked 2026-06-10 --identity-supplied 2026-06-15",
            ("2026-07-04", "2026-07-09", "2026-07-10", "2026-09-09"),
        ),
        ("2026-06-04 --identity-asked 2026-06-10", ("2026-07-04", None, None, None)),
        (
            "2026-09-04 --unclaimed",
            ("2026-10-04", "2026-10-05", "2026-10-20", "2026-12-04"),
        ),
        (
            "2026-09-04 --unclaimed --returned 2026-09-22",
            ("2026-10-04", "2026-10-05", "2026-10-23", "2026-12-04"),
        ),
        (
            "04/09/2026 --calendar us",
            ("2026-10-04", "2026-10-05", "2026-10-06", "2026-12-04"),
        ),
        (
            "2026-03-03 --calendar FR-AM",
            ("2026-04-03", "2026-04-07", "2026-04-08", "2026-06-03"),
        ),
        (
            "2026-02-17 --calendar IE",
            ("2026-03-17", "2026-03-18", "2026-03-19", "2026-05-18"),
        ),
    ],
)
def test_the_options_move_the_dates(
    run: Run, words: str, expected: tuple[str | None, ...]
) -> None:
    """Each option alone: due is the day that binds, complaint_from the safe one."""
    result = run("deadline", *words.split(), "--json")
    assert result.exit_code == 0
    assert dates(result.json) == expected


def test_the_result_stands_before_its_explanation(run: Run) -> None:
    """A reader finds the two dates first, then every step, then other calendars."""
    result = run("deadline", "2026-01-31")
    text = on_one_line(result.stdout)
    assert text.startswith(
        "Dernier jour pour répondre : lundi 2 mars 2026 Sans réponse, plainte possible"
        " à partir du mardi 3 mars 2026 Comment cette date est comptée :"
    )
    assert "Le 1er mars 2026 est un dimanche : report au jour suivant" in text
    assert "Hypothèse : si une prolongation" in text
    assert "Calendrier FR. Pour un responsable établi ailleurs : --calendar" in text


def test_several_defensible_dates_are_announced(run: Run) -> None:
    """Before the steps, so that the two dates do not look like an error."""
    text = on_one_line(run("deadline", "2026-09-04", "--unclaimed").stdout)
    assert "Plusieurs dates se défendent : la plus tardive est retenue." in text


def test_an_awaited_identity_is_announced_first(run: Run) -> None:
    """There is no date to show: the user must act."""
    result = run("deadline", "2026-06-04", "--identity-asked", "2026-06-10")
    assert on_one_line(result.stdout).startswith("Délai suspendu :")


def test_lines_fit_a_terminal(run: Run) -> None:
    """Wrapped text stays within 80 columns."""
    result = run("deadline", "2026-09-04", "--unclaimed", "--calendar", "US")
    assert max(map(len, result.stdout.splitlines())) <= 80


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("2026-13-01", "n'est pas une date"),
        ("2018-05-24", "hors du calcul"),
        ("2026-06-04 --calendar XX", "Calendrier inconnu"),
        ("2026-06-04 --extended-on 2026-06-03", "Prolongation annoncée"),
        ("2026-06-04 --identity-supplied 2026-06-10", "--identity-asked"),
        (
            "2026-06-04 --identity-asked 2026-06-10 --identity-supplied 2026-06-09",
            "Justificatif d'identité fourni",
        ),
        ("2026-06-04 --returned 2026-06-20", "--unclaimed"),
        ("2026-06-04 --unclaimed --returned 2026-06-03", "Pli retourné"),
        ("", "RECEIVED"),
    ],
)
def test_what_cannot_be_counted_is_refused(run: Run, words: str, message: str) -> None:
    """Exit 2, a French message on stderr, nothing on stdout."""
    result = run("deadline", *words.split(), "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_help_shows_an_example_and_every_option(run: Run) -> None:
    """What can be pasted stands in the help."""
    text = run("deadline", "--help").stdout
    assert "cnilreq deadline 2026-01-31" in text
    named = ["--calendar", "--extended-on", "--identity-asked", "--identity-supplied"]
    for option in [*named, "--unclaimed", "--returned", "--json"]:
        assert option in text
