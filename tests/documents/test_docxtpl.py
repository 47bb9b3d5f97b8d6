"""The engine writes what docxtpl writes, part by part."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from docx import Document
from docx.shared import Mm
from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined
from lxml import etree

from cnil_requests import shipped
from cnil_requests.core.letters import RecipientLine
from cnil_requests.documents.page import Paragraph, ParagraphKind
from cnil_requests.documents.word import WordTemplate

if TYPE_CHECKING:
    from collections.abc import Callable

    from cnil_requests.documents.page import LetterPage

SHIPPED = sorted(
    file.name
    for file in shipped.letter_templates().iterdir()
    if file.name.endswith(".docx")
)
PARSER = etree.XMLParser(remove_blank_text=True)


def by_docxtpl(template: bytes, context: dict[str, object]) -> bytes:
    """Return what docxtpl makes of the template, escaped and strict."""
    docx = DocxTemplate(BytesIO(template))
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    docx.render(context, environment)
    stream = BytesIO()
    docx.save(stream)
    return stream.getvalue()


def canonical(docx: bytes) -> dict[str, object]:
    """Return the parts, XML in canonical form and relationships without order.

    The properties are left out: they are the letter's own, tested elsewhere.
    """
    parts: dict[str, object] = {}
    with ZipFile(BytesIO(docx)) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            if name.endswith(".rels") or name == "[Content_Types].xml":
                parts[name] = {tuple(sorted(e.items())) for e in etree.fromstring(data)}
            elif name.endswith(".xml"):
                tree = etree.fromstring(data, PARSER)
                parts[name] = etree.tostring(tree, method="c14n")
            else:
                parts[name] = data
    del parts["docProps/core.xml"]
    return parts


def letters(page: Callable[..., LetterPage]) -> list[LetterPage]:
    """Return letters that take every branch of the layout, with awkward text."""
    odd = "R&D <b>« l’avis »</b>\nligne 2 {{ x }} 🙂"
    return [
        page(),
        page(mention="", reference="", enclosures=(), copies=()),
        page(
            sender=(odd,) * 3,
            recipient=(RecipientLine(odd), RecipientLine("à compléter", todo=True)),
            paragraphs=tuple(Paragraph(odd, kind, "1.") for kind in ParagraphKind),
            subject=odd,
            signature=odd,
            reference=odd,
            enclosures=(odd,) * 4,
            copies=(odd,) * 4,
        ),
        page(recipient=tuple(RecipientLine(f"LIGNE {rank}") for rank in range(7))),
    ]


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_templates_equal_docxtpl(
    name: str, page: Callable[..., LetterPage]
) -> None:
    """Every shipped Word template gives the same parts as docxtpl's own way."""
    data = (shipped.letter_templates() / name).read_bytes()
    template = WordTemplate(data, name)
    for letter in letters(page):
        context = letter.context()
        assert canonical(template.render(context)) == canonical(
            by_docxtpl(data, context)
        )


def picture() -> BytesIO:
    """Return a grey PNG of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0\x80")
    return BytesIO(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", pixels)
        + chunk(b"IEND", b"")
    )


def elaborate() -> bytes:
    """Return a template with what a user may add in Word."""
    document = Document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "{{ signature }}"
    section.header.paragraphs[0].text = "{% if reference %}{{ reference }}{% endif %}"
    section.footer.paragraphs[0].text = "{{ subject }}"
    document.add_picture(picture(), width=Mm(10))
    split = document.add_paragraph("Objet : {")
    for piece in ("{ sub", "ject }", "}", " fin"):
        split.add_run(piece).bold = True
    _table(document, "{%tr for line in sender %}", "{{ line }}", "{%tr endfor %}")
    table = document.add_table(rows=1, cols=3)
    for cell, text in zip(
        table.rows[0].cells,
        ("{%tc for line in sender %}", "{{ line }}", "{%tc endfor %}"),
        strict=True,
    ):
        cell.text = text
    document.add_paragraph("{%p for paragraph in paragraphs %}")
    document.add_paragraph("{{ loop.index }} {{ paragraph.text }}", style="List Bullet")
    document.add_paragraph("{%p endfor %}")
    document.add_picture(picture(), width=Mm(10))
    document.add_paragraph("Accolades : {_{ nom }_} et {_% if %_}.")
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _table(document: Document, *rows: str) -> None:  # type: ignore[valid-type]
    table = document.add_table(rows=len(rows), cols=2)  # type: ignore[attr-defined]
    for row, text in zip(table.rows, rows, strict=True):
        row.cells[0].text = text


def test_elaborate_template_equals_docxtpl(page: Callable[..., LetterPage]) -> None:
    """Tables, pictures, other headers and split tags come out as docxtpl's."""
    data = elaborate()
    template = WordTemplate(data, "mien.docx")
    for letter in letters(page):
        context = letter.context()
        ours, theirs = template.render(context), by_docxtpl(data, context)
        assert canonical(ours) == canonical(theirs)


def test_drawings_are_numbered_the_same_in_every_letter(
    page: Callable[..., LetterPage],
) -> None:
    """A second letter of the same template is as the first."""
    template = WordTemplate(elaborate(), "mien.docx")
    first = template.render(page().context())
    assert template.render(page().context()) == first
