"""Light commands against the least that any Click program costs."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from tempfile import TemporaryDirectory

from benchmarks.runner import Row

DRAFTED, TODAY = "2026-06-04", "2026-06-05"

#: Kept until the program ends: the rows are measured after ``rows`` returns.
_FOLDER = TemporaryDirectory(prefix="cnilreq-bench-")


def rows() -> list[Row]:
    """Return the start of ``--help``, and of ``remind`` with a letter to post."""
    _make_home()
    return [
        _row("--help", "--help"),
        _row("remind", "--home", _FOLDER.name, "--today", TODAY, "remind"),
    ]


def _row(name: str, *words: str) -> Row:
    return Row(
        f"start-up: cnilreq {name} / import click",
        partial(_python, "-m", "cnil_requests", *words),
        partial(_python, "-c", "import click"),
        at_most=2,
        rounds=21,
    )


def _make_home() -> None:
    start = ("-m", "cnil_requests", "--home", _FOLDER.name, "--today", DRAFTED)
    person = ("--first-name", "Camille", "--last-name", "Exemple")
    _python(*start, "init", *person, "--json")
    _python(*start, "draft", "societe-com", "--right", "access", "--json")


def _python(*words: str) -> None:
    """Run Python as users do: with the compiled modules that an install keeps."""
    compiling = {"PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"}
    subprocess.run(
        [sys.executable, *words],
        stdout=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        env={key: text for key, text in os.environ.items() if key not in compiling},
        check=True,
    )
