"""Read a catalogue file into lines of text cells, whatever state it is in.

The file is comma-separated UTF-8, one header line with the columns of
``core.directory.COLUMNS`` in any order. French spreadsheets write semicolons and
a byte-order mark: both are accepted. Columns that hold several values
(``aliases``, ``source_urls``) separate them by blanks, which neither a domain
nor a URL may contain.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from cnil_requests.catalogue.problems import Problem
from cnil_requests.core.directory import COLUMNS
from cnil_requests.errors import InvalidDataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from importlib.resources.abc import Traversable

#: A catalogue of ten thousand sites is smaller; anything larger is not one.
MAX_BYTES = 5_000_000

_SHOWN = 5

_SAVE_AS_UTF8 = (
    "Dans Excel : Enregistrer sous, type « CSV UTF-8 ». Dans LibreOffice : "
    "Enregistrer sous, type CSV, jeu de caractères « Unicode (UTF-8) »."
)


class InvalidCatalogueError(InvalidDataError):
    """A catalogue file cannot be used: not text, not a catalogue, or wrong cells."""

    def __init__(
        self, file: str, what: str, *, line: int = 0, remedy: str = ""
    ) -> None:
        """Name the file and, when it is known, the line."""
        where = f", ligne {line}" if line else ""
        super().__init__(f"Catalogue « {file} »{where} : {what}", remedy=remedy)

    @classmethod
    def from_problems(
        cls, file: str, problems: Sequence[Problem]
    ) -> InvalidCatalogueError:
        """Tell the first problems and how to see them all."""
        shown = [f"  ligne {item.line}, {item}" for item in problems[:_SHOWN]]
        rest = len(problems) - len(shown)
        shown += [f"  … et {rest} de plus"] if rest else []
        return cls(
            file,
            "\n".join(["ces lignes ne peuvent pas être lues.", *shown]),
            remedy="Corrigez le fichier. Pour tout voir : "
            f'cnilreq directories check "{file}"',
        )


@dataclass(frozen=True)
class Line:
    """One line of the file: its number in the file, and its cells by column."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Return a cell; "" when the file lacks the column."""
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Table:
    """A catalogue file as text, with the problems of its shape."""

    file: str
    header: tuple[str, ...]
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...] = ()
    delimiter: str = ","
    has_bom: bool = False


def read_table(source: Traversable) -> Table:
    """Read a catalogue file.

    Raises InvalidCatalogueError when it is no text, too large, or no catalogue.
    """
    file = str(source)
    with source.open("rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    text = _decode(data, file)
    delimiter = _delimiter(text)
    rows = list(_rows(text, delimiter, file))
    if not rows:
        raise InvalidCatalogueError(file, "le fichier est vide.", remedy=_EXPECTED)
    number, names = rows[0]
    header = tuple(name.strip() for name in names)
    if not set(header) & set(COLUMNS):
        raise InvalidCatalogueError(
            file, "ce n'est pas un catalogue.", line=number, remedy=_EXPECTED
        )
    problems = [*_header_problems(header, number), *_width_problems(header, rows)]
    lines = (
        Line(line, dict(zip(header, cells, strict=False))) for line, cells in rows[1:]
    )
    bom = data.startswith(codecs.BOM_UTF8)
    return Table(file, header, tuple(lines), tuple(problems), delimiter, bom)


_EXPECTED = "La première ligne doit nommer les colonnes : " + ", ".join(COLUMNS) + "."


def _decode(data: bytes, file: str) -> str:
    """Return the text; refuse what is too large, binary or in another encoding."""
    if len(data) > MAX_BYTES:
        raise InvalidCatalogueError(
            file,
            f"plus de {MAX_BYTES // 1_000_000} millions d'octets.",
            remedy="Ce n'est sans doute pas le bon fichier.",
        )
    if data.startswith(b"PK\x03\x04"):
        raise InvalidCatalogueError(
            file, "c'est un classeur, pas un fichier CSV.", remedy=_SAVE_AS_UTF8
        )
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data:
        raise InvalidCatalogueError(
            file,
            "ce n'est pas du texte en UTF-8 (UTF-16 ou fichier binaire).",
            remedy=_SAVE_AS_UTF8,
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InvalidCatalogueError(
            file, "ce n'est pas du texte en UTF-8.", line=line, remedy=_SAVE_AS_UTF8
        ) from error


def _delimiter(text: str) -> str:
    """Return the separator that the header line uses."""
    header = text.lstrip().partition("\n")[0]
    return ";" if header.count(";") > header.count(",") else ","


def _rows(text: str, delimiter: str, file: str) -> Iterable[tuple[int, list[str]]]:
    """Yield (line number, cells) of each line that is not blank."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        raise InvalidCatalogueError(
            file,
            "guillemets ou longueur de cellule incorrects.",
            line=start,
            remedy="Un guillemet à l'intérieur d'une cellule s'écrit deux fois.",
        ) from error


def _header_problems(header: Sequence[str], line: int) -> Iterable[Problem]:
    """Yield unknown, repeated and missing columns."""
    missing = [name for name in COLUMNS if name not in header]
    for name, count in Counter(header).items():
        if name not in COLUMNS:
            near = get_close_matches(name, missing, n=1)
            hint = f"écrivez « {near[0]} »" if near else "retirez-la"
            yield Problem(line, name or "?", "colonne inconnue", hint)
        elif count > 1:
            yield Problem(line, name, "colonne répétée", "n'en gardez qu'une")
    for name in missing:
        yield Problem(line, name, "colonne absente", "ajoutez-la, même vide")


def _width_problems(
    header: Sequence[str], rows: Sequence[tuple[int, list[str]]]
) -> Iterable[Problem]:
    """Yield the lines that have more or fewer cells than the header."""
    for number, cells in rows[1:]:
        if len(cells) != len(header):
            yield Problem(
                number,
                header[min(len(cells), len(header)) - 1],
                f"{len(cells)} cellules au lieu de {len(header)}",
                "une virgule dans une cellule demande des guillemets autour",
            )
