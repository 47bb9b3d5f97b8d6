"""What every line must satisfy before it can be used: one rule, one function.

These rules are light: they run each time the catalogue is loaded. A line that
satisfies them can be read by ``core.directory.from_row``.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING

from cnil_requests.catalogue.problems import Problem
from cnil_requests.core import countries
from cnil_requests.core.directory import FLAGS, Confidence, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cnil_requests.catalogue.reading import Line

    Rule = Callable[[Line], Iterator[Problem]]

#: A slug of at most this length keeps folder names short on every system.
ID_LENGTH = 40

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
#: Control characters, line breaks, half characters, and the marks that hide or
#: turn text: an address must print as it is read.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff"
    "\ud800-\udfff]"
)


def identity_is_given(line: Line) -> Iterator[Problem]:
    """Require an id, a name and a domain."""
    for column in ("id", "name", "domain"):
        if not line[column].strip():
            yield Problem(line.number, column, "valeur obligatoire absente")


def id_is_a_slug(line: Line) -> Iterator[Problem]:
    """Require an id that is safe as a folder name: it becomes one."""
    from cnil_requests.core.people import slug_of

    text = line["id"].strip()
    if text and (not _SLUG.fullmatch(text) or text != slug_of(text)):
        yield Problem(
            line.number,
            "id",
            f"« {text} » n'est pas un identifiant",
            f"minuscules, chiffres et tirets : « {slug_of(text)} »",
        )


def no_control_characters(line: Line) -> Iterator[Problem]:
    """Refuse control characters, line breaks and invisible marks in a cell."""
    for column, text in line.cells.items():
        found = _HIDDEN.search(text)
        if found:
            yield Problem(
                line.number,
                column,
                f"caractère de contrôle U+{ord(found.group()):04X}",
                "retapez la valeur sur une seule ligne",
            )


def kind_is_known(line: Line) -> Iterator[Problem]:
    """Require one of the kinds of site."""
    yield from _one_of(line, "kind", [kind.value for kind in Kind])


def confidence_is_known(line: Line) -> Iterator[Problem]:
    """Accept the four degrees of confidence, or nothing."""
    if line["confidence"].strip():
        yield from _one_of(line, "confidence", [word.value for word in Confidence])


def flags_are_yes_or_no(line: Line) -> Iterator[Problem]:
    """Accept yes, no, or nothing when it is unknown."""
    for column in sorted(FLAGS):
        if line[column].strip():
            yield from _one_of(line, column, ["yes", "no"])


def _one_of(line: Line, column: str, words: list[str]) -> Iterator[Problem]:
    text = line[column].strip()
    if text in words:
        return
    near = get_close_matches(text.lower(), words, n=1)
    hint = f"écrivez « {near[0]} »" if near else f"au choix : {', '.join(words)}"
    yield Problem(line.number, column, f"« {text} » est inconnu", hint)


def date_is_iso(line: Line) -> Iterator[Problem]:
    """Accept an ISO date, or nothing."""
    text = line["checked_on"].strip()
    if not text or is_iso_date(text):
        return
    yield Problem(
        line.number, "checked_on", f"« {text} » n'est pas une date", _iso_hint(text)
    )


def is_iso_date(text: str) -> bool:
    """Say whether ``text`` is a day written 2026-01-31."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return bool(_ISO_DATE.fullmatch(text))


def _iso_hint(text: str) -> str:
    try:
        day = datetime.strptime(text, "%d/%m/%Y")  # noqa: DTZ007
    except ValueError:
        return "écrivez-la comme 2026-01-31"
    return f"écrivez « {day.date().isoformat()} »"


def country_is_known(line: Line) -> Iterator[Problem]:
    """Accept an ISO country code, or nothing."""
    text = line["country"].strip()
    if not text or text in countries.CODES:
        return
    code = countries.code_of(text)
    hint = f"écrivez « {code} »" if code else "écrivez le code ISO, comme FR ou IE"
    yield Problem(line.number, "country", f"pays inconnu : « {text} »", hint)


#: The rules without which a line cannot be read at all.
LIGHT_RULES: tuple[Rule, ...] = (
    identity_is_given,
    id_is_a_slug,
    no_control_characters,
    kind_is_known,
    confidence_is_known,
    flags_are_yes_or_no,
    date_is_iso,
    country_is_known,
)


def light_problems(lines: Iterable[Line]) -> list[Problem]:
    """Return what keeps ``lines`` from being read, repeated ids included."""
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for line in lines:
        problems += [found for rule in LIGHT_RULES for found in rule(line)]
        first = seen.setdefault(line["id"].strip(), line.number)
        if first != line.number:
            problems.append(
                Problem(line.number, "id", f"identifiant déjà employé ligne {first}")
            )
    return problems
