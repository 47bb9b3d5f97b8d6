"""The refused lines of a list, ready to be corrected and fed back."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from cnil_requests.batch.cells import guarded
from cnil_requests.batch.columns import REASON, fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cnil_requests.batch.lists import InputList


def rejects(source: InputList, reasons: Mapping[int, Sequence[str]]) -> bytes:
    """Return the lines of ``reasons`` as CSV, with the reasons in a last column.

    UTF-8 with a byte-order mark, which every spreadsheet recognises.
    """
    former = [fold(title) for title in source.header.titles]
    kept = [rank for rank, title in enumerate(former) if title != REASON]
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=source.sheet.delimiter)
    titles = source.header.titles
    writer.writerow([guarded(titles[rank]) for rank in kept] + [REASON])
    for row in source.rows():
        if row.line in reasons:
            cells = [row.cells[rank] if rank < len(row.cells) else "" for rank in kept]
            cells.append(" ; ".join(reasons[row.line]))
            writer.writerow([guarded(cell) for cell in cells])
    return stream.getvalue().encode("utf-8-sig")


def rejects_path(path: Path, content: bytes) -> Path:
    """Return where the refused lines of ``path`` go: never over another file.

    A file that already has this very content is the one.
    """
    rank = 1
    while True:
        number = f"-{rank}" if rank > 1 else ""
        target = path.with_name(f"{path.stem}.rejets{number}.csv")
        if not target.exists() or target.read_bytes() == content:
            return target
        rank += 1
