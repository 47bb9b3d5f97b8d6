"""Cells of a mandate that name something: sites of the catalogue, files of the user."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from cnil_requests.core.drafting import parse_url
from cnil_requests.core.mandate_lines import Said, Scan
from cnil_requests.core.mandates import EVERY_SITE
from cnil_requests.errors import CnilreqError, UnknownNameError
from cnil_requests.store.files import hash_source
from cnil_requests.store.names import safe_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cnil_requests.catalogue import Catalogue
    from cnil_requests.core.mandates import Mandate
    from cnil_requests.core.people import Person

#: Pairs of column and message, to which a look at a cell adds what is wrong.
Faults: TypeAlias = list[tuple[str, str]]


class Sites:
    """The sites of mandates: each by its domain, or by the very page."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._named = cache(self._find)

    def resolved(self, said: Said, person: Person, faults: Faults) -> Said:
        """Return what is said with its sites as they are known; the same are no news.

        What cannot be found is added to ``faults``.
        """
        typed = said.terms.get("sites")
        if not isinstance(typed, tuple):
            return said
        try:
            sites = tuple(dict.fromkeys(map(self._named, typed)))
        except CnilreqError as error:
            near, _, _ = error.remedy.partition("\n")
            hint = f" {near}" if near.startswith("Vouliez") else ""
            faults.append(("sites", f"{error.message}{hint}"))
            return said
        if set(sites) == {self._known(site) for site in _sites_of(person)}:
            sites = _sites_of(person)
        return replace(said, terms={**said.terms, "sites": sites})

    def _find(self, typed: str) -> str:
        if typed == EVERY_SITE:
            return typed
        match = self._catalogue.find(typed)
        site = match.directory
        is_page = match.url and typed.lower() not in (site.domain, *site.aliases)
        return parse_url(typed) if is_page else site.domain

    def _known(self, site: str) -> str:
        """Return a recorded site as it would be read today."""
        try:
            return self._named(site)
        except UnknownNameError:
            return site


class Scans:
    """The signed papers that a list names, from the folder in which it lies."""

    def __init__(self, folder: Path, people: Iterable[Person]) -> None:
        self._folder = folder
        self._owners: dict[str, str] = {}
        for person in people:
            self.take(person)

    def take(self, person: Person) -> None:
        """Note whose scan it is, so that nobody else gets it."""
        if person.mandate and person.mandate.sha256:
            self._owners[person.mandate.sha256] = person.slug

    def found(
        self, said: Said, person: Person, typed: str, faults: Faults
    ) -> tuple[Said, Path | None]:
        """Return what is said with its scan, and the file to keep if it is new."""
        if not typed:
            return said, None
        path = self._path(typed)
        try:
            sha256, size = hash_source(path)
        except CnilreqError as error:
            if not _is_kept(person.mandate, said, path):
                faults.append(("scan", error.message))
            return said, None
        owner = self._owners.get(sha256, person.slug)
        if size == 0:
            faults.append(("scan", f"« {typed} » est vide"))
        if owner != person.slug:
            faults.append(
                ("scan", f"« {typed} » est déjà le mandat de « {owner} » : un document "
                 "par personne")
            )  # fmt: skip
        is_new = person.mandate is None or person.mandate.sha256 != sha256
        return replace(said, scan=Scan(path.name, sha256)), path if is_new else None

    def _path(self, typed: str) -> Path:
        """Return the file; a list made on Windows may be read elsewhere."""
        path = self._folder / typed
        return path if path.exists() else self._folder / typed.replace("\\", "/")


def _is_kept(mandate: Mandate | None, said: Said, path: Path) -> bool:
    """Say whether a file that the user put away since is the one in the home."""
    if mandate is None or path.exists():
        return False
    same_day = said.signed_on in (None, mandate.signed_on)
    return same_day and mandate.file == safe_name(path.name)


def _sites_of(person: Person) -> tuple[str, ...]:
    return person.mandate.sites if person.mandate else ()
