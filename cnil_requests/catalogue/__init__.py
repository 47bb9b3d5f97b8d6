"""The catalogue: directories.csv to Directory values, checks, the overlay."""

from cnil_requests.catalogue.loading import Catalogue, Provenance, load
from cnil_requests.catalogue.lookup import Match, UnknownSiteError
from cnil_requests.catalogue.reading import InvalidCatalogueError

__all__ = [
    "Catalogue",
    "InvalidCatalogueError",
    "Match",
    "Provenance",
    "UnknownSiteError",
    "load",
]
