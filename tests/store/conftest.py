"""A home with one person, for the tests of the store."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

# The processes that the tests start share this module, so it is no fixture.
sys.path.insert(0, str(Path(__file__).parent))

from store_samples import a_person, derive

from cnil_requests.store.home import Home

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the home will be."""
    return tmp_path / "home"


@pytest.fixture
def home(path: Path) -> Iterator[Home]:
    """Return a new home with one person."""
    with Home.create(path, derive=derive) as home:
        home.save_person(a_person())
        yield home
