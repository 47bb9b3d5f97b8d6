"""Letters, one after the other, into as few print files as their layouts allow."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cnil_requests.documents.letter_parts import UnmergeableError, take_apart
from cnil_requests.documents.merging import MAX_LETTERS, Sheaf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cnil_requests.documents.letter_parts import Frame
    from cnil_requests.documents.merging import Sides


@dataclass(frozen=True)
class PrintFile:
    """A Word file and the requests whose letters it holds, in their order.

    ``why_alone`` says in French why a letter could not share a file, or is empty.
    """

    data: bytes
    requests: tuple[str, ...]
    why_alone: str = ""


@dataclass
class _Open:
    """A sheaf that still takes letters; the first one is kept as it is."""

    sheaf: Sheaf
    first: bytes
    requests: list[str] = field(default_factory=list)

    def close(self, title: str) -> PrintFile:
        """Return the file; a letter that stayed alone is not touched."""
        if len(self.requests) == 1:
            return PrintFile(self.first, tuple(self.requests))
        return PrintFile(self.sheaf.close(title), tuple(self.requests))


class Binder:
    """Takes letters and gives back print files as soon as they are full.

    ``title`` is that of the files, in their properties; a number follows it.
    """

    def __init__(self, sides: Sides, title: str = "Lettres à imprimer") -> None:
        self._sides = sides
        self._title = title
        self._open: dict[Frame, _Open] = {}
        self._count = 0

    def add(self, request_id: str, docx: bytes) -> Iterator[PrintFile]:
        """Take one letter; yield the file that it fills, or is by itself."""
        try:
            frame, leaf = take_apart(docx, request_id)
        except UnmergeableError as error:
            yield PrintFile(docx, (request_id,), str(error))
            return
        if frame not in self._open:
            self._open[frame] = _Open(Sheaf(frame, self._sides), docx)
        current = self._open[frame]
        current.sheaf.leaves.append(leaf)
        current.requests.append(request_id)
        if len(current.requests) == MAX_LETTERS:
            yield self._close(frame)

    def close(self) -> Iterator[PrintFile]:
        """Yield the files that are not full."""
        for frame in list(self._open):
            yield self._close(frame)

    def _close(self, frame: Frame) -> PrintFile:
        self._count += 1
        return self._open.pop(frame).close(f"{self._title}, {self._count}")
