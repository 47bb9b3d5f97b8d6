"""``cnilreq closed``: no more reminders, everything kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]

LATER = "2026-12-31"


@pytest.mark.parametrize("why", ["removed", "withdrawn", "moot"])
def test_nothing_is_asked_any_more(delivered: Run, why: str) -> None:
    """Whatever the reason; the request is still shown."""
    result = delivered(f"closed 1 --on 2026-08-10 --because {why}", today=LATER)
    assert "demande close." in result.stdout
    assert "Plus rien à faire." in result.stdout
    due = delivered("remind --json", today=LATER).json["reminders"]
    assert [item["request"] for item in due] == ["2026-0002"]
    [row] = delivered("status --state closed --json").json["requests"]
    assert (row["id"], row["next_action"], row["next_on"]) == ("2026-0001", None, None)


def test_it_is_closed_once(delivered: Run) -> None:
    """The same call is harmless, another one refused."""
    line = "closed 1 --on 2026-08-10 --because removed"
    delivered(line, today=LATER)
    assert "déjà enregistré" in delivered(line, today=LATER).stdout
    other = delivered("closed 1 --on 2026-08-11 --because moot", today=LATER)
    assert other.exit_code == 6
    assert "close depuis le 10 août 2026" in other.stderr


def test_a_reason_is_needed(delivered: Run) -> None:
    """Exit 2."""
    assert delivered("closed 1 --on 2026-08-10", today=LATER).exit_code == 2
