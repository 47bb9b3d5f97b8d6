"""The ledger's steps for PostgreSQL, from those of SQLite: one source for both.

Tables lose what only SQLite says, text compares byte by byte as there, integers
hold a file's size. A trigger of SQLite becomes a function with the same condition;
and as PostgreSQL can empty a table at one stroke, that is refused too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cnil_requests.store.errors import NewerLedgerError
from cnil_requests.store.postgres_errors import (
    ForeignTablesError,
    NoLedgerError,
    ReadOnlyRoleError,
    UpdateNeededError,
    told,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import psycopg

    from cnil_requests.store.schema import Step

#: The advisory lock under which steps are taken.
_STEPS = 0x636E696C02

_TRIGGER = re.compile(
    r"CREATE TRIGGER (?P<name>\w+) BEFORE (?P<what>UPDATE|DELETE|INSERT) "
    r"ON (?P<table>\w+)\s+(?:WHEN (?P<when>.*?)\s+)?"
    r"BEGIN SELECT RAISE\(ABORT, '(?P<message>[^']*)'\); END",
    re.DOTALL,
)


def migrate(
    connection: psycopg.Connection[Any],
    path: Path,
    *,
    steps: Sequence[Step],
    new: bool,
) -> None:
    """Bring the ledger to the last step, in one transaction under a lock.

    A ledger that is up to date is not written to: a user who may only read gets in.
    Where there is none, one is made only if it may be ``new``.
    """
    with told(path):
        version = _version(connection, path)
        if version == len(steps):
            return
        if version == 0 and not new:
            raise NoLedgerError(path)
        # Before the transaction: what others made meanwhile is then seen in it.
        connection.execute("SELECT pg_advisory_lock(%s)", (_STEPS,))
        try:
            with told(path), connection.transaction():
                _take_steps(connection, path, steps)
        except ReadOnlyRoleError as error:
            raise UpdateNeededError(path) if version else error from error
        finally:
            connection.execute("SELECT pg_advisory_unlock(%s)", (_STEPS,))


def _take_steps(
    connection: psycopg.Connection[Any], path: Path, steps: Sequence[Step]
) -> None:
    version = _version(connection, path)
    if version > len(steps):
        raise NewerLedgerError(path, version=version, known=len(steps))
    if version == 0:
        connection.execute("CREATE TABLE schema_version (version INTEGER NOT NULL)")
        connection.execute("INSERT INTO schema_version VALUES (0)")
    for step in steps[version:]:
        for statement in translated(step):
            connection.execute(statement)
    connection.execute("UPDATE schema_version SET version = %s", (len(steps),))


def _version(connection: psycopg.Connection[Any], path: Path) -> int:
    """Return how many steps the ledger has seen, 0 when there is none."""
    found = connection.execute("SELECT to_regclass('schema_version')").fetchone()
    if found is None or found[0] is None:
        return 0
    row = connection.execute("SELECT version FROM schema_version").fetchone()
    if row is None or not isinstance(row[0], int):
        raise ForeignTablesError(path)
    return row[0]


def translated(step: Step) -> Step:
    """Return one step of ``schema`` as PostgreSQL runs it."""
    return tuple(statement for sql in step for statement in _translated(sql))


def _translated(sql: str) -> Sequence[str]:
    trigger = _TRIGGER.fullmatch(sql)
    if trigger:
        return tuple(_trigger(**trigger.groupdict()))
    sql = re.sub(r"\)\s*STRICT(?:, WITHOUT ROWID)?$", ")", sql)
    sql = re.sub(r"\bTEXT\b", 'TEXT COLLATE "C"', sql)
    return (re.sub(r"\bINTEGER\b", "BIGINT", sql),)


def _trigger(
    name: str, what: str, table: str, when: str | None, message: str
) -> Iterator[str]:
    """Yield a function that refuses, and what calls it."""
    row = "OLD" if what == "DELETE" else "NEW"
    yield (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {when or 'TRUE'} THEN RAISE EXCEPTION '{message}'; END IF; "
        f"RETURN {row}; END $$"
    )
    yield (
        f"CREATE TRIGGER {name} BEFORE {what} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {name}()"
    )
    if what == "UPDATE":
        yield (
            f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} "
            f"EXECUTE FUNCTION {name}()"
        )
