"""``cnilreq remind``: what to do today, and a calendar of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar

from cnil_requests.commands.remind import URGENCY
from cnil_requests.core.rulebook import RULES
from cnil_requests.core.tasks import What

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]

LATER = "2026-07-07"


def test_the_json_document_is_the_contract(delivered: Run) -> None:
    """The day, and each reminder with since, by, text and command."""
    document = delivered("remind --json", today=LATER).json
    assert list(document) == ["today", "reminders"]
    assert document["today"] == LATER
    follow_up, post = document["reminders"]
    keys = ["request", "directory", "what", "since", "by", "text", "command"]
    assert list(follow_up) == keys
    assert (follow_up["request"], follow_up["what"], follow_up["since"]) == (
        "2026-0001",
        "follow-up",
        "2026-07-07",
    )
    assert follow_up["by"] is None
    assert follow_up["command"] == "cnilreq follow-up 2026-0001"
    assert (post["what"], post["command"]) == (
        "post-letter",
        "cnilreq directories lookup societe-com",
    )


def test_the_text(delivered: Run) -> None:
    """Most urgent first, days in French, the command on a line of its own."""
    lines = delivered("remind", today=LATER).stdout.splitlines()
    assert lines[0] == "2026-0001  doctolib  (depuis le 7 juillet 2026)"
    assert "    cnilreq follow-up 2026-0001" in lines
    assert "2026-0002  societe-com  (depuis le 1er juin 2026)" in lines
    assert max(map(len, lines)) <= 80


def a_list(path: Path, count: int) -> Path:
    """Write a list of different pages of two sites."""
    lines = (
        f"{site};https://www.{site}/{rank};secret"
        for rank in range(count)
        for site in [("doctolib.fr", "maiia.com")[rank % 2]]
    )
    path.write_text("\n".join(["site;url;motif", *lines]), encoding="utf-8")
    return path


def test_the_same_thing_is_said_once_for_many(run: Run, tmp_path: Path) -> None:
    """Twenty requests alike are one paragraph, with what differs named."""
    run("init", "--first-name", "A", "--last-name", "B")
    run("draft", "--from", a_list(tmp_path / "a.csv", 19), today="2026-06-01")
    each = run("remind", today="2026-06-02").stdout
    assert each.count("cnilreq sent 2026-") == 19
    run("draft", "--from", a_list(tmp_path / "b.csv", 20), today="2026-06-01")
    run("sent", "3", "--on", "2026-06-01", today="2026-06-01")
    run("draft", "--from", a_list(tmp_path / "c.csv", 21), today="2026-06-01")
    lines = run("remind", today="2026-06-02").stdout.splitlines()
    assert lines[0] == "20 demandes  (depuis le 1er juin 2026)"
    assert "  Sites : doctolib, maiia." in lines
    assert lines[4].startswith("  Numéros : 2026-0001, 2026-0002, 2026-0004,")
    assert "et 12 de plus." in "\n".join(lines)
    assert "    cnilreq sent 2026-0001 --on 2026-06-02" in lines
    assert "    cnilreq sent --from LISTE" in lines
    assert max(map(len, lines)) <= 80
    found = run("remind", "--json", today="2026-06-02").json["reminders"]
    assert len(found) == 20


def test_a_limit_is_shown(drafted: Run) -> None:
    """The proof of delivery can be had for a year."""
    drafted("sent 1 --on 2026-06-01")
    text = drafted("remind", today="2026-07-01").stdout
    assert "(depuis le 1er juillet 2026, avant le 1er mai 2027)" in text


def test_nothing_to_do(drafted: Run) -> None:
    """One line, and exit code 0 even when asked for one."""
    for number in (1, 2):
        drafted(f"closed {number} --on 2026-06-01 --because moot")
    result = drafted("remind --exit-code")
    assert (result.exit_code, result.stdout) == (0, "Rien à faire aujourd'hui.\n")


def test_exit_code_is_about_today(delivered: Run) -> None:
    """What ``--within`` adds does not count."""
    delivered("closed 2 --on 2026-06-05 --because moot", today="2026-06-05")
    soon = delivered("remind --within 7 --exit-code", today="2026-07-06")
    assert soon.exit_code == 0
    assert "2026-0001  doctolib  (à partir du 7 juillet 2026)" in soon.stdout
    assert delivered("remind --exit-code", today=LATER).exit_code == 10
    assert delivered("remind", today=LATER).exit_code == 0


def test_within_shows_what_will_come_without_saying_it_came(delivered: Run) -> None:
    """The sentence holds a month ahead: nothing is said to have passed."""
    items = delivered("remind --within 60 --json", today="2026-06-05").json["reminders"]
    [coming] = [item for item in items if item["request"] == "2026-0001"]
    assert "est passé" not in coming["text"]
    assert "À partir du 7 juillet 2026" in coming["text"]


def test_one_person(delivered: Run) -> None:
    """Or an unknown one: exit 3."""
    line = "remind --json --person"
    assert delivered(line, "camille-exemple", today=LATER).json["reminders"]
    assert delivered(line, "nobody", today=LATER).exit_code == 3


def test_no_home_yet(run: Run) -> None:
    """The command that makes one is named."""
    result = run("remind")
    assert result.exit_code == 3
    assert "cnilreq init" in result.stderr


def test_every_step_has_its_urgency() -> None:
    """What only the user can do comes first."""
    assert sorted(URGENCY) == sorted(What)


def test_newer_rules_derive_the_ledger_again(delivered: Run, home: Path) -> None:
    """What an older version left is not shown."""
    with closing(sqlite3.connect(home / "cnilreq.db")) as ledger, ledger:
        ledger.execute("UPDATE setting SET value = '0' WHERE name = 'rules'")
        ledger.execute("UPDATE request SET reminder = NULL, next_on = '2020-01-01'")
    items = delivered("remind --json", today="2026-06-05").json["reminders"]
    assert [item["request"] for item in items] == ["2026-0002"]
    with closing(sqlite3.connect(home / "cnilreq.db")) as ledger:
        [kept] = ledger.execute("SELECT value FROM setting WHERE name = 'rules'")
    assert kept == (RULES,)


def dates(file: Path) -> dict[str, tuple[str, int]]:
    """Return day and sequence by identifier of a calendar file."""
    read = Calendar.from_ical(file.read_bytes())
    return {
        str(event["uid"]): (event.decoded("dtstart").isoformat(), event["sequence"])
        for event in read.walk("VEVENT")
    }


def test_the_calendar_is_updated_not_doubled(delivered: Run, tmp_path: Path) -> None:
    """The same identifier, a greater sequence; the far dates are in it too."""
    file = tmp_path / "échéances.ics"
    result = delivered("remind --ics", file, today="2026-06-05")
    assert f"Calendrier écrit : {file}" in result.stdout
    first = dates(file)
    assert first["2026-0001-follow-up@cnilreq"] == ("2026-07-07", 3)
    delivered("answered 1 --on 2026-06-20 --outcome extended", today="2026-06-21")
    delivered("remind --ics", file, today="2026-06-21")
    second = dates(file)
    assert set(second) == set(first)
    assert second["2026-0001-follow-up@cnilreq"] == ("2026-09-05", 4)


@pytest.mark.parametrize("name", ["lettre.docx", "dossier"])
def test_a_calendar_replaces_nothing_else(
    delivered: Run, tmp_path: Path, name: str
) -> None:
    """A folder or another file of that name stays; exit 6."""
    target = tmp_path / name
    if name == "dossier":
        target.mkdir()
    else:
        target.write_bytes(b"PK letter")
    result = delivered("remind --ics", target, today=LATER)
    assert result.exit_code == 6
    assert str(target) in result.stderr
    assert target.is_dir() or target.read_bytes() == b"PK letter"
    assert list(tmp_path.glob(".*.part")) == []


def test_a_calendar_that_cannot_be_written_is_named(
    delivered: Run, tmp_path: Path
) -> None:
    """By the name the user gave, not by that of the unfinished file."""
    target = tmp_path / "absent" / "rappels.ics"
    refused = delivered("remind --ics", target, today=LATER)
    assert refused.exit_code == 5
    assert str(target) in refused.stderr
    assert ".part" not in refused.stderr
