"""Passages of a page, each of one party, and runs of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cnil_requests.web.cues import SEAT, Role
from cnil_requests.web.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Passage:
    """Part of a sentence that speaks of one party.

    ``cues`` are the ends, in ``text``, of the words that said so; none when the
    party is the one of what precedes. ``said`` is what precedes the first.
    """

    role: Role
    text: str
    sentence: str
    cues: tuple[int, ...] = ()
    said: str = ""


@dataclass(frozen=True)
class Segment:
    """Passages that follow one another and speak of the same party.

    ``names_party`` says whether the party was named by a heading or a label.
    """

    role: Role
    passages: tuple[Passage, ...]
    at_edge: bool = False
    names_party: bool = False

    @cached_property
    def text(self) -> str:
        """The passages, one a line."""
        return "\n".join(passage.text for passage in self.passages)

    def quote(self, start: int, end: int) -> str:
        """Return the sentences in which ``text[start:end]`` was read."""
        found: list[str] = []
        at = 0
        for passage in self.passages:
            if at >= end:
                break
            stop = at + len(passage.text)
            if stop > start and passage.sentence not in found[-1:]:
                found.append(passage.sentence)
            at = stop + 1
        return " ".join(found)

    def cued(self) -> Iterator[tuple[int, str]]:
        """Yield where each cue ends in ``text``, with what precedes it.

        A heading or label whose next passage says more plainly who is meant
        (« Éditeur », then « Le site est édité par … ») is left out.
        """
        at = 0
        for number, passage in enumerate(self.passages):
            following = self.passages[number + 1 : number + 2]
            for end in passage.cues:
                is_last = not passage.text[end:].strip(" :")
                if not (is_last and following and following[0].cues):
                    yield at + end, passage.said
            at += len(passage.text) + 1

    @cached_property
    def has_seat(self) -> bool:
        """Say whether the passage speaks of a registered office."""
        return bool(SEAT.search(fold(self.text)))
