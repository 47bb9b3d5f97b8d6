"""Finding requests: by number, by filter, by day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from store_samples import DAY, a_draft, a_person, a_request, record

from cnil_requests.core.requests import EventKind
from cnil_requests.store import records
from cnil_requests.store.errors import UnknownRequestError

if TYPE_CHECKING:
    from cnil_requests.store.home import Home


def ids(cases: object) -> list[str]:
    """Return the ids of cases, in their order."""
    return [case.request.id for case in cases]  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["2026-0002", "2026-2", "2", "0002", " 2 "])
def test_an_id_may_be_shortened(home: Home, text: str) -> None:
    """As long as only one request can be meant."""
    home.add([a_draft(), a_draft()])
    assert home.request_id(text) == "2026-0002"
    assert home.case(text).request.id == "2026-0002"


@pytest.mark.parametrize("text", ["3", "2027-1", "x", "", "-1", "2026-", "9" * 30])
def test_an_unknown_id_is_refused(home: Home, text: str) -> None:
    """Exit 3, and the last request is offered."""
    home.add([a_draft(), a_draft()])
    with pytest.raises(UnknownRequestError) as caught:
        home.request_id(text)
    assert caught.value.exit_code == 3


def test_an_ambiguous_number_lists_the_years(home: Home) -> None:
    """A bare number that two years have is not guessed."""
    for year in (2025, 2026):
        home.add([a_draft(a_request(drafted_on=date(year, 3, 1)))])
    with pytest.raises(UnknownRequestError, match=r"2025-0001.*2026-0001"):
        home.request_id("1")
    assert home.request_id("2025-1") == "2025-0001"


def test_requests_are_listed_by_next_day(home: Home) -> None:
    """What comes first stands first; what waits for nothing stands last."""
    first, second, third, fourth = ids_of_four(home)
    record(home, first, EventKind.CLOSED)
    record(home, second, EventKind.SENT, DAY + timedelta(days=9))
    record(home, third, EventKind.SENT, DAY - timedelta(days=9))
    assert ids(home.cases()) == [third, fourth, second, first]


def ids_of_four(home: Home) -> list[str]:
    """Open four requests, two of them for somebody else."""
    home.save_person(a_person("alix-modele"))
    drafts = [
        a_draft(a_request("camille-exemple", "site-a")),
        a_draft(a_request("camille-exemple", "site-b")),
        a_draft(a_request("alix-modele", "site-a")),
        a_draft(a_request("alix-modele", "site-b")),
    ]
    return [request.id for request in home.add(drafts)]


def test_filters_narrow_the_list(home: Home) -> None:
    """Each alone and all together."""
    first, second, third, fourth = ids_of_four(home)
    record(home, second, EventKind.SENT, DAY + timedelta(days=1))
    record(home, third, EventKind.CLOSED)
    assert ids(home.cases(person="alix-modele")) == [fourth, third]
    assert ids(home.cases(directory="site-a")) == [first, third]
    assert ids(home.cases(states=["sent", "closed"])) == [second, third]
    limit = DAY + timedelta(days=31)
    assert ids(home.cases(due_before=limit)) == [first, fourth]
    assert ids(home.cases(person="camille-exemple", states=["sent"])) == [second]
    assert ids(home.cases(person="nobody")) == []


def test_only_open_requests_whose_day_has_come_are_due(home: Home) -> None:
    """The day itself included, with all events, earliest first."""
    first, second, third, fourth = ids_of_four(home)
    record(home, first, EventKind.CLOSED)
    record(home, second, EventKind.SENT, DAY + timedelta(days=1))
    due = DAY + timedelta(days=30)
    assert ids(home.due(due - timedelta(days=1))) == []
    assert ids(home.due(due)) == [third, fourth]
    assert ids(home.due(due + timedelta(days=1))) == [third, fourth, second]
    assert ids(home.due(due, person="camille-exemple")) == []
    *_, last = home.due(due + timedelta(days=1))
    assert [event.kind for event in last.events] == [
        EventKind.DRAFTED,
        EventKind.SENT,
    ]


@pytest.mark.sqlite
def test_the_due_scan_reads_only_what_is_due(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Among 100,000 requests the partial index leads to the ten due ones."""
    request = home.add([a_draft()])[0]
    record_text = records.dump(records.request_row(request))
    rows = (
        (
            f"2025-{number:04d}",
            number,
            f"requests/2025-{number:04d}-x",
            record_text,
            "2025-01-01" if number <= 10 else "2027-01-01",
        )
        for number in range(1, 100_001)
    )
    with home._engine.writing():
        home._engine.execute_many(
            "INSERT INTO request VALUES (?, 2025, ?, 'camille-exemple', 'x', "
            "'erasure', ?, ?, 'sent', 'do-it', ?, 1, '{}')",
            rows,
        )
    day = date(2026, 1, 1)
    for person in (None, "camille-exemple"):
        assert len(list(home.due(day, person=person))) == 10
        plan = _plan_of_due(home, day, person, monkeypatch)
        assert "SEARCH request USING INDEX request_due (next_on" in plan
        assert "SCAN" not in plan


def _plan_of_due(
    home: Home, day: date, person: str | None, monkeypatch: pytest.MonkeyPatch
) -> str:
    """Return how SQLite answers the due scan."""
    asked: list[tuple[str, list[str]]] = []
    with monkeypatch.context() as patch:
        patch.setattr(
            home._engine, "query", lambda *words: asked.append(words) or iter(())
        )
        list(home.due(day, person=person))
    sql, values = asked[0]
    rows = home._engine.query(f"EXPLAIN QUERY PLAN {sql}", values)
    return " / ".join(row[3] for row in rows)
