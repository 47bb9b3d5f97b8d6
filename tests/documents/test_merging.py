"""Letters bound into one file: nothing of one in another, every page its own."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib
from io import BytesIO
from struct import pack
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from docx import Document
from docx.enum.text import WD_BREAK
from docx.shared import Cm
from openxml_audit import OpenXmlValidator

from cnil_requests.core.letters import RecipientLine
from cnil_requests.documents.binding import Binder, PrintFile
from cnil_requests.documents.letter_parts import UnmergeableError, take_apart
from cnil_requests.documents.merging import MAX_LETTERS, Sides
from cnil_requests.documents.page import Paragraph
from cnil_requests.documents.pdf import convert

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from docx.document import Document as Docx

    from cnil_requests.documents.page import LetterPage
    from cnil_requests.documents.word import WordTemplate

    Letters = Callable[[int], list[bytes]]

#: A name for each letter that no other word of a letter contains.
NAMES = [
    f"Zoé{chr(65 + rank // 26)}{chr(97 + rank % 26)}quelconque" for rank in range(676)
]


@pytest.fixture
def letters(layout: WordTemplate, page: Callable[..., LetterPage]) -> Letters:
    """Make letters of different people; every third one has two pages."""

    def make(count: int) -> list[bytes]:
        result = []
        for rank in range(count):
            name = f"Dr {NAMES[rank]}"
            long = rank % 3 == 1
            texts = [Paragraph(f"Je suis {name}. " * 12)] * (13 if long else 4)
            one = page(
                sender=(name, "Médecin"),
                recipient=(RecipientLine(f"SITE {NAMES[rank]}"),),
                signature=name,
                author=name,
                title=name,
                reference=f"2026-{rank:04}",
                paragraphs=tuple(texts),
            )
            result.append(layout.render(one.context()))
        return result

    return make


def bind(letters: Sequence[bytes], sides: Sides = Sides.TWO) -> list[PrintFile]:
    """Return the print files of letters, numbered from 0."""
    binder = Binder(sides)
    files = [
        file
        for rank, letter in enumerate(letters)
        for file in binder.add(str(rank), letter)
    ]
    return files + list(binder.close())


def names_in(text: str) -> set[str]:
    """Return the people whose name stands in a text."""
    return {name for name in NAMES if name in text}


def test_no_letter_carries_another_s_name(letters: Letters) -> None:
    """Every section, its headers and footers hold the name of one letter only."""
    (file,) = bind(letters(12))
    document = Document(BytesIO(file.data))
    assert len(document.sections) == 12
    for rank, section in enumerate(document.sections):
        footer = "".join(item.text for item in section.footer.paragraphs)
        assert names_in(footer) == {NAMES[rank]}
        assert f"2026-{rank:04}" in footer
        assert not section.footer.is_linked_to_previous
        texts = [
            block.text
            for block in section.iter_inner_content()
            if hasattr(block, "text")
        ]
        assert names_in("\n".join(texts)) == {NAMES[rank]}
    properties = document.core_properties
    assert names_in(f"{properties.title}{properties.author}") == set()


def test_the_text_of_every_letter_is_whole(
    letters: Letters, lines: Callable[[bytes], list[str]]
) -> None:
    """Not a paragraph is lost, added or changed."""
    singles = letters(5)
    (file,) = bind(singles)
    assert lines(file.data) == [line for single in singles for line in lines(single)]


def test_every_part_is_declared_and_used_once(letters: Letters) -> None:
    """As many footers as letters; each is declared, related and referred to."""
    (file,) = bind(letters(7))
    with ZipFile(BytesIO(file.data)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        body = archive.read("word/document.xml").decode()
        relations = archive.read("word/_rels/document.xml.rels").decode()
        types = archive.read("[Content_Types].xml").decode()
    footers = [name for name in names if "footer" in name]
    assert len(names) == len(set(names))
    assert len(footers) == 7
    for number, name in enumerate(footers, start=1):
        assert types.count(f'"/{name}"') == 1
        assert relations.count(f'"{name.removeprefix("word/")}"') == 1
        assert body.count(f'r:id="rIdS{number}"') == 1
    assert set(re.findall(r'r:id="([^"]+)"', body)) <= set(
        re.findall(r'Id="([^"]+)"', relations)
    )
    assert "NUMPAGES" not in body
    assert body.count('<w:pgNumType w:start="1"/>') == 7


def test_the_same_letters_give_the_same_bytes(letters: Letters) -> None:
    """Nothing depends on the day or the machine."""
    assert bind(letters(3)) == bind(letters(3))


@pytest.mark.parametrize(
    ("sides", "kind"), [(Sides.TWO, "oddPage"), (Sides.ONE, "nextPage")]
)
def test_each_letter_has_its_own_sheet(
    letters: Letters, sides: Sides, kind: str
) -> None:
    """On both sides a letter starts on the front of a sheet."""
    (file,) = bind(letters(3), sides)
    with ZipFile(BytesIO(file.data)) as archive:
        body = archive.read("word/document.xml").decode()
    assert body.count(f'<w:type w:val="{kind}"/>') == 3


def test_a_file_holds_two_hundred_letters_at_most(letters: Letters) -> None:
    """Beyond, another file is begun; a letter left alone is not touched."""
    three = letters(3)
    many = [three[rank % 3] for rank in range(2 * MAX_LETTERS + 1)]
    first, second, last = bind(many)
    assert len(first.requests) == len(second.requests) == MAX_LETTERS
    assert last == PrintFile(many[-1], ("400",))


def edited(letter: bytes, change: Callable[[Docx], object]) -> bytes:
    """Return a letter as somebody changed and saved it with python-docx."""
    document = Document(BytesIO(letter))
    change(document)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_letter_edited_by_hand_is_bound_as_it_is(
    letters: Letters, lines: Callable[[bytes], list[str]]
) -> None:
    """A new sentence, a page break and a table at the end come along."""
    first, second, third = letters(3)

    def change(document: Docx) -> None:
        document.paragraphs[-1].add_run(" Ajouté à la main.").add_break(WD_BREAK.PAGE)
        document.add_table(1, 1).cell(0, 0).text = "Une case"

    second = edited(second, change)
    (file,) = bind([first, second, third])
    text = lines(file.data)
    assert any("Ajouté à la main." in line for line in text)
    tables = Document(BytesIO(file.data)).tables
    assert [table.cell(0, 0).text for table in tables] == ["Une case"]


def picture(document: Docx) -> None:
    """Add the smallest picture there is."""
    pixel = zlib.compress(b"\0\0")
    chunks = ((b"IHDR", pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)), (b"IDAT", pixel))
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))
        for kind, data in (*chunks, (b"IEND", b""))
    )
    document.add_picture(BytesIO(png), width=Cm(1))


def section(document: Docx) -> None:
    """Add a second section."""
    document.add_section()


def style(document: Docx) -> None:
    """Change a style: the letter no longer shares the layout of the others."""
    document.styles["Normal"].font.size = None
    document.styles["Normal"].font.italic = True


@pytest.mark.parametrize(
    ("change", "why"),
    [(picture, "élément particulier"), (section, "plusieurs sections")],
)
def test_what_cannot_share_a_file_goes_alone_untouched(
    letters: Letters, change: Callable[[Docx], object], why: str
) -> None:
    """Its bytes are those on the disk, and the reason is given."""
    first, second, third = letters(3)
    second = edited(second, change)
    with pytest.raises(UnmergeableError, match=why):
        take_apart(second, "x")
    alone, bound = bind([first, second, third])
    assert (alone.data, alone.requests) == (second, ("1",))
    assert why in alone.why_alone
    assert bound.requests == ("0", "2")


def test_another_layout_is_another_file(letters: Letters) -> None:
    """Two styles of one name cannot live in one file."""
    first, second, third = letters(3)
    bound, alone = bind([first, edited(second, style), third])
    assert bound.requests == ("0", "2")
    assert (alone.requests, alone.why_alone) == (("1",), "")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<w:body>", '<w:body><w:bookmarkStart w:id="0" w:name="x"/>'),
        ("<w:t ", "<w:instrText> TOC \\o </w:instrText><w:t "),
        ("<w:t ", '<w:fldSimple w:instr="REF x"/><w:t '),
        ("<w:pPr>", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'),
        ("<w:r>", '<w:ins w:id="1" w:author="x"/><w:r>'),
        ("<w:r>", "<mc:AlternateContent/><w:r>"),
    ],
)
def test_elements_that_reach_beyond_their_letter_are_refused(
    letters: Letters, with_part: Callable[..., bytes], old: str, new: str
) -> None:
    """Bookmarks, calculated fields, lists, tracked changes, anything unknown."""
    (letter,) = letters(1)
    with ZipFile(BytesIO(letter)) as archive:
        body = archive.read("word/document.xml").decode()
    changed = with_part(letter, "word/document.xml", body.replace(old, new, 1).encode())
    with pytest.raises(UnmergeableError):
        take_apart(changed, "x")


@pytest.mark.parametrize("content", [b"", b"PK", b"not a docx"])
def test_what_is_no_letter_is_told(content: bytes) -> None:
    """A damaged file is named, never left out in silence."""
    with pytest.raises(UnmergeableError, match="lisible"):
        take_apart(content, "x")


@pytest.fixture(scope="module")
def office(tool: Callable[[str], str]) -> str:
    """Give the path of LibreOffice."""
    return tool("soffice")


def pages(tool: Callable[[str], str], pdf: Path) -> list[str]:
    """Return the text of every page."""
    done = subprocess.run(
        [tool("pdftotext"), "-layout", pdf, "-"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.split("\f")[:-1]


def images(tool: Callable[[str], str], pdf: Path, *words: str) -> list[bytes]:
    """Return the picture of every page."""
    target = pdf.with_name(f"{pdf.stem}-images")
    target.mkdir()
    subprocess.run(
        [tool("pdftoppm"), "-r", "60", *words, pdf, target / "page"], check=True
    )
    found = [path.read_bytes() for path in sorted(target.iterdir())]
    shutil.rmtree(target)
    return found


def test_pages_are_numbered_within_each_letter(
    letters: Letters, office: str, tool: Callable[[str], str], tmp_path: Path
) -> None:
    """« page 2 / 2 », then « page 1 / 1 »; a blank back page where one is needed."""
    (file,) = bind(letters(5))
    path = tmp_path / "lettres.docx"
    path.write_bytes(file.data)
    (pdf,) = convert(office, [path], Sides.TWO)
    numbers = [re.findall(r"page (\d / \d)", text) for text in pages(tool, pdf)]
    assert numbers == [
        ["1 / 1"], [], ["1 / 2"], ["2 / 2"], ["1 / 1"], [], ["1 / 1"], [],
        ["1 / 2"], ["2 / 2"],
    ]  # fmt: skip


def test_bound_letters_look_like_the_single_ones(
    letters: Letters, office: str, tool: Callable[[str], str], tmp_path: Path
) -> None:
    """Pictures of three letters, pixel by pixel, and nobody else's name on a page."""
    singles = letters(9)
    (file,) = bind(singles, Sides.ONE)
    bound = tmp_path / "lettres.docx"
    bound.write_bytes(file.data)
    files = [bound]
    for rank in (0, 4, 8):
        files.append(tmp_path / f"{rank}.docx")
        files[-1].write_bytes(singles[rank])
    bound_pdf, *single_pdfs = convert(office, files, Sides.ONE)
    texts = pages(tool, bound_pdf)
    for text in texts:
        assert len(names_in(text)) == 1
    for rank, pdf in zip((0, 4, 8), single_pdfs, strict=True):
        places = [place for place, text in enumerate(texts, 1) if NAMES[rank] in text]
        words = ["-f", str(places[0]), "-l", str(places[-1])]
        assert images(tool, bound_pdf, *words) == images(tool, pdf)


def test_print_files_are_valid(
    letters: Letters, tool: Callable[[str], str], tmp_path: Path
) -> None:
    """For Microsoft's Open XML SDK and for openxml-audit."""
    (file,) = bind(letters(30))
    path = tmp_path / "lettres.docx"
    path.write_bytes(file.data)
    done = subprocess.run(
        [tool("ooxml-validator"), path], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout.decode()
    assert OpenXmlValidator().validate(path).is_valid
