"""Lists that are written: no formula in them, and they read back the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from cnil_requests.batch.cells import guarded, unguarded
from cnil_requests.batch.columns import Column
from cnil_requests.batch.lists import InputList
from cnil_requests.batch.rejects import rejects, rejects_path
from cnil_requests.batch.writing import csv_bytes, table_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COLUMNS = (Column("site", "site", needed="site"), Column("because", "motif"))
RISKY = ["=1+1", "+33 6 00", "-1", "@SUM(A1)", "\tx", "\rx"]


@pytest.mark.parametrize("text", RISKY)
def test_no_cell_is_a_formula(tmp_path: Path, text: str) -> None:
    """An apostrophe guards a CSV; a workbook holds plain text."""
    line = csv_bytes([["a", text]]).decode("utf-8-sig")
    assert "'" + text[0] in line
    path = tmp_path / "x.xlsx"
    path.write_bytes(table_bytes(path, [["a", text.strip()]]))
    cell = load_workbook(path).active["B1"]
    assert (cell.value, cell.data_type) == (text.strip(), "s")


@given(st.text(max_size=20))
def test_a_guard_can_be_taken_off(text: str) -> None:
    """What was guarded reads as it was."""
    assert unguarded(guarded(text)) == text or text[:1] == "'"


def test_rejects_can_be_fed_back(csv_file: Callable[..., Path]) -> None:
    """The bad lines come back under their own header, with the reason last."""
    path = csv_file("# aide\nSite;Tél;motif\na;1;b\n+x;2;'c\nd;3;e\n")
    with InputList(path, COLUMNS) as source:
        content = rejects(source, {4: ["site : inconnu", "motif : faux"], 5: ["non"]})
    assert content.decode("utf-8-sig").split("\r\n") == [
        "Site;Tél;motif;rejet",
        "'+x;2;'c;\"site : inconnu ; motif : faux\"",
        "d;3;e;non",
        "",
    ]
    again = csv_file(content, "rejets.csv")
    with InputList(again, COLUMNS) as source:
        assert [entry.values["site"] for entry in source.entries()] == ["+x", "d"]
        assert "rejet" not in " ".join(source.notices)
        second = rejects(source, {2: ["encore"]})
    assert second.decode("utf-8-sig").startswith("Site;Tél;motif;rejet\r\n'+x;2")


def test_rejects_never_replace_a_file(tmp_path: Path) -> None:
    """Somebody may be correcting the former ones; the same content is the same."""
    path = tmp_path / "liste.csv"
    first = rejects_path(path, b"a")
    assert first.name == "liste.rejets.csv"
    first.write_bytes(b"a")
    assert rejects_path(path, b"a") == first
    assert rejects_path(path, b"b").name == "liste.rejets-2.csv"
