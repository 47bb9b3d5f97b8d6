"""``cnilreq check``: is the home sound, and what a crash left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]

FOLDER = "requests/2026-0001-doctolib"


def test_a_sound_home(delivered: Run) -> None:
    """One sentence, exit 0, an empty list in JSON."""
    assert delivered("check").stdout == "Tout est en ordre.\n"
    assert delivered("check --json").json == {"problems": [], "repaired": []}


def test_an_altered_letter(delivered: Run, home: Path) -> None:
    """Exit 1, where it is, what to do; ``--repair`` leaves it alone."""
    letter = home / FOLDER / "lettre.docx"
    letter.write_bytes(b"another")
    result = delivered("check --json")
    assert result.exit_code == 1
    [problem] = result.json["problems"]
    assert list(problem) == ["where", "level", "message", "suggestion"]
    assert (problem["where"], problem["level"]) == (f"{FOLDER}/lettre.docx", "error")
    assert delivered("check --repair").exit_code == 1
    assert letter.read_bytes() == b"another"


def test_leftovers_are_named_then_put_away(delivered: Run, home: Path) -> None:
    """Only with ``--repair``."""
    left = home / FOLDER / ".tmp-0123"
    left.write_bytes(b"half")
    first = delivered("check")
    assert first.exit_code == 1
    assert "cnilreq check --repair" in first.stdout
    assert left.exists()
    repaired = delivered("check --repair")
    assert repaired.exit_code == 0
    assert "Rangé : " in repaired.stdout
    assert not left.exists()
    assert delivered("check").stdout == "Tout est en ordre.\n"


def test_an_unknown_file_is_a_warning(delivered: Run, home: Path) -> None:
    """It is told, and the home is sound all the same."""
    (home / FOLDER / "note.txt").write_text("x", encoding="utf-8")
    result = delivered("check")
    assert result.exit_code == 0
    assert f"{FOLDER}/note.txt" in result.stdout


def test_no_home_yet(run: Run) -> None:
    """Exit 3."""
    assert run("check").exit_code == 3
