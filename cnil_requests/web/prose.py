"""A page as a reader sees it: lines, in blocks, with its headings and its links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNSEEN = ("script", "style", "template", "svg", "noscript", "iframe", "object",
           "head", "del", "s", "strike", "select", "textarea")  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd",
    "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend",
    "li", "main", "nav", "ol", "option", "p", "pre", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "legend", "summary"})
_EDGES = frozenset({"footer", "nav", "header", "aside"})
_BOLD = frozenset({"strong", "b"})
_EDGE_WORDS = re.compile(
    r"(?:^|\s)(?:site-|page-|main-)?(?:footer|navbar|menu)(?:\s|$)"
)
_EDGE_ROLES = frozenset({"contentinfo", "navigation", "banner"})
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_BLANKS = re.compile(r"[ \t\r\f\v\xa0\u202f\u2009\n]+")
#: Control characters, and marks that hide or turn text: never shown, never kept.
_MARKS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e"
                    "\u2060-\u206f\ufeff\ud800-\udfff]")  # fmt: skip
#: No legal notice is longer; a hostile page costs no more than one.
_MAX_LINES = 4_000
_MAX_LINE = 5_000
_MAX_TEXT = 200_000
_LABEL_LENGTH = 60


@dataclass(frozen=True)
class Line:
    """One line. Lines of one ``block`` were parted by line breaks only.

    ``at_edge`` tells header, navigation and footer from the page itself.
    """

    text: str
    block: int
    is_heading: bool = False
    is_bold: bool = False
    at_edge: bool = False


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
    walker = _Walker()
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


def clean(text: str) -> str:
    """Return text on one line, fit for a terminal."""
    return _BLANKS.sub(" ", _MARKS.sub("", text)).strip()


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


class _Walker:
    """Collect lines in reading order."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._words: list[str] = []
        self._plain = 0
        self._bold = 0
        self._block = 0
        self._inside = {"edge": 0, "heading": 0, "bold": 0}

    def walk(self, root: Any) -> None:  # noqa: ANN401
        from lxml import etree

        for event, element in etree.iterwalk(root, events=("start", "end")):
            if not isinstance(element.tag, str):
                continue
            if event == "start":
                self._enter(element)
                self._add(element.text)
            else:
                self._leave(element)
                self._add(element.tail)
        self._flush()

    def _enter(self, element: Any) -> None:  # noqa: ANN401
        tag = element.tag
        if tag in _BLOCKS and not _is_value(element):
            self._new_block()
        self._count(element, 1)
        if tag == "br":
            self._flush()

    def _leave(self, element: Any) -> None:  # noqa: ANN401
        if element.tag in _BLOCKS:
            if _is_label(element) and self._words:
                self._words.append(" : ")
            else:
                self._new_block()
        self._count(element, -1)

    def _count(self, element: Any, step: int) -> None:  # noqa: ANN401
        if _is_edge(element):
            self._inside["edge"] += step
        if element.tag in _HEADINGS:
            self._inside["heading"] += step
        if element.tag in _BOLD:
            self._inside["bold"] += step

    def _add(self, text: str | None) -> None:
        if not text:
            return
        self._words.append(text)
        if text.strip():
            self._bold += bool(self._inside["bold"])
            self._plain += not self._inside["bold"]

    def _new_block(self) -> None:
        self._flush()
        self._block += 1

    def _flush(self) -> None:
        text = clean("".join(self._words))[:_MAX_LINE]
        text = re.sub(r"\s*:\s*:\s*", " : ", text)
        if text.strip(" :"):
            self.lines.append(
                Line(
                    text,
                    self._block,
                    is_heading=self._inside["heading"] > 0,
                    is_bold=self._bold > 0 and not self._plain,
                    at_edge=self._inside["edge"] > 0,
                )
            )
        self._words, self._plain, self._bold = [], 0, 0


def _is_edge(element: Any) -> bool:  # noqa: ANN401
    """Say whether an element holds the site's frame, not the page."""
    if element.tag in ("html", "body", "main", "article"):
        return False
    if element.tag in _EDGES:
        # An article's own header and footer are part of it.
        return element.getparent() is None or element.getparent().tag != "article"
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    return element.get("role") in _EDGE_ROLES or bool(_EDGE_WORDS.search(names))


def _is_label(element: Any) -> bool:  # noqa: ANN401
    """Say whether a cell names the value of the next cell."""
    is_first = element.tag in ("th", "td") and element.getprevious() is None
    following = element.getnext()
    if not (is_first or element.tag == "dt") or following is None:
        return False
    alone = element.tag == "dt" or following.getnext() is None
    is_pair = alone and following.tag in ("td", "dd")
    return is_pair and len(clean(element.text_content())) <= _LABEL_LENGTH


def _is_value(element: Any) -> bool:  # noqa: ANN401
    previous = element.getprevious()
    return (
        element.tag in ("td", "dd")
        and previous is not None
        and previous.tag in ("th", "td", "dt")
        and _is_label(previous)
    )
