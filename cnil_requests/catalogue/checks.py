"""Check a whole catalogue file and report every problem at once."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from cnil_requests.catalogue.contact_rules import CONTACT_RULES
from cnil_requests.catalogue.problems import Level, Problem
from cnil_requests.catalogue.reading import Line, Table
from cnil_requests.catalogue.rules import is_iso_date, light_problems
from cnil_requests.core.directory import COLUMNS, FRESH_MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cnil_requests.core.directory import Directory


def check_table(
    table: Table, *, today: date, taken: Mapping[str, str] | None = None
) -> tuple[Problem, ...]:
    """Return all problems of a file, in the order of its lines and columns.

    ``taken`` tells the domains that other files give to a site, by site id.
    """
    problems = list(table.problems)
    problems += [
        problem
        for problem in _line_problems(table.lines, today, taken or {})
        if problem.column in table.header
    ]
    return tuple(sorted(set(problems), key=_place))


def check_row(
    row: Mapping[str, str], *, today: date, taken: Mapping[str, str]
) -> tuple[Problem, ...]:
    """Return the problems that one line would have in a file."""
    return tuple(sorted(set(_line_problems([Line(1, row)], today, taken)), key=_place))


def taken_domains(directories: Iterable[Directory]) -> dict[str, str]:
    """Return the id of the site that holds each domain and alias."""
    return {
        domain: directory.id
        for directory in directories
        for domain in (directory.domain, *directory.aliases)
    }


def _line_problems(
    lines: Iterable[Line], today: date, taken: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield what each rule finds, then what only several lines show."""
    lines = list(lines)
    yield from light_problems(lines)
    for line in lines:
        for rule in CONTACT_RULES:
            yield from rule(line)
        yield from _date_is_plausible(line, today)
    yield from _domains_are_unique(lines, taken)
    yield from _mailboxes_are_not_shared(lines)


def _place(problem: Problem) -> tuple[int, int, str]:
    column = problem.column
    rank = COLUMNS.index(column) if column in COLUMNS else len(COLUMNS)
    return (problem.line, rank, problem.message)


def _date_is_plausible(line: Line, today: date) -> Iterator[Problem]:
    """Warn of a date to come, and of one that no longer lets an address print."""
    text = line["checked_on"].strip()
    if not is_iso_date(text):
        return
    day = date.fromisoformat(text)
    if day > today:
        yield Problem(
            line.number, "checked_on", f"date à venir : {text}", level=Level.WARNING
        )
    elif day <= today - relativedelta(months=FRESH_MONTHS):
        yield Problem(
            line.number,
            "checked_on",
            f"vérifié il y a {FRESH_MONTHS} mois ou plus ({text})",
            "relisez la source, puis cnilreq directories set",
            Level.WARNING,
        )


def _domains_are_unique(
    lines: Iterable[Line], taken: Mapping[str, str]
) -> Iterator[Problem]:
    """Refuse a domain or alias that another line has."""
    owners: dict[str, int] = {}
    for line in lines:
        for column in ("domain", "aliases"):
            for domain in line[column].split():
                owner = taken.get(domain, line["id"].strip())
                if owner != line["id"].strip():
                    what = f"« {domain} » est déjà le domaine de {owner}"
                    yield Problem(line.number, column, what)
                elif domain in owners:
                    what = f"« {domain} » est déjà ligne {owners[domain]}"
                    yield Problem(line.number, column, what)
                owners.setdefault(domain, line.number)


def _mailboxes_are_not_shared(lines: Iterable[Line]) -> Iterator[Problem]:
    """Warn of one mailbox on several lines."""
    places: dict[str, list[tuple[Line, str]]] = defaultdict(list)
    for line in lines:
        for column in ("email", "dpo_email"):
            if line[column].strip():
                places[line[column].strip().lower()].append((line, column))
    for mailbox, found in places.items():
        ids = sorted({line["id"] for line, _ in found})
        if len(ids) > 1:
            for line, column in found:
                others = ", ".join(name for name in ids if name != line["id"])
                yield Problem(
                    line.number,
                    column,
                    f"« {mailbox} » sert aussi à {others}",
                    "nommez le site dans l'objet",
                    Level.WARNING,
                )
