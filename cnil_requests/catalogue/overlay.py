"""The user's own ``directories.csv``: written whole, or not at all."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cnil_requests.catalogue.contact_rules import no_formula
from cnil_requests.catalogue.reading import (
    InvalidCatalogueError,
    Line,
    Table,
    read_table,
)
from cnil_requests.catalogue.rules import light_problems
from cnil_requests.core.directory import COLUMNS, to_row
from cnil_requests.errors import standing_for
from cnil_requests.modes import share_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cnil_requests.core.directory import Directory

#: How the name of a file begins that is not whole yet.
_UNFINISHED = ".directories-"


def save(path: Path, *directories: Directory) -> None:
    """Write lines to the user's file; the other lines stay as they are.

    The file is replaced in one step, readable by its owner only. Raises
    InvalidCatalogueError, and changes nothing, when the file there is broken or
    a value would be run by a spreadsheet.
    """
    table = read_table(path) if path.exists() else Table(str(path), COLUMNS, ())
    rows = {line["id"].strip(): dict(line.cells) for line in table.lines}
    rows |= {directory.id: to_row(directory) for directory in directories}
    _refuse_problems(table, [to_row(directory) for directory in directories])
    replace_file(path, _serialise(table, rows.values()))


def _refuse_problems(table: Table, new: Iterable[dict[str, str]]) -> None:
    """Raise when the file cannot be kept, or a new line cannot be written."""
    problems = [*table.problems, *light_problems(table.lines)]
    lines = [Line(0, row) for row in new]
    problems += light_problems(lines)
    problems += [found for line in lines for found in no_formula(line)]
    if problems:
        raise InvalidCatalogueError.from_problems(table.file, problems)


def _serialise(table: Table, rows: Iterable[dict[str, str]]) -> bytes:
    """Return the file in the form it had: same columns, separator and mark."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(
        text, table.header, delimiter=table.delimiter, lineterminator="\n"
    )
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig" if table.has_bom else "utf-8")


def replace_file(path: Path, data: bytes) -> None:
    """Write beside the file, sync, then rename over it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with standing_for(path, path.with_name(_UNFINISHED)):
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=_UNFINISHED)
        try:
            with os.fdopen(handle, "wb") as stream:
                share_file(handle, path.parent)
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the rename durable, where the system lets a folder be synced."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
