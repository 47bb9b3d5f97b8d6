"""The whole dossier as one PDF, through LibreOffice when it is installed.

LibreOffice prints what it can read; a file it cannot is named on a page of its own,
to be joined apart. Nothing here is needed for the dossier itself.
"""

from __future__ import annotations

import subprocess
import tempfile
from io import BytesIO
from pathlib import Path

from cnil_requests.documents.pdf import find_office
from cnil_requests.errors import NotPossibleError

#: What Writer prints faithfully, and what is put on a page first.
_PRINTED = frozenset({"docx", "doc", "odt", "txt", "rtf"})
_PICTURES = frozenset({"png", "jpg", "jpeg", "gif"})
#: The largest picture on a page, in English Metric Units (36,000 to the mm).
_WIDTH, _HEIGHT = 150 * 36_000, 220 * 36_000
#: Long enough for a slow machine with a hundred pages.
TIMEOUT = 300


class NoPrinterError(NotPossibleError):
    """The library that joins pages is not there, or a file cannot be printed."""

    def __init__(self, what: str, how: str) -> None:
        """Name what is missing, and how to have it."""
        super().__init__(
            f"Le dossier ne peut pas être mis en PDF : {what}.",
            remedy=f"{how} Sans --pdf, le dossier.zip est complet.",
        )


def one_pdf(parts: dict[str, bytes]) -> bytes:
    """Return every part of a dossier, in order, as one PDF.

    Raises NoPrinterError when it cannot be made, and NoLibreOfficeError.
    """
    try:
        from pypdf import PdfWriter
        from pypdf.errors import PyPdfError
    except ImportError:
        raise NoPrinterError(
            "le module pypdf n'est pas installé",
            "Installez-le : pip install cnilreq[pdf].",
        ) from None
    with tempfile.TemporaryDirectory(prefix="cnilreq-") as name:
        folder = Path(name)
        printed = _print(parts, folder)
        writer = PdfWriter()
        for path in printed:
            try:
                writer.append(path, import_outline=False)
            except (PyPdfError, ValueError, OSError) as error:
                raise NoPrinterError(
                    f"« {path.name} » est illisible",
                    "Vérifiez ce fichier, ou joignez-le à part.",
                ) from error
        target = folder / "dossier.pdf"
        with target.open("wb") as file:
            writer.write(file)
        return target.read_bytes()


def _print(parts: dict[str, bytes], folder: Path) -> list[Path]:
    """Write every part as a PDF; return them in order."""
    files = [_write(folder, name, data) for name, data in parts.items()]
    _convert([path for path in files if path.suffix != ".pdf"], folder)
    found = [path.with_suffix(".pdf") for path in files]
    for path in found:
        if not path.is_file():
            raise NoPrinterError(
                f"LibreOffice n'a pas pu imprimer « {path.stem} »",
                "Vérifiez ce fichier, ou joignez-le à part.",
            )
    return found


def _write(folder: Path, name: str, data: bytes) -> Path:
    """Write a part as a file that can be printed; return its path."""
    suffix = name.rpartition(".")[2].lower()
    if suffix in _PICTURES:
        picture = _picture_page(data)
        if picture:
            return _written(folder / f"{name}.docx", picture)
    elif suffix in _PRINTED or suffix == "pdf":
        return _written(folder / name, data)
    text = f"{name}\n\nCe fichier est joint à part, dans sa forme d’origine.\n"
    return _written(folder / f"{name}.txt", text.encode("utf-8-sig"))


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _picture_page(data: bytes) -> bytes | None:
    """Return a Word page that shows a picture, or None when it is none."""
    from docx import Document
    from docx.image.exceptions import (
        InvalidImageStreamError,
        UnexpectedEndOfFileError,
        UnrecognizedImageError,
    )

    document = Document()
    try:
        shape = document.add_picture(BytesIO(data))
    except (
        InvalidImageStreamError,
        UnexpectedEndOfFileError,
        UnrecognizedImageError,
    ):
        return None
    scale = min(_WIDTH / shape.width, _HEIGHT / shape.height, 1)
    shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _convert(files: list[Path], folder: Path) -> None:
    """Let LibreOffice print all files in one run, with a profile of its own."""
    program = find_office()
    profile = folder / "profile"
    command = [
        program,
        "--headless",
        f"-env:UserInstallation={profile.as_uri()}",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        *map(str, sorted(files)),
    ]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT)  # noqa: S603
    except (subprocess.SubprocessError, OSError) as error:
        raise NoPrinterError(
            "LibreOffice s'est arrêté", "Fermez-le s'il est ouvert, puis réessayez."
        ) from error
