"""SQLite as the ledger's engine: opening, transactions, steps, copies.

Everything that only SQLite understands is here and in ``schema``; the queries are
in ``ledger``.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from cnil_requests.store.engine import BUSY_TIMEOUT
from cnil_requests.store.errors import LedgerDamagedError, NewerLedgerError
from cnil_requests.store.schema import STEPS
from cnil_requests.store.telling import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from cnil_requests.store.schema import Step


class Sqlite:
    """One connection to the ledger's file, opened at its first use.

    Every method raises the French errors of ``store.errors``. A transaction starts
    with BEGIN IMMEDIATE: with a plain BEGIN, reading before writing fails under
    two writers whatever the timeout.
    """

    def __init__(
        self,
        path: Path,
        *,
        timeout: float = BUSY_TIMEOUT,
        steps: Sequence[Step] = STEPS,
    ) -> None:
        self.path = path
        self._timeout = timeout
        self._steps = steps
        self._opened: sqlite3.Connection | None = None

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Any]:
        """Yield the rows of a query, as tuples."""
        with told(self.path):
            yield from self._connection().execute(sql, parameters)

    def first(self, sql: str, parameters: Sequence[Any] = ()) -> Any:  # noqa: ANN401
        """Return the first row of a query, or None."""
        with told(self.path):
            # All rows are fetched: an unfinished statement would block COMMIT.
            rows = self._connection().execute(sql, parameters).fetchall()
        return rows[0] if rows else None

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Run one statement; return how many rows it touched."""
        with told(self.path):
            return self._connection().execute(sql, parameters).rowcount

    def execute_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for every row."""
        with told(self.path):
            self._connection().executemany(sql, rows)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the one place of writer; commit at the end, undo on any error."""
        with told(self.path):
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            with told(self.path):
                connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    @contextmanager
    def reading(self) -> Iterator[None]:
        """See the ledger as of one moment, while others may write."""
        with told(self.path):
            connection = self._connection()
            connection.execute("BEGIN")
        try:
            yield
        finally:
            connection.execute("ROLLBACK")

    def alone(
        self, folder: Path, *, waiting: Callable[[], None]
    ) -> AbstractContextManager[None]:
        """Hold the one place of those who work through a list in a home."""
        from cnil_requests.store.alone import alone

        return alone(folder, waiting=waiting)

    def copy_to(self, target: Path) -> None:
        """Copy the whole ledger, as of one moment, while others may write."""
        with told(target):
            _make_private(target)
            with closing(sqlite3.connect(target)) as copy:
                self._connection().backup(copy)
        finish_copy(target)

    def problems(self) -> list[str]:
        """Return what SQLite's own checks find wrong; empty when sound."""
        try:
            rows = [str(row[0]) for row in self.query("PRAGMA integrity_check(20)")]
            if rows != ["ok"]:
                return rows
            return [
                f"{table} {rowid or ''} sans {parent}"
                for table, rowid, parent, _ in self.query("PRAGMA foreign_key_check")
            ]
        except LedgerDamagedError as error:
            return [error.detail]

    def shrink_log(self) -> None:
        """Empty the write-ahead log, so that erased rows leave it too."""
        with told(self.path):
            self._connection().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close the connection, if it was ever opened."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _connection(self) -> sqlite3.Connection:
        """Return the connection, opened and brought to the current version."""
        if self._opened is None:
            connection = connect(self.path, timeout=self._timeout)
            try:
                migrate(connection, self.path, steps=self._steps)
            except BaseException:
                connection.close()
                raise
            self._opened = connection
        return self._opened


def connect(path: Path, *, timeout: float = BUSY_TIMEOUT) -> sqlite3.Connection:
    """Open an existing ledger with the settings that lose nothing."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=timeout,
        isolation_level=None,
    )
    try:
        # FULL: the last commits survive a power cut, not only a crash.
        # secure_delete: what `people forget` erases is overwritten with zeros.
        connection.execute("PRAGMA journal_mode = WAL").fetchall()
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def create(path: Path) -> None:
    """Make an empty ledger file that only its owner can read."""
    with told(path):
        _make_private(path)


def finish_copy(path: Path) -> None:
    """Make a copy one plain file, without companions: it is going to be archived."""
    with told(path), closing(sqlite3.connect(path)) as copy:
        copy.execute("PRAGMA journal_mode = DELETE").fetchall()


def version_of(connection: sqlite3.Connection) -> int:
    """Return how many steps the ledger has seen."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def migrate(
    connection: sqlite3.Connection, path: Path, *, steps: Sequence[Step] = STEPS
) -> None:
    """Bring the ledger to the last step, each step in one transaction.

    A ledger that already holds data is first copied beside itself, under a name
    that tells its version (``cnilreq.v1.db``).
    """
    version = version_of(connection)
    if version > len(steps):
        raise NewerLedgerError(path, version=version, known=len(steps))
    if 0 < version < len(steps):
        _copy_beside(connection, path, version=version)
    for number in range(version + 1, len(steps) + 1):
        _take_step(connection, steps[number - 1], number)


def _take_step(connection: sqlite3.Connection, step: Step, number: int) -> None:
    """Run one step, unless another process just did."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if version_of(connection) < number:
            for statement in step:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number:d}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _copy_beside(connection: sqlite3.Connection, path: Path, *, version: int) -> None:
    """Keep the ledger as it was before the steps; complete or not there at all."""
    kept = path.with_name(f"{path.stem}.v{version}{path.suffix}")
    unfinished = kept.with_name(f".tmp-{kept.name}-{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    _make_private(unfinished)
    connection.execute("VACUUM INTO ?", (str(unfinished),))
    with unfinished.open("rb+") as file:
        os.fsync(file.fileno())
    unfinished.replace(kept)


def _make_private(path: Path) -> None:
    """Create an empty file with mode 0600; what is there already stays."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
