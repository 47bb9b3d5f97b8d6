"""Text made comparable: no accents, no capitals, one kind of blank and apostrophe."""

from __future__ import annotations

import re
import unicodedata

_SINGLE = {
    **dict.fromkeys("’‘ʼ`´", "'"),
    **dict.fromkeys("–—‐‑‒−", "-"),
    **dict.fromkeys("\xa0\u202f\u2009\u2007\t\r", " "),
    "œ": "o",
    "Œ": "o",
}


class _Folded(dict[int, str]):
    """What each character becomes, worked out once; always one character."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = _SINGLE.get(char) or unicodedata.normalize("NFD", char)[0].lower()
        self[code] = plain if len(plain) == 1 else char
        return self[code]


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Return ``text`` for matching; every character keeps its position."""
    return text.translate(_FOLDED)


def key(text: str) -> str:
    """Return only the letters and digits of ``text``, to compare names."""
    return re.sub(r"[^a-z0-9]+", "", fold(text))


def tidy(text: str) -> str:
    """Return a value on one line, with the catalogue's straight apostrophes."""
    return re.sub(r"\s+", " ", text.replace("’", "'")).strip()
