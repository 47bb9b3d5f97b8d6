"""``print --mandates``: the papers to sign in one run, and their list."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]

LIST = """prénom;nom;mandataire;droits;sites;données;début;fin;réponses;signé le
Anne;Exemple;Syndicat;effacement;tous;fiches;2026-03-01;2026-12-31;mandataire;
Bob;Exemple;Syndicat;effacement;tous;fiches;2026-03-01;2026-12-31;client;
Carole;Exemple;Syndicat;effacement;tous;;2026-03-01;2026-12-31;mandataire;
David;Exemple;Syndicat;effacement;tous;f;2026-03-01;2026-12-31;client;2026-03-01
Eve;Exemple;;;;;;;;
"""
DAY = "2026-03-10"


@pytest.fixture
def union(run: Run, tmp_path: Path) -> Run:
    """Give the command in a home of five people and four mandates."""
    path = tmp_path / "clients.csv"
    path.write_text(LIST, encoding="utf-8")
    assert run("people", "import", path, today=DAY).exit_code == 0
    return lambda *words: run(*words, today=DAY)


def test_the_unsigned_are_bound_the_incomplete_named(
    union: Run, tmp_path: Path
) -> None:
    """Each on its own sheet; signed ones and people without mandate stay out."""
    folder = tmp_path / "mandats"
    done = union("print", "--mandates", "--to", folder, "--json")
    assert done.exit_code == 0
    assert done.json["print"] == {
        "files": [str(folder / "mandats-001.docx")],
        "list": str(folder / "mandats.csv"),
        "people": ["anne-exemple", "bob-exemple"],
    }
    [left] = done.json["left_out"]
    assert left["person"] == "carole-exemple"
    assert "les données concernées" in left["reason"]
    document = Document(BytesIO((folder / "mandats-001.docx").read_bytes()))
    assert len(document.sections) == 2
    assert document.core_properties.title == "Mandats à signer, 1"


def test_the_list_comes_back_with_the_signatures(union: Run, tmp_path: Path) -> None:
    """The printed command, once the days are filled in; then nothing is left."""
    folder = tmp_path / "mandats"
    shown = union("print", "--mandates", "--to", folder).stdout
    table = folder / "mandats.csv"
    assert f'cnilreq people import "{table}"' in shown
    text = table.read_text("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text), delimiter=";"))
    assert [row["nom court"] for row in rows] == ["anne-exemple", "bob-exemple"]
    (folder / "anne.pdf").write_bytes(b"scan")
    table.write_text(
        text.replace("Anne;Exemple;;", "Anne;Exemple;05/03/2026;anne.pdf"),
        encoding="utf-8",
    )
    done = union("people", "import", table, "--json")
    assert [item["slug"] for item in done.json["people"]] == ["anne-exemple"]
    one = union("print", "--mandates", "--to", tmp_path / "2", "--person",
                "bob-exemple", "--json")  # fmt: skip
    assert one.json["print"]["people"] == ["bob-exemple"]


def test_nothing_to_sign_writes_nothing(union: Run, tmp_path: Path) -> None:
    """No folder is made; a folder with something in it is refused."""
    empty = tmp_path / "vide"
    words = ("print", "--mandates", "--to")
    done = union(*words, empty, "--person", "eve-exemple")
    assert "Aucun mandat à signer." in done.stdout
    assert not empty.exists()
    assert union(*words, tmp_path).exit_code == 6
    named = union(*words, empty, "--person", "carole-exemple").stdout
    assert "Laissés de côté (il y manque les données" in named
