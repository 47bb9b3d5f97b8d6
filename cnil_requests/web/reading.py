"""What a page shows to a reader: its words, its titles, its structured data."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml import etree

from cnil_requests.core.text import strings_in
from cnil_requests.web.names import BREAK, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Where one thing ends and another begins; cells of a table row belong together.
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "br", "button", "div", "dl",
        "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hr", "li", "main", "nav", "ol", "option", "p", "section", "select",
        "summary", "table", "title", "tr", "ul",
    }
)  # fmt: skip
_UNSHOWN = frozenset({"script", "style", "noscript", "template", "iframe", "object"})
_HEADINGS = ("title", "h1", "h2")
_META = frozenset({"description", "og:title", "og:description", "twitter:title"})
#: An address, or a path: it may hold the name of a page that is gone.
_ADDRESSES = re.compile(r"[^\s\"'<>]*/[^\s\"'<>]*")
_STRUCTURED = "application/ld+json"


@dataclass(frozen=True)
class Shown:
    """A page as plain text (see ``names.plain``).

    ``blocks`` are what it shows, title and structured data included; ``headings``
    its title and main headings; ``source`` all its code but addresses.
    """

    blocks: tuple[str, ...]
    headings: str
    source: str
    words: int


def show(text: str) -> Shown:
    """Read the text of an HTML page; a broken one is read as far as it goes."""
    root = _parse(text)
    body = _blocks(_visible(root)) if root is not None else []
    extra = _blocks(BREAK.join(_unseen_texts(root))) if root is not None else []
    return Shown(
        blocks=(*body, *extra),
        headings=plain(BREAK.join(_headings(root))) if root is not None else "",
        source=plain(_ADDRESSES.sub(" ", html.unescape(text))),
        words=sum(len(block.split()) for block in body),
    )


def _parse(text: str) -> Any:  # noqa: ANN401 - an element, or None for an empty page
    parser = etree.HTMLParser(
        recover=True, huge_tree=True, no_network=True, remove_comments=True,
        remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def _blocks(text: str) -> list[str]:
    """Return the blocks of a text, plain, those without a word left out."""
    return [block.strip(" ,") for block in plain(text).split("|") if block.strip(" ,")]


def _visible(root: Any) -> str:  # noqa: ANN401
    """Return the text of a page with BREAK between its blocks."""
    pieces: list[str] = []
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, node in walker:
        if event == "start" and node.tag in _UNSHOWN:
            walker.skip_subtree()
        elif event == "start":
            pieces += [BREAK if node.tag in _BLOCKS else " ", node.text or ""]
        else:
            pieces += [BREAK if node.tag in _BLOCKS else " ", node.tail or ""]
    return "".join(pieces)


def _headings(root: Any) -> Iterator[str]:  # noqa: ANN401
    for node in root.iter(*_HEADINGS):
        yield " ".join(node.itertext())


def _unseen_texts(root: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield what the page says of itself to search engines."""
    for node in root.iter("meta"):
        name = (node.get("name") or node.get("property") or "").lower()
        if name in _META:
            yield node.get("content") or ""
    for node in root.iter("script"):
        if (node.get("type") or "").lower() == _STRUCTURED:
            yield _structured(node.text or "")


def _structured(text: str) -> str:
    """Return the names and values of JSON-LD; its text as it is when broken."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return text
    try:
        pairs = [(path.rpartition(".")[2], value) for path, value in strings_in(data)]
    except RecursionError:
        return text
    return " ".join(
        f"{key} {value}" if key in _NAME_KEYS else f"{BREAK}{value}{BREAK}"
        for key, value in pairs
    )


_NAME_KEYS = frozenset({"familyName", "givenName", "additionalName", "honorificPrefix"})
