"""Which addresses may be read: public ones, over http or https."""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit, urlunsplit

from cnil_requests.web.errors import (
    PrivateAddressError,
    TooSlowError,
    UnreachableError,
    UnsupportedAddressError,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

PORTS = {"http": 80, "https": 443}

_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0\\]")
#: What may stand unquoted in a path or query; "%" keeps quoted text as it is.
_SAFE = "%/:;=@!$&'()*+,~[]?|^"
_HOST_SAFE = re.compile(r"[a-z0-9._\-\[\]:]+")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LOCAL_NAMES = ("localhost", "local", "localdomain", "internal", "home.arpa", "lan")


@dataclass(frozen=True)
class Target:
    """A web address in parts; ``host`` is ASCII, without brackets."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The host as a header shows it: the port only when it is unusual."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{self.scheme}://{self.authority}"


def parse(url: str) -> Target:
    """Read an address; UnsupportedAddressError unless it is plain http(s).

    An address with a user name is refused: « https://known.example@other.example »
    misleads. Accents are quoted as browsers do; the fragment is dropped.
    """
    text = url.strip()
    try:
        parts = urlsplit(text)
        host = _ascii(parts.hostname or "")
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError) as error:
        raise UnsupportedAddressError(url) from error
    if (
        "@" in parts.netloc
        or not _HOST_SAFE.fullmatch(host)
        or _FORBIDDEN.search(text.replace(" ", ""))
    ):
        raise UnsupportedAddressError(url)
    path = quote(parts.path or "/", safe=_SAFE)
    query = quote(parts.query, safe=_SAFE)
    target = Target("", parts.scheme, host, port, f"{path}?{query}" if query else path)
    whole = urlunsplit((parts.scheme, target.authority, path, query, ""))
    return Target(whole, parts.scheme, host, port, target.path)


def _ascii(host: str) -> str:
    name = host.rstrip(".").lower()
    return name if name.isascii() else name.encode("idna").decode("ascii")


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the internet's, wrapped ones included."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.teredo or ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def resolve(target: Target, *, seconds: float, allow_private: bool) -> Sequence[Any]:
    """Return the socket addresses to connect to, those refused left out.

    The connection is then made to these very numbers: a name that answers
    otherwise the second time (DNS rebinding) gains nothing.
    """
    found = _look_up(target, seconds)
    if allow_private:
        return found
    public = [item for item in found if is_public(item[4][0])]
    if not public:
        raise PrivateAddressError(target.url)
    return public


def refuse_private_name(target: Target, *, seconds: float) -> None:
    """Refuse what is known to be private when a proxy makes the connection.

    The proxy resolves names itself; one that this computer cannot resolve is its
    business.
    """
    if target.host.rpartition(".")[2] in _LOCAL_NAMES:
        raise PrivateAddressError(target.url)
    try:
        resolve(target, seconds=seconds, allow_private=False)
    except (UnreachableError, TooSlowError):
        return


def _look_up(target: Target, seconds: float) -> Sequence[Any]:
    """Ask the system for the addresses of a name, for a bounded time."""
    answers: list[Any] = []
    problems: list[Exception] = []

    def ask() -> None:
        try:
            answers.extend(
                socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
            )
        except (OSError, UnicodeError) as error:
            problems.append(error)

    thread = Thread(target=ask, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise TooSlowError(target.url, seconds)
    if problems or not answers:
        raise UnreachableError(target.url, "nom de site introuvable")
    return answers
