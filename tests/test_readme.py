"""README and program say the same thing, and the README's commands work."""

from __future__ import annotations

import csv
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cnil_requests import errors
from cnil_requests.cli import COMMANDS, STOPPED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")

#: What --today is when an example does not say it.
DAY = "2026-05-31"


def section(heading: str) -> str:
    """Return what stands under a heading, up to the next of the same level."""
    marks = heading.partition(" ")[0]
    return README.split(f"{heading}\n", 1)[1].split(f"\n{marks} ", 1)[0]


def command_lines(text: str) -> Iterator[list[str]]:
    """Yield the words of every ``cnilreq`` line of the shell blocks."""
    for block in re.findall(r"```sh\n(.*?)```", text, flags=re.DOTALL):
        for line in block.splitlines():
            words = shlex.split(line, comments=True)
            if words[:1] == ["cnilreq"]:
                yield words[1:]


def test_every_command_stands_in_the_readme() -> None:
    """The table of commands and the program's own list are the same."""
    table = section("## Commands").split("### ")[0]
    assert re.findall(r"^\| `([a-z-]+)` \|", table, flags=re.MULTILINE) == list(
        COMMANDS
    )


def test_every_exit_code_stands_in_the_readme() -> None:
    """The codes of the error classes are explained, and no others but the fixed."""
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)}
    families = {
        kind.exit_code
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.CnilreqError)
    }
    assert told == families | {0, 10, STOPPED}


def test_the_examples_work_one_after_the_other(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every ``cnilreq`` line succeeds in the order of the page, in one home."""
    monkeypatch.chdir(tmp_path)
    lines = list(command_lines(README))
    assert len(lines) >= 12
    for words in lines:
        today = DAY
        if words[0] == "--today":
            today, words = words[1], words[2:]  # noqa: PLW2901
        result = run(*words, today=today)
        assert result.exit_code == 0, (words, result.output)


def test_the_readme_counts_the_catalogue() -> None:
    """The number of sites that the page gives is the catalogue's."""
    with (ROOT / "directories.csv").open(encoding="utf-8", newline="") as file:
        count = sum(1 for _ in csv.DictReader(file))
    assert f"The catalogue knows {count} sites" in README


def test_links_lead_somewhere() -> None:
    """Every relative link of the README and of docs/ names a file that exists."""
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), (page.name, target)
