"""What is asked already: by open requests, and by the lines of a list read so far."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from cnil_requests.commands.listed import BadLineError

if TYPE_CHECKING:
    from cnil_requests.core.requests import Request
    from cnil_requests.store.home import Home


class Subjects:
    """What is asked already: by open requests, and by the lines read so far.

    Kept as digests: a hundred thousand of them weigh a few megabytes.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._people: set[str] = set()
        self._known: dict[bytes, str] = {}

    def repeated(self, request: Request, line: int) -> str | None:
        """Return what asks for the same already, or note that this line does.

        Raises BadLineError when only some of its pages are asked for already.
        """
        self._load(request.person)
        keys = [
            _digest(request.person, request.directory.id, request.right.value, url)
            for url in request.urls or ("",)
        ]
        found = [self._known.get(key) for key in keys]
        if all(found):
            return found[0]
        for url, former in zip(request.urls, found, strict=False):
            if former:
                raise BadLineError([("url", _already(url, former))])
        self._known |= dict.fromkeys(keys, f"ligne {line}")
        return None

    def _load(self, person: str) -> None:
        if person in self._people:
            return
        self._people.add(person)
        for item in self._home.open_subjects(person):
            for url in item.urls or ("",):
                key = _digest(person, item.directory, item.right, url)
                self._known[key] = item.request_id


def _digest(*words: str) -> bytes:
    return blake2b("\0".join(words).encode(), digest_size=12).digest()


def _already(url: str, former: str) -> str:
    return (
        f"{url} est déjà dans une demande en cours ({former}) : ne laissez ici que "
        "les autres pages"
    )
