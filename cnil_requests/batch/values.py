"""What a list is made of: rows of text cells, entries by column, faults."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: A list longer than this is a mistake, or is better cut in two.
MAX_BYTES = 32_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 200
#: What a spreadsheet itself allows in one cell.
MAX_CELL = 32_767


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell; ``column`` as the file calls it, or empty."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        """Return ``LINE: COLUMN: what``, as every check of the program does."""
        return ": ".join(
            part for part in (str(self.line), self.column, self.message) if part
        )


@dataclass(frozen=True)
class Row:
    """One line of the file; ``faults`` says which cells cannot be read and why."""

    line: int
    cells: tuple[str, ...]
    faults: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Entry:
    """One line by column: ``values`` has every known column, "" when it is empty."""

    line: int
    values: Mapping[str, str]
    faults: tuple[Fault, ...] = ()


class Sheet(Protocol):
    """A file as rows, whatever its format; ``rows`` may be asked for again."""

    #: What is worth saying about how the file was read, in French.
    notices: tuple[str, ...]
    delimiter: str
    header: Row

    def rows(self) -> Iterator[Row]:
        """Yield the lines below the header that are neither blank nor comments."""

    def close(self) -> None:
        """Let go of the file."""
