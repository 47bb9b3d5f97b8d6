"""Word files as archives: read within limits, written the same every time.

Word itself dates the entries of its files 1980-01-01, the first day that a zip
archive knows; so the same parts give the same bytes on any day and machine.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from cnil_requests.documents.faults import BadTemplateError, TemplateProblem

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_FILE = 10_000_000
MAX_UNPACKED = 40_000_000
MAX_PARTS = 500

#: A fifth faster than zlib's own choice, and 2 % larger.
LETTER_LEVEL = 4

_VERSION, _UTF8_NAMES, _DEFLATED = 20, 0x800, 8
_MIDNIGHT, _FIRST_OF_1980 = 0, 0x21
_COMMON = struct.Struct("<HHHHHIIIHH")
_END = struct.Struct("<4sHHHHIIH")

_PRINTED = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")


class Archive:
    """A zip archive under construction, compressed part by part."""

    def __init__(self) -> None:
        self._entries = bytearray()
        self._directory = bytearray()
        self._count = 0

    def copy(self) -> Archive:
        """Return an archive that starts with the same parts, already compressed."""
        twin = Archive()
        twin._entries[:] = self._entries
        twin._directory[:] = self._directory
        twin._count = self._count
        return twin

    def add(self, name: str, data: bytes, *, level: int = LETTER_LEVEL) -> None:
        """Append one part."""
        packed = zlib.compress(data, level, -zlib.MAX_WBITS)
        path = name.encode()
        common = _COMMON.pack(
            _VERSION,
            _UTF8_NAMES,
            _DEFLATED,
            _MIDNIGHT,
            _FIRST_OF_1980,
            zlib.crc32(data),
            len(packed),
            len(data),
            len(path),
            0,
        )
        offset = len(self._entries)
        self._directory += b"PK\x01\x02" + struct.pack("<H", _VERSION) + common
        self._directory += struct.pack("<HHHII", 0, 0, 0, 0, offset) + path
        self._entries += b"PK\x03\x04" + common + path + packed
        self._count += 1

    def close(self) -> bytes:
        """Return the bytes of the whole archive."""
        size, offset = len(self._directory), len(self._entries)
        end = _END.pack(b"PK\x05\x06", 0, 0, self._count, self._count, size, offset, 0)
        return b"".join((self._entries, self._directory, end))


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return the archive of ``parts``, in their order."""
    archive = Archive()
    for name, data in parts.items():
        archive.add(name, data, level=9)
    return archive.close()


def unpack(data: bytes, file: str) -> dict[str, bytes]:
    """Return the parts of a Word file, in their order.

    Raises BadTemplateError when the file is no archive, or one whose size or
    number of parts no letter has (a « zip bomb » is never unpacked).
    """
    if len(data) > MAX_FILE:
        raise BadTemplateError(file, _too_big(MAX_FILE))
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _read(archive, file)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as why:
        raise BadTemplateError(file, _NOT_WORD) from why


def _read(archive: ZipFile, file: str) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    names = [entry.filename for entry in entries]
    if len(names) > MAX_PARTS or sum(item.file_size for item in entries) > MAX_UNPACKED:
        raise BadTemplateError(file, _too_big(MAX_UNPACKED))
    if len(set(names)) < len(names):
        raise BadTemplateError(file, _TWICE)
    # Reading stops at the size that the entry declares, so the sum above holds.
    return {name: archive.read(name) for name in names}


def content_digest(docx: bytes, file: str = "lettre.docx") -> str:
    """Return the SHA-256 of what a Word file prints: body, headers and footers.

    It does not change when another version of zlib compresses the same letter.
    """
    digest = hashlib.sha256()
    for name, data in sorted(unpack(docx, file).items()):
        if _PRINTED.fullmatch(name):
            digest.update(f"{name}\0{len(data)}\0".encode())
            digest.update(data)
    return digest.hexdigest()


_NOT_WORD = TemplateProblem(
    "ce n'est pas un document Word (.docx).",
    "Ouvrez-le dans Word ou LibreOffice et enregistrez-le au format « .docx ».",
)
_TWICE = TemplateProblem(
    "l'archive contient deux fois la même partie.",
    "Ouvrez le document dans Word et enregistrez-le de nouveau.",
)


def _too_big(limit: int) -> TemplateProblem:
    return TemplateProblem(
        f"le document est trop gros pour un modèle de lettre (plus de "
        f"{limit // 1_000_000}\u00a0Mo).",
        "Retirez ou réduisez les images.",
    )
