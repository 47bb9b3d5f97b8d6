"""Every receipt date against an oracle written another way.

The oracle walks from day to day, knows Easter from Meeus's formula, and reads the
days of other countries from workalendar or from a plain list.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import pytest
from holidays import country_holidays

from cnil_requests.core.deadline_clock import last_day
from cnil_requests.core.deadlines import answer_deadline
from cnil_requests.core.holidays_abroad import MEMBER_STATES
from cnil_requests.core.holidays_france import FRENCH_CALENDARS

ONE = timedelta(days=1)
FIRST, LAST = date(2018, 5, 25), date(2100, 12, 31)
EVERY_DAY = [FIRST + n * ONE for n in range((LAST - FIRST).days + 1)]
DECADE = [day for day in EVERY_DAY if 2024 <= day.year < 2034]

EVERYWHERE = ["01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25"]
OWN_DAYS = {
    "FR": [],
    "FR-AM": ["12-26"],
    "FR-971": ["05-27"],
    "FR-972": ["05-22"],
    "FR-973": ["06-10"],
    "FR-974": ["12-20"],
    "FR-975": [],
    "FR-976": ["04-27"],
    "FR-977": ["10-09"],
    "FR-978": ["05-27", "05-28"],
}


def easter_sunday(year: int) -> date:
    """Return Easter by the Meeus/Jones/Butcher formula."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def french_days(code: str) -> set[date]:
    """Return every public holiday of a French calendar, 2018 to 2101."""
    days = set()
    for year in range(2018, 2102):
        fixed = [*EVERYWHERE, *OWN_DAYS[code]]
        days |= {date.fromisoformat(f"{year}-{text}") for text in fixed}
        sunday = easter_sunday(year)
        days |= {sunday + ONE, sunday + 39 * ONE, sunday + 50 * ONE}
        days |= {sunday - 2 * ONE} if code == "FR-AM" else set()
    return days


@cache
def nominal_days(months: int) -> dict[date, date]:
    """Walk from every receipt to the same number, or to the end of that month."""
    ends = {}
    for received in EVERY_DAY:
        day, to_cross = received, months
        while to_cross or day.day < received.day:
            tomorrow = day + ONE
            crosses = tomorrow.month != day.month
            if crosses and not to_cross:
                break
            to_cross -= crosses
            day = tomorrow
        ends[received] = day
    return ends


def next_working_days(holidays: set[date]) -> dict[date, date]:
    """Say for each day, from the last to the first, where a period ending it ends."""
    goes_to: dict[date, date] = {}
    day = date(2101, 4, 30)
    while day >= FIRST:
        works = day.isoweekday() <= 5 and day not in holidays
        goes_to[day] = day if works else goes_to.get(day + ONE, day)
        day -= ONE
    return goes_to


@pytest.mark.parametrize("code", FRENCH_CALENDARS)
def test_every_french_deadline_to_2100(code: str) -> None:
    """Both periods, every receipt date, every French calendar."""
    goes_to = next_working_days(french_days(code))
    for months in (1, 3):
        for received, nominal in nominal_days(months).items():
            found = last_day(received, months, calendar=code)
            assert found == goes_to[nominal], (code, months, received)


@pytest.mark.parametrize("code", MEMBER_STATES)
def test_a_decade_of_deadlines_abroad(code: str) -> None:
    """Both periods, every receipt date of ten years, every Member State."""
    book = country_holidays(code, years=range(2024, 2035))
    goes_to = next_working_days(set(book))
    for months in (1, 3):
        ends = nominal_days(months)
        for received in DECADE:
            found = last_day(received, months, calendar=code)
            assert found == goes_to[ends[received]], (code, months, received)


@pytest.mark.parametrize("code", ["US", "GB", "CH"])
def test_a_decade_of_deadlines_in_third_countries(code: str) -> None:
    """The same as France, by convention."""
    for received in DECADE:
        assert last_day(received, calendar=code) == last_day(received, calendar="FR")


def test_every_result_of_a_decade_explains_itself() -> None:
    """The dates agree with the oracle and each rolled day has its step."""
    goes_to = next_working_days(french_days("FR"))
    for received in DECADE:
        found = answer_deadline(received)
        nominal = nominal_days(1)[received]
        due = goes_to[nominal]
        assert (found.nominal, found.due) == (nominal, due)
        assert found.complaint_from == due + ONE
        assert found.extended_due == goes_to[nominal_days(3)[received]]
        rolled = [step for step in found.steps if "report au jour suivant" in step]
        assert len(rolled) == (due - nominal).days
