"""French long dates, whatever the locale of the machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def long_date(day: date, *, weekday: bool = False) -> str:
    """Return « 2 mars 2026 », or « lundi 2 mars 2026 » with ``weekday``.

    The first of a month is « 1er ».
    """
    number = "1er" if day.day == 1 else str(day.day)
    text = f"{number} {_MONTHS[day.month - 1]} {day.year}"
    return f"{weekday_name(day)} {text}" if weekday else text


def weekday_name(day: date) -> str:
    """Return the name of the day of the week, in lower case."""
    return _DAYS[day.weekday()]


def month_name(day: date) -> str:
    """Return the name of the month, in lower case."""
    return _MONTHS[day.month - 1]


def of_month(day: date) -> str:
    """Return the month with its preposition: « de mars », « d'avril »."""
    name = month_name(day)
    return f"d'{name}" if name[0] in "ao" else f"de {name}"
