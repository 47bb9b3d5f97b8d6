"""The words of an address line after NF Z 10-011: capitals, numbers, abbreviations.

Sources: La Poste, service national de l'adresse, rubriques 83 and 148 (standard
of 19 January 2013): lines 4 to 6 hold capital letters, digits and blanks; a range
of numbers keeps the first; words are abbreviated only when the line is longer
than 32 characters, the kind of way first.
"""

from __future__ import annotations

import re
import unicodedata

#: NF Z 10-011: characters a line, blanks included.
LINE_LENGTH = 38

#: A street or locality longer than this may be abbreviated.
ABBREVIATE_ABOVE = 32

_NO_DECOMPOSITION = str.maketrans(
    {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE"}
    | {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"}
    | {"ð": "d", "Ð": "D", "þ": "th", "Þ": "TH", "ı": "i", "&": " ET "}
)

#: The kind of way comes first in the line, after the number.
_WAYS = {
    "ALLEE": "ALL",
    "ALLEES": "ALL",
    "AVENUE": "AV",
    "BOULEVARD": "BD",
    "CARREFOUR": "CAR",
    "CHEMIN": "CHE",
    "CHAUSSEE": "CHS",
    "CORNICHE": "COR",
    "COURS": "CRS",
    "DOMAINE": "DOM",
    "ESPLANADE": "ESP",
    "FAUBOURG": "FG",
    "HAMEAU": "HAM",
    "IMPASSE": "IMP",
    "LOTISSEMENT": "LOT",
    "MONTEE": "MTE",
    "PASSAGE": "PAS",
    "PLACE": "PL",
    "PROMENADE": "PRO",
    "QUARTIER": "QUA",
    "RESIDENCE": "RES",
    "RUELLE": "RLE",
    "ROND POINT": "RPT",
    "ROUTE": "RTE",
    "SENTIER": "SEN",
    "SQUARE": "SQ",
    "TRAVERSE": "TRA",
    "ZONE ARTISANALE": "ZA",
    "ZONE INDUSTRIELLE": "ZI",
}

_TITLES = {
    "CAPITAINE": "CPT",
    "COLONEL": "COL",
    "COMMANDANT": "CDT",
    "DOCTEUR": "DR",
    "GENERAL": "GAL",
    "LIEUTENANT": "LT",
    "MARECHAL": "MAL",
    "PRESIDENT": "PDT",
    "PROFESSEUR": "PR",
    "SAINT": "ST",
    "SAINTE": "STE",
}

_RANGE = re.compile(
    r"^(?P<first>\d+(?:\s?(?:bis|ter|quater|[a-d])\b)?)"
    r"(?:\s*(?:-|–|/|,|à|et)\s*\d+(?:\s?(?:bis|ter|quater|[a-d])\b)?(?!\w))+",
    re.IGNORECASE,
)
_IN_NUMBER = r"(?:(?<=\d)[-/](?=\w)|(?<=\w)[-/](?=\d))"
_INDEX = re.compile(r"^(\d+)\s?(bis|ter|quater)\b", re.IGNORECASE)


def plain_capitals(text: str) -> str:
    """Return ``text`` in capitals without accents or punctuation.

    Letters of other alphabets stay: an address is never silently shortened.
    """
    words = re.sub(r"[\W_]+", " ", _without_accents(text).upper())
    return " ".join(words.split())


def foreign_capitals(text: str) -> str:
    """Return ``text`` in capitals, numbers as their country writes them.

    Abroad « 5-7 » and « 119/A » are one number; the French rule does not apply.
    """
    spoken = re.sub(r"(?<=\w)['’](?=[sS]\b)", "", _without_accents(text))
    words = re.sub(rf"(?:(?!{_IN_NUMBER})[\W_])+", " ", spoken.upper())
    return " ".join(words.split())


def _without_accents(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.translate(_NO_DECOMPOSITION))
    return "".join(char for char in spread if not unicodedata.combining(char))


def first_number(street: str) -> str:
    """Keep the first number of a range, and write « bis » as B.

    >>> first_number("2-10 rue d'Oradour-sur-Glane")
    "2 rue d'Oradour-sur-Glane"
    """
    single = _RANGE.sub(lambda match: match["first"], street.strip())
    return _INDEX.sub(lambda match: f"{match[1]} {match[2][0].upper()}", single)


def abbreviate(line: str) -> str:
    """Abbreviate a line in capitals, word by word, while it is too long."""
    for word, short in (*_WAYS.items(), *_TITLES.items()):
        if len(line) <= ABBREVIATE_ABOVE:
            break
        count = 1 if word in _WAYS else 0
        line = re.sub(rf"\b{word}\b", short, line, count=count)
    return line


def split(line: str) -> tuple[str, ...]:
    """Cut a line between words, at a comma if it can, so that each part fits."""
    if len(line) <= LINE_LENGTH:
        return (line,)
    head = line[: LINE_LENGTH + 1]
    comma, blank = head.rfind(", "), head.rfind(" ")
    cut = comma if comma > 0 else blank
    if cut <= 0:
        cut = LINE_LENGTH
    return (line[:cut], *split(line[cut:].lstrip(" ,")))
