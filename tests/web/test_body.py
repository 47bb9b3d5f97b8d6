"""The text of a page, whatever it says of its own encoding."""

from __future__ import annotations

import time

import pytest

from cnil_requests.web.body import decode

TEXT = "<p>Siège : 1 rue de l’Été</p>"
META = '<meta charset="{}">'


@pytest.mark.parametrize(
    ("body", "header"),
    [
        (TEXT.encode(), "text/html; charset=utf-8"),
        (TEXT.encode(), "text/html; charset=iso-8859-1"),
        (TEXT.encode(), ""),
        (b"\xef\xbb\xbf" + TEXT.encode(), ""),
        (TEXT.encode("cp1252"), "text/html; charset=utf-8"),
        (TEXT.encode("cp1252"), "text/html; charset=ISO-8859-1"),
        (TEXT.encode("cp1252"), ""),
        (TEXT.encode("cp1252"), "text/html; charset=punycode"),
        (TEXT.encode("cp1252"), "text/html; charset=inconnu"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), ""),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "text/html; charset=utf-8"),
    ],
)
def test_accents_survive(body: bytes, header: str) -> None:
    """Right labels, wrong labels, none."""
    assert decode(body, header) == TEXT


def test_the_page_names_its_own_encoding() -> None:
    """A meta is read when the header says nothing."""
    page = META.format("iso-8859-15") + "1 € à payer"
    assert decode(page.encode("iso-8859-15")).endswith("1 € à payer")


@pytest.mark.parametrize("name", ["utf-7", "punycode", "rot13", "idna", "base64"])
def test_codecs_that_are_no_web_encodings_are_never_run(name: str) -> None:
    """Some of Python's codecs are slow or worse."""
    start = time.monotonic()
    decode(META.format(name).encode() + b"\xe9" * 300_000, f"charset={name}")
    assert time.monotonic() - start < 1
