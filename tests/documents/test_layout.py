"""The shipped layout: built from its readable parts, slim, French."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from cnil_requests.documents.inspection import check
from cnil_requests.documents.package import unpack

SCRIPT = Path(__file__).parents[2] / "docs" / "layout" / "build_letter.py"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def builder() -> dict[str, Any]:
    """Load the script that builds the layout."""
    return runpy.run_path(str(SCRIPT))


@pytest.fixture(scope="module")
def parts(layout_bytes: bytes) -> dict[str, bytes]:
    """Give the parts of the shipped layout."""
    return unpack(layout_bytes, "letter.docx")


def test_layout_is_what_the_script_builds(
    builder: dict[str, Any], parts: dict[str, bytes]
) -> None:
    """After a change in docs/layout/letter, the script was run."""
    assert list(builder["parts"]().items()) == list(parts.items())


def test_building_twice_gives_the_same_bytes(builder: dict[str, Any]) -> None:
    """The script reads no clock."""
    assert builder["build"]() == builder["build"]()


def test_layout_is_slim(layout_bytes: bytes, parts: dict[str, bytes]) -> None:
    """Nothing is shipped that a letter does not use."""
    assert len(layout_bytes) < 12_000
    assert sorted(parts) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/fontTable.xml",
        "word/footer1.xml",
        "word/settings.xml",
        "word/styles.xml",
        "word/theme/theme1.xml",
    ]


def test_every_style_exists_and_serves(parts: dict[str, bytes]) -> None:
    """Each style that a paragraph names is defined; each one defined is used."""
    styles = etree.fromstring(parts["word/styles.xml"])
    defined = {style.get(f"{W}styleId") for style in styles.iter(f"{W}style")}
    used = {
        element.get(f"{W}val")
        for part in ("word/document.xml", "word/footer1.xml", "word/styles.xml")
        for element in etree.fromstring(parts[part]).iter(
            f"{W}pStyle", f"{W}rStyle", f"{W}basedOn", f"{W}next"
        )
    }
    defaults = {
        style.get(f"{W}styleId")
        for style in styles.iter(f"{W}style")
        if style.get(f"{W}default")
    }
    assert used <= defined
    assert defined - used <= defaults


def test_layout_is_french_and_in_arial(parts: dict[str, bytes]) -> None:
    """Word checks the spelling in French, and no other font is asked for."""
    styles = etree.fromstring(parts["word/styles.xml"])
    (language,) = styles.iter(f"{W}lang")
    assert language.get(f"{W}val") == "fr-FR"
    assert {font for fonts in styles.iter(f"{W}rFonts") for font in fonts.values()} == {
        "Arial"
    }


def test_layout_has_no_prose(parts: dict[str, bytes]) -> None:
    """The layout holds fixed labels only: the wording is in the texts."""
    words = {
        re.sub(r"{[{%].*?[}%]}", "", text.text).replace("\u00a0", " ").strip()
        for part in ("word/document.xml", "word/footer1.xml")
        for text in etree.fromstring(parts[part]).iter(f"{W}t")
    }
    labels = {"N/Réf. :", "Objet :", "P.J. :", "Copie :", "– N/Réf.", "page"}
    assert words == {*labels, "/", "1", ""}


def test_layout_passes_its_own_check(layout_bytes: bytes) -> None:
    """``templates check`` finds nothing to say about the shipped layout."""
    assert check(layout_bytes, "letter.docx") == []
