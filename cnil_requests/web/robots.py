"""What a site's robots.txt asks of programs (RFC 9309)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterable

#: RFC 9309, 2.5: at least 500 kibibytes are read.
MAX_BYTES = 512_000

_MAX_RULES = 5000


@dataclass(frozen=True)
class Robots:
    """The rules that apply to one program: (allowed, path pattern)."""

    rules: tuple[tuple[bool, str], ...] = ()

    def allows(self, path: str) -> bool:
        """Say whether a path may be read: the longest pattern decides, then allow."""
        wanted = unquote(path)
        best = max(
            (
                (len(pattern), allowed)
                for allowed, pattern in self.rules
                if _matches(pattern, wanted)
            ),
            default=(0, True),
        )
        return best[1] or wanted == "/robots.txt"


ALLOW_ALL = Robots()
REFUSE_ALL = Robots(((False, "/"),))


def read(text: str, agent: str) -> Robots:
    """Return the rules of the groups that name ``agent``, else those for all."""
    groups: dict[str, list[tuple[bool, str]]] = {}
    names: list[str] = []
    in_rules = False
    for field, value in _lines(text):
        if field == "user-agent":
            names = [] if in_rules else names
            in_rules = False
            names.append(value.lower())
            groups.setdefault(value.lower(), [])
        elif field in ("allow", "disallow"):
            in_rules = True
            for name in names if value else ():
                groups[name].append((field == "allow", unquote(value)))
    found = groups.get(agent.lower(), groups.get("*", []))
    return Robots(tuple(found[:_MAX_RULES]))


def _lines(text: str) -> Iterable[tuple[str, str]]:
    for line in text.removeprefix("\ufeff").splitlines():
        field, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield field.strip().lower(), value.strip()


def _matches(pattern: str, path: str) -> bool:
    """Match a pattern from the start; « * » is anything, a final « $ » the end.

    Piece by piece, never by a regular expression: a hostile pattern of many
    stars costs no more than a plain one.
    """
    anchored = pattern.endswith("$")
    pieces = re.sub(r"\*+", "*", pattern.removesuffix("$")).split("*")
    if not path.startswith(pieces[0]):
        return False
    at = len(pieces[0])
    for piece in pieces[1:-1]:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if len(pieces) == 1:
        return not anchored or at == len(path)
    last = pieces[-1]
    if anchored:
        return len(path) - len(last) >= at and path.endswith(last)
    return path.find(last, at) >= 0
