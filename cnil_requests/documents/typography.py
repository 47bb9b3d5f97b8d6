"""French typography for the fixed words of a letter.

Applied to the templates' own text only: what a user typed is never touched.
"""

from __future__ import annotations

import re

NBSP = "\u00a0"

#: A blank as typed, or one that is already right: none is ever doubled.
_BLANK = "[ \u00a0\u202f]"

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"'"), "\u2019"),
    (re.compile(rf"{_BLANK}?([;!?]+)(?=\s|$)"), rf"{NBSP}\1"),
    (re.compile(rf"(?:(?<=\S)|^){_BLANK}:(?=\s|$)"), f"{NBSP}:"),
    (re.compile(rf"«{_BLANK}?"), f"«{NBSP}"),
    (re.compile(rf"{_BLANK}?»"), f"{NBSP}»"),
    (
        re.compile(r"\b(n°|[Aa]rticles?|art\.|[Pp]ièces?|loi|page) (?=\d|n°)"),
        rf"\1{NBSP}",
    ),
    # A fixed text ends where a value follows, and starts where one came before.
    (re.compile(r"(n°|\b[Aa]rticles?|\bart\.|\b[Pp]ièces?) \Z"), rf"\1{NBSP}"),
    (re.compile(r"\A (?=(?:jours|mois)\b)"), NBSP),
    (re.compile(rf"\bn°{_BLANK}?(?=\d)"), f"n°{NBSP}"),
    (re.compile(r" – "), f"{NBSP}– "),
    (
        re.compile(
            r"(\d) (?=(?:janvier|février|mars|avril|mai|juin|juillet|août|"
            r"septembre|octobre|novembre|décembre|jours|mois)\b)"
        ),
        rf"\1{NBSP}",
    ),
)


def typeset(text: str) -> str:
    """Return ``text`` with French apostrophes and no-break spaces."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text
