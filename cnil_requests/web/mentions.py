"""Of whom a text speaks: parties named by a legal form, and well-known hosts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnil_requests.web.folding import fold, key
from cnil_requests.web.forms import FORM

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_NAME = 70


#: Hosts that notices name: never a directory's publisher, unless the site is theirs.
KNOWN_HOSTS = re.compile(
    r"\b(?:ovh(?:cloud)?|amazon|aws|google|microsoft|azure|scaleway|online\.net|online "
    r"sas|gandi|ionos|1 ?& ?1|1and1|ikoula|o2switch|infomaniak|planethoster|lws|ligne "
    r"web services|hostinger|vercel|netlify|cloudflare|wix(?:\.com)?|squarespace|"
    r"shopify|"
    r"webflow|automattic|wordpress|github|gitlab|clever cloud|scalingo|alwaysdata|"
    r"hetzner|digital ?ocean|linode|akamai|heroku|salesforce|oxalide|claranet|jaguar "
    r"network|nuxit|amen|siteground|godaddy|fastly|strato|simplebo|jimdo|weebly|"
    r"e-?monsite|linkeo|orange business|outscale|render|supabase|lovable|firebase|"
    r"cegedim\.cloud|coreye|nameshield|"
    r"one\.com|phpnet|firstheberg|pulseheberg|contabo|kinsta|wp ?engine|lamacompta)\b"
)


@dataclass(frozen=True)
class Mention:
    """A party named in passing: where, and its name as far as it can be read."""

    start: int
    name: str


def mentions(text: str) -> Iterator[Mention]:
    """Yield the parties that a text names by a legal form, or as known hosts."""
    for match in FORM.finditer(text):
        name = _beside(text, match.start(), match.end())
        if name:
            yield Mention(match.start(), name)
    for match in re.finditer(r"\b(?:societe|association|cabinet) ", fold(text)):
        name = _capitalised(text[match.end() : match.end() + _MAX_NAME])
        if name:
            yield Mention(match.start(), name)
    for match in KNOWN_HOSTS.finditer(fold(text)):
        yield Mention(match.start(), match.group())


def _beside(text: str, start: int, end: int) -> str:
    """Return the name next to a legal form: before it, else after it."""
    before = re.search(
        r"[A-ZÀ-Ý0-9][\w&'’.-]*(?: (?:[A-ZÀ-Ý0-9][\w&'’.-]*|de|du|des|la|le|et|&|-))*"
        r",? ?\Z",
        text[max(0, start - _MAX_NAME) : start].replace(",", ", ").replace("  ", " "),
    )
    if before:
        return before.group().strip(" ,")
    return _capitalised(text[end : end + _MAX_NAME])


def _capitalised(text: str) -> str:
    """Return the run of capitalised words at the start of a text."""
    found = re.match(
        r" ?((?:[A-ZÀ-Ý0-9][\w&'’.-]*)(?: (?:[A-ZÀ-Ý0-9&][\w&'’.-]*|de|du|des|la))*)",
        text,
    )
    return found[1] if found else ""


def same_party(one: str, other: str) -> bool:
    """Say whether two names can be one party's: equal, or one within the other."""
    short, long = sorted((_bare(one), _bare(other)), key=len)
    return bool(short) and (short == long or (len(short) > 2 and short in long))  # noqa: PLR2004


def _bare(name: str) -> str:
    return key(FORM.sub(" ", name))


def speaks_of(text: str, at: int, name: str) -> bool:
    """Say whether the last party named before ``at`` is ``name``, or nobody."""
    last = None
    for mention in mentions(text[:at]):
        if last is None or mention.start >= last.start:
            last = mention
    return last is None or same_party(last.name, name)
