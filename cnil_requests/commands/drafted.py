"""A request as ``draft`` reports it: on the terminal, as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cnil_requests.core.letters import prefers_form
from cnil_requests.core.requests import Channel

if TYPE_CHECKING:
    from cnil_requests.core.requests import Request

#: Kind of document, as JSON names it -> its name on the terminal.
FILES = {
    "letter": "Lettre",
    "email": "Courriel",
    "form": "Texte du formulaire",
}


@dataclass(frozen=True)
class Drafted:
    """A request as ``draft`` reports it; ``files`` holds absolute paths by key."""

    request: Request
    state: str
    folder: str | None
    files: dict[str, str | None]
    missing: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def paths(self) -> dict[str, str]:
        """The files that exist; what the site wants first comes first."""
        keys = [key for key in ("letter", "email", "form") if self.files[key]]
        if prefers_form(self.request.directory):
            keys.sort(key=lambda key: key != "form")
        elif self.request.channel is Channel.EMAIL:
            keys.sort(key=lambda key: key != "email")
        return {FILES[key]: str(self.files[key]) for key in keys}

    def as_json(self) -> dict[str, Any]:
        """Return the keys of the contract."""
        return {
            "id": self.request.id or None,
            "person": self.request.person,
            "directory": self.request.directory.id,
            "right": self.request.right.value,
            "state": self.state,
            "folder": self.folder,
            **self.files,
            "missing": list(self.missing),
            "warnings": list(self.warnings),
        }
