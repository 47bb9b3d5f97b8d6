"""A ledger moved to a server, or back into a file."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from cnil_requests.store import sqlite
from cnil_requests.store.copying import copy
from cnil_requests.store.engine import LEDGER_NAME, open_engine
from cnil_requests.store.errors import NoHomeError, WouldOverwriteError
from cnil_requests.store.home import MOVED
from cnil_requests.store.ledger import Ledger

if TYPE_CHECKING:
    from cnil_requests.store.copying import Digest
    from cnil_requests.store.engine import Engine


def copy_ledger(source: str, target: str) -> dict[str, Digest]:
    """Copy a ledger, each named by its file, its home folder or its address.

    A file that goes to a server is marked as moved, so that nobody goes on writing
    in it; a file that could not be finished is removed.
    """
    with closing(_existing(source)) as former:
        if is_server(target):
            with closing(open_engine(Path(), target)) as new:
                copied = copy(former, new)
        else:
            copied = _to_file(former, Path(target))
        if is_server(target) and not is_server(source):
            with former.writing():
                Ledger(former).save_setting("rules", MOVED)
    return copied


def is_server(place: str) -> bool:
    """Say whether this is an address, not a file."""
    return place.startswith(("postgresql://", "postgres://"))


def _existing(place: str) -> Engine:
    if is_server(place):
        return open_engine(Path(), place)
    path = _file(Path(place))
    if not path.is_file():
        raise NoHomeError(path)
    return sqlite.Sqlite(path)


def _to_file(former: Engine, place: Path) -> dict[str, Digest]:
    path = _file(place)
    if path.exists():
        raise WouldOverwriteError(path)
    sqlite.create(path)
    try:
        with closing(sqlite.Sqlite(path)) as new:
            return copy(former, new)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _file(place: Path) -> Path:
    return place / LEDGER_NAME if place.is_dir() else place
