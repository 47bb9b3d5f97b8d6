"""Lists of every format, made on the spot."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path


@pytest.fixture
def csv_file(tmp_path: Path) -> Callable[..., Path]:
    """Write a text, or bytes, as a list."""

    def write(
        content: str | bytes, name: str = "liste.csv", encoding: str = "utf-8"
    ) -> Path:
        path = tmp_path / name
        data = content if isinstance(content, bytes) else content.encode(encoding)
        path.write_bytes(data)
        return path

    return write


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Write rows as the sheets of a workbook, by openpyxl."""
    from openpyxl import Workbook

    def write(*sheets: Sequence[Sequence[object]], name: str = "liste.xlsx") -> Path:
        book = Workbook()
        for rank, rows in enumerate(sheets):
            sheet = book.active if rank == 0 else book.create_sheet()
            assert sheet is not None
            for row in rows:
                sheet.append(list(row))
        path = tmp_path / name
        book.save(path)
        return path

    return write


@pytest.fixture
def tampered(tmp_path: Path) -> Callable[..., Path]:
    """Copy a workbook with parts replaced."""

    def copy(path: Path, parts: Mapping[str, bytes], name: str = "trafic.xlsx") -> Path:
        target = BytesIO()
        with ZipFile(path) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
            for entry in old.namelist():
                if entry not in parts:
                    new.writestr(entry, old.read(entry))
            for entry, content in parts.items():
                new.writestr(entry, content)
        result = tmp_path / name
        result.write_bytes(target.getvalue())
        return result

    return copy
