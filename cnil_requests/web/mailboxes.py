"""E-mail addresses and phone numbers in a text, masks undone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?"
_AT = (
    r"(?:@|\s?[\[({<]\s?(?:at|arobase|arobas|@|chez|a)\s?[\])}>]\s?|"
    r"\s(?:AT|arobase|arobas)\s)"
)
_DOT = r"(?:\.|\s?[\[({<]\s?(?:dot|point|\.)\s?[\])}>]\s?|\s(?:DOT|POINT|point)\s)"
_MAILBOX = re.compile(
    rf"(?<![\w.+-])([a-zA-Z0-9][\w.+-]{{0,63}}){_AT}"
    rf"((?:{_LABEL}{_DOT}){{1,4}}[a-zA-Z]{{2,24}})(?![\w-])"
)
_PHONE = re.compile(
    r"(?<![\w+])(?:(?:\+|00) ?33 ?(?:\(0\) ?)?[1-9]|"
    r"0[1-9])(?:[ .\-]?\d{2}){4}(?![ .-]?\d)"
)


def mailboxes(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, address) of each mailbox; the domain is lower-case."""
    for match in _MAILBOX.finditer(text):
        domain = re.sub(_DOT, ".", match[2]).lower()
        name = match[1].strip(".")
        if name and ".." not in name:
            yield match.start(), match.end(), f"{name}@{domain}"


def phones(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, number) of each French phone number, as written."""
    for match in _PHONE.finditer(text.replace("\xa0", " ").replace("\u202f", " ")):
        yield match.start(), match.end(), match.group()
