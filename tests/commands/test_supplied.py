"""``cnilreq supplied``: the clock goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]

LATER = "2026-06-20"


def test_the_days_of_the_suspension_are_added(delivered: Run) -> None:
    """Asked on the 10th, supplied on the 15th: five days more, then the roll."""
    delivered("answered 1 --on 2026-06-10 --outcome identity", today=LATER)
    result = delivered("supplied 1 --on 2026-06-15 --json", today=LATER)
    [row] = result.json["requests"]
    assert (row["state"], row["due"], row["complaint_from"]) == (
        "received",
        "2026-07-09",
        "2026-07-10",
    )
    assert "déjà" in delivered("supplied 1 --on 2026-06-15", today=LATER).stdout


def test_nothing_was_asked(delivered: Run) -> None:
    """Exit 6, with what to record first."""
    result = delivered("supplied 1 --on 2026-06-15", today=LATER)
    assert result.exit_code == 6
    assert "--outcome identity" in result.stderr


def test_it_is_supplied_once(delivered: Run) -> None:
    """Until it is asked for again; never before it was asked."""
    delivered("answered 1 --on 2026-06-10 --outcome identity", today=LATER)
    assert delivered("supplied 1 --on 2026-06-09", today=LATER).exit_code == 6
    delivered("supplied 1 --on 2026-06-12", today=LATER)
    assert delivered("supplied 1 --on 2026-06-13", today=LATER).exit_code == 6
    delivered("answered 1 --on 2026-06-14 --outcome identity", today=LATER)
    assert delivered("supplied 1 --on 2026-06-14", today=LATER).exit_code == 0


def test_the_proof_is_kept(delivered: Run, proof: Path) -> None:
    """As an exchange about identity."""
    delivered("answered 1 --on 2026-06-10 --outcome identity", today=LATER)
    delivered("supplied 1 --on 2026-06-12 --proof", proof, today=LATER)
    [folder] = (proof.parent / "home/requests").glob("2026-0001-*")
    assert (folder / proof.name).read_bytes() == proof.read_bytes()
