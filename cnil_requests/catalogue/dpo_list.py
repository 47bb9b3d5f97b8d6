"""The CNIL's open list of organisations with a data protection officer.

One line an organisation, 26 columns, semicolons; about 100,000 lines, read as a
stream. Only the SIREN joins it to the catalogue: names are never compared.
"""

from __future__ import annotations

import codecs
import csv
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cnil_requests.catalogue.reading import InvalidCatalogueError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

#: Where the CNIL publishes the list.
SOURCE = "https://www.data.gouv.fr/fr/datasets/opencnil-organismes-avec-dpo/"

_ADDRESS = ("adresse", "cp|postal", "ville|commune", "pays")
#: What the heading of each column says, in its order, folded.
_HEADINGS = (
    "siren", "nom|denomination|organisme", "secteur", "naf|ape", *_ADDRESS, "type",
    "date", "siren", "nom|denomination|organisme", "secteur", "naf|ape", *_ADDRESS,
    "mail|courriel|electronique", "url|site|formulaire|web", "tel", *_ADDRESS, "autre",
)  # fmt: skip
_SIREN, _NAME, _MAIL, _URL = 0, 1, 18, 19
_CHUNK = 1 << 16
_MAX_CELL = 1_000_000


@dataclass(frozen=True)
class Officer:
    """How to reach the officer of one organisation; "" when it is not public."""

    siren: str
    organisation: str
    email: str
    url: str
    line: int


@dataclass
class DpoList:
    """What the file says of the SIREN asked for, and how many lines it has."""

    rows: int = 0
    officers: dict[str, list[Officer]] = field(default_factory=dict)


def read(path: Path, sirens: Iterable[str]) -> DpoList:
    """Read the lines of the given SIREN numbers.

    Raises InvalidCatalogueError when the file is not the CNIL's list.
    """
    writings = _writings(sirens)
    found = DpoList()
    with path.open(encoding=_encoding(path), newline="") as stream:
        header = stream.readline()
        delimiter = ";" if header.count(";") >= header.count(",") else ","
        names = next(csv.reader([header], delimiter=delimiter), [])
        columns = _columns(names, str(path))
        for line, row in _rows(csv.reader(stream, delimiter=delimiter), found, path):
            # One look in a table a line: the rest is for the few that match.
            if len(row) > columns[_MAIL] and row[columns[_SIREN]] in writings:
                siren = writings[row[columns[_SIREN]]]
                officer = _officer(siren, row, columns, line)
                found.officers.setdefault(siren, []).append(officer)
    return found


def _rows(
    reader: Iterator[list[str]], found: DpoList, path: Path
) -> Iterator[tuple[int, list[str]]]:
    rows = 0
    try:
        for rows, row in enumerate(reader, 1):
            yield rows + 1, row
    except csv.Error as error:
        raise InvalidCatalogueError(
            str(path), "ligne illisible.", line=rows + 2, remedy=_REMEDY
        ) from error
    finally:
        found.rows = rows


def _writings(sirens: Iterable[str]) -> dict[str, str]:
    """Return each way in which a spreadsheet may have left a SIREN."""
    return {
        writing: siren
        for siren in sirens
        if siren
        for writing in (
            siren,
            siren.lstrip("0"),
            f"{siren[:3]} {siren[3:6]} {siren[6:]}",
            f" {siren}",
            f"{siren} ",
        )
    }


def _officer(
    siren: str, row: Sequence[str], columns: Sequence[int], line: int
) -> Officer:
    def cell(name: int) -> str:
        place = columns[name]
        return " ".join(row[place].split()) if place < len(row) else ""

    return Officer(siren, cell(_NAME), cell(_MAIL), cell(_URL), line)


def _columns(names: Sequence[str], file: str) -> list[int]:
    """Return where each of the 26 columns stands.

    Each is expected in its place; when the file has another order, the n-th
    heading that says the same is taken.
    """
    folded = [_fold(name) for name in names]
    in_place = len(folded) >= len(_HEADINGS) and all(
        re.search(wanted, name) for wanted, name in zip(_HEADINGS, folded, strict=False)
    )
    if in_place:
        return list(range(len(_HEADINGS)))
    return [_search(folded, number, file) for number in range(len(_HEADINGS))]


def _search(folded: Sequence[str], number: int, file: str) -> int:
    wanted = _HEADINGS[number]
    rank = _HEADINGS[:number].count(wanted)
    places = [place for place, name in enumerate(folded) if re.search(wanted, name)]
    if rank < len(places):
        return places[rank]
    if number in (_SIREN, _NAME, _MAIL, _URL):
        first = wanted.partition("|")[0]
        raise InvalidCatalogueError(
            file,
            f"la colonne {number + 1} (« {first} ») manque.",
            line=1,
            remedy=_REMEDY,
        )
    return len(folded)


_REMEDY = (
    "Il faut la liste des organismes ayant désigné un délégué à la protection des "
    f"données, au format CSV, que la CNIL publie : {SOURCE}"
)


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return plain.lower().replace("_", " ")


def _encoding(path: Path) -> str:
    """Return UTF-8 when the whole file is, else the Windows one."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as stream:
        if stream.read(4).startswith(b"PK\x03\x04"):
            raise InvalidCatalogueError(
                str(path), "c'est un classeur, pas un fichier CSV.", remedy=_REMEDY
            )
        stream.seek(0)
        try:
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"
