"""Which pages of a site may hold its legal notice, and where such pages usually are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from cnil_requests.web.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cnil_requests.web.prose import Link

NOTICE, PRIVACY, TERMS, REMOVAL, CONTACT, ABOUT = (
    "notice", "privacy", "terms", "removal", "contact", "about",
)  # fmt: skip

#: What words and paths call each page, most telling first.
_NAMED = {
    NOTICE: r"mentions?[ _-]*legales?|informations?[ _-]*legales?|legal[ _-]*notices?|"
    r"mentions?[ _-]*obligatoires|impressum|imprint|infos?[ _-]*legales?|"
    r"legal[ _-]*(?:mentions|information|info)\b|^/?(?:[a-z]{2}/)?legal/?$|^mentions$",
    REMOVAL: r"(?:supprimer|retirer|desinscrire|effacer|suppression|retrait|"
    r"desinscription|"
    r"desindex\w+|de-?referenc\w+|opposition|remove|delete|opt[ _-]?out)"
    r"(?:[ _-](?:de|la|ma|mon|votre|une|un|vos|mes|son|sa|a|my|your|"
    r"du|des|d')){0,3}[ _-]*(?:fiches?|profils?|pages?|donnees|inscriptions?|listing|"
    r"profile|data|annuaire|praticiens?)|droit[ _-]a[ _-]l'?[ _-]?(?:oubli|effacement)|"
    r"exercer[ _-](?:mes|vos|ses)[ _-]droits",
    PRIVACY: r"confidentialite|donnees[ _-](?:personnelles|a[ _-]caractere)|privacy|"
    r"rgpd|"
    r"gdpr|vie[ _-]privee|protection[ _-]des[ _-]donnees|datenschutz",
    TERMS: r"\bcgu\b|\bcgv\b|conditions?[ _-](?:generales?|d'?[ _-]?utilisation)|"
    r"\bterms\b|\beula\b|terms[ _-]of|\bnutzungsbedingungen\b",
    CONTACT: r"\bcontact\w*|nous[ _-]ecrire",
    ABOUT: r"a[ _-]propos|qui[ _-]sommes|about",
}
_KINDS = {kind: re.compile(pattern) for kind, pattern in _NAMED.items()}

#: Where notices are when no link leads there, the usual place first.
USUAL = (
    "/mentions-legales",
    "/mentions-legales/",
    "/mentions-legales.html",
    "/mentions_legales",
    "/mentionslegales",
    "/mentions",
    "/legal",
    "/informations-legales",
    "/impressum",
    "/cgu",
    "/politique-de-confidentialite",
    "/contact",
)
_NOT_PAGES = re.compile(r"\.(?:pdf|jpe?g|png|gif|docx?|zip|xml|css|js|svg|mp4)$")


@dataclass(frozen=True)
class Lead:
    """A page worth reading, what it seems to be, and the words that led there."""

    kind: str
    url: str
    words: str = ""


def leads(links: Iterable[Link], base: str) -> list[Lead]:
    """Return the pages of the site worth reading, one a place, best first."""
    found: dict[str, Lead] = {}
    for link in links:
        url = _absolute(base, link.href)
        kind = url and kind_of(link.text, url)
        if url and kind and is_same_site(url, base):
            old = found.get(_place(url))
            if old is None or _rank(kind) < _rank(old.kind):
                found[_place(url)] = Lead(kind, url, link.text)
    return sorted(found.values(), key=lambda lead: _rank(lead.kind))


def kind_of(words: str, url: str) -> str:
    """Say what a link's words call a page, else what its path does; "" = nothing."""
    path = fold(unquote(urlsplit(url).path)).lower()
    texts = [fold(words).strip()] if len(words) <= 80 else []  # noqa: PLR2004
    for text in [*texts, path]:
        for kind, pattern in _KINDS.items():
            if pattern.search(text):
                return kind
    return ""


def usual(base: str) -> Iterator[Lead]:
    """Yield the usual places of a notice."""
    for path in USUAL:
        url = urljoin(base, path)
        yield Lead(kind_of("", url) or NOTICE, url)


def is_same_site(url: str, base: str) -> bool:
    """Say whether an address is on the site: same host, or above or below it."""
    here, there = _host(base), _host(url)
    return there == here or there.endswith(f".{here}") or here.endswith(f".{there}")


def bare_host(url: str) -> str:
    """Return the host of an address, without « www. », with an unusual port."""
    return _host(url)


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower().removeprefix("www.")
    except ValueError:
        return ""


def _absolute(base: str, href: str) -> str:
    """Return the whole address of a link; "" for anything that is no web page."""
    try:
        url = urljoin(base, href)
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or _NOT_PAGES.search(parts.path.lower()):
        return ""
    return parts._replace(fragment="").geturl()


def _place(url: str) -> str:
    return url.rstrip("/").partition("?")[0]


def _rank(kind: str) -> int:
    return list(_KINDS).index(kind)
