"""Public holidays of controllers outside France.

Regulation 1182/71 art. 2(1) looks at the Member State "in which action is to be
taken". Inside the European Economic Area the ``holidays`` package knows the days:
its public category, nationwide; days kept in one region only are left out.
Elsewhere the regulation names no calendar and France's is used by convention.
"""

from __future__ import annotations

from datetime import date

from cnil_requests.errors import InvalidDataError

#: The Member States of the European Union and of the EEA, but France.
MEMBER_STATES = (
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "GR", "HR", "HU"),
    *("IE", "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO"),
    *("SE", "SI", "SK"),
)

_OTHER_CODES = """
    AD AE AF AG AI AL AM AO AQ AR AS AU AW AZ BA BB BD BF BH BI BJ BM BN BO BQ BR
    BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX DJ DM DO
    DZ EC EG EH ER ET FJ FK FM FO GA GB GD GE GG GH GI GL GM GN GQ GS GT GU GW GY
    HK HM HN HT ID IL IM IN IO IQ IR JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ
    LA LB LC LK LR LS LY MA MC MD ME MG MH MK ML MM MN MO MP MR MS MU MV MW MX MY
    MZ NA NC NE NF NG NI NP NR NU NZ OM PA PE PF PG PH PK PN PR PS PW PY QA RS RU
    RW SA SB SC SD SG SH SJ SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK
    TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE ZA
    ZM ZW
"""

#: Every other ISO 3166-1 code: France's holidays by convention.
THIRD_COUNTRIES = frozenset(_OTHER_CODES.split())

#: French for the days that many countries share; others keep their own name.
_FRENCH = {
    "New Year's Day": "jour de l'An",
    "Epiphany": "Épiphanie",
    "Saint Brigid's Day": "fête de sainte Brigitte",
    "Saint Patrick's Day": "fête de saint Patrick",
    "Maundy Thursday": "Jeudi saint",
    "Good Friday": "Vendredi saint",
    "Easter Sunday": "dimanche de Pâques",
    "Easter Monday": "lundi de Pâques",
    "Labor Day": "fête du Travail",
    "May Day": "1er mai",
    "May Bank Holiday": "premier lundi de mai",
    "June Bank Holiday": "premier lundi de juin",
    "August Bank Holiday": "premier lundi d'août",
    "October Bank Holiday": "dernier lundi d'octobre",
    "Ascension Day": "Ascension",
    "Pentecost": "Pentecôte",
    "Pentecost Monday": "lundi de Pentecôte",
    "Corpus Christi": "Fête-Dieu",
    "Assumption Day": "Assomption",
    "All Saints' Day": "Toussaint",
    "Immaculate Conception": "Immaculée Conception",
    "National Day": "fête nationale",
    "King's Day": "fête du Roi",
    "Christmas Eve": "veille de Noël",
    "Christmas Day": "jour de Noël",
    "Saint Stephen's Day": "Saint-Étienne",
    "Second Day of Christmas": "lendemain de Noël",
}

#: The package stops at 2100; the answer to a request of December 2100 does not.
_LAST_YEAR = 2200


class HolidaysUnknownError(InvalidDataError):
    """The ``holidays`` package knows nothing of that country in that year."""

    def __init__(self, code: str, year: int) -> None:
        """Name the country and the year."""
        super().__init__(
            f"Les jours fériés de {year} ne sont pas connus pour le pays {code}.",
            remedy="Mettez à jour le paquet « holidays », ou choisissez un autre"
            " calendrier.",
        )


def days_abroad(code: str, year: int) -> dict[date, str]:
    """Return the public holidays of a Member State, named in French if possible."""
    # Imported here: start-up time, and most controllers are in France.
    from holidays import country_holidays

    known = country_holidays(code).supported_languages
    language = next((name for name in ("fr", "en_US") if name in known), None)
    book = country_holidays(code, categories=("public",), language=language)
    book.end_year = _LAST_YEAR
    book.get(date(year, 1, 1))  # asking for one day of a year makes that year
    if not book:
        raise HolidaysUnknownError(code, year)
    return {day: _in_french(name) for day, name in book.items() if day.year == year}


def _in_french(names: str) -> str:
    return " et ".join(_FRENCH.get(name, f"« {name} »") for name in names.split("; "))
