"""Which address of a page goes to which of the sites a doctor names."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cnil_requests.core.directory import Directory, Kind
from cnil_requests.errors import WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class StrayUrlError(WrongUsageError):
    """With several sites, an address that belongs to none of them."""

    def __init__(self, url: str, sites: Sequence[Directory]) -> None:
        """Show the address and the sites."""
        names = ", ".join(site.id for site in sites)
        super().__init__(
            f"« {url} » n'est une page d'aucun des sites donnés ({names}).",
            remedy="Vérifiez l'adresse, ou écrivez à ce site par une commande à part.",
        )


def route(
    sites: Sequence[Directory],
    urls: Sequence[str],
    *,
    belongs: Callable[[str, Directory], bool],
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Give each address to its site; return addresses and warnings by site id.

    A search engine takes every address: its results lie on other sites. A single
    site takes even an address that is not its own, with a warning. ``belongs`` says
    whether an address lies on a site. Raises StrayUrlError with several sites.
    """
    taken: dict[str, tuple[str, ...]] = {site.id: () for site in sites}
    warnings: dict[str, tuple[str, ...]] = {site.id: () for site in sites}
    for url in dict.fromkeys(urls):
        takers = [site for site in sites if _takes(site, url, belongs)]
        if not takers and len(sites) > 1:
            raise StrayUrlError(url, sites)
        for site in takers or sites:
            taken[site.id] += (url,)
            warnings[site.id] += _doubts(site, url, belongs=belongs)
    return taken, warnings


def _takes(
    site: Directory, url: str, belongs: Callable[[str, Directory], bool]
) -> bool:
    return site.kind is Kind.SEARCH_ENGINE or belongs(url, site)


def _doubts(
    site: Directory, url: str, *, belongs: Callable[[str, Directory], bool]
) -> tuple[str, ...]:
    own = belongs(url, site)
    if own and _is_front_page(url) and site.kind is not Kind.SEARCH_ENGINE:
        return (
            f"{url} est la page d'accueil du site : donnez l'adresse exacte de la page "
            "qui parle de vous.",
        )
    if site.kind is Kind.SEARCH_ENGINE:
        if own:
            return (
                f"{url} est une page du moteur lui-même : donnez plutôt l'adresse "
                "exacte de la page vers laquelle le résultat renvoie.",
            )
        return ()
    if own:
        return ()
    host = urlsplit(url).hostname or url
    return (f"{host} n'est pas le site {site.domain} : vérifiez l'adresse {url}.",)


def _is_front_page(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query and not parts.fragment
