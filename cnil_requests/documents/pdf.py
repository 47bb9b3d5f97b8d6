"""Word files to PDF by LibreOffice, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from cnil_requests.documents.merging import Sides
from cnil_requests.errors import NotPossibleError

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Many times what two hundred letters take on a slow computer.
_SECONDS = 600

#: On both sides, the blank page after a letter of an odd number of pages belongs to
#: the run; on one side LibreOffice would add one just the same.
_FILTER = 'pdf:writer_pdf_Export:{"IsSkipEmptyPages":{"type":"boolean","value":"%s"}}'
_SKIPPED = {Sides.TWO: "false", Sides.ONE: "true"}

_PLACES = {
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
    "win32": (
        r"C:\Program Files\LibreOffice\program\soffice.exe",
        r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    ),
}


class NoLibreOfficeError(NotPossibleError):
    """No program is there that makes a PDF of a Word file."""

    def __init__(self) -> None:
        """Say what to install, or do without."""
        super().__init__(
            "LibreOffice n'est pas installé : pas de PDF possible.",
            remedy="Installez LibreOffice, ou relancez sans --pdf et imprimez les "
            "fichiers Word.",
        )


class ConversionError(NotPossibleError):
    """LibreOffice ended without its PDF."""

    def __init__(self, file: Path) -> None:
        """Name the file."""
        super().__init__(
            f"LibreOffice n'a pas pu convertir « {file.name} » en PDF.",
            remedy="Relancez sans --pdf et imprimez les fichiers Word.",
        )


def find_office() -> str:
    """Return the path of LibreOffice. Raises NoLibreOfficeError."""
    for name in ("soffice", "libreoffice"):
        found = shutil.which(name)
        if found:
            return found
    for place in _PLACES.get(sys.platform, ()):
        if Path(place).exists():
            return place
    raise NoLibreOfficeError


def convert(office: str, files: Sequence[Path], sides: Sides) -> list[Path]:
    """Write the PDF of every file beside it.

    LibreOffice gets a profile of its own, so that one that is open is no trouble.
    """
    with tempfile.TemporaryDirectory() as profile:
        for file in files:
            _convert(office, file, sides, Path(profile).as_uri())
    return [file.with_suffix(".pdf") for file in files]


def _convert(office: str, file: Path, sides: Sides, profile: str) -> None:
    command = [
        office,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        _FILTER % _SKIPPED[sides],
        "--outdir",
        str(file.parent),
        str(file),
    ]
    try:
        subprocess.run(  # noqa: S603 - a program that the user installed
            command, capture_output=True, check=True, timeout=_SECONDS
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise ConversionError(file) from error
    if not file.with_suffix(".pdf").exists():
        raise ConversionError(file)
