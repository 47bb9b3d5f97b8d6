"""File names that every system accepts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnil_requests.store.names import numbered, safe_name


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("scan.pdf", "scan.pdf"),
        ("Réponse du site.pdf", "Réponse du site.pdf"),
        ("Re\u0301ponse.pdf", "Réponse.pdf"),
        ("../../etc/passwd", "-..-etc-passwd"),
        ("a/b\\c:d*e?f.pdf", "a-b-c-d-e-f.pdf"),
        ("CON", "x-CON"),
        ("nul.pdf", "x-nul.pdf"),
        ("com1.tar.gz", "x-com1.tar.gz"),
        (".tmp-caché", "tmp-caché"),
        ("~$lettre.docx", "$lettre.docx"),
        ("fin. . ", "fin"),
        ("...", "fichier"),
        ("", "fichier"),
        ("\udcff.pdf", "pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("nul\x00\n.pdf", "nul--.pdf"),
        ("x" * 300 + ".pdf", "x" * 96 + ".pdf"),
    ],
)
def test_a_name_is_made_safe(given_name: str, safe: str) -> None:
    """Accents stay, what a system refuses goes, the suffix is kept."""
    assert safe_name(given_name) == safe


@given(st.text(max_size=150))
def test_any_text_makes_a_safe_name(text: str) -> None:
    """Never a path, hidden, empty or too long, and safe once is safe for good."""
    name = safe_name(text)
    assert name == name.strip(". ")
    assert not set(name) & set('<>:"/\\|?*\0\n')
    assert 0 < len(name) <= 102
    assert len(name.encode()) < 255
    assert safe_name(name) == name


def test_numbers_stand_before_the_suffix() -> None:
    """The first has no number."""
    assert [numbered("lettre.docx", rank) for rank in (1, 2, 10)] == [
        "lettre.docx",
        "lettre-2.docx",
        "lettre-10.docx",
    ]
