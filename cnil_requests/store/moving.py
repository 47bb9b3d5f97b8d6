"""A ledger moved to a server, or back into a file."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from cnil_requests.store import sqlite
from cnil_requests.store.copying import copy
from cnil_requests.store.engine import LEDGER_NAME, open_engine
from cnil_requests.store.errors import NoHomeError, WouldOverwriteError
from cnil_requests.store.ledger import Ledger
from cnil_requests.store.postgres_connecting import is_address, without_password
from cnil_requests.store.sharing import MOVED, RULES

if TYPE_CHECKING:
    from cnil_requests.store.copying import Digest
    from cnil_requests.store.engine import Engine


def copy_ledger(source: str, target: str) -> dict[str, Digest]:
    """Copy a ledger, each named by its file, its home folder or its address.

    A file that goes to a server is marked as moved, so that nobody goes on writing
    in it; a file that could not be finished is removed.
    """
    with closing(_existing(source)) as former:
        if is_address(target):
            copied = _to_server(former, target)
        else:
            copied = _to_file(former, Path(target))
        if is_address(target) and not is_address(source):
            with former.writing():
                Ledger(former).save_setting(RULES, MOVED)
    if is_address(target) and not is_address(source):
        sqlite.finish_copy(_file(Path(source)))
    return copied


def _to_server(former: Engine, address: str) -> dict[str, Digest]:
    with closing(open_engine(Path(), address, new=True)) as new:
        copied = copy(former, new)
        _revive(new)
    return copied


def shown(place: str) -> str:
    """Return a file's path, or an address without its password."""
    return without_password(place) if is_address(place) else place


def _revive(new: Engine) -> None:
    """Take off the mark of a file that moved before, to a server given up since."""
    ledger = Ledger(new)
    if ledger.setting(RULES) == MOVED:
        with new.writing():
            ledger.save_setting(RULES, "")


def _existing(place: str) -> Engine:
    if is_address(place):
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
