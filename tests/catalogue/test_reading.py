"""A catalogue file in any state gives lines or one clear message."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING

import pytest

from cnil_requests.catalogue.reading import (
    MAX_BYTES,
    InvalidCatalogueError,
    read_table,
)
from cnil_requests.core.directory import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_a_file_is_read_with_its_line_numbers(
    write: Callable[..., Path], row: dict[str, str]
) -> None:
    """The header is line 1; a cell over two lines does not upset the count."""
    path = write(row | {"notes": "deux\nlignes"}, row | {"id": "autre"})
    table = read_table(path)
    assert [line.number for line in table.lines] == [2, 4]
    assert table.lines[1]["id"] == "autre"
    assert table.problems == ()


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ","), ("utf-8-sig", ";"), ("utf-8", ";")],
)
def test_what_spreadsheets_write_is_accepted(
    write: Callable[..., Path], row: dict[str, str], encoding: str, delimiter: str
) -> None:
    """A byte-order mark and semicolons are no obstacle."""
    table = read_table(write(row, encoding=encoding, delimiter=delimiter))
    assert dict(table.lines[0].cells) == row
    assert table.delimiter == delimiter
    assert table.has_bom == (encoding == "utf-8-sig")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", ["vide"]),
        (b"\n \n", ["vide"]),
        (b"\xef\xbb\xbf", ["vide"]),
        ("id,name\nà,b\n".encode("utf-16"), ["UTF-16", "CSV UTF-8"]),
        ("id,name\n".encode("utf-16-le"), ["UTF-16"]),
        (b"id,name\nok,ok\nx,caf\xe9\n", ["ligne 3", "UTF-8"]),
        (b"PK\x03\x04 a workbook", ["classeur"]),
        (b"\x89PNG\r\n\x00\x00", ["binaire"]),
        (b"nom;adresse\nx;y\n", ["ligne 1", "pas un catalogue", "source_urls"]),
        (b'id,name\n"x,y\n', ["ligne 2", "guillemet"]),
        (b"id,name\nx," + b"y" * 200_000 + b"\n", ["ligne 2", "longueur"]),
    ],
)
def test_what_is_no_catalogue_is_refused_with_a_remedy(
    tmp_path: Path, content: bytes, words: list[str]
) -> None:
    """The message names the file; the exit code is that of invalid data."""
    path = tmp_path / "ancien.csv"
    path.write_bytes(content)
    with pytest.raises(InvalidCatalogueError) as caught:
        read_table(path)
    assert "ancien.csv" in str(caught.value)
    assert all(word in str(caught.value) for word in words)
    assert caught.value.remedy
    assert caught.value.exit_code == 4


def test_a_file_of_100_mb_is_refused_in_little_memory(tmp_path: Path) -> None:
    """Only the first megabytes are read."""
    path = tmp_path / "grand.csv"
    with path.open("wb") as stream:
        stream.truncate(100_000_000)
    tracemalloc.start()
    with pytest.raises(InvalidCatalogueError, match="5 millions"):
        read_table(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3 * MAX_BYTES


def test_the_columns_of_an_old_file_are_told_one_by_one(tmp_path: Path) -> None:
    """Unknown columns get the nearest known one, missing ones are named."""
    path = tmp_path / "2016.csv"
    path.write_text("id,name,domaine,adresse,id\nx,X,x.fr,1 rue,x\n", encoding="utf-8")
    found = {problem.column: problem for problem in read_table(path).problems}
    assert "écrivez «\u00a0domain\u00a0»" in found["domaine"].suggestion
    assert found["adresse"].message == "colonne inconnue"
    assert found["id"].message == "colonne répétée"
    assert found["kind"].message == "colonne absente"
    assert {problem.line for problem in found.values()} == {1}
    assert set(COLUMNS) - {"id", "name"} <= set(found)


def test_a_line_with_too_many_or_too_few_cells_is_told(
    write: Callable[..., Path], row: dict[str, str]
) -> None:
    """Usually a comma without quotes around the cell."""
    path = write(row)
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}a,b,c\n{',' * 30}x\n", encoding="utf-8")
    problems = read_table(path).problems
    assert [(item.line, item.message) for item in problems] == [
        (3, "3 cellules au lieu de 25"),
        (4, "31 cellules au lieu de 25"),
    ]
