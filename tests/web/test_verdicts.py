"""One look at a page: the name, its absence, gone, or nothing that can be said."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest

from cnil_requests.core.listings import Finding, Sign
from cnil_requests.web.fetch import Page
from cnil_requests.web.names import Name
from cnil_requests.web.verdicts import Look, Wanted, is_same_page, look

URL = "https://www.example.org/fiche/12"
TEXT = "Annuaire des professionnels de la région, classés par ville et par métier. " * 4
WANTED = Wanted(Name("Hélène", "Lefèvre"), ("10001234567",))


def a_page(
    body: str | bytes = "",
    *,
    status: int = 200,
    final_url: str = URL,
    kind: str = "text/html; charset=utf-8",
    **headers: str,
) -> Page:
    """Return a page as the fetcher gives it."""
    return Page(
        url=URL,
        final_url=final_url,
        status=status,
        headers={
            "content-type": kind,
            **{name.replace("_", "-"): text for name, text in headers.items()},
        },
        body=body.encode() if isinstance(body, str) else body,
        fetched_at=date(2026, 3, 2),
    )


def html(inner: str, *, title: str = "Annuaire", text: str = TEXT) -> str:
    """Return an ordinary page around some content."""
    return (
        f"<!doctype html><html><head><title>{title}</title></head>"
        f"<body>{inner}<p>{text}</p></body></html>"
    )


NAMED = {
    "heading": html("<h1>Dr Hélène LEFÈVRE</h1>"),
    "title only": html("", title="Lefevre Helene, sage-femme à Paris"),
    "table": html("<table><tr><td>LEFEVRE</td><td>Hélène</td></tr></table>"),
    "labels": html("<dl><dt>Nom</dt><dd>Lefèvre</dd><dt>Prénom</dt><dd>Hélène</dd>"),
    "entities": html("<p>H&eacute;l&#232;ne Lef&egrave;vre</p>"),
    "inline tags": html("<p><b>Hélène</b> <span>Lefèvre</span></p>"),
    "description": html("").replace(
        "</head>", '<meta name="description" content="Hélène Lefèvre, Paris"></head>'
    ),
    "structured data": html(
        '<script type="application/ld+json">{"@type": "Physician", "givenName": '
        '"H\\u00e9l\\u00e8ne", "familyName": "Lef\\u00e8vre"}</script>'
    ),
    "cookie banner": html("<p>Accepter les cookies</p><h1>Hélène Lefèvre</h1>"),
    "captcha in a form": html("<h1>Hélène Lefèvre</h1><div class=g-recaptcha></div>"),
    "broken html": "<html><h1>Hélène Lefèvre<p><div></h1></table>",
    "short page": "<p>Hélène Lefèvre</p>",
}


@pytest.mark.parametrize("body", NAMED.values(), ids=NAMED)
def test_the_name_is_found_where_readers_and_engines_find_it(body: str) -> None:
    """In the text, the title, the description or the structured data."""
    seen = look(a_page(body), WANTED)
    assert (seen.finding, seen.status) == (Finding.NAMED, 200)
    assert seen.sha256 == sha256(body.encode()).hexdigest()


def test_a_latin_1_page_is_read() -> None:
    """Accents in the encoding of old sites are accents."""
    page = a_page(
        html("<h1>Hélène Lefèvre</h1>").encode("latin-1"),
        kind="text/html; charset=iso-8859-1",
    )
    assert look(page, WANTED).finding is Finding.NAMED


UNNAMED = {
    "another listing": html("<h1>Dr Paul Martin</h1>"),
    "not found": html("<h1>Page introuvable</h1>", text=""),
    "gone in a sentence": html("<p>Cette fiche n'existe plus.</p>", text=""),
    "the path in links": html('<a href="/fiche/helene-lefevre">retour</a>'),
    "an address in a script": html('<script>track("/dr/helene-lefevre")</script>'),
    "a short page without scripts": "<h1>Annuaire</h1><p>Autres fiches</p>",
    "another first name": html("<h1>Hélène Martin</h1>"),
}


@pytest.mark.parametrize("body", UNNAMED.values(), ids=UNNAMED)
def test_a_normal_page_without_the_name(body: str) -> None:
    """Enough words, nothing in the way; the path of a link is no mention."""
    assert look(a_page(body), WANTED).finding is Finding.UNNAMED


UNCLEAR = {
    "surname alone": html("<h1>Dr Lefèvre</h1>"),
    "initial": html("<h1>H. LEFEVRE</h1>"),
    "name in a script": html('<script>let d={"n":"Hélène Lefèvre"}</script>'),
    "number": html("<p>RPPS 1000 1234 567</p>"),
    "echo of a search": html("<p>Aucun résultat pour Hélène Lefèvre.</p>"),
    "gone, with the name": html("<h1>La fiche d'Hélène Lefèvre a été supprimée</h1>"),
    "gone, name in the title": html(
        "<p>Cette fiche n'est plus disponible.</p>", title="Hélène Lefèvre"
    ),
    "empty": "",
    "script only": '<html><body><div id="root"></div><script src=a.js></script>',
    "a short page with scripts": html("<script src=a.js></script>", text="Annuaire"),
    "a word": "<p>Erreur</p>",
    "cloudflare": html("<h1>Just a moment...</h1>", title="Just a moment..."),
    "robot check": html("<p>Vérifiez que vous êtes humain</p>"),
    "datadome": html('<script src="https://geo.captcha-delivery.com/c.js"></script>'),
    "denied": html("<h1>Accès refusé</h1>"),
}


@pytest.mark.parametrize("body", UNCLEAR.values(), ids=UNCLEAR)
def test_a_doubtful_page_says_nothing(body: str) -> None:
    """Part of a name, an echo, a wall, an empty shell: neither there nor gone."""
    assert look(a_page(body), WANTED).finding is Finding.UNCLEAR


@pytest.mark.parametrize("status", [404, 410])
def test_gone(status: int) -> None:
    """404 and 410 say so, unless a wall or the listing itself answers."""

    def finding(body: str, **headers: str) -> Finding:
        return look(a_page(body, status=status, **headers), WANTED).finding

    assert finding(html("<h1>Erreur 404</h1>")) is Finding.GONE
    assert finding("") is Finding.GONE
    assert finding(html("<h1>Hélène Lefèvre</h1>")) is Finding.UNCLEAR
    assert finding(html("<h1>Just a moment...</h1>")) is Finding.UNCLEAR
    assert finding("", cf_mitigated="challenge") is Finding.UNCLEAR


@pytest.mark.parametrize("status", [202, 204, 400, 401, 403, 405, 429, 451, 500, 503])
@pytest.mark.parametrize("body", [html(""), html("<h1>Hélène Lefèvre</h1>")])
def test_any_other_status_says_nothing(status: int, body: str) -> None:
    """An error is no removal, and what it shows no listing."""
    seen = look(a_page(body, status=status), WANTED)
    assert (seen.finding, seen.status) == (Finding.UNCLEAR, status)
    assert str(status) in seen.note


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/json"])
def test_what_is_no_page_says_nothing(kind: str) -> None:
    """A PDF or a picture is not read."""
    assert look(a_page("x" * 900, kind=kind), WANTED).finding is Finding.UNCLEAR


@pytest.mark.parametrize(
    ("final_url", "same"),
    [
        ("http://example.org/fiche/12", True),
        ("https://www.example.org/fiche/12/", True),
        ("https://WWW.EXAMPLE.ORG/fiche/12#avis", True),
        ("https://www.example.org/", False),
        ("https://www.example.org/fiche/13", False),
        ("https://www.example.org/fiche/12?consent=1", False),
        ("https://consent.example.org/fiche/12", False),
        ("https://www.example.org:8443/fiche/12", False),
    ],
)
def test_a_redirect_elsewhere_says_nothing(final_url: str, *, same: bool) -> None:
    """Only https, www and a final slash may change.

    Elsewhere, even a 404 or the name is another page's.
    """
    assert is_same_page(URL, final_url) is same
    for status, body in ((200, html("<h1>Hélène Lefèvre</h1>")), (404, html(""))):
        seen = look(a_page(body, status=status, final_url=final_url), WANTED)
        assert (seen.finding is Finding.UNCLEAR) is not same


SIGNS = {
    Sign.CAPTCHA: html("<div class='h-captcha'></div>"),
    Sign.CONSENT: html("<p>Nous utilisons des cookies. Tout accepter ou refuser</p>"),
    Sign.LOGIN: html("<input type='password'>"),
    Sign.SCRIPT: html("<noscript>Veuillez activer JavaScript</noscript>"),
    Sign.TROUBLE: html("<p>Site en maintenance, revenez plus tard</p>"),
    Sign.ELSEWHERE: html("<meta http-equiv=refresh content='0; url=/'>"),
    Sign.CUT: html("").removesuffix("</p></body></html>"),
    Sign.GARBLED: html("<p>Ã©tablissement</p>"),
    Sign.NOT_FOUND: html("<h2>Aucun praticien à cette adresse</h2>"),
}


@pytest.mark.parametrize(("sign", "body"), SIGNS.items())
def test_obstacles_are_noted(sign: Sign, body: str) -> None:
    """Each is kept with the check: the history decides what it means."""
    seen = look(a_page(body), WANTED)
    assert seen.signs == {sign}
    assert seen.finding is Finding.UNNAMED


def test_an_ordinary_page_shows_no_sign() -> None:
    """Nothing is in the way of plain text."""
    seen: Look = look(a_page(html("<h1>Dr Paul Martin</h1>")), WANTED)
    assert (seen.signs, seen.words > 40) == (frozenset(), True)
