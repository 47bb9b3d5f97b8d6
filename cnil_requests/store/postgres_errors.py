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
    """The server does not answer."""

    def __init__(self, place: Path, *, reason: str = "") -> None:
        """Name the server; ``reason`` is what the library says of it."""
        said = f" : « {reason} »" if reason else ""
        super().__init__(
            f"Le registre « {place} » ne répond pas{said}.",
            remedy="Vérifiez le réseau et le serveur, puis relancez la même commande : "
            "ce qui est déjà enregistré est reconnu.",
        )


class CutOffError(StoreError):
    """The server went away in the middle: what was begun is lost."""

    def __init__(self, place: Path) -> None:
        """Name the server."""
        super().__init__(
            f"La liaison avec le registre « {place} » a été coupée avant la fin.",
            remedy="Relancez la même commande : ce qui est enregistré est reconnu.",
        )


class UncertainCommitError(StoreError):
    """The server went away at the very end: nobody knows whether it is recorded."""

    def __init__(self, place: Path) -> None:
        """Say what is safe to run again, and what is not."""
        super().__init__(
            f"La liaison avec le registre « {place} » a été coupée au moment "
            "d'enregistrer : c'est peut-être fait, peut-être pas.",
            remedy="Regardez d'abord : cnilreq status NUMÉRO\nPuis relancez la même "
            "commande si rien n'y est ; un fait déjà enregistré est reconnu. Mais ne "
            "relancez pas « undo » sans regarder : il annulerait le fait d'avant.",
        )


class NotUnicodeError(StoreError):
    """The database cannot keep every text."""

    def __init__(self, place: Path, encoding: str) -> None:
        """Name its encoding."""
        super().__init__(
            f"La base « {place} » n'est pas en UTF-8 mais en {encoding} : elle ne peut "
            "pas garder tous les textes.",
            remedy="Créez-en une autre : createdb --encoding=UTF8 --template=template0 "
            "NOM",
        )


class NoLedgerError(StoreError):
    """The database holds no ledger, or this user may not see it."""

    def __init__(self, place: Path) -> None:
        """Say how one is made there."""
        super().__init__(
            f"La base « {place} » ne contient pas de registre cnilreq, ou cet "
            "utilisateur ne peut pas le voir.",
            remedy="Vérifiez CNILREQ_DATABASE. Pour en commencer un : cnilreq init\n"
            "Pour y mettre celui d'un dossier : cnilreq ledger copy DOSSIER ADRESSE",
        )


class ForeignTablesError(StoreError):
    """Another program keeps its tables where the ledger should be."""

    def __init__(self, place: Path) -> None:
        """Ask for a database of its own."""
        super().__init__(
            f"La base « {place} » contient les tables d'un autre programme.",
            remedy="Donnez au registre une base à lui : createdb NOM, puis corrigez "
            "CNILREQ_DATABASE.",
        )


class ReadOnlyRoleError(StoreError):
    """This user may read the shared ledger, not write it."""

    def __init__(self, path: Path) -> None:
        """Name the server."""
        super().__init__(
            f"Cet utilisateur peut seulement lire le registre « {path} ».",
            remedy="Rien n'a été enregistré. Demandez à qui gère le serveur.",
        )


class UpdateNeededError(StoreError):
    """The ledger must first follow this version, and this user may only read."""

    def __init__(self, path: Path) -> None:
        """Name the server, and who can help."""
        super().__init__(
            f"Le registre « {path} » doit d'abord être mis à niveau pour cette version "
            "de cnilreq, et cet utilisateur n'en a pas le droit.",
            remedy="Demandez à la personne responsable du registre de lancer une fois, "
            "avec cette version : cnilreq status",
        )


class OtherFolderError(StoreError):
    """The shared ledger holds requests, and the folder none of them."""

    def __init__(self, path: Path, home: Path) -> None:
        """Name both."""
        super().__init__(
            f"Le dossier « {home} » ne contient aucune demande, alors que le registre "
            f"« {path} » en contient : ce n'est pas le dossier commun.",
            remedy="Indiquez le dossier que vos collègues utilisent, avec --home ou "
            "CNILREQ_HOME.",
        )


class TwoLedgersError(StoreError):
    """A ledger lives in the folder, and another one on the server."""

    def __init__(self, path: Path, home: Path) -> None:
        """Name both, and what to do with either."""
        super().__init__(
            f"Le dossier « {home} » a son propre registre, « cnilreq.db », à côté du "
            f"registre « {path} » : lequel vaut ?",
            remedy="Si c'est le serveur, rangez ce fichier hors du dossier. Si c'est "
            "le fichier, retirez CNILREQ_DATABASE, ou copiez-le vers une base vide : "
            "cnilreq ledger copy",
        )


class ServerRefusalError(StoreError):
    """The server refuses what the program asks, for a reason of its own."""

    def __init__(self, place: Path, words: str) -> None:
        """Quote the server."""
        super().__init__(
            f"Le registre « {place} » refuse : PostgreSQL répond « {words} ».",
            remedy="Rien n'a été enregistré. Montrez ce message à qui gère le serveur.",
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
        return CutOffError(place)
    if state in _ERRORS:
        return _ERRORS[state](place)
    first_line = text.partition("\n")[0]
    if state.startswith(_DAMAGE):
        return LedgerDamagedError(place, f"PostgreSQL répond « {first_line} »")
    return ServerRefusalError(place, first_line)


#: SQLSTATE codes, as PostgreSQL's manual lists them (appendix A).
_AWAY = ("08", "57P", "25P03")
#: Data that the rules of the tables refuse, or that cannot be read.
_DAMAGE = ("22", "23", "P0", "XX001", "XX002")
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
