"""Lists as spreadsheets write them: encodings, separators, headers, comments."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from cnil_requests.batch.columns import Column
from cnil_requests.batch.errors import UnreadableListError
from cnil_requests.batch.lists import InputList

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COLUMNS = (
    Column("person", "personne"),
    Column("site", "site", needed="site"),
    Column("because", "motif", ("raison",)),
)


def read(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Return every line by column, its number first."""
    with InputList(path, COLUMNS) as source:
        return [(entry.line, dict(entry.values)) for entry in source.entries()]


@pytest.mark.parametrize("delimiter", list(";,\t|"))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_separator_encoding_and_line_end(
    csv_file: Callable[..., Path], delimiter: str, encoding: str, newline: str
) -> None:
    """What any spreadsheet writes gives the same lines."""
    rows = ["personne:site:motif", "zoé-l’été:doctolib:sécurité", "", "b:keskeces:"]
    path = csv_file(newline.join(rows).replace(":", delimiter), encoding=encoding)
    assert read(path) == [
        (2, {"person": "zoé-l’été", "site": "doctolib", "because": "sécurité"}),
        (4, {"person": "b", "site": "keskeces", "because": ""}),
    ]


def test_windows_1252_is_said(csv_file: Callable[..., Path]) -> None:
    """A file that is not UTF-8 is read, and the line that shows it is named."""
    path = csv_file("site;motif\na;b\nc;sécurité\n", encoding="cp1252")
    with InputList(path, COLUMNS) as source:
        assert "Windows-1252" in source.notices[0]
        assert "ligne 3" in source.notices[0]
    assert InputList(csv_file("site\né\n"), COLUMNS).notices == ()


@pytest.mark.parametrize(
    "header",
    ["person,site,because", "PERSONNE,Site,Motif", " Personne , SITE,raison"],
)
def test_headers_in_both_languages(csv_file: Callable[..., Path], header: str) -> None:
    """English or French, capitals, blanks and other names are the same columns."""
    assert read(csv_file(f"{header}\na,b,c\n"))[0][1] == {
        "person": "a",
        "site": "b",
        "because": "c",
    }


def test_comments_quotes_and_lines_in_cells(csv_file: Callable[..., Path]) -> None:
    """Comments are passed over; the number is that of the line where a row starts."""
    text = '# exemple ; "a"\nsite;motif\n"a\nb";"dit ""x"""\n# fin\nc;d\n'
    assert read(csv_file(text.replace(' "a"', " a"))) == [
        (3, {"person": "", "site": "a\nb", "because": 'dit "x"'}),
        (6, {"person": "", "site": "c", "because": "d"}),
    ]


def test_other_columns_are_named_not_read(csv_file: Callable[..., Path]) -> None:
    """A column of the user's own is left aside, and said; that of rejects is not."""
    with InputList(csv_file("site;téléphone;rejet\na;1;x\n"), COLUMNS) as source:
        assert source.notices == ("colonnes qui ne servent pas : « téléphone ».",)


@pytest.mark.parametrize(
    ("header", "column", "said"),
    [
        ("site;site", "site", "colonne répétée"),
        ("site;Motif;raison", "raison", "colonne répétée"),
        ("site;motiff", "motiff", "est-ce « motif »"),
        ("personne;motif", "site", "colonne absente"),
    ],
)
def test_a_bad_header_is_a_fault(
    csv_file: Callable[..., Path], header: str, column: str, said: str
) -> None:
    """Repeated, mistyped and missing columns are told with their line."""
    with InputList(csv_file(f"\n{header}\na;b;c\n"), COLUMNS) as source:
        fault = source.header.faults[0]
    assert (fault.line, fault.column) == (2, column)
    assert said in fault.message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "elle est vide"),
        (b"\n \n;;\n", "elle est vide"),
        (b"prix;ville\n1;2\n", "aucune colonne connue"),
        (b"site\n\x00\n", "octets nuls"),
        ("site\na\n".encode("utf-16"), "UTF-16"),
        (b"\xd0\xcf\x11\xe0rest", "ancien classeur"),
        ("site\nsécurité\n".encode() + "santé\n".encode("cp1252"), "mélangés"),
        (b"site\n\x81\x8d\n", "ni de l'UTF-8 ni du Windows-1252"),
        (b'site\n"a\nb\n', "guillemet"),
        (b"site\n" + b"a" * 200_000, "démesurée"),
        (b";".join([b"site"] * 10_000), "10000 colonnes"),
        (b"site\n" + b"a;" * 10_000, "10001 colonnes"),
        (b"PK\x03\x04rest", "abîmé"),
    ],
)
def test_what_is_no_list_is_told(
    csv_file: Callable[..., Path], content: bytes, said: str
) -> None:
    """One French message, with what to do; exit code 4."""
    with pytest.raises(UnreadableListError) as caught:
        read(csv_file(content))
    assert said in caught.value.message
    assert caught.value.remedy
    assert caught.value.exit_code == 4


def test_the_line_of_the_fault_is_named(csv_file: Callable[..., Path]) -> None:
    """Line numbers are those of a text editor."""
    for content in (b"site\na\n\x00\n", b'site\na\n"b\n', b"site\na\n" + b"b;" * 300):
        with pytest.raises(UnreadableListError) as caught:
            read(csv_file(content))
        assert caught.value.line == 3, content


@pytest.mark.parametrize(
    ("cell", "said"),
    [("=1+1", "formule"), ('"' + "x" * 40_000 + '"', "plus de 32767 caractères")],
)
def test_a_bad_cell_is_a_fault_of_its_line(
    csv_file: Callable[..., Path], cell: str, said: str
) -> None:
    """Formulas and endless cells are told with line and column."""
    with InputList(csv_file(f"site;note\na;{cell}\nb;c\n"), COLUMNS) as source:
        assert [entry.faults for entry in source.entries()] == [(), ()]
    with InputList(csv_file(f"note;motif;site\na;{cell};b\n"), COLUMNS) as source:
        (entry,) = source.entries()
    assert [(fault.line, fault.column) for fault in entry.faults] == [(2, "motif")]
    assert said in entry.faults[0].message


def test_too_many_cells_are_a_fault(csv_file: Callable[..., Path]) -> None:
    """A separator typed in a cell shifts the others: the line is not guessed."""
    with InputList(csv_file("site;motif\na;b;c\nd;e;;\n"), COLUMNS) as source:
        faults = [entry.faults for entry in source.entries()]
    assert "3 cellules au lieu de 2" in faults[0][0].message
    assert faults[1] == ()


def test_a_workbook_reads_like_a_list(workbook: Callable[..., Path]) -> None:
    """Numbers, days and flags come as somebody would type them."""
    day = datetime(2026, 3, 4)  # noqa: DTZ001 - as openpyxl gives it
    path = workbook(
        [
            ["# un commentaire"],
            ["personne", "site", "motif"],
            [12, 3.5, day],
            [],
            [date(2026, 3, 5), 75001.0, True],
        ]
    )
    assert read(path) == [
        (3, {"person": "12", "site": "3.5", "because": "2026-03-04"}),
        (5, {"person": "2026-03-05", "site": "75001", "because": "oui"}),
    ]


def test_formulas_and_errors_of_a_workbook_are_faults(
    workbook: Callable[..., Path],
) -> None:
    """A formula is refused with its place, even when it has a stored result."""
    path = workbook([["site", "motif"], ["=A1", "#REF!"]])
    with InputList(path, COLUMNS) as source:
        (entry,) = source.entries()
    assert [fault.column for fault in entry.faults] == ["site", "motif"]
    assert "formule" in entry.faults[0].message
    assert "erreur" in entry.faults[1].message


def test_the_sheet_that_is_read_is_said(workbook: Callable[..., Path]) -> None:
    """Empty sheets are passed over; of several, the first is read and named."""
    path = workbook([], [["site"], ["a"]], [["site"], ["b"]])
    with InputList(path, COLUMNS) as source:
        assert "« Sheet1 »" in source.notices[0]
        assert [entry.values["site"] for entry in source.entries()] == ["a"]


def test_a_list_is_read_as_often_as_wanted(
    csv_file: Callable[..., Path], workbook: Callable[..., Path]
) -> None:
    """The second reading gives the same lines as the first."""
    for path in (csv_file("site\na\nb\n"), workbook([["site"], ["a"], ["b"]])):
        with InputList(path, COLUMNS) as source:
            assert list(source.entries()) == list(source.entries())


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """A wrong name, or a folder, is one French message."""
    for path in (tmp_path / "absent.csv", tmp_path):
        with pytest.raises(UnreadableListError, match="introuvable ou illisible"):
            InputList(path, COLUMNS)
