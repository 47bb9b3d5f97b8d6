"""File names that Windows, macOS and Linux all accept."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

_LONGEST_NAME = 100
_LONGEST_BYTES = 200
_LONGEST_SUFFIX = 12
#: Windows refuses these characters, and these names whatever the suffix.
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])$")


def safe_name(name: str) -> str:
    """Return ``name`` as a file name that every system accepts.

    Accents stay; what a system refuses becomes a hyphen. Never hidden, never
    empty, at most 100 characters with its suffix kept.
    """
    plain = name.encode("utf-8", "ignore").decode()
    plain = "".join(
        sign
        for sign in unicodedata.normalize("NFC", plain)
        if unicodedata.category(sign) not in ("Cf", "Cn", "Co")
    )
    plain = _UNSAFE.sub("-", plain).strip(". ").lstrip("~")
    stem, dot, suffix = plain.rpartition(".")
    if not dot or len(suffix) > _LONGEST_SUFFIX or not suffix.isalnum():
        stem, suffix = plain, ""
    stem = _shortened(stem, _LONGEST_NAME - len(suffix) - 1) or "fichier"
    if _RESERVED.match(stem.partition(".")[0].rstrip(" ")):
        stem = f"x-{stem}"
    return f"{stem}.{suffix}" if suffix else stem


def numbered(name: str, rank: int) -> str:
    """Return ``name`` with ``-2``, ``-3``… before its suffix; rank 1 is itself."""
    if rank == 1:
        return name
    path = PurePath(name)
    return f"{path.stem}-{rank}{path.suffix}"


def _shortened(text: str, room: int) -> str:
    """Return ``text`` in ``room`` characters and 200 bytes, without edge blanks."""
    text = text[:room]
    while len(text.encode()) > _LONGEST_BYTES:
        text = text[:-1]
    return text.strip(". ")
