"""robots.txt as RFC 9309 reads it."""

from __future__ import annotations

import time

import pytest

from cnil_requests.web import robots


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: autre\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: CNILREQ\nDisallow: /x", "/a", True),
        ("User-agent: cnilreq\nUser-agent: autre\nDisallow: /x", "/x/y", False),
        ("User-agent: *\nDisallow: /*.php$", "/a.php", False),
        ("User-agent: *\nDisallow: /*.php$", "/a.php?x", True),
        ("User-agent: *\nDisallow: /a*b", "/axxb/c", False),
        ("User-agent: *\nDisallow: /é", "/%C3%A9t", False),
        ("\ufeffUser-agent: * # tous\nDisallow: /a # ici", "/a", False),
        ("Disallow: /", "/a", True),
        ("<html>Disallow: /</html>", "/a", True),
    ],
)
def test_rules(text: str, path: str, allowed: bool) -> None:
    """Longest pattern, then allow; the own group before the one for all."""
    assert robots.read(text, "cnilreq").allows(path) is allowed


def test_a_hostile_pattern_costs_nothing() -> None:
    """Many stars, a long path."""
    rules = robots.read("User-agent: *\nDisallow: /" + "*a" * 2000 + "b", "cnilreq")
    start = time.monotonic()
    assert rules.allows("/" + "a" * 5000)
    assert time.monotonic() - start < 0.5
