"""Due dates as an iCalendar file that every calendar reads."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar

from cnil_requests.core.directory import Directory
from cnil_requests.core.requests import Channel, Event, EventKind, Request
from cnil_requests.core.rights import Reason, Right, StatedReason
from cnil_requests.core.tasks import What
from cnil_requests.documents.calendar import _TITLES, Entry, calendar

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TODAY = date(2026, 6, 5)


def an_event(kind: EventKind, on: str, **data: str) -> Event:
    """Return an event of 2026."""
    day = date.fromisoformat(f"2026-{on}")
    return Event(kind, day, day, data)


def a_request(number: int = 1, name: str = "Annuaire, du « Midi » ; et Cie") -> Request:
    """Return a request with a motive that is nobody's business."""
    return Request(
        id=f"2026-{number:04}",
        person="camille-exemple",
        directory=Directory(
            id="annuaire", name=name, domain="annuaire-exemple.fr", country="FR"
        ),
        right=Right.ERASURE,
        channel=Channel.LETTER,
        drafted_on=date(2026, 6, 1),
        folder=f"requests/2026-{number:04}-annuaire",
        reasons=(StatedReason(Reason.SECURITY, "un patient me menace"),),
    )


EVENTS = (
    replace(an_event(EventKind.DRAFTED, "06-01"), number=1),
    replace(an_event(EventKind.SENT, "06-01", by="letter"), number=2),
    replace(an_event(EventKind.RECEIVED, "06-04"), number=3),
)


def entries(count: int = 1) -> list[Entry]:
    """Return as many entries, all due on 7 July."""
    made = [Entry.of(a_request(rank + 1), EVENTS) for rank in range(count)]
    return [entry for entry in made if entry]


def test_the_event_is_strictly_what_was_meant() -> None:
    """An all-day event with its identifier, sequence and alarm."""
    read = Calendar.from_ical(calendar(entries(), TODAY))
    assert read.errors == []
    assert read["version"] == "2.0"
    assert read["prodid"]
    [event] = read.walk("VEVENT")
    assert event.errors == []
    assert event["uid"] == "2026-0001-follow-up@cnilreq"
    assert event["sequence"] == 3
    assert event.decoded("dtstart") == date(2026, 7, 7)
    assert event.decoded("dtend") == date(2026, 7, 8)
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert event.decoded("dtstamp") == datetime(2026, 6, 5, tzinfo=UTC)
    assert event["transp"] == "TRANSPARENT"
    [alarm] = event.walk("VALARM")
    assert alarm["action"] == "DISPLAY"
    assert alarm.decoded("trigger") == timedelta(hours=9)


def test_no_private_motive_is_shown() -> None:
    """A screen in the practice shows the site and the step, no reason, no name."""
    text = calendar(entries(), TODAY).decode()
    unfolded = text.replace("\r\n ", "")
    for private in (
        "patient",
        "menace",
        "sécurité",
        "camille",
        "Exemple",
        "effacement",
    ):
        assert private not in unfolded
    [summary] = re.findall(r"SUMMARY:(.*)\r\n", unfolded)
    assert "relancer le site (2026-0001)" in summary
    [read] = Calendar.from_ical(text).walk("VEVENT")
    assert (
        read["summary"]
        == "Annuaire, du « Midi » ; et Cie : relancer le site (2026-0001)"
    )


def test_lines_end_and_fold_as_the_standard_wants() -> None:
    """CRLF, 75 octets at most, no character torn."""
    name = "Annuaire des médecins généralistes et spécialistes de l'Île-de-France " * 2
    entry = Entry.of(a_request(name=name), EVENTS)
    assert entry
    raw = calendar([entry], TODAY)
    assert raw.endswith(b"\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    for line in raw.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    [read] = Calendar.from_ical(raw).walk("VEVENT")
    assert str(read["summary"]).startswith(name)


def test_the_same_entries_give_the_same_bytes() -> None:
    """In whatever order they come."""
    made = entries(5)
    assert calendar(made, TODAY) == calendar(reversed(made), TODAY)


def test_a_closed_request_has_no_date() -> None:
    """Nor a calendar without requests any event."""
    closed = an_event(EventKind.CLOSED, "06-05", because="moot")
    assert Entry.of(a_request(), (*EVENTS, replace(closed, number=4))) is None
    assert Calendar.from_ical(calendar([], TODAY)).walk("VEVENT") == []


def test_the_sequence_grows_with_every_change() -> None:
    """Importing again moves the event instead of adding one."""
    notice = an_event(EventKind.ANSWERED, "06-20", outcome="extended")
    later = Entry.of(a_request(), (*EVENTS, replace(notice, number=4)))
    [first] = entries()
    assert later
    assert (later.what, later.day) == (first.what, date(2026, 9, 5))
    assert later.version > first.version


def test_every_step_has_a_title() -> None:
    """Of the reminders' kinds, none is left out."""
    assert set(_TITLES) == set(What)


@pytest.fixture
def khal(tool: Callable[[str], str], tmp_path: Path) -> Callable[..., str]:
    """Run khal on a calendar of its own."""
    program = tool("khal")
    config = tmp_path / "khal.conf"
    config.write_text(
        "[calendars]\n[[due]]\n"
        f"path = {tmp_path / 'due'}\n"
        f"[sqlite]\npath = {tmp_path / 'khal.db'}\n"
        "[locale]\nlocal_timezone = Europe/Paris\ndefault_timezone = Europe/Paris\n"
        "timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n",
        encoding="utf-8",
    )

    def run(*words: str | Path) -> str:
        done = subprocess.run(
            [program, "-c", str(config), *map(str, words)],
            capture_output=True,
            encoding="utf-8",
            check=True,
            timeout=60,
            env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        )
        return done.stdout

    return run


def test_khal_reads_it(khal: Callable[..., str], tmp_path: Path) -> None:
    """Another program sees the day and the title."""
    file = tmp_path / "due.ics"
    file.write_bytes(calendar(entries(2), TODAY))
    shown = khal("printics", file)
    assert "relancer le site (2026-0001)" in shown
    assert "relancer le site (2026-0002)" in shown


def test_khal_moves_what_is_imported_again(
    khal: Callable[..., str], tmp_path: Path
) -> None:
    """One event before, one after, on the new day."""
    notice = an_event(EventKind.ANSWERED, "06-20", outcome="extended")
    later = Entry.of(a_request(), (*EVENTS, replace(notice, number=4)))
    assert later
    (tmp_path / "due").mkdir()
    file = tmp_path / "due.ics"
    for made in (entries(), [later]):
        file.write_bytes(calendar(made, TODAY))
        khal("import", "--batch", "-a", "due", file)
    shown = khal("list", "2026-06-01", "2026-12-31", "--format", "{start} {title}")
    events = [line for line in shown.splitlines() if "2026-0001" in line]
    assert events == [f"2026-09-05 {later.title}"]
