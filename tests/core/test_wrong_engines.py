"""Engines met elsewhere, each wrong on a date where ours is right.

Each one is a common reading of "one month". The vectors named beside it are
published or derived dates on which it fails.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from dateutil.relativedelta import relativedelta

from cnil_requests.core.calendars import is_day_off
from cnil_requests.core.deadline_clock import last_day

Engine = Callable[[date, str], date]

VECTORS = Path(__file__).parents[1] / "data" / "deadline-vectors.csv"

with VECTORS.open(encoding="utf-8", newline="") as _file:
    ROWS = {row["id"]: row for row in csv.DictReader(_file)}


def rolled(day: date, calendar: str) -> date:
    """Move a last day to the next working day."""
    while is_day_off(day, calendar):
        day += timedelta(days=1)
    return day


def month(day: date, months: int = 1) -> date:
    """Return the same number, months later."""
    return day + relativedelta(months=months)


def days_then_roll(received: date, calendar: str) -> date:
    """Count thirty days, then roll."""
    return rolled(received + timedelta(days=30), calendar)


def fixed_days(count: int) -> Engine:
    """Make the engine of so many days, without roll."""
    return lambda received, _calendar: received + timedelta(days=count)


def from_the_day_after(received: date, calendar: str) -> date:
    """Count the month from the day after receipt."""
    return rolled(month(received + timedelta(days=1)), calendar)


def without_roll(received: date, _calendar: str) -> date:
    """Count the month and stop there."""
    return month(received)


def weekends_only(received: date, _calendar: str) -> date:
    """Roll over weekends but not over holidays."""
    day = month(received)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day


def start_rolled(received: date, calendar: str) -> date:
    """Move the day of receipt to a working day."""
    return rolled(month(rolled(received, calendar)), calendar)


def sticky_month_end(received: date, calendar: str) -> date:
    """Go from the last day of a month to the last day of the next."""
    is_last = (received + timedelta(days=1)).month != received.month
    end = received + relativedelta(months=1, day=31) if is_last else month(received)
    return rolled(end, calendar)


def mainland_everywhere(received: date, _calendar: str) -> date:
    """Follow mainland France for every controller."""
    return rolled(month(received), "FR")


def from_posting(received: date, calendar: str) -> date:
    """Count from posting, three days before the receipt."""
    return rolled(month(received - timedelta(days=3)), calendar)


def holidays_inside_lengthen(received: date, calendar: str) -> date:
    """Add a day for each holiday from Monday to Friday inside the month."""
    end = month(received)
    inside = (received + timedelta(days=n) for n in range(1, (end - received).days))
    extra = sum(day.weekday() < 5 and is_day_off(day, calendar) for day in inside)
    return rolled(end + timedelta(days=extra), calendar)


def two_more_from_nominal(received: date, calendar: str) -> date:
    """Extend by two months from the first nominal end."""
    return rolled(month(month(received), 2), calendar)


def two_more_from_due(received: date, calendar: str) -> date:
    """Extend by two months from the first rolled end."""
    return rolled(month(rolled(month(received), calendar), 2), calendar)


@pytest.mark.parametrize(
    ("engine", "ids"),
    [
        (days_then_roll, "P01 P04 D07 D14"),
        (fixed_days(28), "P01 P03 P05 M01"),
        (fixed_days(30), "P01 P04 D07 D14"),
        (fixed_days(31), "P02 D09 D14"),
        (from_the_day_after, "P01 P03 D09 D14"),
        (without_roll, "P08 D01 D03 F10"),
        (weekends_only, "P08 D01 F12 R07"),
        (start_rolled, "M01"),
        (sticky_month_end, "D07"),
        (mainland_everywhere, "R02 R04 R07 I02 I03 M13"),
        (from_posting, "M03"),
        (holidays_inside_lengthen, "F07 I06"),
    ],
)
def test_a_wrong_engine_fails_where_ours_is_right(engine: Engine, ids: str) -> None:
    """The month, on the dates that tell them apart."""
    for vector in ids.split():
        row = ROWS[vector]
        received = date.fromisoformat(row["received_on"])
        expected = date.fromisoformat(row["expected_due"])
        assert last_day(received, calendar=row["region"]) == expected
        assert engine(received, row["region"]) != expected, vector


@pytest.mark.parametrize(
    ("engine", "ids"),
    [
        (two_more_from_nominal, "P04 P06 D16"),
        (two_more_from_due, "P04 D03 D12 D16"),
    ],
)
def test_a_wrong_extension_fails_where_ours_is_right(engine: Engine, ids: str) -> None:
    """Three months from receipt are not two more months from the first end."""
    for vector in ids.split():
        row = ROWS[vector]
        received = date.fromisoformat(row["received_on"])
        expected = date.fromisoformat(row["expected_due_extended"])
        assert last_day(received, 3, calendar=row["region"]) == expected
        assert engine(received, row["region"]) != expected, vector


def test_thirty_days_are_wrong_about_every_second_day() -> None:
    """The commonest error is no small one: counted over ten years."""
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(3653)]
    wrong = sum(
        days_then_roll(day, "FR") != last_day(day, calendar="FR") for day in days
    )
    assert 0.4 < wrong / len(days) < 0.5
