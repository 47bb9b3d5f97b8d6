"""Find the files that ship with the program: the catalogue and the letters."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def root() -> Traversable:
    """Return the folder holding ``directories.csv`` and ``letter_templates``.

    A wheel carries them in ``cnil_requests/data`` (see ``package_dir`` in
    setup.cfg); a checkout, editable or not, has them at its top level.
    """
    installed = resources.files("cnil_requests") / "data"
    if installed.is_dir():
        return installed
    return Path(__file__).resolve().parents[1]


def catalogue() -> Traversable:
    """Return the shipped ``directories.csv``."""
    return root() / "directories.csv"


def letter_templates() -> Traversable:
    """Return the shipped folder of letters."""
    return root() / "letter_templates"
