"""``cnilreq templates check``: exit 0 or 1, file and line, one JSON document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]


@pytest.fixture
def own(home: Path) -> Path:
    """Give the user's own folder of texts."""
    folder = home / "letter_templates"
    folder.mkdir(parents=True)
    return folder


def test_the_program_s_own(run: Run, home: Path) -> None:
    """They are sound, and no home is needed."""
    found = run("templates", "check")
    assert found.exit_code == 0
    assert "utilisables" in found.stdout
    assert run("templates", "check", "--json").json == {"problems": []}
    assert not home.exists()


def test_a_mistake(run: Run, own: Path) -> None:
    """Exit 1; where, what, and the field that was meant."""
    file = own / "erasure.txt"
    file.write_text("Objet : o\n\n{{ me.nmae }}\n", encoding="utf-8")
    found = run("templates", "check")
    assert found.exit_code == 1
    assert f"{file}:3: le champ « me.nmae » n'existe pas" in found.stdout
    assert "« name »" in found.stdout
    document = run("templates", "check", "--json")
    assert document.exit_code == 1
    (problem,) = document.json["problems"]
    assert problem == {
        "file": str(file),
        "line": 3,
        "column": "me.nmae",
        "level": "error",
        "message": "le champ « me.nmae » n'existe pas",
        "suggestion": "vouliez-vous dire « name » ?",
    }


def test_a_doubt_is_no_mistake(run: Run, own: Path) -> None:
    """Exit 0, and it is told."""
    (own / "erasur.txt").write_text("Objet : o", encoding="utf-8")
    found = run("templates", "check")
    assert found.exit_code == 0
    assert "erasur.txt" in found.stdout
    assert "utilisables" not in found.stdout


def test_another_folder(run: Run, tmp_path: Path, own: Path) -> None:
    """Before its files are put in place."""
    (own / "erasure.txt").write_text("{{", encoding="utf-8")
    other = tmp_path / "other"
    other.mkdir()
    assert run("templates", "check", other).exit_code == 0
    (other / "letter.docx").write_bytes(b"no word file")
    assert run("templates", "check", other).exit_code == 1
    assert run("templates", "check", tmp_path / "absent").exit_code == 2
