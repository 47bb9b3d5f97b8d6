"""A page as a reader sees it: lines, in blocks, with its headings and its links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from cnil_requests.web.lines import Line, Walker, clean

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Line", "Link", "Prose", "clean", "own_address", "read"]


_UNSEEN = ("script", "style", "template", "svg", "noscript", "iframe", "object",
           "head", "del", "s", "strike", "select", "textarea")  # fmt: skip
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
#: No legal notice is longer; a hostile page costs no more than one.
_MAX_LINES = 4_000
_MAX_TEXT = 200_000


@dataclass(frozen=True)
class Link:
    """A link as the page writes it: its words, and where it leads."""

    text: str
    href: str


@dataclass(frozen=True)
class Prose:
    """The text of a page."""

    title: str
    lines: tuple[Line, ...]
    links: tuple[Link, ...]
    has_form: bool = False

    @property
    def length(self) -> int:
        """Count the characters that are not menus."""
        return sum(len(line.text) for line in self.lines if not line.at_edge)


def read(html: str) -> Prose:
    """Return the visible text of a page; nothing is run, nothing is fetched."""
    root = _parse(html)
    if root is None:
        return Prose("", (), ())
    title = clean(" ".join(root.xpath("//title/text()")[:1]))
    _unmask_mailboxes(root)
    links = tuple(_links(root))
    has_form = bool(root.xpath("//form//textarea | //form//input[@type='email']"))
    _drop_unseen(root)
    walker = Walker()
    walker.walk(root)
    return Prose(title, tuple(_bounded(walker.lines)), links, has_form)


def _bounded(lines: list[Line]) -> Iterator[Line]:
    """Yield lines as long as the page is of a size that people write."""
    left = _MAX_TEXT
    for line in lines[:_MAX_LINES]:
        left -= len(line.text)
        if left < 0:
            return
        yield line


_SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d+\)(https?://[^\s>]+) -->")
_CANONICAL = re.compile(
    rb"""<link\s[^>]{0,300}?rel=["']?canonical["']?[^>]{0,300}?>""", re.IGNORECASE
)
_HREF = re.compile(rb"""href=["']?(https?://[^\s"'>]+)""", re.IGNORECASE)


def own_address(data: bytes) -> str:
    """Return the address that a saved page gives as its own, "" without one."""
    saved = _SAVED_FROM.search(data[:4000])
    link = _CANONICAL.search(data)
    href = _HREF.search(link.group()) if link else None
    found = saved or href
    return found[1].decode("ascii", "ignore") if found else ""


def _parse(html: str) -> Any:  # noqa: ANN401 - lxml has no types
    import lxml.etree
    import lxml.html

    # An XML declaration with an encoding is refused in text: it is done with.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", html.replace("\x00", ""))
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True)
    try:
        return lxml.html.document_fromstring(text, parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        return None


def _drop_unseen(root: Any) -> None:  # noqa: ANN401
    """Take out what a reader does not see: scripts, struck-out and hidden text."""
    unseen = [element for tag in _UNSEEN for element in root.iter(tag)]
    unseen += [
        element
        for element in root.iter()
        if isinstance(element.tag, str)
        and (
            element.get("hidden") is not None
            or _HIDDEN_STYLE.search(element.get("style", "").lower())
        )
    ]
    for element in unseen:
        if element.getparent() is not None and element.tag != "body":
            element.drop_tree()


def _links(root: Any) -> Iterator[Link]:  # noqa: ANN401
    for element in root.iter("a", "area"):
        href = (element.get("href") or "").strip()
        words = clean(element.text_content()) or clean(
            element.get("title") or element.get("aria-label") or ""
        )
        if href:
            yield Link(words, re.sub(r"[\t\r\n]", "", href))


def _unmask_mailboxes(root: Any) -> None:  # noqa: ANN401
    """Write in the text the mailboxes that only a link or Cloudflare's mask holds."""
    for element in root.xpath("//*[@data-cfemail]"):
        mailbox = _cloudflare(element.get("data-cfemail"))
        if mailbox:
            for child in list(element):
                element.remove(child)
            element.text = mailbox
    for element in root.iter("a"):
        href = (element.get("href") or "").strip()
        if href.lower().startswith("mailto:"):
            mailbox = clean(unquote(href[7:].partition("?")[0]))
            if "@" in mailbox and mailbox not in element.text_content():
                element.tail = f" {mailbox} {element.tail or ''}"
        masked = re.search(r"/cdn-cgi/l/email-protection#([0-9a-fA-F]+)$", href)
        if masked and "@" not in element.text_content():
            element.tail = f" {_cloudflare(masked[1])} {element.tail or ''}"


def _cloudflare(code: str) -> str:
    """Undo Cloudflare's mask: the first byte is the key of the others."""
    try:
        data = bytes.fromhex(code)
        text = bytes(byte ^ data[0] for byte in data[1:]).decode("ascii")
    except (ValueError, IndexError):
        return ""
    return text if re.fullmatch(r"[\w.+-]+@[\w.-]+\.\w+", text) else ""
