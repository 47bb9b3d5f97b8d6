"""Folders that a service copies elsewhere: no place for a database."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

#: How each service names its folder, in any language and version.
_SERVICES = {
    "OneDrive": r"onedrive( - .*)?",
    "iCloud": r"mobile documents|com~apple~clouddocs|icloud ?drive",
    "Dropbox": r"dropbox( \(.*\))?",
    "Google Drive": r"google ?drive( \(.*\))?|googledrive-.*|my drive|mon drive",
}


def synchronised_by(path: Path) -> str | None:
    """Return the service that copies the folder elsewhere, or None.

    A database can be damaged there, and personal data go to a third party.
    """
    parts = path.expanduser().absolute().parts
    for service, name in _SERVICES.items():
        if any(re.fullmatch(name, part, re.IGNORECASE) for part in parts):
            return service
    return None
