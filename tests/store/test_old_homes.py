"""Homes written by every released version are still read, whole.

``tests/data/homes`` holds a backup of each format and what it must say. They are
added to, never changed.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from store_samples import a_draft, derive

from cnil_requests.store.home import Home
from cnil_requests.store.restoring import restore

HOMES = Path(__file__).parents[1] / "data" / "homes"
OLD = sorted(HOMES.glob("*.zip"))


@pytest.mark.sqlite
@pytest.mark.parametrize("backup", OLD, ids=[path.stem for path in OLD])
def test_an_old_home_is_read_whole(backup: Path, path: Path) -> None:
    """Restored, brought up to date, sound, with every value, and still in use."""
    restore(backup, path)
    with Home.open(path, derive=derive) as home:
        expected = json.loads(backup.with_suffix(".json").read_text(encoding="utf-8"))
        assert home.export() == expected
        assert list(home.check()) == []
        assert home.add([a_draft()])[0].id == "2026-0003"
