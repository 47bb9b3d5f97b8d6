"""How a PostgreSQL server is reached: its address, and what a session insists on.

Habits of the server or of a role never decide whether something is kept or seen:
how long to wait, which isolation, when a commit counts, are said for each session.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cnil_requests.store.postgres_errors import (
    BadDatabaseError,
    NoPostgresSupportError,
    NotUnicodeError,
    ServerAwayError,
    from_postgres,
    told,
)

if TYPE_CHECKING:
    import psycopg

#: How addresses of databases begin.
SCHEMES = ("postgresql://", "postgres://")

#: What an address may say otherwise. A cable that was pulled is noticed in a minute.
_USUAL = {
    "application_name": "cnilreq",
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}

#: A computer that falls asleep while it holds the place of writer loses it after
#: five minutes. The last line: what is acknowledged survives a crash of the server.
_SESSION = """
SET lock_timeout = {milliseconds:d};
SET statement_timeout = 0;
SET idle_in_transaction_session_timeout = 300000;
SET default_transaction_isolation = 'read committed';
SELECT set_config('synchronous_commit', 'on', false)
WHERE current_setting('synchronous_commit') = 'off'
"""


def connect(database: str, *, timeout: float) -> psycopg.Connection[Any]:
    """Open a connection; raise what the server or the network refuses."""
    place = place_of(database)
    known = _read(database)
    usual: dict[str, Any] = {k: v for k, v in _USUAL.items() if k not in known}
    library = _library()
    try:
        connection: psycopg.Connection[Any] = library.connect(
            database, autocommit=True, client_encoding="utf8", **usual
        )
    except library.OperationalError as error:
        raise _refusal(place, error.sqlstate, str(error)) from error
    except library.Error as error:
        raise BadDatabaseError from error
    try:
        _require_unicode(connection, place)
        set_session(connection, place, timeout=timeout)
    except BaseException:
        connection.close()
        raise
    return connection


def set_session(
    connection: psycopg.Connection[Any], place: Path, *, timeout: float
) -> None:
    """Say how this session waits, sees and commits."""
    with told(place):
        connection.execute(_SESSION.format(milliseconds=int(timeout * 1000)).encode())


def is_address(text: str) -> bool:
    """Say whether this is the address of a database, not a file."""
    return text.startswith(SCHEMES)


def place_of(database: str) -> Path:
    """Return how messages name a database: server and base, never a password.

    Raises BadDatabaseError.
    """
    known = _read(database)
    host = known.get("host") or "localhost"
    base = known.get("dbname") or known.get("user") or ""
    return Path(f"PostgreSQL {host}") / base


def without_password(database: str) -> str:
    """Return an address that may be shown; raise BadDatabaseError if it is none."""
    _read(database)
    bare = re.sub(r"(?<=://)([^@/:]*):[^@/]*@", r"\1@", database)
    return re.sub(r"(?<=[?&])(?:ssl)?password=[^&]*&?", "", bare).rstrip("?&")


def _read(database: str) -> dict[str, str]:
    """Return the parts of an address.

    A password with a bare ``@`` or ``/`` would be taken for the server's name, and
    then shown: such an address is refused.
    """
    library = _library()
    if not is_address(database):
        raise BadDatabaseError
    try:
        found = library.conninfo.conninfo_to_dict(database)
    except library.Error as error:
        raise BadDatabaseError from error
    known = {name: str(value) for name, value in found.items() if value is not None}
    ports = known.get("port", "").split(",")
    if not all(port == "" or port.isdigit() for port in ports):
        raise BadDatabaseError
    if any("@" in known.get(part, "") for part in ("host", "dbname")):
        raise BadDatabaseError
    return known


def _library() -> Any:  # noqa: ANN401
    try:
        import psycopg
    except ImportError as error:
        raise NoPostgresSupportError from error
    return psycopg


def _require_unicode(connection: psycopg.Connection[Any], place: Path) -> None:
    """Refuse a database that cannot keep every text as it is."""
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise NotUnicodeError(place, encoding or "?")


def _refusal(place: Path, state: str | None, text: str) -> Exception:
    """Return the error of a connection that failed.

    Before somebody is let in there is no code but the words, in the server's own
    language. They name server and user, never the password.
    """
    refused = "FATAL" in text and not _NOT_READY.search(text)
    if state is None and refused:
        state = "3D000" if _NO_BASE.search(text) else "28000"
    if state is None:
        return ServerAwayError(place, reason=_reason_in(text))
    return from_postgres(place, state, "")


def _reason_in(text: str) -> str:
    """Return the last thing that failed, without where and whether it is running."""
    reasons = re.findall(r"(?:failed|bad): +(.+)", text) or [text.partition("\n")[0]]
    return str(reasons[-1]).rpartition("failed: ")[2].strip()


_NOT_READY = re.compile(
    r"starting up|shutting down|recovery|accepting|too many|reserved|terminating|"
    r"canceling|démarrage|arrêt|restauration|accepte|trop de|réservé|annulation"
)
_NO_BASE = re.compile(
    r"database .* does not exist|base de données .* n'existe pas", re.DOTALL
)
