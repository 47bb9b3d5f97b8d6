"""A person's papers: kept private, never overwritten, erased with her."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from cnil_requests.store import papers
from cnil_requests.store.errors import FileMissingError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_paper_is_written_once_and_another_beside_it(tmp_path: Path) -> None:
    """The same content keeps its name; another one is numbered."""
    first = papers.write_paper(tmp_path, "anne", "pouvoir.docx", b"one")
    assert papers.write_paper(tmp_path, "anne", "pouvoir.docx", b"one") == first
    second = papers.write_paper(tmp_path, "anne", "pouvoir.docx", b"two")
    assert (first.name, second.name) == ("pouvoir.docx", "pouvoir-2.docx")
    assert papers.paper(tmp_path, "anne", "pouvoir.docx").read_bytes() == b"one"
    assert stat.S_IMODE(first.stat().st_mode) & 0o077 == 0
    assert sorted(path.name for path in first.parent.iterdir()) == [
        "pouvoir-2.docx",
        "pouvoir.docx",
    ]


def test_papers_go_with_the_person(tmp_path: Path) -> None:
    """All of hers and nobody else's."""
    papers.write_paper(tmp_path, "anne", "a.docx", b"a")
    kept = papers.write_paper(tmp_path, "camille", "a.docx", b"a")
    assert papers.remove_papers(tmp_path, "anne") == 1
    assert papers.remove_papers(tmp_path, "anne") == 0
    assert kept.exists()


@pytest.mark.parametrize("slug", ["", "..", "a/b", "../x"])
def test_a_name_never_leads_out_of_the_home(tmp_path: Path, slug: str) -> None:
    """A damaged ledger cannot point elsewhere."""
    with pytest.raises(FileMissingError):
        papers.paper(tmp_path, slug, "a")
