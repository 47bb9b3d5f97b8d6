"""A whole life on the command line, driven by ``--today``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]


@pytest.fixture
def alone(delivered: Run) -> Run:
    """Run commands where the delivered request is the only open one."""
    delivered("closed 2 --on 2026-06-05 --because withdrawn", today="2026-06-05")
    return delivered


def due(run: Run, today: str) -> list[tuple[str, str]]:
    """Return what ``remind`` asks for, and its exit code agrees."""
    plain = run("remind --exit-code", today=today)
    items = run("remind --json", today=today).json["reminders"]
    assert plain.exit_code == (10 if items else 0)
    return [(item["what"], item["since"]) for item in items]


def test_silence(alone: Run) -> None:
    """Delivered on 4 June: nothing on 6 July, action from 7 July."""
    assert due(alone, "2026-06-05") == []
    assert due(alone, "2026-07-06") == []
    assert due(alone, "2026-07-07") == [("follow-up", "2026-07-07")]


def test_a_machine_off_for_two_months(alone: Run) -> None:
    """What became due meanwhile is still there, since its own day."""
    assert due(alone, "2026-09-10") == [("follow-up", "2026-07-07")]


def test_an_extension_in_time(alone: Run) -> None:
    """Noticed on 20 June: it waits until 4 September."""
    alone("answered 1 --on 2026-06-20 --outcome extended", today="2026-06-21")
    assert due(alone, "2026-07-07") == []
    assert due(alone, "2026-09-04") == []
    assert due(alone, "2026-09-05") == [("follow-up", "2026-09-05")]
    text = alone("remind", today="2026-09-05").stdout
    assert "Aucune réponse sur le fond n'est enregistrée" in text


def test_an_extension_too_late(alone: Run) -> None:
    """Noticed on 10 July: it says why that is invalid, the first date stands."""
    result = alone("answered 1 --on 2026-07-10 --outcome extended", today="2026-07-11")
    said = " ".join(result.stdout.split())
    assert "Dernier jour pour répondre : lundi 6 juillet 2026." in said
    assert "n'est pas valable (annoncée après le dernier jour ; RGPD, article" in said
    assert due(alone, "2026-07-11") == [("follow-up", "2026-07-07")]
    shown = " ".join(alone("status 1", today="2026-07-11").stdout.split())
    assert (
        "Prolongation annoncée le vendredi 10 juillet 2026, après le dernier jour "
        "(lundi 6 juillet 2026) : elle n'est pas valable (RGPD, art. 12(3)), le "
        "premier terme reste."
    ) in shown


def test_from_the_draft_to_the_end(drafted: Run) -> None:
    """Every reminder on its day, and none in between."""
    drafted("closed 2 --on 2026-06-01 --because withdrawn")
    assert due(drafted, "2026-06-01") == [("post-letter", "2026-06-01")]
    drafted("sent 1 --on 2026-06-01")
    assert due(drafted, "2026-06-30") == []
    assert due(drafted, "2026-07-01") == [("record-receipt", "2026-07-01")]
    drafted("received 1 --on 2026-06-04", today="2026-07-01")
    assert due(drafted, "2026-07-01") == []
    drafted("answered 1 --on 2026-07-03 --outcome identity", today="2026-07-03")
    assert due(drafted, "2026-07-03") == [("supply-identity", "2026-07-03")]
    drafted("supplied 1 --on 2026-07-05", today="2026-07-05")
    assert due(drafted, "2026-07-06") == []
    assert due(drafted, "2026-07-07") == [("follow-up", "2026-07-07")]
    granted = "answered 1 --on 2026-07-08 --outcome granted --promised 2026-07-20"
    drafted(granted, today="2026-07-08")
    assert due(drafted, "2026-07-20") == []
    assert due(drafted, "2026-07-21") == [("check-listing", "2026-07-21")]
    drafted("seen 1 removed --on 2026-07-21", today="2026-07-21")
    assert due(drafted, "2026-10-20") == []
    assert due(drafted, "2026-10-21") == [("check-listing", "2026-10-21")]
    drafted("closed 1 --on 2026-10-21 --because removed", today="2026-10-21")
    assert due(drafted, "2028-01-01") == []
