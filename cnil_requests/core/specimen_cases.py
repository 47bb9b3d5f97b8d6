"""Fictitious cases after the first letter: silence, refusal, extension, identity."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from cnil_requests.core.case_fields import Case
from cnil_requests.core.complaints import complaint_variables
from cnil_requests.core.notices import USUAL_TERM
from cnil_requests.core.requests import Event, EventKind, Outcome
from cnil_requests.core.specimens import AGENCY, PERSON, REQUEST
from cnil_requests.core.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cnil_requests.core.people import Person

_TODAY = date(2026, 9, 1)


@dataclass(frozen=True)
class _File:
    """A kept file of the specimen."""

    name: str
    kind: str
    event: int
    sha256: str = "0" * 64
    sealed: bool = True


def cases() -> Iterator[Mapping[str, object]]:
    """Yield the variables of cases that differ in what happened."""
    yield _variables(Outcome.REFUSED, reasons="no", remedies="no")
    yield _variables(Outcome.REFUSED, person=AGENCY)
    yield _variables(None)
    for outcome in Outcome:
        yield _variables(outcome, dated="2026-06-20")


def _variables(
    outcome: Outcome | None, person: Person = PERSON, **answer: str
) -> dict[str, object]:
    """Return the variables of a case that had one answer, or none."""
    events = [
        _event(1, EventKind.DRAFTED, date(2026, 6, 1)),
        _event(2, EventKind.SENT, date(2026, 6, 2), by="letter", tracking="1A"),
        _event(3, EventKind.RECEIVED, date(2026, 6, 4)),
    ]
    if outcome:
        day = date(2026, 6, 20)
        facts = {"outcome": outcome.value, **answer}
        events.append(_event(4, EventKind.ANSWERED, day, **facts))
    seen = len(events) + 1
    events.append(_event(seen, EventKind.SEEN, date(2026, 8, 31), what="online"))
    files = (_File("lettre.docx", "letter", 2), _File("page.png", "capture", seen))
    case = Case(
        standing=Standing(replace(REQUEST, person=person.slug), tuple(events)),
        person=person,
        files=files,
        today=_TODAY,
        still_online=date(2026, 8, 31),
    )
    replies = case.findings.replies
    asked = case.reply_fields(replies[0]) if replies else _NO_REPLY
    return {**complaint_variables(case), "term": str(USUAL_TERM), "asked": asked}


#: The fields of an answer, when there is none.
_NO_REPLY = dict.fromkeys(
    (
        "on",
        "dated",
        "promised",
        "pieces",
        "late",
        "no_reasons",
        "no_remedies",
        "bad_extension",
    ),
    "",
)


def _event(number: int, kind: EventKind, on: date, **data: str) -> Event:
    return Event(kind, on=on, recorded_on=on, data=data, number=number)
