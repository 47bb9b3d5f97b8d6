"""Postal addresses, and their lines after NF Z 10-011."""

from __future__ import annotations

from dataclasses import dataclass

#: NF Z 10-011: characters a line, blanks included.
LINE_LENGTH = 38

#: Countries whose addresses may have no postcode at all.
WITHOUT_POSTCODE = frozenset({"IE"})


@dataclass(frozen=True)
class PostalAddress:
    """An address as people write it; ``country`` is an ISO 3166 code.

    ``complement`` is a building, a floor, a CS or TSA number. Empty means unknown.
    """

    street: str = ""
    complement: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "FR"

    def missing(self) -> tuple[str, ...]:
        """Name the parts without which a letter does not arrive."""
        needed = ["street", "postcode", "city", "country"]
        if self.country in WITHOUT_POSTCODE:
            needed.remove("postcode")
        return tuple(part for part in needed if not getattr(self, part))
