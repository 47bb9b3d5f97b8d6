"""Find the site a user means: an id, a name, a domain, a pasted listing."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from cnil_requests.catalogue import hosts
from cnil_requests.core.directory import Kind
from cnil_requests.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cnil_requests.core.directory import Directory

#: Subdomains under which an engine shows results; others are other services.
_ENGINE_LABELS = frozenset({"fr", "m", "search"})


@dataclass(frozen=True)
class Match:
    """A site that was found; ``url`` is the pasted listing, or None."""

    directory: Directory
    url: str | None = None


class UnknownSiteError(UnknownNameError):
    """No site of the catalogue answers to this name."""

    def __init__(self, text: str, near: Iterable[str] = ()) -> None:
        """Name the nearest sites, and the command that adds one."""
        names = ", ".join(near)
        hint = f"Vouliez-vous dire : {names} ?\n" if names else ""
        site = hosts.parse(text)
        new, domain = (site.host,) * 2 if site else ("NOUVEL-ID", "exemple.fr")
        super().__init__(
            f"Aucun site du catalogue ne répond à « {text} ».",
            remedy=f"{hint}Pour voir les sites : cnilreq directories list\n"
            f"Pour en ajouter un : cnilreq directories set {new} "
            f'name="Nom du site" domain={domain} --source URL',
        )


class AmbiguousSiteError(UnknownNameError):
    """Several sites have this name."""

    def __init__(self, text: str, ids: Iterable[str]) -> None:
        """List the ids to choose from."""
        super().__init__(
            f"Plusieurs sites s'appellent « {text} ».",
            remedy=f"Précisez l'identifiant : {', '.join(ids)}.",
        )


class Index:
    """The ways into a catalogue; where two lines claim a domain, the first wins."""

    def __init__(self, directories: Iterable[Directory]) -> None:
        """Index ids, names and domains."""
        self._by_id: dict[str, Directory] = {}
        self._by_name: dict[str, list[Directory]] = defaultdict(list)
        self._by_host: dict[str, list[tuple[str, Directory]]] = defaultdict(list)
        for directory in directories:
            self._by_id[directory.id] = directory
            for name in {_fold(part) for part in _names(directory)} - {""}:
                self._by_name[name].append(directory)
            for domain in (directory.domain, *directory.aliases):
                site = hosts.parse(domain)
                if site:
                    self._by_host[site.host].append((site.path, directory))

    def find(self, text: str) -> Match:
        """Find the site; UnknownSiteError or AmbiguousSiteError otherwise."""
        found = self._by_id.get(text.strip().lower())
        if found:
            return Match(found)
        site = hosts.parse(text)
        found = self._at(site) if site else None
        if found and site:
            return Match(found, site.url)
        named = self._by_name.get(_fold(text), []) if not site else []
        if len(named) > 1:
            raise AmbiguousSiteError(text, [item.id for item in named])
        if named:
            return Match(named[0])
        raise UnknownSiteError(text, self._near(site.host if site else text))

    def site_of(self, url: str) -> Directory | None:
        """Return the site that a page lies on, or None."""
        site = hosts.parse(url)
        return self._at(site) if site else None

    def _at(self, site: hosts.WebAddress) -> Directory | None:
        """Return the site with the longest matching host, then the longest path."""
        labels = site.host.split(".")
        for start in range(len(labels) - 1):
            claims = [
                (path, directory)
                for path, directory in self._by_host.get(".".join(labels[start:]), ())
                if _is_below(site.path, path)
                and _shows_listings(directory, labels[:start])
            ]
            if claims:
                return max(claims, key=lambda claim: len(claim[0]))[1]
        return None

    def _near(self, text: str) -> list[str]:
        """Return at most three ids that look or sound like ``text``."""
        wanted = _fold(text)
        known = {_fold(key): key for key in self._by_id}
        known |= {name: items[0].id for name, items in self._by_name.items()}
        known |= {
            _fold(host): min(claims, key=lambda claim: len(claim[0]))[1].id
            for host, claims in self._by_host.items()
        }
        close = get_close_matches(wanted, known, n=6, cutoff=0.72)
        if len(wanted) > 3:  # noqa: PLR2004 - shorter words are in everything
            close += sorted(name for name in known if wanted in name)
        return list(dict.fromkeys(known[name] for name in close))[:3]


def _is_below(path: str, root: str) -> bool:
    """Say whether a page lies below the path that a catalogue line claims."""
    return not root or path == root or path.startswith(f"{root}/")


def _shows_listings(directory: Directory, labels: list[str]) -> bool:
    """Say whether a subdomain is still the same service."""
    if directory.kind is not Kind.SEARCH_ENGINE:
        return True
    return _ENGINE_LABELS.issuperset(labels)


def _names(directory: Directory) -> list[str]:
    """Return the name, its parts around « / », and « Google Maps » of a longer one.

    One word left of a bracket would be too little: « Google » is two sites.
    """
    bare = re.sub(r"\s*\([^)]*\)", "", directory.name)
    names = [directory.name, *directory.name.split(" / ")]
    return [*names, bare] if " " in bare else names


def _fold(text: str) -> str:
    """Return ``text`` as lower-case letters and digits only."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "", plain.lower())
