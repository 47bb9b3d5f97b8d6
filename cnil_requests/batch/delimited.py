"""CSV files as spreadsheets of every country write them."""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import TYPE_CHECKING

from cnil_requests.batch.cells import is_comment, plain_row
from cnil_requests.batch.errors import UnreadableListError
from cnil_requests.batch.values import MAX_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cnil_requests.batch.values import Row

DELIMITERS = ";,\t|"

#: French letters and signs as UTF-8 writes them: no Windows-1252 text holds these.
_UTF8_FRENCH = re.compile(rb"\xc3[\x80-\xbf]|\xc5[\x92\x93]|\xe2\x80[\x93-\xa6]")
_PIECE = 1 << 20


class Delimited:
    """One CSV file, its encoding and separator recognised."""

    def __init__(self, data: bytes, file: str) -> None:
        self._data = data
        self._file = file
        _refuse_binary(data, file)
        self._encoding, self.notices = _encoding(data, file)
        self.delimiter = _delimiter(self._text())
        first = next(self._all_rows(), None)
        if first is None:
            raise UnreadableListError(file, "elle est vide")
        self.header = first

    def rows(self) -> Iterator[Row]:
        """Yield the lines below the header that are neither blank nor comments."""
        rows = self._all_rows()
        next(rows)
        for rank, row in enumerate(rows):
            if rank >= MAX_ROWS:
                raise UnreadableListError(
                    self._file,
                    f"elle a plus de {MAX_ROWS} lignes",
                    line=row.line,
                    remedy="Coupez-la en plusieurs fichiers.",
                )
            yield row

    def close(self) -> None:
        """Do nothing: the file was read whole."""

    def _text(self) -> io.TextIOWrapper:
        return io.TextIOWrapper(
            io.BytesIO(self._data), encoding=self._encoding, newline=""
        )

    def _all_rows(self) -> Iterator[Row]:
        reader = csv.reader(self._text(), delimiter=self.delimiter, strict=True)
        start = 1
        try:
            for cells in reader:
                if any(map(str.strip, cells)) and not is_comment(cells[0]):
                    yield plain_row(start, cells, self._file)
                start = reader.line_num + 1
        except csv.Error as error:
            raise UnreadableListError(
                self._file,
                "une cellule est démesurée, ou un guillemet n'est pas fermé",
                line=start,
                remedy="Un guillemet à l'intérieur d'une cellule s'écrit deux fois.",
            ) from error


def _refuse_binary(data: bytes, file: str) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableListError(file, "c'est un ancien classeur « .xls »")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableListError(file, "elle est écrite en UTF-16, pas en UTF-8")
    place = data.find(b"\0")
    if place >= 0:
        line = data.count(b"\n", 0, place) + 1
        raise UnreadableListError(
            file, "elle contient des octets nuls : ce n'est pas du texte", line=line
        )


def _encoding(data: bytes, file: str) -> tuple[str, tuple[str, ...]]:
    """Return the encoding, and what to say when it is not UTF-8."""
    place = _first_not_utf8(data)
    if place is None:
        return "utf-8-sig", ()
    line = data.count(b"\n", 0, place) + 1
    if _UTF8_FRENCH.search(data):
        raise UnreadableListError(
            file, "deux encodages y sont mélangés, UTF-8 et un autre", line=line
        )
    try:
        for start in range(0, len(data), _PIECE):
            data[start : start + _PIECE].decode("cp1252")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, start + error.start) + 1
        raise UnreadableListError(
            file, "ce n'est ni de l'UTF-8 ni du Windows-1252", line=line
        ) from error
    return "cp1252", (
        f"fichier lu en Windows-1252 : la ligne {line} n'est pas de l'UTF-8. "
        "Vérifiez les accents.",
    )


def _first_not_utf8(data: bytes) -> int | None:
    """Return where UTF-8 ends, or None when it is all UTF-8; memory stays flat."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(data), _PIECE):
        piece = data[start : start + _PIECE]
        waiting = len(decoder.getstate()[0])
        try:
            decoder.decode(piece, final=start + _PIECE >= len(data))
        except UnicodeDecodeError as error:
            return start - waiting + error.start
    return None


def _delimiter(text: io.TextIOWrapper) -> str:
    """Return the separator that the header line uses most."""
    for line in text:
        if line.strip() and not is_comment(line.strip().lstrip('"')):
            bare = re.sub(r'"[^"]*"', "", line)
            return max(DELIMITERS, key=bare.count)
    return DELIMITERS[0]
