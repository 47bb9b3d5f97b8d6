"""Domains and pasted addresses are read the way browsers do, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnil_requests.catalogue import hosts


@pytest.mark.parametrize(
    ("text", "key", "url"),
    [
        ("societe.com", "societe.com", None),
        ("WWW.Societe.COM", "societe.com", None),
        ("https://www.societe.com/", "societe.com", None),
        ("societe.com.", "societe.com", None),
        ("//societe.com/x", "societe.com/x", "https://societe.com/x"),
        (
            "<https://societe.com/X?a=B#c>",
            "societe.com/x",
            "https://societe.com/X?a=B#c",
        ),
        ("http://societe.com:8080/x/", "societe.com/x", "http://societe.com:8080/x/"),
        ("societe.com?q=1", "societe.com", "https://societe.com?q=1"),
        ("https://société.fr", "xn--socit-esab.fr", None),
        ("www.fr", "www.fr", None),
    ],
)
def test_a_site_is_recognised(text: str, key: str, url: str | None) -> None:
    """The key is what the catalogue holds; the listing stays as pasted."""
    site = hosts.parse(text)
    assert site is not None
    assert (site.key, site.url) == (key, url)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "societe",
        "societe com",
        "https://societe.com@evil.example/x",
        "https://user:pass@societe.com/x",
        "contact@societe.com",
        "mailto:contact@societe.com",
        "javascript:alert(1)//societe.com",
        "ftp://societe.com/x",
        "https://societe.com\\@evil.example",
        "https://societe.com/a\nb",
        "https://[::1",
        "192.168.0.1",
        "https:///x",
        "-a.fr",
        "a..fr",
        "https://" + "a" * 300 + ".fr",
    ],
)
def test_what_misleads_or_is_no_site_is_none(text: str) -> None:
    """A user name before the host, a backslash or another scheme: refused."""
    assert hosts.parse(text) is None


@given(st.text(max_size=80))
def test_any_text_is_read_without_failure(text: str) -> None:
    """Whatever is pasted, there is an answer."""
    hosts.parse(text)
    hosts.parse(f"https://{text}")
