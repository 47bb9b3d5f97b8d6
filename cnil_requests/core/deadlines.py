"""The last day for an answer, with its explanation.

GDPR art. 12(3): one month from receipt, three with a reasoned notice in the first
month, suspended while a justified proof of identity is awaited. A requester's
engine errs late: where several readings of the facts can be defended, the
complaint waits for the latest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from cnil_requests.core import deadline_steps as steps
from cnil_requests.core.calendars import known_calendar
from cnil_requests.core.deadline_clock import (
    EXTENDED_MONTHS,
    ExtensionOutcome,
    Reading,
    read_facts,
    same_day_later,
)
from cnil_requests.core.deadline_facts import DeadlineFacts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


@dataclass(frozen=True)
class Deadline:
    """The answer to "until when", explained in ``steps``.

    ``readings`` holds every way to count that can be defended. The first is the
    main one: the likeliest calendar and, for an unclaimed letter, its first
    presentation; all dates but ``complaint_from`` are its own. While a proof of
    identity is awaited every date but ``nominal`` is None.
    """

    readings: tuple[Reading, ...]
    steps: tuple[str, ...]

    @property
    def received_on(self) -> date:
        """The day of receipt."""
        return self.readings[0].received_on

    @property
    def calendar(self) -> str:
        """The code of the calendar."""
        return self.readings[0].calendar

    @property
    def nominal(self) -> date:
        """The day of the same number, before suspension and roll."""
        return self.readings[0].nominal

    @property
    def due(self) -> date | None:
        """The last day that binds, inclusive.

        With a valid extension it is the extended one, so that who reads this
        date alone never complains too early.
        """
        return self.readings[0].due if self.is_running else None

    @property
    def first_due(self) -> date | None:
        """The last day as it was before a valid extension; else ``due``."""
        return self.readings[0].first_due or self.due

    @property
    def extended_due(self) -> date | None:
        """Where an extension leads; a hypothesis unless ``extension`` is VALID."""
        return self.readings[0].extended_due if self.is_running else None

    @property
    def extension(self) -> ExtensionOutcome | None:
        """What the notice of extension is worth, None without a notice."""
        return self.readings[0].extension

    @cached_property
    def complaint_from(self) -> date | None:
        """The day after the latest last day of all readings."""
        return _day_after_latest(self.readings)

    @property
    def is_running(self) -> bool:
        """Say whether the clock runs: no proof of identity is awaited."""
        return self.complaint_from is not None

    @property
    def is_contested(self) -> bool:
        """Say whether the readings end on different days."""
        return len({reading.due for reading in self.readings}) > 1


def answer_deadline(received_on: date, calendar: str = "FR") -> Deadline:
    """Count the month of a request of which only the receipt is known."""
    return count_deadline(DeadlineFacts(received_on, (calendar,)))


def count_deadline(facts: DeadlineFacts) -> Deadline:
    """Count the deadline that follows from the facts, under every reading."""
    readings = tuple(
        read_facts(facts, received_on, calendar)
        for received_on in dict.fromkeys(facts.receipts)
        for calendar in dict.fromkeys(map(known_calendar, facts.calendars))
    )
    return Deadline(readings, tuple(_explain(facts, readings)))


def _day_after_latest(readings: tuple[Reading, ...]) -> date | None:
    ends = [reading.due for reading in readings]
    known = [end for end in ends if end is not None]
    # One reading without an end is enough: a complaint might be premature.
    return max(known) + timedelta(days=1) if len(known) == len(ends) else None


def _explain(facts: DeadlineFacts, readings: tuple[Reading, ...]) -> Iterator[str]:
    main, *others = readings
    yield steps.calendar_step(main.calendar)
    if facts.unclaimed:
        presented_on, later = facts.receipts
        returned = facts.returned_on is not None
        yield steps.unclaimed_step(presented_on, later, returned=returned)
    yield from _explain_reading(main)
    for other in others:
        yield _heading(main, other)
        yield from _what_differs(main, other)
    complaint_from = _day_after_latest(readings)
    if complaint_from:
        several = len({reading.due for reading in readings}) > 1
        yield steps.complaint_step(complaint_from, latest_of_several=several)
        yield from _explain_extension(main)


def _explain_reading(reading: Reading) -> Iterator[str]:
    months = steps.month_step(reading.received_on, reading.months, reading.nominal)
    yield steps.receipt_step(reading.received_on)
    due = reading.due
    if due is None:
        yield months
        yield from reading.notes
        return
    yield from reading.notes
    yield months
    end = _unrolled(reading, reading.months)
    if reading.suspended:
        yield steps.suspension_step(reading.suspended, end)
    yield from steps.roll_steps(end, due, reading.calendar)
    yield steps.last_day_step(due)


def _what_differs(main: Reading, other: Reading) -> Iterator[str]:
    told = set(_explain_reading(main))
    *before, last = _explain_reading(other)
    yield from (step for step in before if step not in told)
    yield last


def _unrolled(reading: Reading, months: int) -> date:
    end = same_day_later(reading.received_on, months)
    return end + timedelta(days=reading.suspended)


def _heading(main: Reading, other: Reading) -> str:
    received_on, calendar = other.received_on, other.calendar
    return steps.other_reading_step(
        received_on if received_on != main.received_on else None,
        calendar if calendar != main.calendar else None,
    )


def _explain_extension(reading: Reading) -> Iterator[str]:
    due, extended_due = reading.due, reading.extended_due
    if not due or not extended_due or reading.extension is ExtensionOutcome.VALID:
        return
    end = _unrolled(reading, EXTENDED_MONTHS)
    if reading.extension:
        yield steps.missed_step(end, extended_due, reading.calendar)
    else:
        yield steps.hypothesis_step(due, end, extended_due, reading.calendar)
