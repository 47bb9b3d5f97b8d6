"""Calendars by code, and the calendar a controller lives by.

The day that counts is a public holiday where the controller must act (Regulation
1182/71 art. 2(1)), not where the doctor practises. Codes: ``FR``; ``FR-AM``
(Alsace-Moselle); ``FR-971`` … ``FR-978``; the ISO code of a country. Countries
outside the European Union and the EEA follow ``FR`` by convention.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from cnil_requests.core.countries import french_name
from cnil_requests.core.french_dates import weekday_name
from cnil_requests.core.holidays_abroad import (
    MEMBER_STATES,
    THIRD_COUNTRIES,
    days_abroad,
)
from cnil_requests.core.holidays_france import (
    ALSACE_MOSELLE,
    FRANCE,
    FRENCH_CALENDARS,
    Holiday,
    french_days,
)
from cnil_requests.errors import WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

#: Overseas France also has ISO country codes of its own.
_SAME_PLACE = {
    "GP": "FR-971",
    "MQ": "FR-972",
    "GF": "FR-973",
    "RE": "FR-974",
    "PM": "FR-975",
    "YT": "FR-976",
    "BL": "FR-977",
    "MF": "FR-978",
}

#: Saint-Barthélemy and Saint-Martin have postcodes of Guadeloupe.
_OWN_POSTCODES = {"97133": "FR-977", "97150": "FR-978"}

_SATURDAY = 5


class UnknownCalendarError(WrongUsageError):
    """The calendar code means nothing."""

    def __init__(self, code: str) -> None:
        """Name the code and every valid one."""
        super().__init__(
            f"Calendrier inconnu : « {code} ».",
            remedy="Codes valides : FR, FR-AM (Alsace-Moselle), FR-971 à FR-978, ou"
            f" le code d'un pays : {', '.join(MEMBER_STATES)}. Les autres pays (US,"
            " GB, CH…) suivent FR par convention.",
        )


@dataclass(frozen=True)
class CalendarChoice:
    """The calendar of a controller.

    ``candidates`` starts with ``code``; there are several when what is known does
    not decide, and the safe date is then the latest of them. ``note`` says in
    French what the calendar is and how it was chosen.
    """

    code: str
    candidates: tuple[str, ...]
    note: str


def calendar_for(country: str, postcode: str) -> CalendarChoice:
    """Choose the calendar from the controller's ISO country and postcode.

    Empty text, or a country that is no ISO code, means unknown.
    """
    plain = country.strip().upper()
    code = _french_calendar(postcode) if plain == FRANCE else _SAME_PLACE.get(plain)
    if code is None and (plain in MEMBER_STATES or plain in THIRD_COUNTRIES):
        code = plain
    if code is not None:
        return CalendarChoice(code, (code,), f"Calendrier {calendar_label(code)}.")
    return CalendarChoice(
        FRANCE,
        (FRANCE, ALSACE_MOSELLE),
        "Le pays ou le code postal du responsable n'est pas connu : calendrier FR"
        " (France), et pour la plainte la plus tardive des dates de FR et de FR-AM"
        " (Alsace-Moselle).",
    )


def _french_calendar(postcode: str) -> str | None:
    plain = postcode.replace(" ", "")
    if not re.fullmatch(r"[0-9]{5}", plain):
        return None
    if plain[:2] in ("57", "67", "68"):
        return ALSACE_MOSELLE
    code = _OWN_POSTCODES.get(plain, f"FR-{plain[:3]}")
    return code if code in FRENCH_CALENDARS else FRANCE


def known_calendar(code: str) -> str:
    """Return a calendar code in its canonical form; refuse any other text."""
    plain = code.strip().upper()
    plain = _SAME_PLACE.get(plain, plain)
    if plain in FRENCH_CALENDARS or plain in MEMBER_STATES or plain in THIRD_COUNTRIES:
        return plain
    raise UnknownCalendarError(code)


def calendar_label(code: str) -> str:
    """Say in French whose holidays a calendar holds, and by what right."""
    code = known_calendar(code)
    if code in MEMBER_STATES:
        return (
            f"{code} ({french_name(code)}, jours fériés nationaux ; ceux d'une seule"
            " région n'y sont pas)"
        )
    if code in THIRD_COUNTRIES:
        name = french_name(code)
        country = "pays" if name == code else f"{name}, pays"
        return (
            f"{code} ({country} hors de l'Union européenne et de l'Espace économique"
            " européen : jours fériés de la France, par convention)"
        )
    if code == "FR-975":
        return f"{code} ({FRENCH_CALENDARS[code]}, jours fériés nationaux seulement)"
    return f"{code} ({FRENCH_CALENDARS[code]})"


@lru_cache(maxsize=1024)
def public_holidays(code: str, year: int) -> Mapping[date, Holiday]:
    """Return the public holidays of a calendar in a year, in order."""
    code = known_calendar(code)
    if code in MEMBER_STATES:
        where = french_name(code)
        days = {day: Holiday(n, where) for day, n in days_abroad(code, year).items()}
    else:
        days = french_days(code, year)
    return MappingProxyType(dict(sorted(days.items())))


def is_day_off(day: date, calendar: str) -> bool:
    """Say whether a period cannot end on ``day`` (Regulation 1182/71 art. 2(2))."""
    return day.weekday() >= _SATURDAY or day in public_holidays(calendar, day.year)


def why_off(day: date, calendar: str) -> str:
    """Say in French what keeps a period from ending on ``day``, or nothing.

    The words follow « est »: « un samedi », « un jour férié (…) ».
    """
    reasons = [f"un {weekday_name(day)}"] if day.weekday() >= _SATURDAY else []
    holiday = public_holidays(calendar, day.year).get(day)
    if holiday:
        reasons.append(f"un jour férié ({holiday.name}, {holiday.source})")
    return " et ".join(reasons)
