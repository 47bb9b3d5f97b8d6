"""One Word letter taken apart, if it can safely share a file with others.

Only plain letters can: text, tables and simple fields, one section, and headers and
footers of their own. Anything else (pictures, comments, numbered lists, changes
being tracked) could mix with the next letter, and is refused with its reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from cnil_requests.documents.faults import BadTemplateError
from cnil_requests.documents.package import unpack

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BODY = "word/document.xml"
RELATIONS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"

#: Parts that letters of one layout share, byte for byte.
_SHARED = re.compile(
    r"word/(?:styles|settings|fontTable|webSettings|numbering|footnotes|endnotes|"
    r"stylesWithEffects|theme/theme\d+)\.xml"
)
_PRIVATE = re.compile(r"docProps/.*|_rels/\.rels|\[Content_Types\]\.xml")
_STORY = re.compile(r"word/(?:header|footer)\d*\.xml")

_TEXT = "p pPr r rPr t tab br cr noBreakHyphen softHyphen sym proofErr"
_PARAGRAPHS = (
    "pStyle framePr keepNext keepLines pageBreakBefore widowControl pBdr shd tabs "
    "suppressAutoHyphens spacing ind contextualSpacing mirrorIndents jc "
    "textAlignment outlineLvl top left bottom right between bar"
)
_RUNS = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike noProof vanish color "
    "w spacing kern position sz szCs highlight u effect shd vertAlign lang"
)
_FIELDS = "fldChar instrText fldSimple lastRenderedPageBreak"
_TABLES = (
    "tbl tblPr tblStyle tblpPr tblOverlap tblW tblInd tblBorders tblLayout "
    "tblCellMar tblLook tblGrid gridCol tr trPr trHeight cantSplit tblHeader tc tcPr "
    "tcW gridSpan vMerge tcBorders tcMar noWrap vAlign insideH insideV start end"
)
_SECTION = (
    "sectPr headerReference footerReference type pgSz pgMar paperSrc pgBorders "
    "pgNumType cols col formProt titlePg textDirection docGrid"
)
_ALLOWED = frozenset(
    f"{_TEXT} {_PARAGRAPHS} {_RUNS} {_FIELDS} {_TABLES} {_SECTION}".split()
)
_NAMES = re.compile(rb"<([A-Za-z]+):?([A-Za-z]*)")
_FIELD = re.compile(rb'<w:instrText[^>]*>([^<]*)</w:instrText>|w:instr="([^"]*)"')
_REFERENCE = re.compile(
    rb'<w:(header|footer)Reference\b[^>]*?(?:w:type="(\w+)"[^>]*?r:id="([^"]+)"|'
    rb'r:id="([^"]+)"[^>]*?w:type="(\w+)")[^>]*/>'
)
_DECLARED = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<\?xml[^>]*\?>\s*")
_END = re.compile(
    rb"(<w:sectPr\b[^>]*>.*</w:sectPr>)\s*</w:body>\s*</w:document>\s*\Z", re.DOTALL
)


class UnmergeableError(Exception):
    """A letter must be printed by itself; the message says why, in French."""


@dataclass(frozen=True)
class Frame:
    """What letters of one layout have in common; no part has its XML declaration."""

    prolog: bytes
    shared: tuple[tuple[str, bytes], ...]
    types: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Story:
    """A header or footer: ``kind`` is that word, ``pages`` says on which pages."""

    kind: str
    pages: str
    xml: bytes


@dataclass(frozen=True)
class Leaf:
    """One letter without what it shares: its text, its section, its stories."""

    body: bytes
    section: bytes
    stories: tuple[Story, ...]


def take_apart(docx: bytes, name: str) -> tuple[Frame, Leaf]:
    """Return what a letter shares with others and what is its own.

    Raises UnmergeableError.
    """
    try:
        parts = unpack(docx, name)
        document, relations = parts[BODY], _relations(parts[RELATIONS])
    except (BadTemplateError, KeyError, ET.ParseError) as error:
        raise UnmergeableError("ce n'est pas un document Word lisible") from error
    prolog, text, section = _cut(document)
    _check(text)
    _check(section)
    stories = tuple(_stories(section, relations, parts))
    frame = Frame(prolog, _shared(parts), _types(parts))
    return frame, Leaf(text, _REFERENCE.sub(b"", section), stories)


def _cut(document: bytes) -> tuple[bytes, bytes, bytes]:
    """Return what comes before the text, the text, and the section at its end."""
    start = document.find(b"<w:body>")
    end = _END.search(document)
    if start < 0 or end is None or document.count(b"<w:sectPr") != 1:
        raise UnmergeableError("sa mise en page a plusieurs sections")
    start += len(b"<w:body>")
    prolog = _without_declaration(document[:start])
    return prolog, document[start : end.start()], end.group(1)


def _without_declaration(xml: bytes) -> bytes:
    """Return XML without its first line, which every program writes its own way."""
    return _DECLARED.sub(b"", xml, count=1)


def _check(xml: bytes) -> None:
    """Refuse every element and field that could reach beyond its own letter."""
    for prefix, name in set(_NAMES.findall(xml)):
        if prefix != b"w" or name.decode() not in _ALLOWED:
            what = f"{prefix.decode()}:{name.decode()}"
            raise UnmergeableError(f"elle contient un élément particulier ({what})")
    for match in _FIELD.findall(xml):
        words = (match[0] or match[1]).split()
        if not words or words[0] not in (b"PAGE", b"NUMPAGES", b"SECTIONPAGES"):
            raise UnmergeableError("elle contient un champ calculé par Word")


def _relations(xml: bytes) -> dict[str, tuple[str, str]]:
    """Return kind and target of every relation, by identifier."""
    return {
        item.attrib["Id"]: (
            item.attrib["Type"].removeprefix(f"{_OFFICE}/"),
            item.attrib["Target"],
        )
        for item in ET.fromstring(xml).iter(f"{_PACKAGE}Relationship")  # noqa: S314
    }


def _stories(
    section: bytes,
    relations: Mapping[str, tuple[str, str]],
    parts: Mapping[str, bytes],
) -> Iterator[Story]:
    """Yield the headers and footers of the letter."""
    for kind, pages, target, target2, pages2 in _REFERENCE.findall(section):
        found = relations.get((target or target2).decode())
        path = f"word/{found[1]}" if found else ""
        xml = parts.get(path)
        if xml is None or not _STORY.fullmatch(path):
            raise UnmergeableError("son en-tête ou son pied de page est introuvable")
        if f"word/_rels/{path.removeprefix('word/')}.rels" in parts:
            raise UnmergeableError("son en-tête ou son pied de page a une image")
        _check(xml[xml.index(b"<w:p") :])
        yield Story(kind.decode(), (pages or pages2).decode(), xml)


def _shared(parts: Mapping[str, bytes]) -> tuple[tuple[str, bytes], ...]:
    """Return the parts to be kept; refuse one that is not known."""
    shared = []
    for name, content in sorted(parts.items()):
        if _SHARED.fullmatch(name):
            shared.append((name, _without_declaration(content)))
        elif not (
            name in (BODY, RELATIONS)
            or _PRIVATE.fullmatch(name)
            or _STORY.fullmatch(name)
        ):
            raise UnmergeableError(f"elle contient une partie particulière ({name})")
    return tuple(shared)


def _types(parts: Mapping[str, bytes]) -> tuple[tuple[str, str], ...]:
    """Return the content type of every shared part."""
    declared = {
        item.attrib["PartName"].lstrip("/"): item.attrib["ContentType"]
        for item in ET.fromstring(parts[TYPES])  # noqa: S314
        if "PartName" in item.attrib
    }
    return tuple(
        (name, declared[name]) for name in sorted(parts) if _SHARED.fullmatch(name)
    )
