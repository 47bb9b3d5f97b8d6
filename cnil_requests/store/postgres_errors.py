"""What PostgreSQL refuses, told in the errors of the store."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from cnil_requests.errors import InvalidDataError, StoreError
from cnil_requests.store.errors import (
    DiskFullError,
    LedgerBusyError,
    LedgerDamagedError,
    UnstorableTextError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class NoPostgresSupportError(InvalidDataError):
    """CNILREQ_DATABASE names a server and psycopg is not installed."""

    def __init__(self) -> None:
        """Name the extra."""
        super().__init__(
            "Le registre est sur un serveur PostgreSQL, et psycopg n'est pas installé.",
            remedy='Installez-le : pip install "cnilreq[postgres]"',
        )


class BadDatabaseError(InvalidDataError):
    """CNILREQ_DATABASE is no address of a PostgreSQL database."""

    def __init__(self) -> None:
        """Show the form; the address itself may hold a password."""
        super().__init__(
            "CNILREQ_DATABASE n'est pas l'adresse d'une base PostgreSQL.",
            remedy="Elle s'écrit : postgresql://UTILISATEUR@SERVEUR/BASE",
        )


class ServerAwayError(StoreError):
    """The server does not answer, or went away in the middle."""

    def __init__(self, place: Path, *, during: bool = False) -> None:
        """Name the server; say whether something may have been recorded."""
        what = (
            f"La liaison avec le registre « {place} » a été coupée."
            if during
            else f"Le registre « {place} » ne répond pas."
        )
        super().__init__(
            what,
            remedy="Vérifiez le réseau et le serveur, puis relancez la même commande : "
            "ce qui est déjà enregistré est reconnu.",
        )


class NotLetInError(StoreError):
    """The server does not know this user, or the password is wrong."""

    def __init__(self, place: Path) -> None:
        """Name the server."""
        super().__init__(
            f"Le registre « {place} » refuse cet utilisateur ou ce mot de passe.",
            remedy="Vérifiez CNILREQ_DATABASE, ou le fichier .pgpass.",
        )


class NoDatabaseError(StoreError):
    """The server has no database of this name."""

    def __init__(self, place: Path) -> None:
        """Name it."""
        super().__init__(
            f"La base « {place} » n'existe pas sur le serveur.",
            remedy="Créez-la : createdb NOM, ou corrigez CNILREQ_DATABASE.",
        )


class ReadOnlyRoleError(StoreError):
    """This user may read the ledger, not write it."""

    def __init__(self, place: Path) -> None:
        """Name the server."""
        super().__init__(
            f"Cet utilisateur peut seulement lire le registre « {place} ».",
            remedy="Rien n'a été enregistré. Demandez à qui gère le serveur.",
        )


@contextmanager
def told(place: Path) -> Iterator[None]:
    """Turn what psycopg raises into our errors; never show the password."""
    import psycopg

    try:
        yield
    except UnicodeEncodeError as error:
        raise UnstorableTextError from error
    except psycopg.Error as error:
        raise from_postgres(place, error.sqlstate, str(error)) from error


def from_postgres(place: Path, state: str | None, text: str) -> StoreError:
    """Return the error for a SQLSTATE; none at all means a broken connection."""
    if state is None or state.startswith(_AWAY):
        return ServerAwayError(place, during=True)
    if state in _ERRORS:
        return _ERRORS[state](place)
    first_line = text.partition("\n")[0]
    return LedgerDamagedError(place, f"PostgreSQL répond « {first_line} »")


#: SQLSTATE codes, as PostgreSQL's manual lists them (appendix A).
_AWAY = ("08", "57P")
_ERRORS: dict[str, Callable[[Path], StoreError]] = {
    "55P03": LedgerBusyError,
    "40P01": LedgerBusyError,
    "57014": LedgerBusyError,
    "42501": ReadOnlyRoleError,
    "25006": ReadOnlyRoleError,
    "28000": NotLetInError,
    "28P01": NotLetInError,
    "3D000": NoDatabaseError,
    "53100": DiskFullError,
}
