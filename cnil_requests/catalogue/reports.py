"""What came back: letters and e-mails that a site's known contact did not take.

Kept in ``reports.csv`` in the home: one line a return, with the address that
failed. A report stands as long as the catalogue still gives that address.
"""

from __future__ import annotations

import csv
from dataclasses import astuple, dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from cnil_requests.catalogue.overlay import replace_file
from cnil_requests.errors import InvalidDataError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cnil_requests.core.directory import Directory

FILE = "reports.csv"
_COLUMNS = ["site", "what", "value", "on"]


class What(StrEnum):
    """What came back."""

    LETTER = "letter"
    EMAIL = "email"


@dataclass(frozen=True)
class Report:
    """One return: to which site, of what, at which address, on which day."""

    site: str
    what: What
    value: str
    on: date


class InvalidReportsError(InvalidDataError):
    """``reports.csv`` was changed into something that cannot be read."""

    def __init__(self, file: str, line: int) -> None:
        """Name the line and show what one looks like."""
        super().__init__(
            f"« {file} », ligne {line} : ce n'est pas un signalement.",
            remedy="Corrigez ou supprimez la ligne. Exemple : "
            "exemple-fr,email,contact@exemple.fr,2026-03-02",
        )


def read(path: Path) -> tuple[Report, ...]:
    """Return the reports kept in a file; () when there is none.

    Raises InvalidReportsError when a line cannot be read.
    """
    if not path.exists():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.reader(stream)
        return tuple(
            _report(row, str(path), rows.line_num)
            for row in rows
            if row and row != _COLUMNS
        )


def _report(row: list[str], file: str, line: int) -> Report:
    try:
        site, what, value, day = row
        return Report(site, What(what), value, date.fromisoformat(day))
    except ValueError as error:
        raise InvalidReportsError(file, line) from error


def add(path: Path, report: Report) -> None:
    """Keep a report beside the others; the same one twice is kept once."""
    import io

    reports = dict.fromkeys((*read(path), report))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([str(value) for value in astuple(item)] for item in reports)
    replace_file(path, text.getvalue().encode())


def address_of(directory: Directory, what: What) -> str:
    """Return the address that a letter or an e-mail to the site would bear."""
    if what is What.EMAIL:
        return directory.dpo_email or directory.email
    town = f"{directory.postcode} {directory.city}".strip()
    return ", ".join(part for part in (directory.street, town) if part)


def standing(reports: Iterable[Report], directory: Directory) -> tuple[Report, ...]:
    """Return the reports about what the catalogue still says of a site."""
    current = {
        What.LETTER: {address_of(directory, What.LETTER)},
        What.EMAIL: {directory.dpo_email, directory.email},
    }
    return tuple(
        report
        for report in reports
        if report.site == directory.id
        and report.value
        and report.value in current[report.what]
    )
