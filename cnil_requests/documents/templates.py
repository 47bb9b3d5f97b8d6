"""Where letters are found: the user's own folder first, then the shipped one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnil_requests.documents.wording import BadWordingError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

#: No letter is longer; a larger file is something else.
MAX_TEXT = 200_000
MAX_WORD = 10_000_000

#: Names of files of these folders: no path, so that a template that includes others
#: reaches nothing else on the disk.
_NAME = re.compile(r"[\w-][\w .-]*\.(?:txt|docx)")


@dataclass(frozen=True)
class TemplateFolders:
    """The user's ``letter_templates`` (may be None or absent) over the shipped."""

    own: Path | None
    shipped: Traversable

    def text(self, name: str) -> tuple[str, str] | None:
        """Return a text and where it was found, or None.

        Raises BadWordingError when it is not a text in UTF-8.
        """
        found = self._find(name)
        if found is None:
            return None
        data, origin = found
        if len(data) > MAX_TEXT:
            raise BadWordingError(origin, None, "le fichier est trop grand")
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            what = "le fichier n'est pas enregistré en UTF-8"
            raise BadWordingError(origin, line, what) from None
        return text.replace("\r\n", "\n"), origin

    def word(self, name: str = "letter.docx") -> tuple[bytes, str]:
        """Return a Word layout and where it was found.

        Raises BadWordingError when there is none or it is far too large.
        """
        found = self._find(name)
        if found is None:
            raise BadWordingError(name, None, "la mise en page est introuvable")
        data, origin = found
        if len(data) > MAX_WORD:
            raise BadWordingError(origin, None, "le fichier est trop grand")
        return data, origin

    def text_exists(self, name: str) -> bool:
        """Say whether a text is there, readable or not."""
        return self._find(name) is not None

    def _find(self, name: str) -> tuple[bytes, str] | None:
        if not _NAME.fullmatch(name):
            return None
        if self.own is not None and (self.own / name).is_file():
            return _start_of(self.own / name), str(self.own / name)
        shipped = self.shipped / name
        if shipped.is_file():
            return shipped.read_bytes(), f"letter_templates/{name}"
        return None

    def shipped_names(self) -> list[str]:
        """Return the names of the shipped files, in order."""
        return sorted(
            item.name
            for item in self.shipped.iterdir()
            if item.name.endswith((".txt", ".docx"))
        )

    def own_names(self) -> list[str]:
        """Return the names of the user's files, in order."""
        if self.own is None or not self.own.is_dir():
            return []
        return sorted(
            item.name
            for item in self.own.iterdir()
            if item.is_file() and not item.name.startswith((".", "~$"))
        )


def _start_of(path: Path) -> bytes:
    """Read a file, but no more of it than what tells that it is too large."""
    with path.open("rb") as stream:
        return stream.read(MAX_WORD + 1)
