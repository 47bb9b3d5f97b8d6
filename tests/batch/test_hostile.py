"""Files made to break the program: one clear message each, and little memory."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

#: Peak memory of the whole process, in megabytes.
LIMIT = 300

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{}</sheetData></worksheet>"
)
HEADER = '<row r="1"><c t="inlineStr"><is><t>site</t></is></c></row>'
LAUGHS = (
    "<!DOCTYPE x ["
    '<!ENTITY e0 "ha">'
    + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 20}">' for n in range(1, 12))
    + "]>"
)

READ = """
import sys
from pathlib import Path
from cnil_requests.batch.lists import InputList
from cnil_requests.batch.wishes import COLUMNS, read_asked
from cnil_requests.errors import CnilreqError
try:
    with InputList(Path(sys.argv[1]), COLUMNS) as source:
        faults = [str(fault) for fault in source.header.faults]
        for entry in source.entries():
            faults += map(str, entry.faults)
            faults += [message for _, message in read_asked(entry.values).faults]
    print("lue", *faults[:3])
except CnilreqError as error:
    print(error.message)
# Not getrusage: that counts what the parent held when it was forked.
peak = [line for line in open("/proc/self/status") if line.startswith("VmHWM")]
print("", peak[0].split()[1])
"""


def read_apart(path: Path) -> tuple[str, float]:
    """Read a list in a process of its own; return what it said, and its memory."""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)],
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=120,
    )
    said, _, kilobytes = done.stdout.rpartition(" ")
    return said, int(kilobytes) / 1024


def check(path: Path, said: str) -> None:
    """Check the message and the memory."""
    text, megabytes = read_apart(path)
    assert said in text
    assert megabytes < LIMIT


pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the peak memory of a process is Linux's"
)


@pytest.mark.parametrize(
    ("part", "size"),
    [
        ("xl/worksheets/sheet1.xml", 120_000_000),
        ("xl/sharedStrings.xml", 20_000_000),
        ("xl/styles.xml", 3_000_000),
    ],
)
def test_a_zip_bomb_is_not_unpacked(
    workbook: Callable[..., Path],
    tampered: Callable[..., Path],
    part: str,
    size: int,
) -> None:
    """A hundred kilobytes that unpack to a hundred megabytes are refused unopened."""
    bomb = tampered(workbook([["site"], ["a"]]), {part: b" " * size})
    assert bomb.stat().st_size < size / 400
    check(bomb, "se décompresse en un contenu démesuré")


def test_a_declared_size_that_lies_is_not_believed(
    workbook: Callable[..., Path], tampered: Callable[..., Path]
) -> None:
    """Reading stops at the declared size, and the file is then damaged."""
    rows = "".join(f'<row r="{n}"><c><v>{n}</v></c></row>' for n in range(1, 90_000))
    path = tampered(
        workbook([["site"]]), {"xl/worksheets/sheet1.xml": SHEET.format(rows).encode()}
    )
    size = len(SHEET.format(rows).encode()).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (1_000).to_bytes(4, "little")))
    check(path, "abîmé")


def test_entities_are_not_expanded(
    workbook: Callable[..., Path], tampered: Callable[..., Path]
) -> None:
    """« Billion laughs »: the parser stops, and the workbook is refused."""
    cell = '<row r="1"><c t="inlineStr"><is><t>&e11;</t></is></c></row>'
    laughs = (LAUGHS + SHEET.format(cell)).encode()
    check(tampered(workbook([["site"]]), {"xl/worksheets/sheet1.xml": laughs}), "abîmé")


def test_ten_thousand_columns(workbook: Callable[..., Path]) -> None:
    """A header of 10,000 columns is refused, in a workbook too."""
    check(workbook([["site"] * 10_000, ["a"]]), "10000 colonnes")


def test_ten_megabytes_in_one_cell(
    csv_file: Callable[..., Path],
    workbook: Callable[..., Path],
    tampered: Callable[..., Path],
) -> None:
    """One endless cell is told with its line; nothing else is lost."""
    check(csv_file("site;url\na;" + "x" * 10_000_000 + "\n"), "ligne 2")
    cell = f'<row r="2"><c t="inlineStr"><is><t>{"x" * 10_000_000}</t></is></c></row>'
    sheet = SHEET.format(HEADER + cell).encode()
    path = tampered(workbook([["site"]]), {"xl/worksheets/sheet1.xml": sheet})
    check(path, "2: site: plus de 32767 caractères")


def test_a_row_at_the_end_of_the_sheet(
    workbook: Callable[..., Path], tampered: Callable[..., Path]
) -> None:
    """A cell in the last row of a sheet does not make a million lines."""
    far = '<row r="1048576"><c t="inlineStr"><is><t>a</t></is></c></row>'
    path = tampered(
        workbook([["site"]]),
        {"xl/worksheets/sheet1.xml": SHEET.format(HEADER + far).encode()},
    )
    check(path, "plus de 200000 lignes")


def test_a_file_that_is_too_large(csv_file: Callable[..., Path]) -> None:
    """40 megabytes of lines are refused before they are looked at."""
    check(csv_file(b"site\n" + b"a\n" * 20_000_000), "dépasse 32 Mo")


def test_the_largest_file_that_is_read(csv_file: Callable[..., Path]) -> None:
    """Just below the limits, memory stays low."""
    check(
        csv_file(b"site;url;because\n" + b"a;b;secrecy=%s\n" % (b"x" * 500) * 60_000),
        "lue",
    )


def test_a_workbook_with_too_many_parts(
    workbook: Callable[..., Path], tmp_path: Path
) -> None:
    """An archive of thousands of entries is no workbook of letters."""
    path = workbook([["site"]])
    with ZipFile(path, "a", ZIP_DEFLATED) as archive:
        for number in range(2_100):
            archive.writestr(f"xl/x{number}.xml", b"")
    check(path, "démesuré")


def test_a_workbook_inside_another_format(tmp_path: Path) -> None:
    """A .docx, or any other archive, is told as what it is not."""
    path = tmp_path / "lettre.docx"
    with ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    check(path, "abîmé ou n'en est pas un")
