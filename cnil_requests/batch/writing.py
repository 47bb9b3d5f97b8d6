"""Lists written for spreadsheets: CSV and .xlsx, where no cell is ever a formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from cnil_requests.batch.cells import guarded
from cnil_requests.batch.errors import NoWorkbookSupportError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

#: As French spreadsheets expect it.
DELIMITER = ";"


def table_bytes(path: Path, rows: Iterable[Sequence[str]]) -> bytes:
    """Return ``rows`` in the format that the name of ``path`` asks for."""
    if path.suffix.lower() == ".xlsx":
        return workbook_bytes(path, rows)
    return csv_bytes(rows)


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """Return CSV in UTF-8 with a byte-order mark, which spreadsheets recognise."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=DELIMITER)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def has_workbooks() -> bool:
    """Say whether .xlsx files can be read and written."""
    from importlib.util import find_spec

    return find_spec("openpyxl") is not None


def workbook_bytes(path: Path, rows: Iterable[Sequence[str]]) -> bytes:
    """Return a workbook of one sheet, every cell plain text."""
    try:
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell
    except ImportError as error:
        raise NoWorkbookSupportError(path) from error
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Liste")
    for row in rows:
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, text)
            # A text that starts with = would be written as a formula.
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
