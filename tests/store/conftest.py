"""A home with one person, for the tests of the store."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

# The processes that the tests start share this module, so it is no fixture.
sys.path.insert(0, str(Path(__file__).parent))

from store_samples import a_person, derive

from cnil_requests.store.engine import LEDGER_NAME
from cnil_requests.store.home import Home

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(
    autouse=True,
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.server)],
)
def shared_ledger(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> str:
    """Run every test on both engines; give the server's address, or nothing.

    What only concerns SQLite's own file is marked ``sqlite``.
    """
    if request.param == "sqlite":
        return ""
    address: str = request.getfixturevalue("database")
    monkeypatch.setenv("CNILREQ_DATABASE", address)
    for name in ("open", "create"):
        shared = partial(_shared, getattr(Home, name), address)
        monkeypatch.setattr(Home, name, shared)
    return address


def _shared(plain: Callable[..., Home], address: str, place: Path, **how: Any) -> Home:  # noqa: ANN401
    """Open a home on the server, but for one restored with a ledger of its own."""
    database = "" if (place / LEDGER_NAME).exists() else address
    return plain(place, **{"database": database, **how})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out the second engine where there is only one to test."""
    items[:] = [
        item
        for item in items
        if not (item.get_closest_marker("sqlite") and item.get_closest_marker("server"))
    ]


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
