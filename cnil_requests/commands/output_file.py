"""Write a file where the user asked, without ever replacing something by surprise."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from cnil_requests.errors import NotPossibleError, standing_for

if TYPE_CHECKING:
    from pathlib import Path


class OccupiedError(NotPossibleError):
    """The target is a folder, or a file that is not of the same kind."""

    def __init__(self, path: Path) -> None:
        """Name the path."""
        super().__init__(
            f"« {path} » existe déjà et n'est pas un fichier de ce type.",
            remedy="Choisissez un autre nom.",
        )


def write_output(path: Path, data: bytes) -> None:
    """Write ``data`` whole or not at all; replace only a file of the same kind.

    A calendar or an export made again takes the place of the former one; a file
    whose beginning differs is somebody's, and stays. Raises OccupiedError.
    """
    if path.is_dir() or (path.exists() and not _is_alike(path, data)):
        raise OccupiedError(path)
    temporary = path.with_name(f".{path.name}.part")
    try:
        with standing_for(path, temporary):
            with temporary.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def write_new(path: Path, data: bytes) -> None:
    """Write ``data`` under a name that nothing has yet. Raises OccupiedError."""
    if path.exists():
        raise OccupiedError(path)
    write_output(path, data)


#: How many first bytes tell one kind of file from another.
_SIGNATURE = 15


def _is_alike(path: Path, data: bytes) -> bool:
    with path.open("rb") as file:
        head = file.read(_SIGNATURE)
    return not head or data.startswith(head[: len(b"BEGIN:VCALENDAR")])
