"""Which ledger is that of a folder, once one is on a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from store_samples import a_draft, a_person, derive

from cnil_requests.store.errors import (
    LedgerMissingError,
    LedgerMovedError,
    LedgerNotCopiedError,
)
from cnil_requests.store.home import Home
from cnil_requests.store.moving import copy_ledger
from cnil_requests.store.postgres_errors import OtherFolderError, TwoLedgersError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def shared_ledger() -> str:
    """Take the place of the fixture that runs everything twice."""
    return ""


def start(path: Path, database: str = "") -> None:
    """Make a home with one request."""
    with Home.create(path, derive=derive, database=database) as home:
        home.save_person(a_person())
        home.add([a_draft()])


def test_a_second_folder_beside_the_shared_ledger_is_refused(
    path: Path, database: str, tmp_path: Path
) -> None:
    """A colleague who forgot CNILREQ_HOME gets no ledger without its letters."""
    start(path, database)
    with (
        Home.create(tmp_path / "other", derive=derive, database=database) as other,
        pytest.raises(OtherFolderError, match="CNILREQ_HOME"),
    ):
        list(other.people())
    with Home.open(path, derive=derive, database=database) as home:
        assert list(home.check()) == []


def test_two_ledgers_for_one_folder_are_refused(
    path: Path, database: str, tmp_path: Path
) -> None:
    """A colleague who forgot CNILREQ_DATABASE wrote in a file: nobody goes on."""
    start(path, database)
    (path / "cnilreq.db").touch(mode=0o600)
    with Home.open(path, derive=derive, database=database) as home:
        assert list(home.check()) == []
    start(tmp_path / "alone")
    (path / "cnilreq.db").write_bytes((tmp_path / "alone/cnilreq.db").read_bytes())
    with (
        Home.open(path, derive=derive, database=database) as home,
        pytest.raises(TwoLedgersError, match=r"cnilreq\.db"),
    ):
        list(home.people())


def test_a_new_ledger_beside_a_folder_in_use_is_refused(
    path: Path, database: str
) -> None:
    """The requests are in the file: it must be copied first."""
    start(path)
    for _ in range(2):
        with (
            Home.create(path, derive=derive, database=database) as home,
            pytest.raises(LedgerNotCopiedError, match="cnilreq ledger copy"),
        ):
            list(home.people())


def test_the_file_that_moved_may_stay(path: Path, database: str) -> None:
    """It is marked, lies there as one plain file, and takes nothing more."""
    start(path)
    copy_ledger(str(path), database)
    assert sorted(item.name for item in path.iterdir()) == ["cnilreq.db", "requests"]
    with Home.open(path, derive=derive, database=database) as home:
        assert len(list(home.cases())) == 1
        home.add([a_draft()])
    with Home.open(path, derive=derive) as file, pytest.raises(LedgerMovedError):
        list(file.people())


def test_a_file_that_moved_to_a_wrong_server_can_move_again(
    path: Path, database: str
) -> None:
    """The mark is the file's, and does not follow it to the next server."""
    start(path)
    copy_ledger(str(path), database)
    with psycopg.connect(database, autocommit=True) as plain:
        name = plain.execute("SELECT current_schema()").fetchone()
        assert name is not None
        plain.execute(f"DROP SCHEMA {name[0]} CASCADE")
        plain.execute(f"CREATE SCHEMA {name[0]}")
    copied = copy_ledger(str(path), database)
    assert copied["request"].rows == 1
    with Home.open(path, derive=derive, database=database) as home:
        assert len(list(home.cases())) == 1


def test_who_forgot_the_address_of_the_server_is_told(
    path: Path, database: str
) -> None:
    """A folder without its file may be one whose ledger is shared."""
    start(path, database)
    with pytest.raises(LedgerMissingError, match="CNILREQ_DATABASE"):
        Home.create(path, derive=derive)
