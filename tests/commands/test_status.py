"""``cnilreq status``: where the requests stand, or the whole story of one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from cnil_requests import console
from cnil_requests.commands import status
from cnil_requests.core.requests import State
from cnil_requests.core.tasks import What

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]

LATER = "2026-07-07"


def ids(run: Run, line: str) -> list[str]:
    """Return the requests listed, in order."""
    return [row["id"] for row in run(f"{line} --json", today=LATER).json["requests"]]


def test_the_table(delivered: Run) -> None:
    """Sorted by the next date; French words; one line a request."""
    lines = delivered("status", today=LATER).stdout.splitlines()
    assert [re.split("  +", line) for line in lines] == [
        ["NUMÉRO", "SITE", "ÉTAT", "LIMITE", "ENSUITE", "DÈS LE"],
        ["2026-0002", "societe-com", "rédigée", "–", "envoyer", "2026-06-01"],
        [
            *("2026-0001", "doctolib", "délai dépassé", "2026-07-06"),
            *("mise en demeure", "2026-07-07"),
        ],
    ]
    assert max(map(len, lines)) <= 80


def test_requests_without_a_next_day_come_last(delivered: Run) -> None:
    """Closed ones are listed, at the end."""
    assert ids(delivered, "status") == ["2026-0002", "2026-0001"]
    delivered("closed 2 --on 2026-06-01 --because moot", today=LATER)
    assert ids(delivered, "status") == ["2026-0001", "2026-0002"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ("--person camille-exemple", ["2026-0002", "2026-0001"]),
        ("--directory doctolib", ["2026-0001"]),
        ("--directory doctolib.fr", ["2026-0001"]),
        ("--state drafted", ["2026-0002"]),
        ("--state overdue", ["2026-0001"]),
        ("--state received", []),
        ("--due-before 2026-07-07", ["2026-0002"]),
        ("--due-before 2026-07-08", ["2026-0002", "2026-0001"]),
        ("--state overdue --directory societe-com", []),
    ],
)
def test_filters(delivered: Run, filters: str, expected: list[str]) -> None:
    """Each alone, and together; ``overdue`` depends on the day."""
    assert ids(delivered, f"status {filters}") == expected


def test_unknown_names(delivered: Run) -> None:
    """A person, a site or a request that is none: exit 3."""
    for line in ("--person nobody", "--directory nowhere", "12"):
        assert delivered(f"status {line}").exit_code == 3


def test_an_empty_list_is_told(delivered: Run) -> None:
    """Not an empty table."""
    assert delivered("status --state granted").stdout == "Aucune demande.\n"


def test_one_request_as_json(delivered: Run) -> None:
    """The row of the list and more, the events, the explanation."""
    document = delivered("status 1 --json", today=LATER).json
    assert list(document) == ["request", "events", "explanation"]
    [row] = [
        item
        for item in delivered("status --json", today=LATER).json["requests"]
        if item["id"] == "2026-0001"
    ]
    request = document["request"]
    assert {key: request[key] for key in row} == row
    assert request["urls"] == ["https://www.doctolib.fr/camille"]
    assert [event["kind"] for event in document["events"]] == [
        *("drafted", "sent", "received")
    ]
    assert document["events"][-1]["text"] == "reçue"
    assert any("6 juillet 2026" in text for text in document["explanation"])


def test_one_request_on_the_terminal(delivered: Run) -> None:
    """History, deadline and what comes next, within 80 columns."""
    text = delivered("status 1", today=LATER).stdout
    parts = ("Historique", "Délai", "Ensuite", "cnilreq follow-up 2026-0001")
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert "2026-06-04  reçue" in text
    assert max(map(len, text.splitlines())) <= 80


def test_long_events_are_wrapped_beside_their_day(delivered: Run) -> None:
    """Nothing runs over the edge."""
    delivered(
        "answered 1 --on 2026-06-20 --dated 2026-06-18 --outcome identity "
        "--no-reasons --no-remedies --promised 2026-06-30",
        today=LATER,
    )
    lines = delivered("status 1", today=LATER).stdout.splitlines()
    assert max(map(len, lines)) <= 80
    rank = next(n for n, line in enumerate(lines) if "2026-06-20" in line)
    assert lines[rank + 1].startswith(" " * 14)


def test_every_state_and_step_has_its_word() -> None:
    """The table never shows a bare code."""
    assert set(status.STATES) == {state.value for state in State}
    assert set(status._NEXT) == {what.value for what in What}


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals")
def test_colour_only_on_a_terminal(delivered: Run, home: Path) -> None:
    """A pipe gets plain text; a terminal a bold heading within 80 columns."""
    assert "\x1b" not in delivered("status").stdout
    master, slave = os.openpty()
    words = ("--home", str(home), "--today", LATER, "status")
    subprocess.run(
        [sys.executable, "-m", "cnil_requests", *words],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**os.environ, "TERM": "xterm", "PYTHONUTF8": "1"},
        check=True,
        timeout=60,
    )
    os.close(slave)
    shown = os.read(master, 10_000).decode()
    os.close(master)
    assert "\x1b[1mNUMÉRO" in shown
    assert "délai dépassé" in shown


def test_a_long_list_is_paged_on_a_terminal(
    delivered: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Longer than the screen; off a terminal it never is."""
    paged: list[str] = []
    monkeypatch.setattr("click.echo_via_pager", paged.append)
    delivered("status")
    assert paged == []
    monkeypatch.setattr(console, "is_interactive", lambda: True)
    monkeypatch.setenv("LINES", "3")
    delivered("status")
    [text] = paged
    assert text.count("\n") == 3
