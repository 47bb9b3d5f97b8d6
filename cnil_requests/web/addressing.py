"""What addresses share wherever they are: their lead-in, their country."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnil_requests.core import countries
from cnil_requests.web.folding import fold

if TYPE_CHECKING:
    from cnil_requests.core.postal import PostalAddress


LEAD = re.compile(
    r"(?:situee?s?|sise?s?|siege(?: social)?|domiciliee?s?|adresse(?: postale)?|"
    r"demeurant|located|registered office|head ?office|residant|implantee?|bases? |"
    r"etablie?|exercant|installee?|suivante)\b(?: (?:est|se trouve|is|sis|situe|fixe|"
    r"etabli)\b)*(?: (?:(?:au|a|aux|en|at|in|dans|l'adresse|suivante|est)\b|:))*[ :]*"
)
WINDOW = 220
MAX_LINE = 60
#: Names of countries in the texts -> code; the French ones come from ``countries``.
NAMES = {
    **{fold(countries.french_name(code)): code for code in countries.CODES},
    "sweden": "SE", "germany": "DE", "ireland": "IE", "united kingdom": "GB",
    "belgium": "BE", "switzerland": "CH", "spain": "ES", "italy": "IT", "usa": "US",
    "netherlands": "NL", "the netherlands": "NL", "united states": "US", "uk": "GB",
    "etats unis": "US", "england": "GB", "angleterre": "GB", "u.s.a": "US",
    "deutschland": "DE", "austria": "AT", "cyprus": "CY", "estonia": "EE",
    "romania": "RO", "poland": "PL", "czech republic": "CZ", "denmark": "DK",
    "finland": "FI", "norway": "NO", "morocco": "MA", "tunisia": "TN",
}  # fmt: skip
COUNTRY = re.compile(
    r"(?<![\w-])(" + "|".join(sorted(map(re.escape, NAMES), key=len, reverse=True))
    + r")(?![\w-])"
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """An address read in a text; ``start`` and ``end`` bound it there.

    ``doubt`` is French, "" when every part was recognised. ``has_lead`` says that
    « situé au », « siège social » or the like introduces it; ``says_country`` that
    the country is written.
    """

    address: PostalAddress
    start: int
    end: int
    doubt: str = ""
    has_lead: bool = False
    says_country: bool = False


def straight(text: str) -> str:
    """Write a part as the catalogue does: straight apostrophes, single blanks."""
    plain = re.sub(r"[’‘ʼ]", "'", re.sub(r"[–—‑]", "-", text))
    return re.sub(r"\s+", " ", plain).strip(" ,.-")
