"""``cnilreq seen``: what the user saw on the site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]

LATER = "2026-12-31"


def step(run: Run, line: str) -> tuple[str, str | None, str | None]:
    """Return state, next action and its day."""
    found = run(f"{line} --json", today=LATER).json["requests"][0]
    return found["state"], found["next_action"], found["next_on"]


def test_removed_is_looked_at_again(delivered: Run) -> None:
    """Every three months: it may come back at the next import."""
    delivered("answered 1 --on 2026-06-20 --outcome granted", today=LATER)
    assert step(delivered, "seen 1 removed --on 2026-06-27") == (
        *("granted", "check-listing"),
        "2026-09-27",
    )
    assert step(delivered, "seen 1 removed --on 2026-09-27")[2] == "2026-12-27"
    assert step(delivered, "seen 1 back --on 2026-12-27") == (
        *("granted", "follow-up"),
        "2026-12-27",
    )


def test_online_while_the_site_has_time_asks_nothing(delivered: Run) -> None:
    """The last day stands."""
    assert step(delivered, "seen 1 online --on 2026-06-10")[2] == "2026-07-07"


def test_removed_without_an_answer_ends_the_waiting(delivered: Run) -> None:
    """No follow-up of a request that was done."""
    assert step(delivered, "seen 1 removed --on 2026-06-10")[1:] == (
        "check-listing",
        "2026-09-10",
    )


def test_back_needs_to_have_gone(delivered: Run) -> None:
    """Exit 6, with the word for what was seen."""
    result = delivered("seen 1 back --on 2026-06-10", today=LATER)
    assert result.exit_code == 6
    assert "cnilreq seen 2026-0001 online" in result.stderr


def test_back_opens_a_closed_request(delivered: Run) -> None:
    """Closed because removed."""
    delivered("closed 1 --on 2026-08-10 --because removed", today=LATER)
    assert step(delivered, "seen 1 back --on 2026-11-10")[0] == "overdue"


def test_the_capture_is_kept(delivered: Run, proof: Path) -> None:
    """As an exhibit, and the same call twice keeps it once."""
    line = "seen 1 online --on 2026-06-10 --file"
    assert "fiche vue en ligne" in delivered(line, proof, today=LATER).stdout
    assert "déjà enregistré." in delivered(line, proof, today=LATER).stdout
    [folder] = (proof.parent / "home/requests").glob("2026-0001-*")
    assert sorted(path.name for path in folder.iterdir()) == [
        "lettre.docx",
        "preuve.pdf",
    ]
