"""What can be wrong in a catalogue file: a value, not an exception."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """An error makes the file unusable; a warning asks for a look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """One problem of one cell; ``line`` counts from 1, the header line.

    ``message`` and ``suggestion`` are French; the suggestion may be empty.
    """

    line: int
    column: str
    message: str
    suggestion: str = ""
    level: Level = Level.ERROR

    def __str__(self) -> str:
        """Return ``COLUMN: what (suggestion)``."""
        tail = f" ({self.suggestion})" if self.suggestion else ""
        return f"{self.column}: {self.message}{tail}"
