"""The first sheet of an .xlsx workbook, read row by row by openpyxl.

A workbook is an archive: what it unpacks to is looked at before anything is
unpacked, for a few kilobytes can hold gigabytes.
"""

from __future__ import annotations

import re
import warnings
import zlib
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from cnil_requests.batch.cells import NO_FORMULA, is_comment, plain_row
from cnil_requests.batch.errors import NoWorkbookSupportError, UnreadableListError
from cnil_requests.batch.values import MAX_ROWS, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MAX_PARTS = 2_000
#: Sheets are read as a stream, texts are kept; the rest becomes a tree of objects.
MAX_SHEET, MAX_TEXTS, MAX_OTHER = 100_000_000, 16_000_000, 2_000_000
_SHEET = re.compile(r"/?xl/worksheets/[^/]+\.xml")
_NOT_READ = re.compile(r"/?xl/(?:media|theme|drawings|printerSettings)/")

#: What openpyxl and zipfile raise for files that are no sound workbook.
_UNSOUND = (
    BadZipFile,
    zlib.error,
    EOFError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
    SyntaxError,
)


class Workbook:
    """The first visible sheet that is not empty."""

    delimiter = ";"

    def __init__(self, data: bytes, path: Path) -> None:
        self._file = str(path)
        with self._sound():
            _refuse_bombs(data, self._file)
            self._book = _load(data, path)
            sheets = [
                sheet
                for sheet in self._book.worksheets
                if sheet.sheet_state == "visible"
            ]
        for self._sheet in sheets:
            # The size that the file declares may be absent or absurd.
            self._sheet.reset_dimensions()
            first = next(self._all_rows(), None)
            if first is not None:
                break
        else:
            raise UnreadableListError(self._file, "elle est vide")
        self.header = first
        self.notices = self._notices(len(sheets))

    def rows(self) -> Iterator[Row]:
        """Yield the lines below the header that are neither blank nor comments."""
        rows = self._all_rows()
        next(rows)
        yield from rows

    def close(self) -> None:
        """Let go of the file."""
        self._book.close()

    def _notices(self, sheets: int) -> tuple[str, ...]:
        if sheets == 1:
            return ()
        name = self._sheet.title
        return (f"seule la feuille « {name} » est lue, sur {sheets}.",)

    def _all_rows(self) -> Iterator[Row]:
        with self._sound():
            for line, cells in enumerate(self._sheet.iter_rows(), start=1):
                row = self._row(line, cells)
                if any(row.cells) and not is_comment(row.cells[0]):
                    yield row
                if line > MAX_ROWS:
                    raise UnreadableListError(
                        self._file,
                        f"elle a plus de {MAX_ROWS} lignes",
                        remedy="Coupez-la en plusieurs fichiers.",
                    )

    def _row(self, line: int, cells: Sequence[Any]) -> Row:
        row = plain_row(line, [_text(cell.value) for cell in cells], self._file)
        faults = dict(row.faults)
        for rank, cell in enumerate(cells):
            if cell.data_type == "f":
                faults[rank] = NO_FORMULA
            elif cell.data_type == "e":
                faults[rank] = f"le tableur y a mis une erreur ({cell.value})"
        return Row(line, row.cells, tuple(faults.items()))

    @contextmanager
    def _sound(self) -> Iterator[None]:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                yield
        except _UNSOUND as error:
            raise UnreadableListError(
                self._file,
                "le classeur est abîmé ou n'en est pas un",
                remedy="Ouvrez-le dans votre tableur et enregistrez-le de nouveau.",
            ) from error


def _load(data: bytes, path: Path) -> Any:  # noqa: ANN401
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise NoWorkbookSupportError(path) from error
    return load_workbook(BytesIO(data), read_only=True, keep_links=False)


def _refuse_bombs(data: bytes, file: str) -> None:
    """Refuse what would fill the memory; zipfile never unpacks more than declared."""
    with ZipFile(BytesIO(data)) as archive:
        entries = archive.infolist()
    if len(entries) > MAX_PARTS:
        raise _too_big(file)
    for entry in entries:
        name = entry.filename
        if _NOT_READ.match(name):
            continue
        limit = MAX_SHEET if _SHEET.fullmatch(name) else MAX_OTHER
        if name.lower().endswith("sharedstrings.xml"):
            limit = MAX_TEXTS
        if entry.file_size > limit:
            raise _too_big(file)


def _too_big(file: str) -> UnreadableListError:
    return UnreadableListError(
        file,
        "le classeur se décompresse en un contenu démesuré",
        remedy="Copiez les seules lignes utiles dans un nouveau classeur.",
    )


def _text(value: object) -> str:
    """Return a cell's value as somebody would type it."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
    whole = isinstance(value, float) and value.is_integer()
    return f"{value:.0f}" if whole else str(value)
