"""The columns of a list: their names in both languages, found in a header."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from cnil_requests.batch.errors import UnreadableListError
from cnil_requests.batch.values import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cnil_requests.batch.values import Row

#: The column that says why a line was refused; not read when it is fed back.
REASON = "rejet"


@dataclass(frozen=True)
class Column:
    """One column; ``name`` is the program's word, ``french`` the one of templates.

    ``others`` are names under which other programs give the same thing. One of the
    columns of the same ``needed`` group must be in the file.
    """

    name: str
    french: str
    others: tuple[str, ...] = ()
    needed: str = ""

    @property
    def titles(self) -> tuple[str, ...]:
        """Every name that the column may have in a header."""
        return self.name, self.french, *self.others


@dataclass(frozen=True)
class Header:
    """Where each known column stands, under which title, and what is not read."""

    places: dict[str, int]
    titles: tuple[str, ...]
    ignored: tuple[str, ...]
    faults: tuple[Fault, ...]

    def title(self, name: str) -> str:
        """Return what the file calls a column; its program's name if it is absent."""
        return self.titles[self.places[name]] if name in self.places else name


def read_header(row: Row, columns: Sequence[Column], file: str) -> Header:
    """Find the columns of a header line.

    Raises UnreadableListError when the line names none of them.
    """
    known = {fold(title): item.name for item in columns for title in item.titles}
    places: dict[str, int] = {}
    faults, ignored = [], []
    for rank, title in enumerate(row.cells):
        name = known.get(fold(title))
        if name is None:
            ignored += [title] if fold(title) not in ("", REASON) else []
        elif name in places:
            faults.append(
                Fault(row.line, title, "colonne répétée : n'en gardez qu'une")
            )
        else:
            places[name] = rank
    if not places:
        raise UnreadableListError(
            file,
            "la première ligne ne nomme aucune colonne connue",
            line=row.line,
            remedy="Colonnes : " + ", ".join(item.french for item in columns) + ".",
        )
    faults += _slips(
        row, ignored, [item for item in columns if item.name not in places]
    )
    faults += _missing(row, columns, places)
    return Header(places, row.cells, tuple(ignored), tuple(faults))


def fold(title: str) -> str:
    """Return a title as lower-case ASCII letters, whatever its signs and accents."""
    title = title.replace("°", "o").replace("º", "o")
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "", plain.lower())


def _slips(row: Row, ignored: Sequence[str], absent: Sequence[Column]) -> list[Fault]:
    """Return the titles that look like a column which is not there."""
    wanted = {fold(title): item for item in absent for title in item.titles}
    faults = []
    for title in ignored:
        near = get_close_matches(fold(title), wanted, n=1, cutoff=0.8)
        if near:
            meant = wanted[near[0]].french
            faults.append(
                Fault(row.line, title, f"colonne inconnue : est-ce « {meant} » ?")
            )
    return faults


def _missing(
    row: Row, columns: Sequence[Column], places: dict[str, int]
) -> list[Fault]:
    """Return the groups of needed columns of which none is there."""
    groups: dict[str, list[Column]] = {}
    for item in columns:
        if item.needed:
            groups.setdefault(item.needed, []).append(item)
    return [
        Fault(row.line, " ou ".join(item.french for item in group), "colonne absente")
        for group in groups.values()
        if not any(item.name in places for item in group)
    ]
