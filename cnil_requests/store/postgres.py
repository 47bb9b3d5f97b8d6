"""PostgreSQL as the ledger's engine, for colleagues who share one.

Everything that only PostgreSQL understands is here and in ``postgres_schema``. As
with SQLite there is one place of writer, an advisory lock that the server gives
back when a connection ends; readers never wait.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cnil_requests.store.engine import BUSY_TIMEOUT
from cnil_requests.store.postgres_connecting import connect, place_of, set_session
from cnil_requests.store.postgres_errors import (
    CutOffError,
    ServerRefusalError,
    UncertainCommitError,
    from_postgres,
    told,
)
from cnil_requests.store.postgres_schema import migrate
from cnil_requests.store.schema import STEPS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    import psycopg

    from cnil_requests.store.schema import Step

#: Keys of the advisory locks: one for writers, one for lists.
_WRITER, _LISTS = 0x636E696C01, 0x636E696C03

_GUARDED = ("event", "file", "listing_check")
_GUARDS = [
    f"{table}_never_{what}"
    for table in _GUARDED
    for what in ("rewritten", "removed", "replaced", "emptied")
]


class Postgres:
    """One connection to the ledger's database, opened at its first use.

    Every method raises the French errors of ``store.errors``. A connection that
    broke is opened again by the next command to the server, but never within a
    transaction, nor while a list is worked through: what was begun is lost, and
    said to be. Where there is no ledger, one is made only if it may be ``new``.
    """

    def __init__(
        self,
        database: str,
        *,
        timeout: float = BUSY_TIMEOUT,
        steps: Sequence[Step] = STEPS,
        new: bool = True,
    ) -> None:
        self._database = database
        self._timeout = timeout
        self._steps = steps
        self._opened: psycopg.Connection[Any] | None = None
        self._new = new
        self._within = self._reading = self._in_turn = False
        self.path = place_of(database)

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Any]:
        """Yield the rows of a query, as tuples; within ``reading`` piece by piece."""
        if self._within and self._reading:
            with told(self.path), self._connection().cursor("reading") as cursor:
                cursor.execute(_marked(sql), parameters)
                yield from cursor
            return
        yield from self._run(sql, parameters).fetchall()

    def first(self, sql: str, parameters: Sequence[Any] = ()) -> Any:  # noqa: ANN401
        """Return the first row of a query, or None."""
        return self._run(sql, parameters).fetchone()

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Run one statement; return how many rows it touched."""
        touched: int = self._run(sql, parameters).rowcount
        return touched

    def execute_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for every row."""
        with told(self.path), self._connection().cursor() as cursor:
            cursor.executemany(_marked(sql), rows)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the one place of writer; commit at the end, undo on any error."""
        self._run("SELECT 1")  # opens a connection that broke since
        connection = self._connection()
        with told(self.path):
            # What the one before wrote must be seen once it is our turn.
            connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED")
        self._within = True
        try:
            with told(self.path):
                connection.execute("SELECT pg_advisory_xact_lock(%s)", (_WRITER,))
            yield
            self._commit(connection)
        except BaseException:
            self._undo(connection)
            raise
        finally:
            self._within = False

    @contextmanager
    def reading(self) -> Iterator[None]:
        """See the ledger as of one moment, while others may write."""
        self._run("SELECT 1")
        connection = self._connection()
        with told(self.path):
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        self._within = self._reading = True
        try:
            yield
        finally:
            self._within = self._reading = False
            self._undo(connection)

    @contextmanager
    def alone(self, folder: Path, *, waiting: Callable[[], None]) -> Iterator[None]:
        """Hold the one place of those who work through a list in this ledger."""
        del folder
        self._run("SELECT 1")
        self._in_turn = True
        try:
            if not self.first("SELECT pg_try_advisory_lock(?)", (_LISTS,))[0]:
                waiting()
                self.execute("SET lock_timeout = 0")
                self.first("SELECT pg_advisory_lock(?)", (_LISTS,))
                set_session(self._connection(), self.path, timeout=self._timeout)
            yield
        finally:
            with suppress(Exception):
                self.first("SELECT pg_advisory_unlock(?)", (_LISTS,))
            self._in_turn = False

    def copy_to(self, target: Path) -> None:
        """Copy the whole ledger to a new SQLite file, as of one moment."""
        from cnil_requests.store.copying import copy
        from cnil_requests.store.sqlite import Sqlite, create, finish_copy

        create(target)
        engine = Sqlite(target)
        try:
            copy(self, engine)
        finally:
            engine.close()
        finish_copy(target)

    def problems(self) -> list[str]:
        """Return which guards of the append-only tables were taken off."""
        rows = self.query(
            "SELECT tgname FROM pg_trigger WHERE tgenabled = 'O' "
            "AND tgrelid IN (to_regclass(?), to_regclass(?), to_regclass(?))",
            _GUARDED,
        )
        on = {row[0] for row in rows}
        return [
            f"la protection « {it} » est désactivée" for it in _GUARDS if it not in on
        ]

    def shrink_log(self) -> None:
        """Let erased rows leave the tables' files, if this user may do so.

        ANALYZE, because the statistics hold samples of what was in the tables.
        """
        for table in (*_GUARDED, "request", "person"):
            self.execute(f"VACUUM (ANALYZE) {table}")

    def close(self) -> None:
        """Close the connection, if it was ever opened."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _run(self, sql: str, parameters: Sequence[Any] = ()) -> Any:  # noqa: ANN401
        """Run a statement; outside a transaction a broken connection is replaced."""
        import psycopg

        try:
            return self._connection().execute(_marked(sql), parameters)
        except psycopg.OperationalError as error:
            broken = self._is_broken() and not self._within
            if broken:
                self.close()
            if self._in_turn or not broken:
                raise from_postgres(self.path, error.sqlstate, str(error)) from error
        except (psycopg.Error, UnicodeEncodeError):
            with told(self.path):
                raise
        with told(self.path):
            return self._connection().execute(_marked(sql), parameters)

    def _is_broken(self) -> bool:
        return self._opened is None or self._opened.closed

    def _commit(self, connection: psycopg.Connection[Any]) -> None:
        """End a transaction; the server takes back one in which anything failed."""
        try:
            with told(self.path):
                done = connection.execute("COMMIT").statusmessage
        except CutOffError as error:
            raise UncertainCommitError(self.path) from error
        if done != "COMMIT":
            raise ServerRefusalError(self.path, done or "")

    def _undo(self, connection: psycopg.Connection[Any]) -> None:
        """Take a transaction back; a connection that cannot is given up."""
        try:
            connection.execute("ROLLBACK")
        except Exception:  # noqa: BLE001 - the first error is the one to be told
            self.close()

    def _connection(self) -> psycopg.Connection[Any]:
        """Return the connection, opened and brought to the current version."""
        if self._opened is None:
            connection = connect(self._database, timeout=self._timeout)
            try:
                migrate(connection, self.path, steps=self._steps, new=self._new)
            except BaseException:
                connection.close()
                raise
            self._opened = connection
        return self._opened


@lru_cache(256)
def _marked(sql: str) -> str:
    """Return a query with psycopg's marks for values."""
    return sql.replace("%", "%%").replace("?", "%s")
