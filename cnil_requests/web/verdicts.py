"""What one look at a listing's page shows: the name, its absence, or nothing sure.

Pure rules. Precision before recall: a page counts as « without the name » only when
nothing suggests that the listing may be hidden behind it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cnil_requests.core.listings import Finding, Sign
from cnil_requests.web.addresses import parse
from cnil_requests.web.errors import shown as shown_url
from cnil_requests.web.names import Mention, Name
from cnil_requests.web.reading import Shown, show
from cnil_requests.web.signs import NOT_FOUND, signs_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cnil_requests.web.fetch import Page

#: RFC 9110, 15.5.5 and 15.5.11: not found, gone.
_GONE = (404, 410)

#: A page with fewer words is no normal page, unless it says that nothing is there;
#: one with scripts may still be waiting for its content.
_FEWEST_WORDS = 3
_FEWEST_WITH_SCRIPTS = 20


@dataclass(frozen=True)
class Wanted:
    """Whom the page is about; ``numbers`` are RPPS, SIREN or SIRET, digits only."""

    name: Name
    numbers: Sequence[str] = ()


@dataclass(frozen=True)
class Look:
    """What a page showed; ``note`` says it in a French sentence."""

    finding: Finding
    note: str
    status: int
    sha256: str
    words: int = 0
    signs: frozenset[Sign] = frozenset()


def look(page: Page, wanted: Wanted) -> Look:
    """Return what a page shows of a person."""
    shown = show(page.text) if page.is_html else Shown((), "", "", 0)
    signs = signs_of(page, shown) if page.is_html else frozenset()
    finding, note = _finding(page, shown, signs, wanted)
    return Look(
        finding=finding,
        note=note,
        status=page.status,
        sha256=hashlib.sha256(page.body).hexdigest(),
        words=shown.words,
        signs=signs,
    )


def _finding(
    page: Page, shown: Shown, signs: frozenset[Sign], wanted: Wanted
) -> tuple[Finding, str]:
    if not is_same_page(page.url, page.final_url):
        return _unclear(
            f"L'adresse renvoie à une autre page ({shown_url(page.final_url)})."
        )
    named = _is_named(shown, signs, wanted.name)
    if page.status in _GONE:
        return _gone(page, signs, named=named)
    if not page.is_ok:
        return _unclear(f"Le site répond par une erreur ({page.status}).")
    if not page.is_html:
        return _unclear("Ce n'est pas une page web ordinaire.")
    if named:
        return Finding.NAMED, "Le nom figure sur la page."
    return _without_name(page, shown, signs, wanted)


def _gone(page: Page, signs: frozenset[Sign], *, named: bool) -> tuple[Finding, str]:
    answer = f"La page répond « introuvable » ({page.status})"
    if Sign.CHALLENGE in signs:
        return _unclear(f"{answer}, mais c'est un contrôle contre les robots.")
    if named:
        return _unclear(f"{answer}, mais le nom y figure encore.")
    return Finding.GONE, f"{answer}."


def _without_name(
    page: Page, shown: Shown, signs: frozenset[Sign], wanted: Wanted
) -> tuple[Finding, str]:
    """Say what a page without the full name is."""
    if wanted.name.mention(shown.source) is not Mention.NONE:
        return _unclear("Le nom n'y figure qu'en partie, ou seulement dans son code.")
    digits = re.sub(r"[ ,-]", "", shown.source)
    if any(number in digits for number in wanted.numbers):
        return _unclear("Le nom n'y figure pas, mais un numéro d'identification, si.")
    if Sign.CHALLENGE in signs:
        return _unclear("Le site a affiché un contrôle contre les robots.")
    has_scripts = "<script" in page.text.lower()
    fewest = _FEWEST_WITH_SCRIPTS if has_scripts else _FEWEST_WORDS
    if shown.words < fewest and Sign.NOT_FOUND not in signs:
        return _unclear("La page ne montre presque rien sans JavaScript.")
    return Finding.UNNAMED, "Le nom ne figure pas sur la page."


def _unclear(note: str) -> tuple[Finding, str]:
    return Finding.UNCLEAR, note


def _is_named(shown: Shown, signs: frozenset[Sign], name: Name) -> bool:
    """Say whether the page names the person otherwise than as not found.

    « Aucun résultat pour Jean Exemple » is no listing; a page that says it is gone
    is none either, whatever it repeats from its address.
    """
    if Sign.NOT_FOUND in signs:
        return False
    return any(
        name.is_in(block) and not NOT_FOUND.search(block.replace("-", " "))
        for block in shown.blocks
    )


def is_same_page(asked: str, answered: str) -> bool:
    """Say whether two addresses are one page: http(s), www and final slash aside."""
    return _essence(asked) == _essence(answered)


def _essence(url: str) -> tuple[str, str, str]:
    parts = urlsplit(parse(url).url)
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}:{parts.port or ''}", parts.path.rstrip("/"), parts.query
