"""A page as lines of text, in blocks, told from its frame."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

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
_BLANKS = re.compile(r"[ \t\r\f\v\xa0\u202f\u2009\n]+")
#: Control characters, and marks that hide or turn text: never shown, never kept.
_MARKS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e"
                    "\u2060-\u206f\ufeff\ud800-\udfff]")  # fmt: skip
_MAX_LINE = 5_000
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


def clean(text: str) -> str:
    """Return text on one line, fit for a terminal."""
    return _BLANKS.sub(" ", _MARKS.sub("", text)).strip()


class Walker:
    """Collect lines in reading order."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._words: list[str] = []
        self._plain = 0
        self._bold = 0
        self._block = 0
        self._inside = {"edge": 0, "heading": 0, "bold": 0}

    def walk(self, root: Any) -> None:  # noqa: ANN401
        """Read a document from its first element to its last."""
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
