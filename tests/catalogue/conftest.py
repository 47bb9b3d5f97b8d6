"""Catalogue files written for one test."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cnil_requests.core.directory import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def shipped() -> Path:
    """Return the catalogue at the top of the repository."""
    return ROOT / "directories.csv"


@pytest.fixture
def row() -> dict[str, str]:
    """Return a line that has no problem at all."""
    return dict.fromkeys(COLUMNS, "") | {
        "id": "exemple",
        "name": "Exemple",
        "domain": "exemple.fr",
        "kind": "directory",
        "controller": "Société Essai",
        "siren": "794598813",
        "street": "1 rue de l'Essai",
        "postcode": "75001",
        "city": "Paris",
        "country": "FR",
        "email": "contact@exemple.fr",
        "source_urls": "https://exemple.fr/mentions-legales",
        "checked_on": "2026-10-01",
        "confidence": "high",
    }


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes rows to a catalogue file."""

    def write_rows(
        *rows: dict[str, str],
        name: str = "directories.csv",
        encoding: str = "utf-8",
        delimiter: str = ",",
    ) -> Path:
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, COLUMNS, delimiter=delimiter, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        path = tmp_path / name
        path.write_bytes(text.getvalue().encode(encoding))
        return path

    return write_rows
