"""Cut a page into passages, each speaking of one party: publisher, host, or another.

The rule is precision: a passage whose party is not said has none, and what
stands in it is never taken for certain.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from cnil_requests.web.cues import (
    SEAT,
    Cue,
    Role,
    cues,
    heading_role,
    is_bare,
    is_field,
    label_of,
    names_company,
)
from cnil_requests.web.folding import fold
from cnil_requests.web.forms import has_form
from cnil_requests.web.segments import Passage, Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cnil_requests.web.prose import Line


_ABBREVIATED = (
    r"(?<!\bn)(?<!\bno)(?<!\bart)(?<!\btel)(?<!\bav)(?<!\bbd)(?<!\bst)(?<!\bm)(?<!\bdr)"
    r"(?<!\bmme)(?<!\bpl)(?<!\binc)(?<!\bltd)(?<!\bbat)(?<!\bbvd)(?<!\bcf)(?<!\bpr)"
    r"(?<!\b[a-z])(?<!\bimm)(?<!\bste)(?<!\bch)(?<!\ball)(?<!\bresp)(?<!\bwww)"
)
_STOP = re.compile(rf"{_ABBREVIATED}[.!?](?=\s+\S)|;(?=\s)|\s[|•·](?=\s)")
_HEADING_LENGTH = 100
_HEADING_WORDS = 8
_FIELD_LENGTH = 90
_MAX_SEGMENT = 4000
#: Once one of these is spoken of, what follows is theirs until another is.
_LASTING = (Role.PUBLISHER, Role.HOST, Role.AGENCY)


def segments(lines: Iterable[Line]) -> list[Segment]:
    """Cut a page into segments, in reading order."""
    reader = _Reader()
    for line in lines:
        reader.read(line)
    reader.close()
    return reader.segments


class _Reader:
    """Follow of whom the page speaks.

    ``_section`` is what the last heading or label said; ``_now`` what the running
    block says; sentences about a director or another body do not last beyond
    their block.
    """

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self._open: list[Passage] = []
        self._open_role = Role.NONE
        self._edge = False
        self._named = False
        self._section = Role.NONE
        self._section_named = False
        self._now = Role.NONE
        self._block = -1

    def read(self, line: Line) -> None:
        if line.at_edge != self._edge:
            self._close()
            self._edge, self._section, self._now = line.at_edge, Role.NONE, Role.NONE
            self._section_named = False
        if line.block != self._block:
            self._block = line.block
            self._now = self._section
        if self._is_heading(line):
            self._start_section(line)
            return
        for sentence in _sentences(line.text):
            self._take(sentence)

    def close(self) -> None:
        self._close()

    def _is_heading(self, line: Line) -> bool:
        text = line.text.rstrip(" :")
        if len(text) > _HEADING_LENGTH or "@" in text:
            return False
        if line.is_heading:
            return True
        ends = line.text.endswith(":") and len(text) <= _FIELD_LENGTH
        bold = line.is_bold and heading_role(text) is not Role.NONE
        return is_bare(text) or (
            (ends or bold)
            and not is_field(text)
            and (
                heading_role(text) is not Role.NONE
                and len(text.split()) <= _HEADING_WORDS
            )
        )

    def _start_section(self, line: Line) -> None:
        self._close()
        role = heading_role(line.text)
        keeps = role in (Role.NONE, Role.NEUTRAL) and is_field(line.text)
        if keeps and self._section is not Role.NONE:
            role = self._section
        elif keeps:
            role = Role.NEUTRAL
        self._section = self._now = role
        self._section_named = role is not Role.NONE
        # The heading is read with what follows: « Siège social : » counts.
        self._add(Passage(role, line.text, line.text, (len(line.text),)), named=True)

    def _take(self, sentence: str) -> None:
        found = cues(sentence)
        if not found:
            self._add(Passage(self._inherited(sentence), sentence, sentence))
            return
        for passage in _passages(sentence, found):
            self._add(passage, named=True)
        self._remember(found, sentence)

    def _remember(self, found: list[Cue], sentence: str) -> None:
        """Keep the party for what follows, as long as the way of saying it lasts."""
        label = label_of(sentence)
        is_label = bool(label) and bool(cues(label))
        for cue in found:
            if cue.role is Role.DIRECTOR:
                continue
            self._now = cue.role
            if is_label or cue.role in _LASTING:
                self._section, self._section_named = cue.role, True

    def _inherited(self, sentence: str) -> Role:
        """Return of whom a sentence without a cue speaks."""
        label = label_of(sentence)
        if is_field(sentence):
            if self._now is Role.NONE and names_company(sentence):
                self._section = self._now = Role.NEUTRAL
            if self._now is Role.NONE and SEAT.search(fold(sentence)):
                return Role.NEUTRAL
            return self._now
        if label and not _is_description(label):
            self._now = Role.OTHER
            return Role.OTHER
        continues = bool(self._open) and self._now is self._open_role
        is_short = len(sentence) <= _FIELD_LENGTH and not sentence.endswith(".")
        return self._now if is_short or continues else Role.NONE

    def _add(self, passage: Passage, *, named: bool = False) -> None:
        size = sum(len(item.text) for item in self._open)
        if passage.role is not self._open_role or size > _MAX_SEGMENT:
            self._close()
        self._open_role = passage.role
        self._open.append(passage)
        self._named = self._named or named or self._section_named

    def _close(self) -> None:
        if self._open:
            self.segments.append(
                Segment(self._open_role, tuple(self._open), self._edge, self._named)
            )
        self._open, self._open_role, self._named = [], Role.NONE, False


def _is_description(label: str) -> bool:
    """Say whether what precedes a colon is no label: « Exemple SAS - Capital : »."""
    last = re.split(r"\s[-–—]\s", label)[-1]
    return (last != label and is_field(last)) or bool(has_form(label))


def _passages(sentence: str, found: list[Cue]) -> Iterator[Passage]:
    """Cut a sentence where it begins to speak of another party."""
    groups = [list(group) for _, group in groupby(found, key=lambda cue: cue.role)]
    starts = [0, *(group[0].start for group in groups[1:]), len(sentence)]
    for group, start, stop in zip(groups, starts, starts[1:], strict=False):
        text = sentence[start:stop]
        lead = start + len(text) - len(text.lstrip())
        ends = tuple(cue.end - lead for cue in group)
        said = sentence[: group[0].start]
        yield Passage(group[0].role, text.strip(), sentence, ends, said)


def _sentences(line: str) -> Iterator[str]:
    """Cut a line at full stops that end a sentence, semicolons and bars."""
    start = 0
    for match in _STOP.finditer(fold(line)):
        part = line[start : match.end()].strip(" |•·;")
        if part:
            yield part
        start = match.end()
    rest = line[start:].strip(" |•·;")
    if rest:
        yield rest
