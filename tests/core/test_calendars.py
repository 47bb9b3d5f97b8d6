"""Public holidays by calendar, against two published data sets."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from holidays import country_holidays
from workalendar.europe import (
    Belgium,
    France,
    FranceAlsaceMoselle,
    Germany,
    Luxembourg,
)

from cnil_requests.core.calendars import (
    UnknownCalendarError,
    calendar_for,
    calendar_label,
    is_day_off,
    known_calendar,
    public_holidays,
    why_off,
)
from cnil_requests.core.holidays_abroad import (
    MEMBER_STATES,
    THIRD_COUNTRIES,
    HolidaysUnknownError,
)
from cnil_requests.core.holidays_france import FRENCH_CALENDARS

YEARS = range(2018, 2101)


def ours(code: str) -> set[date]:
    """Return every public holiday of a calendar from 2018 to 2100."""
    return {day for year in YEARS for day in public_holidays(code, year)}


def test_the_french_year_is_written_out() -> None:
    """The eleven days of C. trav. L3133-1, by their names, for 2026."""
    found = {str(day): item.name for day, item in public_holidays("FR", 2026).items()}
    assert found == {
        "2026-01-01": "1er janvier",
        "2026-04-06": "lundi de Pâques",
        "2026-05-01": "1er mai",
        "2026-05-08": "8 mai",
        "2026-05-14": "Ascension",
        "2026-05-25": "lundi de Pentecôte",
        "2026-07-14": "14 juillet",
        "2026-08-15": "Assomption",
        "2026-11-01": "Toussaint",
        "2026-11-11": "11 novembre",
        "2026-12-25": "jour de Noël",
    }
    assert {item.source for item in public_holidays("FR", 2026).values()} == {
        "C. trav., art. L3133-1"
    }


@pytest.mark.parametrize(
    ("code", "added"),
    [
        ("FR-AM", ["2026-04-03", "2026-12-26"]),
        ("FR-971", ["2026-05-27"]),
        ("FR-972", ["2026-05-22"]),
        ("FR-973", ["2026-06-10"]),
        ("FR-974", ["2026-12-20"]),
        ("FR-975", []),
        ("FR-976", ["2026-04-27"]),
        ("FR-977", ["2026-10-09"]),
        ("FR-978", ["2026-05-27", "2026-05-28"]),
    ],
)
def test_each_part_of_france_adds_its_own_days(code: str, added: list[str]) -> None:
    """Only the statutory days are added, never a local custom."""
    extra = set(public_holidays(code, 2026)) - set(public_holidays("FR", 2026))
    assert sorted(str(day) for day in extra) == added


@pytest.mark.parametrize(
    ("iso", "code", "source"),
    [
        ("2026-04-03", "FR-AM", "C. trav., art. L3134-13"),
        ("2026-05-27", "FR-971", "C. trav., art. L3422-2"),
        ("2026-05-28", "FR-978", "déclaré férié par circulaire"),
    ],
)
def test_each_day_names_what_makes_it_a_holiday(
    iso: str, code: str, source: str
) -> None:
    """The explanation of a deadline can cite the text."""
    day = date.fromisoformat(iso)
    assert public_holidays(code, day.year)[day].source == source


@pytest.mark.parametrize(
    ("subdivision", "code"),
    [
        (None, "FR"),
        ("57", "FR-AM"),
        ("6AE", "FR-AM"),
        ("973", "FR-973"),
        ("974", "FR-974"),
        ("PM", "FR-975"),
        ("976", "FR-976"),
        ("BL", "FR-977"),
    ],
)
def test_france_equals_the_holidays_package(subdivision: str, code: str) -> None:
    """Every day of 2018-2100, where the package keeps to the statute."""
    assert ours(code) == set(country_holidays("FR", subdivision, years=YEARS))


@pytest.mark.parametrize(
    ("subdivision", "code", "customs", "missing"),
    [
        ("971", "FR-971", 3, set()),  # Mi-Carême, Good Friday, 21 July
        ("972", "FR-972", 1, set()),  # 21 July
        ("MF", "FR-978", 1, {(5, 27)}),  # 21 July; 27 May is the code's day
    ],
)
def test_the_antilles_differ_by_known_customs_only(
    subdivision: str, code: str, customs: int, missing: set[tuple[int, int]]
) -> None:
    """The package adds so many local customs a year and lacks only what we name."""
    theirs = set(country_holidays("FR", subdivision, years=YEARS))
    assert len(theirs - ours(code)) == customs * len(YEARS)
    assert {(day.month, day.day) for day in ours(code) - theirs} == missing


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (France, "FR"),
        (FranceAlsaceMoselle, "FR-AM"),
        (Belgium, "BE"),
        (Germany, "DE"),
        (Luxembourg, "LU"),
    ],
)
def test_working_days_equal_workalendar(source: type[France], code: str) -> None:
    """A second data set gives the same days off from Monday to Friday."""
    book = source()
    theirs = {day for year in YEARS for day, _ in book.holidays(year)}
    assert {day for day in theirs if day.weekday() < 5} == {
        day for day in ours(code) if day.weekday() < 5
    }


def irish_days(year: int) -> set[date]:
    """Return the statutory list, written from the rule and not from a table."""

    def monday(month: int, *, last: bool = False) -> date:
        days = [date(year, month, day) for day in range(1, 31)]
        days += [date(year, month, 31)] if month == 10 else []
        mondays = [day for day in days if day.weekday() == 0]
        return mondays[-1 if last else 0]

    first = date(year, 2, 1)
    brigid = first if first.weekday() == 4 else date(year, 2, 1 + -first.weekday() % 7)
    days = {date(year, 1, 1), date(year, 3, 17), date(year, 12, 25)}
    days |= {date(year, 12, 26), monday(5), monday(6), monday(8)}
    days |= {monday(10, last=True)}
    days |= {
        day
        for day, item in public_holidays("FR", year).items()
        if item.name == ("lundi de Pâques")
    }
    return days | ({brigid} if year >= 2023 else set())


def test_ireland_is_the_statutory_list() -> None:
    """St Brigid's from 2023, no Good Friday; one day of 2022 was proclaimed."""
    expected = {day for year in YEARS for day in irish_days(year)}
    assert ours("IE") == expected | {date(2022, 3, 18)}


@pytest.mark.parametrize("code", MEMBER_STATES)
def test_every_member_state_has_days_beyond_the_packages_end(code: str) -> None:
    """A request of December 2100 is answered in 2101: the days are known."""
    assert date(2101, 1, 1) in public_holidays(code, 2101)
    assert len(public_holidays(code, 2101)) >= 8


def test_days_abroad_are_named_whatever_the_locale() -> None:
    """Common days have a French name; the others keep their own, in guillemets."""
    assert why_off(date(2026, 5, 4), "IE") == (
        "un jour férié (premier lundi de mai, Irlande)"
    )
    assert why_off(date(2026, 6, 23), "LU").startswith("un jour férié (« ")
    assert why_off(date(2026, 12, 1), "RO") == (
        "un jour férié (fête nationale, Roumanie)"
    )


def test_a_country_without_days_is_never_taken_for_one_that_works_always(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """If the package knows nothing of a year the program says so."""
    monkeypatch.setattr("cnil_requests.core.holidays_abroad._LAST_YEAR", 2100)
    public_holidays.cache_clear()
    with pytest.raises(HolidaysUnknownError, match=r"2105.*IE"):
        public_holidays("IE", 2105)


@pytest.mark.parametrize("code", ["US", "GB", "CH", "JP"])
def test_third_countries_follow_france_and_say_so(code: str) -> None:
    """Regulation 1182/71 names no calendar for them."""
    assert public_holidays(code, 2026) == public_holidays("FR", 2026)
    assert "par convention" in calendar_label(code)


def test_every_country_has_one_calendar() -> None:
    """ISO 3166-1: each code is a Member State, a third country or France."""
    assert not set(MEMBER_STATES) & THIRD_COUNTRIES
    assert len(MEMBER_STATES) == 29
    assert len(MEMBER_STATES) + len(THIRD_COUNTRIES) == 249 - 1 - 8 - 1


@pytest.mark.parametrize(
    ("country", "postcode", "code"),
    [
        ("FR", "92300", "FR"),
        ("FR", "57000", "FR-AM"),
        ("FR", "67 000", "FR-AM"),
        ("FR", "68100", "FR-AM"),
        ("FR", "20000", "FR"),
        ("FR", "97110", "FR-971"),
        ("FR", "97133", "FR-977"),
        ("FR", "97150", "FR-978"),
        ("FR", "97200", "FR-972"),
        ("FR", "97300", "FR-973"),
        ("FR", "97400", "FR-974"),
        ("FR", "97500", "FR-975"),
        ("FR", "97600", "FR-976"),
        ("FR", "97700", "FR-977"),
        ("FR", "97800", "FR-978"),
        ("FR", "98713", "FR"),
        ("RE", "97400", "FR-974"),
        ("IE", "D04 E5W5", "IE"),
        ("ie", "", "IE"),
        ("US", "94043", "US"),
    ],
)
def test_the_controllers_place_chooses_the_calendar(
    country: str, postcode: str, code: str
) -> None:
    """Country, then French postcode; what is certain has one candidate."""
    choice = calendar_for(country, postcode)
    assert (choice.code, choice.candidates) == (code, (code,))
    assert code in choice.note


@pytest.mark.parametrize(
    ("country", "postcode"), [("", ""), ("FR", ""), ("FR", "75"), ("", "75001")]
)
def test_an_unknown_place_keeps_alsace_moselle_possible(
    country: str, postcode: str
) -> None:
    """France is assumed, said so, and the later calendar stays a candidate."""
    choice = calendar_for(country, postcode)
    assert (choice.code, choice.candidates) == ("FR", ("FR", "FR-AM"))
    assert "n'est pas connu" in choice.note


def test_a_code_is_read_in_any_case_and_an_overseas_country_is_french() -> None:
    """``ie`` is Ireland and ``RE`` is La Réunion."""
    assert known_calendar(" ie ") == "IE"
    assert known_calendar("RE") == "FR-974"


@pytest.mark.parametrize("code", ["", "XX", "FR-67", "FR-979", "France"])
def test_an_unknown_code_is_refused_with_the_valid_ones(code: str) -> None:
    """The message lists what may be written (exit 2)."""
    with pytest.raises(UnknownCalendarError) as caught:
        public_holidays(code, 2026)
    assert caught.value.exit_code == 2
    assert f"« {code} »" in caught.value.message
    assert "FR-AM" in caught.value.remedy
    assert "IE" in caught.value.remedy


@pytest.mark.parametrize(
    ("iso", "reason"),
    [
        ("2026-03-02", ""),
        ("2026-02-28", "un samedi"),
        ("2026-03-01", "un dimanche"),
        ("2026-04-06", "un jour férié (lundi de Pâques, C. trav., art. L3133-1)"),
        (
            "2026-08-15",
            "un samedi et un jour férié (Assomption, C. trav., art. L3133-1)",
        ),
    ],
)
def test_a_day_off_says_why(iso: str, reason: str) -> None:
    """A working day has no reason; a holiday on a Saturday has two."""
    day = date.fromisoformat(iso)
    assert why_off(day, "FR") == reason
    assert is_day_off(day, "FR") is bool(reason)


def test_two_holidays_on_one_day_are_one_day_off() -> None:
    """Ascension of 2059 falls on 8 May, which names it."""
    day = date(2059, 5, 8)
    assert public_holidays("FR", 2059)[day].name == "8 mai"
    assert len(public_holidays("FR", 2059)) == 10


def test_every_calendar_is_labelled() -> None:
    """No code lacks French words."""
    for code in [*FRENCH_CALENDARS, *MEMBER_STATES, *THIRD_COUNTRIES]:
        assert calendar_label(code).startswith(f"{code} (")


def test_france_does_not_load_the_holidays_package() -> None:
    """Start-up stays light: the package is for controllers abroad."""
    program = (
        "import sys; from cnil_requests.core.calendars import public_holidays;"
        "public_holidays('FR-AM', 2026); public_holidays('US', 2026);"
        "sys.exit('holidays' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
