"""One cell: what a spreadsheet could take for a formula, what is only a comment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cnil_requests.batch.errors import UnreadableListError
from cnil_requests.batch.values import MAX_CELL, MAX_COLUMNS, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

NO_FORMULA = "c'est une formule : collez les valeurs à la place"
#: A spreadsheet would run what starts so; an apostrophe in front makes it text.
_RISKY = re.compile(r"[=+\-@\t\r]")


def guarded(text: str) -> str:
    """Return ``text`` as a cell that no spreadsheet runs as a formula."""
    return f"'{text}" if _RISKY.match(text) else text


def unguarded(text: str) -> str:
    """Return a cell without the apostrophe that ``guarded`` put in front."""
    return text[1:] if text[:1] == "'" and _RISKY.match(text, 1) else text


def is_comment(first_cell: str) -> bool:
    """Say whether a line is a comment, by its first cell."""
    return first_cell.lstrip().startswith("#")


def plain_row(line: int, cells: Sequence[str], file: str) -> Row:
    """Return a row of text cells, with what cannot be accepted in them."""
    if len(cells) > MAX_COLUMNS:
        raise UnreadableListError(
            file,
            f"elle a {len(cells)} colonnes (au plus {MAX_COLUMNS})",
            line=line,
            remedy="Ne gardez que les colonnes utiles.",
        )
    faults = tuple(
        (rank, fault) for rank, cell in enumerate(cells) if (fault := _fault(cell))
    )
    return Row(line, tuple(unguarded(cell.strip()) for cell in cells), faults)


def _fault(cell: str) -> str:
    if cell[:1] == "=":
        return NO_FORMULA
    if len(cell) > MAX_CELL:
        return f"plus de {MAX_CELL} caractères"
    return ""
