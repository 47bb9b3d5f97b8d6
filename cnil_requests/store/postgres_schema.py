"""The ledger's steps for PostgreSQL, from those of SQLite: one source for both.

Tables lose what only SQLite says, text compares byte by byte as there, integers
hold a file's size. A trigger of SQLite becomes a function with the same condition;
and as PostgreSQL can empty a table at one stroke, that is refused too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cnil_requests.store.schema import Step

_TRIGGER = re.compile(
    r"CREATE TRIGGER (?P<name>\w+) BEFORE (?P<what>UPDATE|DELETE|INSERT) "
    r"ON (?P<table>\w+)\s+(?:WHEN (?P<when>.*?)\s+)?"
    r"BEGIN SELECT RAISE\(ABORT, '(?P<message>[^']*)'\); END",
    re.DOTALL,
)


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
