"""``directories propose``: a patch that applies, with sources and without notes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ("--source", "https://exemple.fr/ml")


def test_nothing_to_propose(run: Run) -> None:
    """Said in words, an empty patch in JSON."""
    assert "rien de plus" in run("directories", "propose").stdout
    found = run("directories", "propose", "--json").json
    assert found == {"lines": [], "rejected": [], "patch": "", "file": None}


def test_the_patch_applies(run: Run, tmp_path: Path) -> None:
    """To the shared file: one line changed, one added, no other touched."""
    run("directories", "set", "exemple.fr", "controller=Société, dite « Exemple »",
        "notes=ma note à moi", *SOURCE)  # fmt: skip
    run("directories", "set", "keskeces", "email=contact@keskeces.example", *SOURCE)
    folder = tmp_path / "checkout"
    folder.mkdir()
    shutil.copy(ROOT / "directories.csv", folder)
    patch = tmp_path / "catalogue.patch"
    found = run("directories", "propose", "--output", patch, "--json").json
    assert [(item["id"], item["new"]) for item in found["lines"]] == [
        ("keskeces", False),
        ("exemple-fr", True),
    ]
    assert found["lines"][0]["sources"] == ["https://exemple.fr/ml"]
    before = (folder / "directories.csv").read_text("utf-8").splitlines()
    subprocess.run(
        ["git", "apply", "--unsafe-paths", str(patch)], cwd=folder, check=True
    )
    after = (folder / "directories.csv").read_text("utf-8").splitlines()
    assert len(after) == len(before) + 1
    assert sum(old != new for old, new in zip(before, after, strict=False)) == 1
    assert "ma note" not in "\n".join(after)
    assert run("directories", "check", folder / "directories.csv").exit_code == 0


def test_a_line_with_a_problem_is_left_out(run: Run, home: Path) -> None:
    """And its problem told: a value without a source."""
    run("directories", "set", "exemple.fr", "name=Exemple")
    file = home / "directories.csv"
    text = file.read_text("utf-8")
    file.write_text(
        text.replace(
            "exemple.fr,,directory,,,,", "exemple.fr,,directory,,,Exemple SA,"
        ),
        encoding="utf-8",
    )
    found = run("directories", "propose", "--json").json
    assert found["lines"] == []
    assert [(item["id"], item["column"]) for item in found["rejected"]] == [
        ("exemple-fr", "source_urls")
    ]
