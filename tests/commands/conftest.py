"""A home in which two letters were drafted on 1 June 2026, made once."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from cnil_requests.cli import cli

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]

#: What was typed to make it; the second site has no known address.
COMMANDS = (
    "init --title Dr --first-name Camille --last-name Exemple --postcode 69001 "
    "--city Lyon --street 1-rue-Exemple --email camille@exemple.fr --json",
    "draft doctolib --url https://www.doctolib.fr/camille --because secrecy --json",
    "draft societe-com --url https://www.societe.com/camille --because secrecy --json",
)


@pytest.fixture(scope="session")
def first_of_june(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the home as it was that day; to be copied."""
    home = tmp_path_factory.mktemp("june") / "home"
    for command in COMMANDS:
        words = ["--home", str(home), "--today", "2026-06-01", *command.split()]
        result = CliRunner().invoke(cli, words, catch_exceptions=False)
        assert result.exit_code == 0, result.output
    return home


@pytest.fixture
def drafted(run: Run, home: Path, first_of_june: Path) -> Run:
    """Run commands in a home of one's own, where two letters are drafted.

    ``drafted("sent 1 --on 2026-06-01", today="2026-06-02")``: the words of a line
    are split at blanks; more words may follow.
    """
    shutil.copytree(first_of_june, home)

    def run_line(line: str, *words: str | Path, today: str = "2026-06-01") -> Any:  # noqa: ANN401
        return run(*line.split(), *words, today=today)

    return run_line


@pytest.fixture
def delivered(drafted: Run) -> Run:
    """Run commands where the first letter was posted, and delivered on 4 June."""
    assert drafted("sent 1 --on 2026-06-01").exit_code == 0
    assert drafted("received 1 --on 2026-06-04", today="2026-06-05").exit_code == 0
    return drafted


@pytest.fixture
def proof(tmp_path: Path) -> Path:
    """Give a file of the user's."""
    path = tmp_path / "preuve.pdf"
    path.write_bytes(b"%PDF-1.4 preuve")
    return path
