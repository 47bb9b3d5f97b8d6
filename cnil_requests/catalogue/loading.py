"""The catalogue in use: the shipped lines, with the user's own on top."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from cnil_requests.catalogue.lookup import Index, Match
from cnil_requests.catalogue.reading import InvalidCatalogueError, read_table
from cnil_requests.catalogue.rules import light_problems
from cnil_requests.core.directory import Directory, from_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from importlib.resources.abc import Traversable
    from pathlib import Path


class Provenance(StrEnum):
    """Where a line comes from."""

    SHIPPED = "shipped"
    USER = "user"


class Catalogue(Mapping[str, Directory]):
    """Directories by id, in the order of the files.

    A line of the user's file replaces the shipped line of the same id whole.
    """

    def __init__(
        self, shipped: Iterable[Directory], own: Iterable[Directory] = ()
    ) -> None:
        """Lay the user's own lines over the shipped ones."""
        mine = {directory.id: directory for directory in own}
        self._directories = {item.id: item for item in shipped} | mine
        self._own = frozenset(mine)

    def __getitem__(self, key: str) -> Directory:
        return self._directories[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._directories)

    def __len__(self) -> int:
        return len(self._directories)

    def provenance(self, key: str) -> Provenance:
        """Say whether the line was shipped or is the user's."""
        return Provenance.USER if key in self._own else Provenance.SHIPPED

    def find(self, text: str) -> Match:
        """Find a site by id, name, domain, alias or pasted listing address.

        Raises UnknownSiteError, naming near sites, when there is none.
        """
        return self._index.find(text)

    def site_of(self, url: str) -> Directory | None:
        """Return the site that a page lies on, or None; names are not tried."""
        return self._index.site_of(url)

    @cached_property
    def _index(self) -> Index:
        # The user's lines come first: where two claim a domain, his decides.
        mine = [item for key, item in self.items() if key in self._own]
        rest = [item for key, item in self.items() if key not in self._own]
        return Index([*mine, *rest])


def load(shipped: Traversable, overlay: Path | None = None) -> Catalogue:
    """Read the shipped catalogue and the user's file, if there is one.

    Raises InvalidCatalogueError when a file or a line cannot be read: a broken
    line never falls back in silence to the shipped one.
    """
    has_own = overlay is not None and overlay.exists()
    own = _read_own(overlay) if overlay is not None and has_own else ()
    return Catalogue(read_directories(shipped), own)


def _read_own(overlay: Path) -> tuple[Directory, ...]:
    """Read the user's file; name the way out when it is broken."""
    try:
        return read_directories(overlay)
    except InvalidCatalogueError as error:
        error.remedy += (
            "\nOu renommez ce fichier : le catalogue livré suffit pour continuer."
        )
        raise


def read_directories(source: Traversable) -> tuple[Directory, ...]:
    """Read one catalogue file with the light checks only."""
    table = read_table(source)
    problems = [*table.problems, *light_problems(table.lines)]
    if problems:
        raise InvalidCatalogueError.from_problems(table.file, problems)
    return tuple(
        from_row({column: text.strip() for column, text in line.cells.items()})
        for line in table.lines
    )
