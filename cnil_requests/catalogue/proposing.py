"""Turn the user's own lines into a patch of the shared catalogue."""

from __future__ import annotations

import csv
import difflib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnil_requests.catalogue.checks import check_row, taken_domains
from cnil_requests.catalogue.loading import Provenance
from cnil_requests.catalogue.problems import Level
from cnil_requests.core.directory import COLUMNS, to_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from cnil_requests.catalogue.loading import Catalogue
    from cnil_requests.catalogue.problems import Problem
    from cnil_requests.core.directory import Directory

#: Never sent: what a user notes for himself stays with him.
PRIVATE = frozenset({"notes"})


@dataclass(frozen=True)
class Proposed:
    """One line to send: the columns that change, and where they were read."""

    id: str
    is_new: bool
    columns: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Patch:
    """A patch for ``git apply`` or ``patch -p1``, and what it does not hold.

    ``rejected`` gives the problems of the lines left out, by site.
    """

    text: str
    lines: tuple[Proposed, ...]
    rejected: dict[str, tuple[Problem, ...]]


def propose(
    shipped: str, known: Sequence[Directory], catalogue: Catalogue, *, today: date
) -> Patch:
    """Compare the user's lines with the shipped file, whose text is ``shipped``."""
    before = {item.id: to_row(item) for item in known}
    lines: list[Proposed] = []
    rows: dict[str, dict[str, str]] = {}
    rejected: dict[str, tuple[Problem, ...]] = {}
    for item in catalogue.values():
        if catalogue.provenance(item.id) is not Provenance.USER:
            continue
        row = _public(to_row(item), before.get(item.id))
        changed = _changed(row, before.get(item.id))
        if not changed:
            continue
        others = [other for other in catalogue.values() if other.id != item.id]
        problems = _errors(row, others, today)
        if problems:
            rejected[item.id] = problems
            continue
        rows[item.id] = row
        sources = tuple(row["source_urls"].split())
        lines.append(Proposed(item.id, item.id not in before, changed, sources))
    return Patch(_diff(shipped, rows), tuple(lines), rejected)


def _public(row: dict[str, str], before: dict[str, str] | None) -> dict[str, str]:
    """Return a line without what the user keeps for himself."""
    kept = {column: (before or {}).get(column, "") for column in PRIVATE}
    return row | kept


def _changed(row: dict[str, str], before: dict[str, str] | None) -> tuple[str, ...]:
    old = before or {}
    return tuple(column for column in COLUMNS if row[column] != old.get(column, ""))


def _errors(
    row: dict[str, str], others: Iterable[Directory], today: date
) -> tuple[Problem, ...]:
    problems = check_row(row, today=today, taken=taken_domains(others))
    return tuple(item for item in problems if item.level is Level.ERROR)


def _diff(shipped: str, rows: dict[str, dict[str, str]]) -> str:
    """Return the difference in unified form; lines that do not change stay as are."""
    old = shipped.splitlines(keepends=True)
    rest = dict(rows)
    new = []
    for line in old:
        key = next(csv.reader([line]), [""])[0]
        new.append(_line(rest.pop(key)) if key in rest else line)
    new += [_line(row) for row in rest.values()]
    return "".join(
        difflib.unified_diff(old, new, "a/directories.csv", "b/directories.csv")
    )


def _line(row: dict[str, str]) -> str:
    text = io.StringIO(newline="")
    csv.DictWriter(text, COLUMNS, lineterminator="\n").writerow(row)
    return text.getvalue()
