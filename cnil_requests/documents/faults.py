"""What can be wrong with a Word template."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cnil_requests.errors import InvalidDataError


class Level(StrEnum):
    """How bad a problem is: an error keeps the template from being used."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class TemplateProblem:
    """One thing wrong with a Word template, and what to do about it.

    ``part`` is the name of the part in the archive, ``line`` the rank of the
    paragraph in it (from 1; 0 when unknown), ``field`` the name concerned, if any.
    """

    message: str
    suggestion: str = ""
    part: str = ""
    line: int = 0
    field: str = ""
    level: Level = Level.ERROR

    @property
    def place(self) -> str:
        """Say where the problem is, as a reader of the document would find it."""
        if not self.line:
            return part_name(self.part)
        return f"{part_name(self.part)}, paragraphe\u00a0{self.line}"


def part_name(part: str) -> str:
    """Return the French name of a part of a Word document."""
    return next((name for stem, name in _PARTS if part.startswith(stem)), part)


_PARTS = (
    ("word/document", "corps du document"),
    ("word/header", "en-tête"),
    ("word/footer", "pied de page"),
    ("docProps/core", "propriétés du document"),
)


class BadTemplateError(InvalidDataError):
    """A Word template cannot be read, compiled or filled in."""

    def __init__(self, file: str, problem: TemplateProblem) -> None:
        """Name the file, the place in it and the problem."""
        place = f", {problem.place}" if problem.part else ""
        super().__init__(
            f"{file}{place}\u00a0: {problem.message}", remedy=problem.suggestion
        )
        self.problem = problem
