"""What typed text may hold, and how a sentence ends."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnil_requests.core.text import (
    UnprintableTextError,
    check_all_printable,
    check_printable,
    one_kind_of_newline,
    sentence_stop,
    strings_in,
)

ALLOWED_CONTROLS = "\t\n\r\x85"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("\x00", "0000"),
        ("a\x07b", "0007"),
        ("\x0b", "000B"),
        ("\x1b[31m", "001B"),
        ("\x7f", "007F"),
        ("l\x92ann\xe9e", "0092"),
        ("\udce9", "DCE9"),
        ("\uffff", "FFFF"),
    ],
)
def test_what_no_letter_can_show_is_refused(text: str, code: str) -> None:
    """With the field and the code of the character, in French."""
    with pytest.raises(UnprintableTextError) as caught:
        check_printable("ville", text)
    assert caught.value.exit_code == 4
    assert "« ville »" in str(caught.value)
    assert f"(U+{code})" in str(caught.value)


@given(st.text())
def test_everything_else_is_left_as_it_is(text: str) -> None:
    """Only control characters, surrogates and two non-characters are refused."""
    refused = {
        sign
        for sign in text
        if (unicodedata.category(sign) in ("Cc", "Cs") and sign not in ALLOWED_CONTROLS)
        or sign in "\ufffe\uffff"
    }
    if refused:
        with pytest.raises(UnprintableTextError):
            check_printable("x", text)
    else:
        assert check_printable("x", text) is text


@pytest.mark.parametrize("newline", ["\n", "\r", "\r\n", "\x85", "\u2028", "\u2029"])
def test_newlines_become_one_kind(newline: str) -> None:
    """Each is one line break, whatever the system it comes from."""
    assert one_kind_of_newline(f"a{newline}{newline}b") == "a\n\nb"


@pytest.mark.parametrize(
    ("text", "stop"),
    [
        ("l'adresse est ancienne", "."),
        ("l'adresse est ancienne.", ""),
        ("vraiment ?", ""),
        ("et cetera…", ""),
        ("il dit « non »", "."),
        ("il dit « non. »", ""),
        ("il dit « non.\N{NO-BREAK SPACE}»", ""),
        ('il dit "non !" ', ""),
        ("(voir la photo)", "."),
        ("", "."),
    ],
)
def test_a_sentence_gets_the_stop_it_lacks(text: str, stop: str) -> None:
    """And never two, even inside closing quotes."""
    assert sentence_stop(text) == stop


def test_every_string_is_found_with_its_path() -> None:
    """Nested mappings and lists; ranks start at 1; other values are passed over."""
    value = {
        "me": {"name": "A"},
        "urls": ["B", "C"],
        "flag": True,
        "rows": [{"x": "D"}],
    }
    assert list(strings_in(value)) == [
        ("me.name", "A"),
        ("urls 1", "B"),
        ("urls 2", "C"),
        ("rows 1.x", "D"),
    ]


def test_everything_is_checked_at_once_and_named() -> None:
    """One look finds nothing in good values; a bad one is named by its path."""
    good = {"a": ["é", {"b": "«\N{NO-BREAK SPACE}x\n»"}], "n": 3, "none": None}
    check_all_printable(good)
    with pytest.raises(UnprintableTextError) as caught:
        check_all_printable({**good, "sites": [{"name": "ok"}, {"name": "\x07"}]})
    assert caught.value.field == "sites 2.name"


@pytest.mark.parametrize("text", ["", "une ligne", "a\nb", "\N{NO-BREAK SPACE}x"])
def test_plain_text_keeps_its_newlines(text: str) -> None:
    """What has one kind of line break already is left as it is."""
    assert one_kind_of_newline(text) == text
