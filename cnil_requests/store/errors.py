"""What can go wrong with the home folder, told in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnil_requests.errors import (
    InvalidDataError,
    NotPossibleError,
    StoreError,
    UnknownNameError,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class NoHomeError(UnknownNameError):
    """Nothing was ever created at this place."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Il n'y a pas encore de dossier cnilreq dans « {path} ».",
            remedy="Créez-le avec : cnilreq init",
        )


class UnknownPersonError(UnknownNameError):
    """No person of this name is in the ledger."""

    def __init__(self, slug: str, near: Sequence[str]) -> None:
        super().__init__(
            f"Personne ne s'appelle « {slug} » dans le registre.",
            remedy=_did_you_mean(near)
            or "La liste des personnes : cnilreq people list",
        )


class PersonChangedError(NotPossibleError):
    """Somebody else recorded something of a person while a list was being read."""

    def __init__(self, slug: str) -> None:
        super().__init__(
            f"« {slug} » vient d'être modifié par une autre commande ; rien n'a été "
            "enregistré.",
            remedy="Relancez la même commande.",
        )


class UnknownRequestError(UnknownNameError):
    """No request of this number is in the ledger, or several could be meant."""

    def __init__(self, text: str, near: Sequence[str]) -> None:
        several = len(near) > 1
        who = "Plusieurs demandes portent" if several else "Aucune demande ne porte"
        super().__init__(
            f"{who} le numéro « {text} ».",
            remedy=_did_you_mean(near) or "La liste des demandes : cnilreq status",
        )


class HomeIsNotAFolderError(StoreError):
    """The path given as home is a file."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"« {path} » est un fichier, pas un dossier.",
            remedy="Indiquez un dossier avec --home ou CNILREQ_HOME.",
        )


class LedgerMissingError(StoreError):
    """The request folders are there, the ledger is not."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Le dossier « {path} » contient des demandes, mais le registre "
            "« cnilreq.db » a disparu.",
            remedy="Si le registre est partagé sur un serveur, définissez "
            "CNILREQ_DATABASE. Sinon, remettez ce fichier à sa place, ou restaurez une "
            "sauvegarde dans un dossier vide : cnilreq --home AUTRE_DOSSIER restore "
            "FICHIER",
        )


class NotWritableError(StoreError):
    """The system refuses to read or write the home folder."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Impossible de lire ou d'écrire dans « {path} » : accès refusé par le "
            "système, ou support protégé en écriture.",
            remedy="Vérifiez les droits de ce dossier, ou choisissez-en un autre "
            "avec --home.",
        )


class DiskFullError(StoreError):
    """There is no room left where the home folder lies."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Il n'y a plus de place sur le disque de « {path} » ; rien n'a été "
            "enregistré.",
            remedy="Libérez de la place, puis relancez la même commande.",
        )


class DiskError(StoreError):
    """The disk failed in another way, or a file vanished while it was needed."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            f"Le disque a refusé l'opération sur « {path} » : {detail}.",
            remedy="Rien n'a été enregistré. Relancez la commande ; si l'erreur "
            "revient : cnilreq check",
        )


class LedgerBusyError(StoreError):
    """Another process kept the ledger for longer than the waiting time."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Le registre « {path} » est occupé par une autre commande.",
            remedy="Attendez qu'elle se termine, puis relancez.",
        )


class LedgerDamagedError(StoreError):
    """The ledger's file or one of its records cannot be read; ``detail`` says why."""

    def __init__(self, path: Path, detail: str) -> None:
        self.detail = detail
        super().__init__(
            f"Le registre « {path} » est endommagé : {detail}.",
            remedy="Restaurez la dernière sauvegarde dans un dossier vide : "
            "cnilreq --home AUTRE_DOSSIER restore FICHIER",
        )


class NewerLedgerError(StoreError):
    """A later version of the program wrote this ledger."""

    def __init__(self, path: Path, *, version: int, known: int) -> None:
        super().__init__(
            f"Le registre « {path} » a été écrit par une version plus récente de "
            f"cnilreq (format {version} ; cette version lit jusqu'au format {known}).",
            remedy="Mettez cnilreq à jour : pipx upgrade cnilreq",
        )


class LedgerMovedError(StoreError):
    """This ledger was copied to a server, where it lives on."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Le registre « {path} » a été copié vers un serveur PostgreSQL : c'est "
            "là-bas qu'il vit maintenant.",
            remedy="Définissez CNILREQ_DATABASE avec l'adresse du serveur.",
        )


class LedgerNotCopiedError(StoreError):
    """The server's ledger is empty, and the folder is not."""

    def __init__(self, path: Path, home: Path) -> None:
        super().__init__(
            f"Le registre « {path} » est vide, alors que le dossier « {home} » "
            "contient des demandes.",
            remedy="Copiez d'abord le registre de ce dossier : cnilreq ledger copy "
            f'"{home / "cnilreq.db"}" ADRESSE',
        )


class FileMissingError(StoreError):
    """A recorded file is no longer in its request's folder."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Le fichier enregistré « {path} » a disparu.",
            remedy="Remettez-le à sa place, ou reprenez-le d'une sauvegarde.",
        )


class FileAlteredError(StoreError):
    """A recorded file no longer has the content that was recorded."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Le fichier « {path} » a été modifié depuis son enregistrement.",
            remedy="Reprenez l'original d'une sauvegarde, ou joignez la nouvelle "
            "version avec : cnilreq attach",
        )


class UnusableSourceError(InvalidDataError):
    """A file given by the user cannot be copied."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"Impossible d'utiliser « {path} » : {reason}.",
            remedy="Indiquez un fichier ordinaire et lisible.",
        )


class UnstorableTextError(InvalidDataError):
    """A text holds characters that no file can keep (a lone surrogate)."""

    def __init__(self) -> None:
        super().__init__(
            "Un texte contient un caractère que l'ordinateur ne peut pas enregistrer.",
            remedy="Retapez le texte au lieu de le coller.",
        )


class UnusableBackupError(InvalidDataError):
    """The file to restore is not a sound backup."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"« {path} » n'est pas une sauvegarde utilisable : {reason}.",
            remedy="Rien n'a été restauré. Essayez une autre sauvegarde.",
        )


class WouldOverwriteError(NotPossibleError):
    """A backup or a restoration would replace something that exists."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"« {path} » existe déjà et n'est pas vide ; rien n'y a été changé.",
            remedy="Choisissez un autre nom ou un dossier vide.",
        )


class BackupInsideHomeError(NotPossibleError):
    """The backup would be written into the folder that it saves."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"« {path} » est dans le dossier à sauvegarder.",
            remedy="Choisissez un autre dossier, de préférence sur un autre disque.",
        )


def _did_you_mean(near: Sequence[str]) -> str:
    """Return the question that offers near names, or nothing."""
    if not near:
        return ""
    return "Vouliez-vous dire " + ", ".join(f"« {name} »" for name in near) + " ?"
