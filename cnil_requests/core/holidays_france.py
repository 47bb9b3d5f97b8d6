"""The statutory public holidays of France, by calendar code.

A table of our own: published data sets add local customs overseas. Read on
Légifrance: C. trav. L3133-1 (version of 17 September 2024) and L3422-2 (state of
21 May 2019); L3134-13 in commentaries. The same days hold since 25 May 2018.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dateutil.easter import easter

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Holiday:
    """The French name of a public holiday and what makes it one.

    ``source`` is a French citation, or the name of the country abroad.
    """

    name: str
    source: str


FRANCE = "FR"
ALSACE_MOSELLE = "FR-AM"

_NATIONAL = "C. trav., art. L3133-1"
_ALSACE_MOSELLE = "C. trav., art. L3134-13"
_OVERSEAS = "C. trav., art. L3422-2"

#: C. trav. L3133-1: the days that never move.
_FIXED = (
    (1, 1, "1er janvier"),
    (5, 1, "1er mai"),
    (5, 8, "8 mai"),
    (7, 14, "14 juillet"),
    (8, 15, "Assomption"),
    (11, 1, "Toussaint"),
    (11, 11, "11 novembre"),
    (12, 25, "jour de Noël"),
)

#: C. trav. L3133-1: the days counted from Easter Sunday. Whit Monday stays a
#: public holiday where it is also the « journée de solidarité ».
_FROM_EASTER = (
    (1, "lundi de Pâques"),
    (39, "Ascension"),
    (50, "lundi de Pentecôte"),
)

_ABOLITION = Holiday("commémoration de l'abolition de l'esclavage", _OVERSEAS)

#: C. trav. L3422-2: the day each overseas department or collectivity adds. The
#: sources give none to Saint-Pierre-et-Miquelon.
_OVERSEAS_DAYS: dict[str, tuple[tuple[int, int, Holiday], ...]] = {
    "FR-971": ((5, 27, _ABOLITION),),
    "FR-972": ((5, 22, _ABOLITION),),
    "FR-973": ((6, 10, _ABOLITION),),
    "FR-974": ((12, 20, _ABOLITION),),
    "FR-975": (),
    "FR-976": ((4, 27, _ABOLITION),),
    "FR-977": ((10, 9, _ABOLITION),),
    # The code says 27 May; since 2018 a circular makes it 28 May. Both are kept:
    # a requester errs on the late side.
    "FR-978": (
        (5, 27, _ABOLITION),
        (5, 28, Holiday(_ABOLITION.name, "déclaré férié par circulaire")),
    ),
}

#: The French calendars and what each is called.
FRENCH_CALENDARS = {
    FRANCE: "France",
    ALSACE_MOSELLE: "Alsace-Moselle",
    "FR-971": "Guadeloupe",
    "FR-972": "Martinique",
    "FR-973": "Guyane",
    "FR-974": "La Réunion",
    "FR-975": "Saint-Pierre-et-Miquelon",
    "FR-976": "Mayotte",
    "FR-977": "Saint-Barthélemy",
    "FR-978": "Saint-Martin",
}


def french_days(code: str, year: int) -> dict[date, Holiday]:
    """Return the public holidays of a French calendar in a year.

    Where two fall on one day (Ascension on 8 May) the first one names it.
    """
    days: dict[date, Holiday] = {}
    for day, holiday in _listed(code, year):
        days.setdefault(day, holiday)
    return days


def _listed(code: str, year: int) -> Iterator[tuple[date, Holiday]]:
    sunday = easter(year)
    for month, day, name in _FIXED:
        yield date(year, month, day), Holiday(name, _NATIONAL)
    for offset, name in _FROM_EASTER:
        yield sunday + timedelta(days=offset), Holiday(name, _NATIONAL)
    for month, day, holiday in _OVERSEAS_DAYS.get(code, ()):
        yield date(year, month, day), holiday
    if code == ALSACE_MOSELLE:
        yield sunday - timedelta(days=2), Holiday("Vendredi saint", _ALSACE_MOSELLE)
        yield date(year, 12, 26), Holiday("26 décembre", _ALSACE_MOSELLE)
