"""Why a list cannot be read or written at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnil_requests.errors import InvalidDataError

if TYPE_CHECKING:
    from pathlib import Path

_SAVE_AS = (
    "Dans votre tableur : Enregistrer sous, puis « CSV UTF-8 » ou « Classeur Excel "
    "(.xlsx) »."
)


class UnreadableListError(InvalidDataError):
    """The file is no list that can be read, from ``line`` on if that is known."""

    def __init__(
        self, file: str, what: str, *, line: int | None = None, remedy: str = _SAVE_AS
    ) -> None:
        """Name the file, the line and the fault."""
        self.line = line
        where = f"{file}, ligne {line}" if line else file
        super().__init__(f"Liste inutilisable ({where}) : {what}.", remedy=remedy)


class NoWorkbookSupportError(InvalidDataError):
    """An .xlsx file, and the library that reads and writes them is not installed."""

    def __init__(self, path: Path) -> None:
        """Name the file and both ways out."""
        super().__init__(
            f"« {path} » est un classeur, et openpyxl n'est pas installé.",
            remedy='Installez-le : pip install "cnilreq[xlsx]"\n'
            "Ou enregistrez la liste en « CSV UTF-8 ».",
        )
