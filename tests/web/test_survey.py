"""Visiting a site: what is read, in which order, and where it stops."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cnil_requests.errors import NetworkError
from cnil_requests.web import survey as surveys
from cnil_requests.web.errors import PageError
from cnil_requests.web.evidence import proposal
from cnil_requests.web.fetch import Fetcher, Limits
from cnil_requests.web.survey import NothingReadError, Survey, Visitor

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler

    Site = Any

DAY = date(2026, 3, 2)
NOTICES = Path(__file__).resolve().parents[1] / "data" / "legal-notices"
NOTICE = (NOTICES / "fictional" / "agence-et-hebergeur.html").read_bytes()
WORDS = "<p>Un annuaire de praticiens, classés par ville et par métier.</p>" * 9


def home(*links: tuple[str, str]) -> bytes:
    """Return a home page with links at its foot."""
    anchors = "".join(f'<a href="{href}">{text}</a> ' for text, href in links)
    return f"<html><body>{WORDS}<footer>{anchors}</footer></body></html>".encode()


def visit(site: Site, known: tuple[str, ...] = ()) -> Survey:
    """Survey the site on this machine."""
    limits = Limits(connect=1, read=0.5, total=1, max_bytes=300_000)
    fetcher = Fetcher(limits, allow_private=True, pause=0)
    domain = site.url.removeprefix("http://")
    return Visitor(fetcher, domain, DAY, known).visit([f"{site.url}/"])


def test_the_notice_is_found_by_its_link(site: Site) -> None:
    """Wherever it lies; robots.txt does not close it."""
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /p/"
    site.pages["/"] = home(("Mentions légales", "/p/12"), ("CGU", "/p/13"))
    site.pages["/p/12"] = NOTICE
    site.pages["/p/13"] = home()
    found = visit(site)
    assert proposal(found.evidence)["controller"] == "Répertoire Exemple"
    assert proposal(found.evidence)["legal_notice_url"] == f"{site.url}/p/12"
    assert site.asked == ["/robots.txt", "/", "/p/12"]
    assert any("robots.txt" in text for text in found.warnings)


def test_the_usual_places_come_last(site: Site) -> None:
    """Without a link, and only until a notice is found."""
    site.pages["/"] = home(("Actualités", "/blog"))
    site.pages["/mentions_legales"] = NOTICE
    found = visit(site)
    assert proposal(found.evidence)["siren"] == "999100019"
    assert site.asked[-1] == "/mentions_legales"
    assert "/contact" not in site.asked


def test_a_known_notice_is_read_first(site: Site) -> None:
    """The address in the catalogue saves the search."""
    site.pages["/"] = home()
    site.pages["/ml"] = NOTICE
    visit(site, (f"{site.url}/ml",))
    assert site.asked[2] == "/ml"


def test_a_closed_home_page_leaves_the_notice(site: Site) -> None:
    """robots.txt closes the site; the notice must be public all the same."""
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /"
    site.pages["/mentions-legales"] = NOTICE
    # Its domain is this machine's, with its port: https is not served.
    found = visit(site, (f"{site.url}/mentions-legales",))
    assert proposal(found.evidence)["controller"] == "Répertoire Exemple"
    assert "/" not in site.asked


def test_privacy_and_removal_pages_are_read(site: Site) -> None:
    """A form is certain only when the page has one."""
    form = b"<form><input type=email><textarea></textarea></form>"
    site.pages["/"] = home(
        ("Mentions légales", "/ml"),
        ("Confidentialité", "/c"),
        ("Supprimer ma fiche", "/s"),
    )
    site.pages["/ml"] = NOTICE
    site.pages["/c"] = home()
    site.pages["/s"] = home() + form
    found = visit(site)
    assert proposal(found.evidence)["privacy_url"] == f"{site.url}/c"
    assert proposal(found.evidence)["form_url"] == f"{site.url}/s"
    site.pages["/s"] = home()
    doubt = next(i for i in visit(site).evidence if i.column == "form_url")
    assert not doubt.certain


def test_a_soft_404_is_no_notice(site: Site) -> None:
    """A site that answers every address with its home page."""
    for path in ("/", "/mentions-legales", "/legal", "/cgu", "/contact"):
        site.pages[path] = home()
    with pytest.raises(NothingReadError):
        visit(site)


def test_links_out_of_the_site_are_never_followed(site: Site) -> None:
    """file://, loopback on another port, another domain."""
    site.pages["/"] = home(
        ("Mentions légales", "file:///etc/passwd"),
        ("Mentions légales", "http://127.0.0.1:1/"),
        ("CGU", "https://autre.example/"),
    )
    site.pages["/mentions-legales"] = NOTICE
    found = visit(site)
    assert all(page.startswith(site.url) for page in found.pages)


def test_a_page_without_its_scripts_is_told(site: Site) -> None:
    """The user is told to save the page from a browser."""
    empty = b'<div id="root"></div><script src="/app.js"></script>'
    site.pages["/"] = site.pages["/mentions-legales"] = empty
    with pytest.raises(NothingReadError, match="vide sans JavaScript") as caught:
        visit(site)
    assert "--from-file" in str(caught.value)
    assert caught.value.exit_code == 7


def endless(handler: BaseHTTPRequestHandler) -> None:
    """Stream without end."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65_536)


@pytest.mark.parametrize(
    "page",
    [endless, (302, {"Location": "/"}, b""), (302, {"Location": "file:///x"}, b"")],
)
def test_a_hostile_home_page_ends_the_visit(site: Site, page: object) -> None:
    """One clear error."""
    site.pages["/"] = page
    with pytest.raises(PageError):
        visit(site)


def test_a_hostile_notice_costs_its_limits_and_no_more(site: Site) -> None:
    """Each page is bounded; the visit as a whole too."""
    site.pages["/"] = home(*[("Mentions légales", f"/{n}") for n in range(50)])
    for number in range(50):
        site.pages[f"/{number}"] = endless
    start = time.monotonic()
    with pytest.raises(NetworkError):
        visit(site)
    assert time.monotonic() - start < 10
    assert len(site.asked) <= surveys.MAX_REQUESTS + 1


def test_a_redirect_to_another_domain_makes_nothing_certain(site: Site) -> None:
    """A domain that was sold shows somebody else's notice."""
    site.pages["/"] = home(("Mentions légales", "/ml"))
    site.pages["/ml"] = NOTICE
    limits = Limits(connect=1, read=1, total=2)
    fetcher = Fetcher(limits, allow_private=True, pause=0)
    found = Visitor(fetcher, "exemple.fr", DAY).visit([f"{site.url}/"])
    assert found.evidence
    assert proposal(found.evidence) == {}


def test_the_first_address_that_answers_is_home(site: Site) -> None:
    """https, www, then http."""
    site.pages["/"] = home(("Mentions légales", "/ml"))
    site.pages["/ml"] = NOTICE
    limits = Limits(connect=1, read=1, total=2)
    fetcher = Fetcher(limits, allow_private=True, pause=0)
    domain = site.url.removeprefix("http://")
    starts = ["http://127.0.0.1:1/", f"{site.url}/"]
    found = Visitor(fetcher, domain, DAY).visit(starts)
    assert found.pages[0] == f"{site.url}/"
    with pytest.raises(PageError):
        Visitor(fetcher, domain, DAY).visit(["http://127.0.0.1:1/"])
