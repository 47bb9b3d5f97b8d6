"""What the system refuses, told with a name the user knows."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest

from cnil_requests.store.errors import DiskFullError, LedgerDamagedError
from cnil_requests.store.telling import told

HOME = Path("/maison/cnilreq")


@pytest.mark.parametrize(
    ("path", "named"),
    [
        (HOME / "cnilreq.db", HOME / "cnilreq.db"),
        (HOME / ".tmp-0011223344556677", HOME),
        (HOME / "requests/.new-0011/2026-0001-site", HOME / "requests"),
    ],
)
def test_a_temporary_name_is_never_shown(path: Path, named: Path) -> None:
    """The folder that holds it is what the user can make room in."""
    with pytest.raises(DiskFullError) as full, told(path):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert f"« {named} »" in str(full.value).replace("\N{NO-BREAK SPACE}", " ")
    with pytest.raises(LedgerDamagedError) as damaged, told(path):
        raise sqlite3.DatabaseError
    assert ".tmp-" not in str(damaged.value)
