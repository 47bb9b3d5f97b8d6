"""A line of ``draft --from``: who, to which site, and what is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from cnil_requests.batch.columns import Column
from cnil_requests.batch.days import read_day
from cnil_requests.core.drafting import (
    Wish,
    parse_correction,
    parse_reason,
    parse_text,
    parse_url,
)
from cnil_requests.core.requests import Channel
from cnil_requests.core.rights import Reason, Right, StatedReason
from cnil_requests.errors import CnilreqError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TypeVar

    T = TypeVar("T")

COLUMNS = (
    Column("person", "personne", ("nom court",)),
    Column("site", "site", ("annuaire",), needed="site"),
    Column("right", "droit"),
    Column("url", "url", ("urls", "adresse", "lien", "fiche"), needed="url"),
    Column("because", "motif", ("motifs", "raison", "raisons"), needed="because"),
    Column("by", "envoi", ("voie",)),
    Column("seen", "vu", ("vu le", "seen on")),
    Column("correct", "correction", ("corrections",)),
    Column("search-name", "recherche", ("nom recherché",)),
)

#: The columns that say what is asked, whoever asks and of whichever page.
_WISHED = ("right", "because", "by", "seen", "correct", "search-name")

#: Between several values of one cell; a line break does as well.
MARK = "|"
_BETWEEN = re.compile(r"[|\n]")
_BETWEEN_URLS = re.compile(r"[|\s]+")

FRENCH_RIGHTS = {
    "effacement": Right.ERASURE,
    "opposition": Right.OBJECTION,
    "prospection": Right.MARKETING,
    "acces": Right.ACCESS,
    "accès": Right.ACCESS,
    "rectification": Right.RECTIFICATION,
    "dereferencement": Right.DEREFERENCING,
    "déréférencement": Right.DEREFERENCING,
}
RIGHTS = FRENCH_RIGHTS | {right.value: right for right in Right}

FRENCH_CHANNELS = {
    "lettre": Channel.LETTER,
    "courriel": Channel.EMAIL,
    "formulaire": Channel.FORM,
}
CHANNELS = FRENCH_CHANNELS | {channel.value: channel for channel in Channel}

REASONS = {
    "secret": Reason.SECRECY,
    "publicite": Reason.ADVERTISING,
    "publicité": Reason.ADVERTISING,
    "donnees-fausses": Reason.WRONG_DATA,
    "données-fausses": Reason.WRONG_DATA,
    "usage-commercial": Reason.COMMERCIAL_USE,
    "non-informe": Reason.NOT_INFORMED,
    "non-informé": Reason.NOT_INFORMED,
    "securite": Reason.SECURITY,
    "sécurité": Reason.SECURITY,
    "fin-activite": Reason.END_OF_PRACTICE,
    "fin-activité": Reason.END_OF_PRACTICE,
    "autre": Reason.OTHER,
}

#: What a letter asks for is the same in thousands of lines: it is parsed once.
_REMEMBERED = 4_096


@dataclass(frozen=True)
class Asked:
    """One line; ``faults`` are pairs of column and message, empty when it is good."""

    person: str
    site: str
    urls: tuple[str, ...]
    wish: Wish
    faults: tuple[tuple[str, str], ...] = ()


def read_asked(values: Mapping[str, str]) -> Asked:
    """Read one line by column; everything wrong in it is told at once."""
    wish, faults = _wish(tuple(values[name] for name in _WISHED))
    try:
        urls = tuple(
            dict.fromkeys(map(parse_url, _split(_BETWEEN_URLS, values["url"])))
        )
    except CnilreqError as error:
        urls, faults = (), (*faults, ("url", error.message))
    if not values["site"]:
        faults = (*faults, ("site", "à remplir"))
    return Asked(values["person"], values["site"], urls, wish, faults)


@lru_cache(_REMEMBERED)
def _wish(cells: tuple[str, ...]) -> tuple[Wish, tuple[tuple[str, str], ...]]:
    """Return what is asked, and what is wrong; the values of bad cells are left out.

    ``cells`` are those of the columns that say it, in their order.
    """
    right, because, by, seen, correct, search = cells
    faults: list[tuple[str, str]] = []

    def read(column: str, parse: Callable[[], T], otherwise: T) -> T:
        try:
            return parse()
        except CnilreqError as error:
            faults.append((column, error.message))
        except ValueError as error:
            faults.append((column, str(error)))
        return otherwise

    wish = Wish(
        right=read("right", lambda: read_word(RIGHTS, right), None),
        reasons=read("because", lambda: tuple(map(_reason, split_cell(because))), ()),
        corrections=read(
            "correct",
            lambda: tuple(map(parse_correction, split_cell(correct))),
            (),
        ),
        search_names=read(
            "search-name",
            lambda: tuple(
                parse_text("search-name", name) for name in split_cell(search)
            ),
            (),
        ),
        seen_on=read("seen", lambda: read_day(seen) if seen else None, None),
        channel=read("by", lambda: read_channel(by), None) or Channel.LETTER,
    )
    return wish, tuple(faults)


def read_channel(typed: str) -> Channel | None:
    """Return the way of sending, None when nothing is typed.

    Raises ValueError, in French, for a word that is none.
    """
    return read_word(CHANNELS, typed)


def split_cell(cell: str) -> Iterable[str]:
    """Return the several values of one cell."""
    return _split(_BETWEEN, cell)


def _split(between: re.Pattern[str], cell: str) -> Iterable[str]:
    return (part.strip() for part in between.split(cell) if part.strip())


def read_word(words: Mapping[str, T], typed: str) -> T | None:
    """Return what a word of either language means, None when the cell is empty.

    Raises ValueError, in French, for a word that is none.
    """
    if not typed:
        return None
    found = words.get(typed.lower())
    if found is None:
        choices = ", ".join(word for word in words if word.isascii())
        raise ValueError(f"« {typed} » est inconnu (choix : {choices})")
    return found


def _reason(text: str) -> StatedReason:
    key, equals, detail = text.partition("=")
    meant = REASONS.get(key.strip().lower())
    return parse_reason(f"{meant.value if meant else key}{equals}{detail}")
