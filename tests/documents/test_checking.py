"""``templates check``: every mistake of a user's texts, before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cnil_requests import shipped
from cnil_requests.documents.checking import TemplateFinding, check_templates
from cnil_requests.documents.templates import TemplateFolders

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Check = Callable[..., list[TemplateFinding]]


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Copy two of the program's letters, their parts and the layout."""
    folder = tmp_path / "program"
    folder.mkdir()
    for item in shipped.letter_templates().iterdir():
        letters = ("erasure.txt", "access.txt", "letter.docx")
        if item.name.startswith("_") or item.name in letters:
            (folder / item.name).write_bytes(item.read_bytes())
    return folder


@pytest.fixture
def check(tmp_path: Path, program: Path) -> Check:
    """Check the user's files, given by name, over the program's."""

    def check_files(**texts: str | bytes) -> list[TemplateFinding]:
        for name, text in texts.items():
            data = text if isinstance(text, bytes) else text.encode()
            (
                tmp_path / name.replace("__docx", ".docx").replace("__txt", ".txt")
            ).write_bytes(data)
        return check_templates(TemplateFolders(tmp_path, program))

    return check_files


def test_the_shipped_texts_are_sound() -> None:
    """Every field, with every kind of case."""
    assert check_templates(TemplateFolders(None, shipped.letter_templates())) == []


def test_an_unknown_field_is_named_with_its_line(check: Check, tmp_path: Path) -> None:
    """And the nearest known one."""
    found = check(
        erasure__txt="Objet : o\n\n{{ me.nom }} {{ me.nmae }}\n{{ urll }}\n"
        "{% for r in reasons %}{{ r.detial }}{% endfor %}"
    )
    file = str(tmp_path / "erasure.txt")
    assert [(item.file, item.line, item.field) for item in found] == [
        (file, 3, "me.nom"),
        (file, 3, "me.nmae"),
        (file, 4, "urll"),
        (file, 5, "r.detial"),
    ]
    assert {item.level for item in found} == {"error"}
    assert "« nmae »" not in found[1].suggestion
    assert found[1].suggestion == "vouliez-vous dire « name » ?"
    assert found[2].suggestion == "vouliez-vous dire « urls » ?"
    assert found[3].suggestion == "vouliez-vous dire « detail » ?"


@pytest.mark.parametrize(
    "text",
    [
        "{% set who = me.name %}{{ who }}",
        "{% macro bold(x) %}*{{ x }}*{% endmacro %}{{ bold(me.name) }}",
        "{% for url in urls %}{{ loop.index }} {{ url }}{% endfor %}",
        "{% for number in range(3) %}{{ number }}{% endfor %}",
        "{% for key, rows in reasons | groupby('key') %}{{ key }}{% endfor %}",
        "{% with x = me.name %}{{ x }}{% endwith %}",
        "{{ urls | join(', ') }} {{ me['name'] }}",
        "{% if me.siren is defined %}x{% endif %}",
        "{% set site2 = site %}{{ site2.domain }}",
    ],
)
def test_names_of_the_text_itself_are_known(check: Check, text: str) -> None:
    """Loops, macros, variables set there: none is an unknown field."""
    assert check(erasure__txt=f"Objet : o\n\n{text}\n") == []


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("Objet : o\n\n{% if me.name %}", 3, "mal écrit"),
        ("Objet : o\n\n{{ me.name | majuscules }}", 3, "mal écrit"),
        ("Bonjour", 1, "Objet"),
        ("Objet : o\n\n{{ me['nom'] }}", 3, "inconnu"),
        ("Objet : o\n\n{% include 'absent.txt' %}", None, "introuvable"),
        ("Objet : o\n\n{% include '../x.txt' %}", None, "introuvable"),
        ("Objet : o\n\n{% include 'erasure.txt' %}", None, "calculée"),
        ("Objet : é".encode("latin-1"), 1, "UTF-8"),
    ],
)
def test_every_other_mistake(
    check: Check, text: str | bytes, line: int | None, what: str
) -> None:
    """Syntax, form, what only shows when a letter is made, encoding."""
    found = check(erasure__txt=text)
    assert len(found) == 1
    assert what in found[0].message
    assert found[0].level == "error"
    assert line is None or found[0].line == line


def test_every_file_is_checked_at_once(check: Check) -> None:
    """One bad text does not hide another, nor the layout."""
    found = check(
        erasure__txt="Objet : {{ a }}",
        access__txt="Objet : {% b %}",
        letter__docx=b"no word file",
    )
    names = [item.file.rpartition("/")[2] for item in found]
    assert names == ["access.txt", "erasure.txt", "letter.docx"]


def test_a_partial_text_of_one_s_own_is_used(check: Check) -> None:
    """It is checked with the letter that includes it; its loop's names are known."""
    found = check(
        erasure__txt="Objet : o\n\n{% for r in reasons %}"
        "{% include '_mine.txt' %}{% endfor %}",
        _mine__txt="{{ r.key }}",
    )
    assert found == []
    found = check(_mine__txt="{{ r.kye }}\n{{ me.nmae }}")
    assert [(item.line, item.level) for item in found] == [(2, "error")]


def test_a_file_that_no_letter_uses_is_only_a_doubt(check: Check) -> None:
    """A misspelt name does nothing; notes are nobody's business."""
    found = check(erasur__txt="Objet : o", notes__txt="{{ à voir }} sans objet")
    assert [(item.file, item.level) for item in found] == [
        ("erasur.txt", "warning"),
        ("notes.txt", "warning"),
    ]
    assert "erasure.txt" in found[0].suggestion
