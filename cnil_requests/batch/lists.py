"""Open a list and read it by column, as often as it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from cnil_requests.batch.columns import read_header
from cnil_requests.batch.delimited import Delimited
from cnil_requests.batch.errors import UnreadableListError
from cnil_requests.batch.values import MAX_BYTES, Entry, Fault, Row
from cnil_requests.batch.workbook import Workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cnil_requests.batch.columns import Column
    from cnil_requests.batch.values import Sheet


class InputList:
    """A list whose columns are known; to be used in a ``with`` block."""

    def __init__(self, path: Path, columns: Sequence[Column]) -> None:
        self.path = path
        self.sheet = _open(path)
        try:
            self.header = read_header(self.sheet.header, columns, str(path))
        except UnreadableListError:
            self.sheet.close()
            raise
        self._columns = tuple(item.name for item in columns)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.sheet.close()

    @property
    def notices(self) -> tuple[str, ...]:
        """What is worth saying about how the file was read."""
        if not self.header.ignored:
            return self.sheet.notices
        names = ", ".join(f"« {title} »" for title in self.header.ignored)
        return *self.sheet.notices, f"colonnes qui ne servent pas : {names}."

    def rows(self) -> Iterator[Row]:
        """Yield the lines as they are."""
        return self.sheet.rows()

    def entries(self) -> Iterator[Entry]:
        """Yield the lines by column."""
        places = self.header.places
        width = len(self.header.titles)
        for row in self.sheet.rows():
            values = dict.fromkeys(self._columns, "")
            for name, place in places.items():
                if place < len(row.cells):
                    values[name] = row.cells[place]
            faults = self._faults(row, width) if row.faults else ()
            if any(row.cells[width:]):
                faults = (*faults, _too_wide(row, width))
            yield Entry(row.line, values, faults)

    def fault(self, line: int, name: str, message: str) -> Fault:
        """Return what is wrong with a known column of a line."""
        return Fault(line, self.header.title(name) if name else "", message)

    def _faults(self, row: Row, width: int) -> tuple[Fault, ...]:
        """Return what cannot be read in the columns that are used."""
        used = set(self.header.places.values())
        return tuple(
            Fault(row.line, self.header.titles[rank], message)
            for rank, message in row.faults
            if rank in used and rank < width
        )


def _open(path: Path) -> Sheet:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableListError(
            str(path),
            "le fichier est introuvable ou illisible",
            remedy="Vérifiez son nom et son dossier.",
        ) from error
    if len(data) > MAX_BYTES:
        raise UnreadableListError(
            str(path),
            f"elle dépasse {MAX_BYTES // 1_000_000} Mo",
            remedy="Coupez-la en plusieurs fichiers.",
        )
    if data.startswith(b"PK\x03\x04"):
        return Workbook(data, path)
    return Delimited(data, str(path))


def _too_wide(row: Row, width: int) -> Fault:
    return Fault(
        row.line,
        "",
        f"{len(row.cells)} cellules au lieu de {width} : une cellule qui contient "
        "le séparateur s'écrit entre guillemets",
    )
