"""Letters merged into one Word file: each on its own sheet, with its own footer.

One section a letter: its page numbers start at 1, and « page 1 / 2 » counts the
pages of the section. Word knows a field for that; LibreOffice does not, and shows
the last result: so that result is itself a field, the page of a bookmark at the
letter's end. Nothing of one letter is in the section of another, and the file's
properties name nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from cnil_requests.documents.letter_parts import BODY, RELATIONS, TYPES
from cnil_requests.documents.package import pack

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cnil_requests.documents.letter_parts import Frame, Leaf, Story

#: Beyond this LibreOffice slows down much more than in proportion.
MAX_LETTERS = 200

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"

#: The part of Word's schema that comes after the numbering of pages.
_AFTER_NUMBERING = re.compile(
    rb"<w:(?:cols|formProt|vAlign|noEndnote|titlePg|textDirection|bidi|rtlGutter|"
    rb"docGrid|printerSettings)\b|</w:sectPr>"
)
_REPLACED = re.compile(rb"<w:(?:type|pgNumType)\b[^>]*/>|<w:type\b[^>]*></w:type>")
_PARAGRAPH = re.compile(rb"<w:p(?:\s[^>]*)?/?>")
_EMPTY = (
    b'<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" '
    b'w:lineRule="exact"/></w:pPr></w:p>'
)

_NUMPAGES = re.compile(
    rb'(?P<before><w:instrText[^>]*>\s*|<w:fldSimple[^>]*w:instr="\s*)NUMPAGES'
    rb"(?P<after>[^<]*</w:instrText>.*?\"separate\"\s*/>\s*</w:r>|[^>]*>)"
    rb"(?P<result>.*?)"
    rb"(?P<end><w:r\b[^>]*>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?"
    rb'<w:fldChar\b[^>]*"end"\s*/>|</w:fldSimple>)',
    re.DOTALL,
)
_PAGE_OF = (
    b'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText '
    b'xml:space="preserve"> PAGEREF fin%d </w:instrText></w:r>'
    b'<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_FIELD_END = b'<w:r><w:fldChar w:fldCharType="end"/></w:r>'
_BOOKMARK = b'<w:bookmarkStart w:id="%d" w:name="fin%d"/><w:bookmarkEnd w:id="%d"/>'


class Sides(StrEnum):
    """How the run is printed; on both sides a letter starts on the front of a sheet."""

    TWO = "two"
    ONE = "one"


@dataclass
class Sheaf:
    """Letters of one layout, on their way into one file."""

    frame: Frame
    sides: Sides = Sides.TWO
    leaves: list[Leaf] = field(default_factory=list)

    def close(self, title: str) -> bytes:
        """Return the Word file."""
        stories = [story for leaf in self.leaves for story in leaf.stories]
        parts = {
            TYPES: _types(self.frame, stories),
            "_rels/.rels": _ROOT_RELATIONS,
            "docProps/core.xml": _properties(title),
            RELATIONS: _relations(self.frame, stories),
            BODY: b"".join(self._document()),
        }
        number = 0
        for rank, leaf in enumerate(self.leaves, start=1):
            for story in leaf.stories:
                number += 1
                name = f"word/{_story_name(story, number)}"
                parts[name] = counting_section(story.xml, rank)
        shared = {name: _DECLARATION + xml for name, xml in self.frame.shared}
        return pack({**parts, **shared})

    def _document(self) -> Iterator[bytes]:
        yield _DECLARATION + self.frame.prolog
        number = 1
        for rank, leaf in enumerate(self.leaves, start=1):
            section = _section(leaf, number, self.sides)
            number += len(leaf.stories)
            start, last = _last_paragraph(counting_section(leaf.body, rank))
            last = last.removesuffix(b"</w:p>") + _BOOKMARK % (rank, rank, rank)
            if rank < len(self.leaves):
                yield start + _with_section(last, section) + b"</w:p>"
            else:
                yield start + last + b"</w:p>" + section
        yield b"</w:body></w:document>"


def counting_section(xml: bytes, rank: int) -> bytes:
    """Return ``xml`` where the number of pages is that of letter ``rank`` alone."""
    return _NUMPAGES.sub(
        lambda found: (
            b"%sSECTIONPAGES%s%s%s%s%s"
            % (
                found["before"],
                found["after"],
                _PAGE_OF % rank,
                found["result"],
                _FIELD_END,
                found["end"],
            )
        ),
        xml,
    )


def _section(leaf: Leaf, number: int, sides: Sides) -> bytes:
    """Return the section of a letter, its stories numbered from ``number``."""
    references = b"".join(
        b'<w:%sReference w:type="%s" r:id="rIdS%d"/>'
        % (story.kind.encode(), story.pages.encode(), number + rank)
        for rank, story in enumerate(leaf.stories)
    )
    kind = b"oddPage" if sides is Sides.TWO else b"nextPage"
    inner = _REPLACED.sub(b"", leaf.section.partition(b">")[2])
    found = _AFTER_NUMBERING.search(inner)
    place = found.start() if found else 0
    return (
        b"<w:sectPr>%s" % references
        + b'<w:type w:val="%s"/>' % kind
        + inner[:place]
        + b'<w:pgNumType w:start="1"/>'
        + inner[place:]
    )


def _last_paragraph(body: bytes) -> tuple[bytes, bytes]:
    """Return a letter's text up to its last paragraph, and that paragraph.

    After a table at the end comes a paragraph more, of no height.
    """
    body = body.rstrip()
    starts = [found.start() for found in _PARAGRAPH.finditer(body)]
    if not starts or not body.endswith((b"</w:p>", b"/>")):
        return body, _EMPTY
    start, last = body[: starts[-1]], body[starts[-1] :]
    if not last.endswith(b"</w:p>"):
        last = last.removesuffix(b"/>") + b"></w:p>"
    return start, last


def _with_section(paragraph: bytes, section: bytes) -> bytes:
    """Return an open paragraph with a section in its properties, at their end."""
    tag, _, rest = paragraph.partition(b">")
    rest = rest.removeprefix(b"<w:pPr/>")
    if not rest.startswith(b"<w:pPr>"):
        return tag + b"><w:pPr>" + section + b"</w:pPr>" + rest
    place = rest.index(b"</w:pPr>")
    return tag + b">" + rest[:place] + section + rest[place:]


def _story_name(story: Story, number: int) -> str:
    return f"{story.kind}{number}.xml"


def _types(frame: Frame, stories: Sequence[Story]) -> bytes:
    overrides = [
        (BODY, f"{_WORD}.document.main+xml"),
        ("docProps/core.xml", _CORE_TYPE),
        *frame.types,
        *(
            (f"word/{_story_name(story, number)}", f"{_WORD}.{story.kind}+xml")
            for number, story in enumerate(stories, start=1)
        ),
    ]
    return (
        _DECLARATION
        + (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            + "".join(
                f'<Override PartName="/{name}" ContentType="{kind}"/>'
                for name, kind in overrides
            )
            + "</Types>"
        ).encode()
    )


def _relations(frame: Frame, stories: Sequence[Story]) -> bytes:
    shared = [
        (f"rId{number}", _kind_of(name), name.removeprefix("word/"))
        for number, (name, _) in enumerate(frame.shared, start=1)
    ]
    own = [
        (f"rIdS{number}", story.kind, _story_name(story, number))
        for number, story in enumerate(stories, start=1)
    ]
    return (
        _DECLARATION
        + (
            f'<Relationships xmlns="{_PACKAGE}/relationships">'
            + "".join(
                f'<Relationship Id="{name}" Type="{_type_of(kind)}" Target="{target}"/>'
                for name, kind, target in (*shared, *own)
            )
            + "</Relationships>"
        ).encode()
    )


def _kind_of(part: str) -> str:
    """Return the kind of relation of a shared part, which its name says."""
    return re.sub(r"\d+$", "", part.rpartition("/")[2].removesuffix(".xml"))


def _type_of(kind: str) -> str:
    if kind == "stylesWithEffects":
        return f"http://schemas.microsoft.com/office/2007/relationships/{kind}"
    return f"{_OFFICE}/{kind}"


_ROOT_RELATIONS = (
    _DECLARATION
    + (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
        'Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/'
        'core-properties" Target="docProps/core.xml"/></Relationships>'
    ).encode()
)


def _properties(title: str) -> bytes:
    """Return the file's properties: a title and the program, nobody's name."""
    return (
        _DECLARATION
        + (
            f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{title}</dc:title><dc:creator>cnilreq</dc:creator>"
            "<dc:language>fr-FR</dc:language></cp:coreProperties>"
        ).encode()
    )
