"""What ships is what stands in the tree: no file forgotten, none by accident."""

from __future__ import annotations

import os
import tomllib
import warnings
from configparser import ConfigParser
from pathlib import Path
from typing import TYPE_CHECKING

import cnil_requests
from cnil_requests import shipped

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).resolve().parents[1]


def built() -> set[str]:
    """Return every file that setuptools would put in a wheel."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from setuptools import Distribution

        distribution = Distribution({"script_name": "-"})
        distribution.parse_config_files(["setup.cfg"])
        command = distribution.get_command_obj("build_py")
        command.ensure_finalized()
        outputs = command.get_outputs(include_bytecode=False)
    return {
        Path(os.path.relpath(path, command.build_lib)).as_posix() for path in outputs
    }


def tree() -> set[str]:
    """Return every file that must ship, read from the checkout."""
    package = ROOT / "cnil_requests"
    inside = {
        path.relative_to(ROOT).as_posix()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    letters = {
        f"cnil_requests/data/letter_templates/{path.name}"
        for path in (ROOT / "letter_templates").iterdir()
        if path.is_file() and not path.name.startswith(".")
    }
    return inside | letters | {"cnil_requests/data/directories.csv"}


def test_the_wheel_holds_the_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    """The wheel's list equals the checkout: modules, French, catalogue, letters."""
    monkeypatch.chdir(ROOT)
    assert built() == tree()


def test_the_catalogue_and_the_letters_are_found() -> None:
    """The two-place look-up reaches the shipped files."""
    assert shipped.catalogue().read_text("utf-8").startswith("id,name,domain,")
    assert (shipped.letter_templates() / "letter.docx").is_file()


def test_python_version_is_stated_once_and_the_same() -> None:
    """setup.cfg, ruff and the Makefile agree on the oldest Python."""
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    ruff = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]
    assert setup["options"]["python_requires"] == ">=3.11"
    assert ruff["target-version"] == "py311"
    assert "< (3, 11)" in (ROOT / "Makefile").read_text("utf-8")


def test_the_changelog_names_the_version() -> None:
    """The version is written in the package and told in the change log."""
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert "## [Unreleased]" in changes
    assert "### Law and wording" in changes
    assert cnil_requests.__version__.count(".") == 2
