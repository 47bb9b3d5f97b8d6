"""``cnilreq answered``: what the site said, and what it does to the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]

LATER = "2026-07-10"


def row(run: Run, line: str) -> tuple[str | None, ...]:
    """Return state, due, extended_due, complaint_from and the next step."""
    found = run(f"{line} --json", today=LATER).json["requests"][0]
    keys = ("state", "due", "extended_due", "complaint_from", "next_action", "next_on")
    return tuple(found[key] for key in keys)


DUE, FROM = "2026-07-06", "2026-07-07"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "--on 2026-06-20 --outcome granted",
            ("granted", DUE, None, FROM, "check-listing", "2026-06-27"),
        ),
        (
            "--on 2026-06-20 --outcome granted --promised 2026-07-15",
            ("granted", DUE, None, "2026-07-16", "check-listing", "2026-07-16"),
        ),
        (
            "--on 2026-06-20 --outcome partial",
            ("partly-granted", DUE, None, "2026-06-20", "follow-up", "2026-06-20"),
        ),
        (
            "--on 2026-06-20 --outcome refused",
            ("refused", DUE, None, "2026-06-20", "complain", "2026-06-20"),
        ),
        (
            "--on 2026-06-20 --outcome refused --no-reasons --no-remedies",
            ("refused", DUE, None, "2026-06-20", "follow-up", "2026-06-20"),
        ),
        (
            "--on 2026-06-20 --outcome extended",
            (
                "extended",
                DUE,
                "2026-09-04",
                "2026-09-05",
                "follow-up",
                "2026-09-05",
            ),
        ),
        (
            "--on 2026-07-10 --outcome extended",
            ("overdue", DUE, None, FROM, "follow-up", FROM),
        ),
        (
            "--on 2026-07-10 --outcome extended --dated 2026-07-06",
            (
                "extended",
                DUE,
                "2026-09-04",
                "2026-09-05",
                "follow-up",
                "2026-09-05",
            ),
        ),
        (
            "--on 2026-06-20 --outcome extended --no-reasons",
            ("overdue", DUE, None, FROM, "follow-up", FROM),
        ),
        (
            "--on 2026-06-10 --outcome identity",
            ("identity-asked", None, None, None, "supply-identity", "2026-06-10"),
        ),
        (
            "--on 2026-06-10 --outcome identity --no-reasons",
            ("overdue", DUE, None, FROM, "follow-up", "2026-06-10"),
        ),
        (
            "--on 2026-07-10 --outcome identity",
            ("overdue", DUE, None, FROM, "follow-up", FROM),
        ),
        (
            "--on 2026-06-10 --outcome payment",
            ("overdue", DUE, None, FROM, "follow-up", "2026-06-10"),
        ),
        (
            "--on 2026-06-10 --outcome account",
            ("overdue", DUE, None, FROM, "follow-up", "2026-06-10"),
        ),
        (
            "--on 2026-06-10 --outcome other",
            ("overdue", DUE, None, FROM, "follow-up", FROM),
        ),
        (
            "--on 2026-06-10 --outcome other --promised 2026-07-31",
            ("overdue", DUE, None, FROM, "follow-up", "2026-08-01"),
        ),
    ],
)
def test_what_each_answer_means(
    delivered: Run, line: str, expected: tuple[str | None, ...]
) -> None:
    """Design, section 4, Answers; the request was delivered on 4 June."""
    assert row(delivered, f"answered 1 {line}") == expected
    assert "déjà enregistré" in delivered(f"answered 1 {line}", today=LATER).stdout


def test_a_suspension_leaves_no_date_even_after_an_extension(delivered: Run) -> None:
    """``due`` and ``complaint_from`` are null while the user must prove himself."""
    row(delivered, "answered 1 --on 2026-06-10 --outcome extended")
    assert row(delivered, "answered 1 --on 2026-06-12 --outcome identity") == (
        *("identity-asked", None, None, None),
        *("supply-identity", "2026-06-12"),
    )


def test_the_receipt_may_be_learnt_after_the_answer(drafted: Run) -> None:
    """Never after its date."""
    drafted("sent 1 --on 2026-06-01")
    drafted("answered 1 --on 2026-06-20 --outcome extended", today=LATER)
    late = drafted("received 1 --on 2026-06-21", today=LATER)
    assert late.exit_code == 6
    assert "le site a répondu le 20 juin 2026" in late.stderr
    assert row(drafted, "received 1 --on 2026-06-04")[0] == "extended"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("answered 2 --on 2026-06-10 --outcome granted", 6),
        ("answered 1 --on 2026-06-03 --outcome granted", 6),
        ("answered 1 --on 2026-07-11 --outcome granted", 6),
        ("answered 1 --on 2026-06-10 --outcome granted --dated 2026-06-11", 6),
        ("answered 1 --on 2026-06-10 --outcome granted --dated 2026-05-31", 6),
        ("answered 1 --on 2026-06-10 --outcome other --promised 2026-06-09", 6),
        ("answered 1 --on 2026-06-10 --outcome other --promised 9999-12-31", 6),
        ("answered 1 --on 2026-06-10", 2),
        ("answered 1 --on 2026-06-10 --outcome maybe", 2),
    ],
)
def test_refusals_change_nothing(delivered: Run, line: str, code: int) -> None:
    """Dates that cannot be, and what is missing."""
    result = delivered(line, today=LATER)
    assert result.exit_code == code, result.output
    assert len(delivered("status 1 --json").json["events"]) == 3


def test_the_answer_is_kept(delivered: Run, proof: Path) -> None:
    """Also when the file comes with a second, identical call."""
    line = "answered 1 --on 2026-06-20 --outcome refused"
    delivered(line, today=LATER)
    late = delivered(line, "--file", proof, today=LATER)
    assert "déjà enregistré ; fichier gardé." in late.stdout
    assert "réponse du site (preuve.pdf)" in delivered("status 1").stdout
