"""PostgreSQL as the ledger's engine, for colleagues who share one.

Everything that only PostgreSQL understands is here and in ``postgres_schema``. As
with SQLite there is one place of writer, an advisory lock that the server gives
back when a connection ends; readers never wait.
"""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cnil_requests.store.engine import BUSY_TIMEOUT
from cnil_requests.store.errors import NewerLedgerError
from cnil_requests.store.postgres_errors import (
    BadDatabaseError,
    NoPostgresSupportError,
    ServerAwayError,
    from_postgres,
    told,
)
from cnil_requests.store.postgres_schema import translated
from cnil_requests.store.schema import STEPS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import psycopg

    from cnil_requests.store.schema import Step

#: Keys of the advisory locks: one for writers, one for steps, one for lists.
_WRITER, _STEPS, _LISTS = 0x636E696C01, 0x636E696C02, 0x636E696C03

#: Seconds to wait for the server to answer at all.
_CONNECT = 10

_GUARDED = ("event", "file", "listing_check")


class Postgres:
    """One connection to the ledger's database, opened at its first use.

    Every method raises the French errors of ``store.errors``. A connection that
    broke is opened again by the next command to the server, but never within a
    transaction: what was begun is lost, and said to be.
    """

    def __init__(
        self,
        database: str,
        *,
        timeout: float = BUSY_TIMEOUT,
        steps: Sequence[Step] = STEPS,
    ) -> None:
        self._database = database
        self._timeout = timeout
        self._steps = steps
        self._opened: psycopg.Connection[Any] | None = None
        self._within = self._reading = False
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
            connection.execute("BEGIN")
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_WRITER,))
        self._within = True
        try:
            yield
            with told(self.path):
                connection.execute("COMMIT")
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
        taken = self.first("SELECT pg_try_advisory_lock(?)", (_LISTS,))[0]
        if not taken:
            waiting()
            self.execute("SET lock_timeout = 0")
            self.first("SELECT pg_advisory_lock(?)", (_LISTS,))
            self._limit_waiting(self._connection())
        try:
            yield
        finally:
            with suppress(Exception):
                self.first("SELECT pg_advisory_unlock(?)", (_LISTS,))

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
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal "
            "AND tgenabled <> 'O' AND tgrelid::regclass::text IN (?, ?, ?)",
            _GUARDED,
        )
        return [f"la protection « {row[0]} » est désactivée" for row in rows]

    def shrink_log(self) -> None:
        """Let erased rows leave the tables' files, if this user may do so."""
        for table in (*_GUARDED, "request", "person"):
            self.execute(f"VACUUM {table}")

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
            if self._within or not self._is_broken():
                raise from_postgres(self.path, error.sqlstate, str(error)) from error
        except (psycopg.Error, UnicodeEncodeError):
            with told(self.path):
                raise
        self.close()
        with told(self.path):
            return self._connection().execute(_marked(sql), parameters)

    def _is_broken(self) -> bool:
        return self._opened is None or self._opened.closed

    def _undo(self, connection: psycopg.Connection[Any]) -> None:
        """Take a transaction back; a connection that cannot is given up."""
        try:
            connection.execute("ROLLBACK")
        except Exception:  # noqa: BLE001 - the first error is the one to be told
            self.close()

    def _connection(self) -> psycopg.Connection[Any]:
        """Return the connection, opened and brought to the current version."""
        if self._opened is None:
            connection = self._connect()
            try:
                migrate(connection, self.path, steps=self._steps)
            except BaseException:
                connection.close()
                raise
            self._opened = connection
        return self._opened

    def _connect(self) -> psycopg.Connection[Any]:
        _library()
        import psycopg

        try:
            connection: psycopg.Connection[Any] = psycopg.connect(
                self._database,
                autocommit=True,
                connect_timeout=_CONNECT,
                application_name="cnilreq",
            )
        except psycopg.OperationalError as error:
            state = error.sqlstate or _state_in(str(error))
            if state is None:
                raise ServerAwayError(self.path) from error
            raise from_postgres(self.path, state, "") from error
        except psycopg.Error as error:
            raise BadDatabaseError from error
        self._limit_waiting(connection)
        return connection

    def _limit_waiting(self, connection: psycopg.Connection[Any]) -> None:
        milliseconds = int(self._timeout * 1000)
        with told(self.path):
            connection.execute(f"SET lock_timeout = {milliseconds:d}")


def migrate(
    connection: psycopg.Connection[Any], path: Path, *, steps: Sequence[Step] = STEPS
) -> None:
    """Bring the ledger to the last step, in one transaction under a lock.

    A ledger that is up to date is not written to: a user who may only read gets in.
    """
    with told(path):
        if _version(connection) == len(steps):
            return
        # Before the transaction: what others made meanwhile is then seen in it.
        connection.execute("SELECT pg_advisory_lock(%s)", (_STEPS,))
        try:
            with connection.transaction():
                _take_steps(connection, path, steps)
        finally:
            connection.execute("SELECT pg_advisory_unlock(%s)", (_STEPS,))


def _take_steps(
    connection: psycopg.Connection[Any], path: Path, steps: Sequence[Step]
) -> None:
    version = _version(connection)
    if version > len(steps):
        raise NewerLedgerError(path, version=version, known=len(steps))
    if version == 0:
        connection.execute("CREATE TABLE schema_version (version INTEGER NOT NULL)")
        connection.execute("INSERT INTO schema_version VALUES (0)")
    for step in steps[version:]:
        for statement in translated(step):
            connection.execute(statement)
    connection.execute("UPDATE schema_version SET version = %s", (len(steps),))


def _version(connection: psycopg.Connection[Any]) -> int:
    """Return how many steps the ledger has seen, 0 when there is none."""
    found = connection.execute("SELECT to_regclass('schema_version')").fetchone()
    if found is None or found[0] is None:
        return 0
    row = connection.execute("SELECT version FROM schema_version").fetchone()
    return int(row[0]) if row else 0


def place_of(database: str) -> Path:
    """Return how messages name a database: server and base, never a password.

    Raises BadDatabaseError.
    """
    psycopg = _library()
    if not database.startswith(("postgresql://", "postgres://")):
        raise BadDatabaseError
    try:
        known = psycopg.conninfo.conninfo_to_dict(database)
    except psycopg.Error as error:
        raise BadDatabaseError from error
    if not str(known.get("port") or 0).isdigit():
        raise BadDatabaseError
    host = known.get("host") or "localhost"
    base = known.get("dbname") or known.get("user") or ""
    return Path(f"PostgreSQL {host}") / str(base)


def _library() -> Any:  # noqa: ANN401
    try:
        import psycopg
    except ImportError as error:
        raise NoPostgresSupportError from error
    return psycopg


def _state_in(text: str) -> str | None:
    """Return the code of a refused connection; None when the server is away.

    Before somebody is let in there is no code but the words, in the server's own
    language.
    """
    if "FATAL" not in text or _NOT_READY.search(text):
        return None
    return "3D000" if _NO_BASE.search(text) else "28000"


_NOT_READY = re.compile(r"starting up|shutting down|too many|démarrage|arrêt|trop de")
_NO_BASE = re.compile(
    r"database .* does not exist|base de données .* n'existe pas", re.DOTALL
)


@lru_cache(256)
def _marked(sql: str) -> str:
    """Return a query with psycopg's marks for values."""
    return sql.replace("%", "%%").replace("?", "%s")
