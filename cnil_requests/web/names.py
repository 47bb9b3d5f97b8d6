"""Whether a text names a person: accents, capitals, order and hyphens aside."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

#: Between two blocks of a page: a name does not run over it.
BREAK = " | "

_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
#: Combining accents, soft hyphens, characters without width.
_UNSEEN = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
#: The end of a sentence; not the point of an initial or of « Dr ».
_STOP = re.compile(r"(?<!\b\w)(?<!\bdr)(?<!\bpr)(?<!\bmme)[.;!?•·](?=\s|$)")
_KEPT = re.compile(r"[^\W_]+(?:-[^\W_]+)*|[|,]")

_PARTICLES = (
    "al|ben|bin|da|das|de|del|della|den|der|des|di|do|dos|du|d|el|la|le|les|"
    "van|vander|von|zu"
)
_TITLES = (
    "docteure?|doctoresse|dr|dre|m|madame|mademoiselle|maitre|me|mlle|mme|monsieur|"
    "mr|pr|professeure?|sage-femme"
)
#: What tables and structured data write between the parts of a name.
_LABELS = (
    "nom|prenoms?|usage|naissance|famille|familyname|givenname|firstname|lastname|"
    "additionalname|honorificprefix"
)
_START, _END = r"(?<![^ ])", r"(?![^ ])"
_LABELLED = rf"(?:(?:\| )?(?:(?:{_LABELS}) ){{1,4}}(?:\| )?)"
# Repetitions are bounded: a hostile page must not make a search endless.
_BEFORE_LAST = rf"(?:(?:{_PARTICLES})[ -]?){{0,3}}"
#: « Jean de Dupont », « Jean M. Dupont », « Jean, nom : Dupont ».
_AFTER_FIRST = rf" (?:(?:(?:{_PARTICLES}|{_TITLES}|[^\W\d_]) ){{0,4}}|{_LABELLED})"
#: « Dupont Jean », « Dupont (de) Jean », « Dupont, prénom : Jean ».
_AFTER_LAST = rf" (?:(?:(?:{_PARTICLES}) ){{0,3}}|{_LABELLED})"
#: After « Dupont, Jean » another word would be the next person's name.
_ALONE = r"(?= [|,]|$)"


class Mention(StrEnum):
    """How a text speaks of a person."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


def plain(text: str) -> str:
    """Return words in lower case without accents, separated by single spaces.

    Hyphens within words, commas and the ends of sentences (as BREAK) are kept.
    """
    text = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    text = _STOP.sub(BREAK, _DASHES.sub("-", _UNSEEN.sub("", text)))
    return " ".join(_KEPT.findall(text))


class Name:
    """The name of a person, ready to be looked for in plain text."""

    def __init__(self, first: str, last: str) -> None:
        """Keep both parts; without a first name nothing is a full mention."""
        self.text = f"{first} {last}".strip()
        firsts, lasts = _parts(first), _parts(last)
        self._full = _full_pattern(firsts, lasts) if firsts and lasts else None
        self._partial = _surname_pattern(lasts) if lasts else None

    def is_in(self, text: str) -> bool:
        """Say whether plain text names the person in full."""
        return self._full is not None and self._full.search(text) is not None

    def mention(self, text: str) -> Mention:
        """Return how plain text speaks of the person; a surname alone is PARTIAL."""
        if self.is_in(text):
            return Mention.FULL
        if self._partial is None or self._partial.search(text):
            return Mention.PARTIAL
        return Mention.NONE


def _parts(name: str) -> list[str]:
    """Return the words of a name, without leading particles when more is left."""
    words = [
        word for word in re.split(r"[ |,-]+", plain(name.replace(".", " "))) if word
    ]
    while len(words) > 1 and re.fullmatch(_PARTICLES, words[0]):
        words = words[1:]
    return words


def _full_pattern(firsts: list[str], lasts: list[str]) -> re.Pattern[str]:
    """Return what matches the name in either order, parts joined or not."""
    first = "[ -]?".join(firsts)
    last = _BEFORE_LAST + "[ -]?".join(lasts)
    given_first = f"{_START}{first}{_AFTER_FIRST}{last}{_END}"
    family_first = f"{_START}{last}{_AFTER_LAST}{first}{_END}"
    with_comma = f"{_START}{last} , {first}{_ALONE}"
    return re.compile(f"{given_first}|{family_first}|{with_comma}")


def _surname_pattern(lasts: list[str]) -> re.Pattern[str]:
    """Return what matches any part of a surname, or the whole written as one."""
    whole = _BEFORE_LAST + "[ -]?".join(lasts)
    parts = [part for part in lasts if len(part) > 1]
    return re.compile("|".join(rf"(?<!\w){part}(?!\w)" for part in [whole, *parts]))
