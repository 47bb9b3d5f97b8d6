#!/usr/bin/env python3
"""Build letter_templates/letter.docx from the parts in docs/layout/letter.

Run it from the root of the checkout after editing a part::

    .venv/bin/python docs/layout/build_letter.py

The layout is kept as plain XML, one file a part, so that a change of a margin or
of a style can be read in a diff. Blanks between elements and comments are left
out of the built file; a test compares it with these parts.
"""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from cnil_requests.documents.package import pack

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "docs" / "layout" / "letter"
TARGET = ROOT / "letter_templates" / "letter.docx"

#: Readers of Office files look at the list of content types first.
FIRST = "[Content_Types].xml"


def parts() -> dict[str, bytes]:
    """Return every part of the layout by name, in the order of the archive."""
    names = sorted(
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*")
        if path.is_file()
    )
    names.sort(key=lambda name: name != FIRST)
    return {name: slim((SOURCE / name).read_bytes()) for name in names}


def slim(xml: bytes) -> bytes:
    """Return ``xml`` without the blanks and comments that serve its readers."""
    parser = etree.XMLParser(remove_blank_text=True, remove_comments=True)
    tree = etree.fromstring(xml, parser)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def build() -> bytes:
    """Return the bytes of letter.docx."""
    return pack(parts())


if __name__ == "__main__":
    TARGET.write_bytes(build())
