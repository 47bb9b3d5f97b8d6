"""Make the terminal ready: Click speaks French, and no text can fail to show.

The consoles of Windows and the pipes of old systems do not know every
character. What they cannot show is spelled plainly; nothing ends in a traceback.
"""

from __future__ import annotations

import codecs
import gettext
import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO

#: The name of the encoding error handler registered below.
PLAIN = "cnilreq-plain"

_SPELLED = {
    "«": '"',
    "»": '"',
    "“": '"',
    "”": '"',
    "’": "'",
    "•": "-",
    "–": "-",
    "—": "-",
    "→": "->",
    "€": "EUR",
    "œ": "oe",
    "Œ": "OE",
    "æ": "ae",
    "Æ": "AE",
}


def speak_french() -> None:
    """Make Click's own strings French, whatever the user's locale."""
    os.environ["LANGUAGE"] = "fr"
    gettext.bindtextdomain("messages", str(Path(__file__).parent / "locale"))
    gettext.textdomain("messages")


def open_streams() -> None:
    """Let stdout and stderr take any text, whatever their encoding."""
    codecs.register_error(PLAIN, _spell_plainly)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=PLAIN)


def close_stream(stream: TextIO) -> None:
    """Drop what a full disk or closed pipe refused, or Python would retry it."""
    with suppress(OSError, ValueError):
        stream.flush()
        return
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def takes_utf8(stream: TextIO) -> bool:
    """Say whether the stream writes UTF-8."""
    try:
        return codecs.lookup(stream.encoding).name == "utf-8"
    except (LookupError, TypeError):
        return False


def _spell_plainly(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    refused = error.object[error.start : error.end]
    return "".join(_spell(character) for character in refused), error.end


def _spell(character: str) -> str:
    if character in _SPELLED:
        return _SPELLED[character]
    from unicodedata import combining, normalize

    if combining(character):
        return ""
    return normalize("NFKD", character).encode("ascii", "ignore").decode() or "?"
