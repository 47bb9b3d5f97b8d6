"""A whole ledger from one engine to another, compared row by row."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from cnil_requests.errors import NotPossibleError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cnil_requests.store.engine import Engine

#: Every table in the order in which rows can be inserted, with its key.
TABLES = {
    "setting": "name",
    "counter": "year",
    "person": "slug",
    "request": "id",
    "event": "request, number",
    "file": "request, event, name",
    "listing_check": "request, number",
    "erasure": "folder",
}
_PIECE = 1_000


class NotEmptyError(NotPossibleError):
    """The target ledger holds something."""

    def __init__(self, target: Engine) -> None:
        """Name it."""
        super().__init__(
            f"Le registre « {target.path} » contient déjà des données ; rien n'y a "
            "été copié.",
            remedy="Copiez vers une base vide ou un nouveau fichier.",
        )


class DifferentCopyError(StoreError):
    """What was written does not read back the same."""

    def __init__(self, table: str) -> None:
        """Name the table."""
        super().__init__(
            f"La copie diffère de l'original (table {table}) ; rien n'a été gardé.",
            remedy="Relancez ; si l'erreur revient : cnilreq check",
        )


@dataclass(frozen=True)
class Digest:
    """How many rows a table has, and the SHA-256 of all of them."""

    rows: int
    sha256: str


def copy(source: Engine, target: Engine) -> dict[str, Digest]:
    """Copy every table in one transaction; return what both then hold.

    Raises NotEmptyError, and DifferentCopyError when a table reads back otherwise.
    """
    with source.reading(), target.writing():
        for table in TABLES:
            if target.first(f"SELECT 1 FROM {table} LIMIT 1"):  # noqa: S608
                raise NotEmptyError(target)
        copied = {}
        for table in TABLES:
            _copy_table(source, target, table)
            copied[table] = digest(source, table)
            if digest(target, table) != copied[table]:
                raise DifferentCopyError(table)
    return copied


def digest(engine: Engine, table: str) -> Digest:
    """Return what a table holds, whatever the engine."""
    total, count = hashlib.sha256(), 0
    for row in _rows(engine, table):
        total.update(json.dumps(list(row), ensure_ascii=False).encode() + b"\n")
        count += 1
    return Digest(count, total.hexdigest())


def _copy_table(source: Engine, target: Engine, table: str) -> None:
    columns = _COLUMNS[table]
    marks = ", ".join("?" * len(columns))
    insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608
    rows = _rows(source, table)
    while piece := list(islice(rows, _PIECE)):
        target.execute_many(insert, piece)


def _rows(engine: Engine, table: str) -> Iterator[Any]:
    columns = ", ".join(_COLUMNS[table])
    return engine.query(f"SELECT {columns} FROM {table} ORDER BY {TABLES[table]}")  # noqa: S608


_COLUMNS = {
    "setting": ("name", "value"),
    "counter": ("year", "last"),
    "person": ("slug", "record"),
    "request": (
        "id",
        "year",
        "number",
        "person",
        "directory",
        "exercised",
        "folder",
        "record",
        "state",
        "next_action",
        "next_on",
        "open",
        "reminder",
    ),
    "event": ("request", "number", "kind", "happened_on", "recorded_on", "data"),
    "file": ("request", "event", "name", "kind", "sha256", "size", "sealed"),
    "listing_check": ("request", "number", "record"),
    "erasure": ("folder",),
}
