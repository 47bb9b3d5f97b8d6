"""What a ledger's engine does, whichever database it is; and which one it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

#: Seconds a command waits for another one to finish writing.
BUSY_TIMEOUT = 30.0
LEDGER_NAME = "cnilreq.db"


class Engine(Protocol):
    """One connection to a ledger, opened at its first use.

    Every method raises the French errors of ``store.errors``. SQL is the common
    subset of SQLite and PostgreSQL, with ``?`` for values.
    """

    @property
    def path(self) -> Path:
        """The file, or how a server's database is named in messages."""

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Any]:
        """Yield the rows of a query, as tuples."""

    def first(self, sql: str, parameters: Sequence[Any] = ()) -> Any:  # noqa: ANN401
        """Return the first row of a query, or None."""

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Run one statement; return how many rows it touched."""

    def execute_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for every row."""

    def writing(self) -> AbstractContextManager[None]:
        """Hold the one place of writer; commit at the end, undo on any error."""

    def reading(self) -> AbstractContextManager[None]:
        """See the ledger as of one moment, while others may write."""

    def alone(
        self, folder: Path, *, waiting: Callable[[], None]
    ) -> AbstractContextManager[None]:
        """Hold the one place of those who work through a list in a home."""

    def copy_to(self, target: Path) -> None:
        """Copy the whole ledger to a new SQLite file, as of one moment."""

    def problems(self) -> list[str]:
        """Return what the database's own checks find wrong; empty when sound."""

    def shrink_log(self) -> None:
        """Let erased rows leave the database's own files too, where it can."""

    def close(self) -> None:
        """Close the connection, if it was ever opened."""


def open_engine(
    home: Path,
    database: str = "",
    *,
    timeout: float = BUSY_TIMEOUT,
    new: bool = False,
) -> Engine:
    """Return the engine of a home: its own file, or the server at ``database``.

    Only a ``new`` home makes a ledger on a server that has none.
    """
    if database:
        from cnil_requests.store.postgres import Postgres

        return Postgres(database, timeout=timeout, new=new)
    from cnil_requests.store.sqlite import Sqlite

    return Sqlite(home / LEDGER_NAME, timeout=timeout)
