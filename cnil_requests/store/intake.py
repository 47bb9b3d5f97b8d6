"""Files on their way into a request's folder: copied aside, named, moved in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnil_requests.store import files
from cnil_requests.store.cases import StoredFile
from cnil_requests.store.names import numbered, safe_name
from cnil_requests.store.telling import told
from cnil_requests.store.values import Given

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cnil_requests.store.values import Incoming, Made


@dataclass(frozen=True)
class Staged:
    """A file whose content is safe, under a temporary name or already in place."""

    wanted: str
    kind: str
    sha256: str
    size: int
    sealed: bool
    temporary: Path | None

    def stored(self, name: str, event: int) -> StoredFile:
        """Return the file as recorded with an event."""
        return StoredFile(
            name=name,
            kind=self.kind,
            sha256=self.sha256,
            size=self.size,
            sealed=self.sealed,
            event=event,
        )

    def drop(self) -> None:
        """Remove the temporary copy, if it was not moved into place."""
        if self.temporary:
            self.temporary.unlink(missing_ok=True)


def stage(folder: Path, incoming: Incoming) -> Staged:
    """Bring a file next to its place, without any lock: this may take long."""
    with told(folder):
        if isinstance(incoming, Given):
            return _stage_given(folder, incoming)
        return _stage_made(folder, incoming)


def _stage_given(folder: Path, given: Given) -> Staged:
    """Copy a file of the user's, or only hash it when it is in the folder."""
    files.refuse_unusable(given.source)
    temporary: Path | None
    if given.source.parent.resolve() == folder.resolve():
        temporary = None
        sha256, size = files.hash_source(given.source)
    else:
        temporary = files.temporary_beside(folder)
        sha256, size = files.copy_hashed(given.source, temporary)
    return Staged(given.source.name, given.kind, sha256, size, True, temporary)


def _stage_made(folder: Path, made: Made) -> Staged:
    """Write a document of the program's."""
    temporary = files.temporary_beside(folder)
    files.write_new(temporary, made.content)
    sha256 = files.sha256_of_bytes(made.content)
    return Staged(made.name, made.kind, sha256, len(made.content), False, temporary)


class Shelf:
    """The names in one request's folder, while a transaction keeps others out."""

    def __init__(self, folder: Path, recorded: Sequence[StoredFile]) -> None:
        self.folder = folder
        self._recorded = {file.name: file for file in recorded}
        self._on_disk = {path.name.casefold(): path.name for path in folder.iterdir()}
        self._promised: dict[str, tuple[str, str]] = {}

    def name_for(self, staged: Staged) -> tuple[str, Path | None]:
        """Return the name a file will have, and what is to be moved there.

        Content that is already there keeps its name. A document takes the place of
        its former version only if nobody touched that one; else it is numbered.
        """
        if staged.temporary is None:
            return staged.wanted, None
        known = self._same_content(staged)
        if known:
            return known, None
        rank = 1
        while not self._is_free(
            name := numbered(safe_name(staged.wanted), rank), staged
        ):
            rank += 1
        self._promised[name.casefold()] = (name, staged.sha256)
        return name, staged.temporary

    def withdraw(self, name: str) -> None:
        """Free a name whose file is not needed after all."""
        self._promised.pop(name.casefold(), None)

    def _same_content(self, staged: Staged) -> str | None:
        """Return the file with this very content, whether recorded or left over."""
        for name, sha256 in self._promised.values():
            if sha256 == staged.sha256:
                return name
        for file in self._recorded.values():
            if file.sha256 == staged.sha256 and self._hash(file.name) == file.sha256:
                return file.name
        wanted = self._on_disk.get(safe_name(staged.wanted).casefold())
        return wanted if wanted and self._hash(wanted) == staged.sha256 else None

    def _is_free(self, name: str, staged: Staged) -> bool:
        """Say whether a file may take ``name``."""
        if name.casefold() in self._promised:
            return False
        if name.casefold() not in self._on_disk:
            return True
        former = self._recorded.get(name)
        if staged.sealed or former is None or former.sealed:
            return False
        return self._hash(name) == former.sha256

    def _hash(self, name: str) -> str | None:
        """Return the hash of a file in the folder, or None if it has none."""
        try:
            return files.sha256_of(self.folder / name)
        except OSError:
            return None
