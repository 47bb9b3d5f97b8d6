"""Why a look-up cannot begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnil_requests.errors import InvalidDataError, WrongUsageError

if TYPE_CHECKING:
    from pathlib import Path


class NoSiteError(WrongUsageError):
    """SITE is neither in the catalogue nor an address that can be visited."""

    def __init__(self, site: str) -> None:
        """Show what is expected."""
        super().__init__(
            f"« {site} » n'est ni un site du catalogue, ni un nom de domaine.",
            remedy="Donnez son domaine, par exemple : "
            "cnilreq directories lookup exemple.fr",
        )


class NotAPageError(InvalidDataError):
    """The saved file is no web page."""

    def __init__(self, file: Path) -> None:
        """Tell how to save one."""
        super().__init__(
            f"« {file} » n'est pas une page web enregistrée (HTML).",
            remedy="Dans votre navigateur : Enregistrer sous, type « page web, HTML "
            "uniquement ».",
        )
