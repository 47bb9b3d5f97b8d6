"""Tell which site a domain or a pasted address belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_HOST = re.compile(
    r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_NEVER_IN_A_URL = re.compile(r"[\s\\\x00-\x20\x7f]")


@dataclass(frozen=True)
class WebAddress:
    """The parts of an address that tell sites apart.

    ``host`` is lower-case ASCII (punycode) without ``www.``; ``path`` has no
    trailing slash. ``url`` is the address as pasted, with its scheme, or None
    when it names a whole site and no page.
    """

    host: str
    path: str
    url: str | None

    @property
    def key(self) -> str:
        """The domain as the catalogue writes it, with a path if there is one."""
        return f"{self.host}{self.path}"


def parse(text: str) -> WebAddress | None:
    """Read a domain or a pasted http(s) address; None when it is neither.

    An address with a user name before the host is refused: nobody copies one
    from a browser, and « https://known.example@other.example » misleads.
    """
    pasted = text.strip().strip("<>\"'«»").strip()
    full = _with_scheme(pasted)
    if full is None or _NEVER_IN_A_URL.search(full):
        return None
    try:
        parts = urlsplit(full)
        host = _ascii_host(parts.hostname or "")
    except ValueError:
        return None
    if "@" in parts.netloc or not _HOST.fullmatch(host):
        return None
    path = parts.path.rstrip("/")
    is_page = bool(path or parts.query or parts.fragment)
    return WebAddress(host, path.lower(), full if is_page else None)


def _with_scheme(text: str) -> str | None:
    """Return the address with a scheme; None when it has one that is not http."""
    scheme = _SCHEME.match(text)
    if scheme:
        return text if scheme[1].lower() in ("http", "https") else None
    return f"https://{text.removeprefix('//')}"


def _ascii_host(host: str) -> str:
    """Return the host as the catalogue compares it; ValueError when it is none."""
    name = host.rstrip(".").lower()
    if not name.isascii():
        name = name.encode("idna").decode("ascii")
    bare = name.removeprefix("www.")
    return bare if "." in bare else name
