"""Law that a letter may no longer cite, found in the text of a template."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Outdated:
    """One citation: its line, what is wrong with it, what is in force."""

    line: int
    message: str
    suggestion: str


#: LIL in its numbering since 1 June 2019; LCEN since 21 May 2024; the answer period
#: since 25 May 2018.
_RULES = (
    (
        re.compile(r"articles?\s+(?:38|39|40)\b[^.]{0,80}(?:loi|78-17)", re.IGNORECASE),
        "les anciens articles 38 à 40 de la loi n° 78-17 sont abrogés",
        "opposition : article 56 ; accès : 49 ; rectification : 50 ; effacement : 51",
    ),
    (
        re.compile(r"\b6[ .-]?(?:I[ .-]?5|III)\b"),
        "cet article de la loi n° 2004-575 est abrogé",
        "mentions légales : article 1-1",
    ),
    (
        re.compile(r"deux mois", re.IGNORECASE),
        "le délai de réponse est d'un mois, et non de deux",
        "RGPD, article 12(3)",
    ),
)


def outdated_law(source: str) -> Iterator[Outdated]:
    """Yield each repealed article and the former answer period in a text.

    « deux mois » is right in a sentence about the extension.
    """
    for pattern, message, suggestion in _RULES:
        for found in pattern.finditer(source):
            before = source[: found.start()].rpartition(".")[2]
            after = source[found.end() :].partition(".")[0]
            if "deux mois" in found[0].lower() and "prolong" in before + after:
                continue
            line = source.count("\n", 0, found.start()) + 1
            yield Outdated(line, message, suggestion)
