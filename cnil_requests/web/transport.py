"""One HTTP exchange over a socket whose every wait is bounded."""

from __future__ import annotations

import base64
import http.client
import io
import os
import socket
import ssl
import time
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from cnil_requests.web import addresses
from cnil_requests.web.errors import (
    TooSlowError,
    UnreachableError,
    UnreadableError,
    UntrustedError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cnil_requests.web.addresses import Target

_MAX_CONNECT_ANSWER = 16_384


@dataclass(frozen=True)
class Limits:
    """What one page may cost; times in seconds, ``total`` for all redirects."""

    connect: float = 10
    read: float = 15
    total: float = 40
    max_bytes: int = 5_000_000
    redirects: int = 5


class Clock:
    """The time left for a page."""

    def __init__(self, url: str, limits: Limits) -> None:
        """Start counting."""
        self.url = url
        self.limits = limits
        self._end = time.monotonic() + limits.total

    def forgive(self, seconds: float) -> None:
        """Leave out time spent waiting for one's turn."""
        self._end += seconds

    def wait(self, seconds: float) -> float:
        """Return how long the next wait may last; TooSlowError when none is left."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TooSlowError(self.url, self.limits.total)
        return min(seconds, left)


class _Reader(io.RawIOBase):
    """Read a socket, each time for no longer than is left; own it."""

    def __init__(self, sock: socket.socket, clock: Clock) -> None:
        self._socket = sock
        self._clock = clock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - a writable buffer
        self._socket.settimeout(self._clock.wait(self._clock.limits.read))
        return self._socket.recv_into(buffer)

    def close(self) -> None:
        if not self.closed:
            self._socket.close()
        super().close()


class _Line:
    """What ``http.client`` needs of a socket.

    It closes the line before it reads the body: once there is a reader, only the
    reader's closing counts.
    """

    def __init__(self, sock: socket.socket, clock: Clock) -> None:
        self._socket = sock
        self._clock = clock
        self._has_reader = False

    def makefile(self, *_: object, **__: object) -> io.BufferedReader:
        self._has_reader = True
        return io.BufferedReader(_Reader(self._socket, self._clock))

    def sendall(self, data: bytes) -> None:
        self._socket.settimeout(self._clock.wait(self._clock.limits.read))
        self._socket.sendall(data)

    def close(self) -> None:
        if not self._has_reader:
            self._socket.close()


class Exchange:
    """An open answer: its status and headers are there, its body is read in parts."""

    def __init__(
        self, connection: http.client.HTTPConnection, answer: http.client.HTTPResponse
    ) -> None:
        """Keep both, to close them together."""
        self._connection = connection
        self.answer = answer

    def __enter__(self) -> http.client.HTTPResponse:
        return self.answer

    def __exit__(self, *_: object) -> None:
        self.answer.close()
        self._connection.close()


def get(
    target: Target, headers: Mapping[str, str], clock: Clock, *, allow_private: bool
) -> Exchange:
    """Send a GET and return the answer, its body not yet read."""
    proxy = proxy_for(target)
    connection = http.client.HTTPConnection(target.host, target.port)
    try:
        sock = _connect(target, proxy, clock, allow_private=allow_private)
        connection.sock = _Line(sock, clock)
        path, extra = target.path, {}
        if proxy and target.scheme == "http":
            path = f"{target.origin}{target.path}"
            extra = _proxy_headers(proxy)
        # http.client adds Host itself, in the form that Target shows.
        connection.request(
            "GET", path, headers={"Host": target.authority, **headers, **extra}
        )
        return Exchange(connection, connection.getresponse())
    except BaseException as error:
        connection.close()
        told = translate(error, target.url, clock)
        if told is None:
            raise
        raise told from error


def translate(error: BaseException, url: str, clock: Clock) -> Exception | None:
    """Return the French error for what the network did; None for anything else."""
    if isinstance(error, TimeoutError):
        return TooSlowError(url, min(clock.limits.read, clock.limits.total))
    if isinstance(error, ssl.SSLCertVerificationError):
        return UntrustedError(url, error.verify_message)
    if isinstance(error, OSError):
        return UnreachableError(url, _reason(error))
    if isinstance(error, (http.client.HTTPException, ValueError)):
        return UnreadableError(url, "ce n'est pas une réponse HTTP valable")
    return None


def _reason(error: OSError) -> str:
    if isinstance(error, ssl.SSLError):
        return "liaison chiffrée impossible"
    if isinstance(error, ConnectionRefusedError):
        return "connexion refusée"
    return "connexion interrompue"


def proxy_for(target: Target) -> Target | None:
    """Return the proxy that the environment prescribes for this address.

    One that is not spoken here (SOCKS, TLS to the proxy) is an error: going
    around it would betray the user's setting.
    """
    proxies = getproxies()
    text = proxies.get(target.scheme) or proxies.get("all")
    if not text or proxy_bypass(target.host):
        return None
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        port = parts.port or addresses.PORTS["http"]
    except ValueError:
        parts, port = urlsplit(""), 0
    if parts.scheme != "http" or not parts.hostname:
        raise UnreachableError(target.url, "serveur mandataire d'un genre inconnu")
    return addresses.Target(parts.geturl(), "http", parts.hostname, port, "")


def _proxy_headers(proxy: Target) -> dict[str, str]:
    """Return the proxy's password as a header, when the environment gives one."""
    user, at, _ = urlsplit(proxy.url).netloc.rpartition("@")
    if not at:
        return {}
    token = base64.b64encode(unquote(user).encode()).decode()
    return {"Proxy-Authorization": f"Basic {token}"}


def _connect(
    target: Target, proxy: Target | None, clock: Clock, *, allow_private: bool
) -> socket.socket:
    """Open the line to the site, through the proxy if there is one, TLS verified."""
    seconds = clock.wait(clock.limits.connect)
    if proxy is None:
        found = addresses.resolve(target, seconds=seconds, allow_private=allow_private)
        sock = _open(found, clock)
    else:
        if not allow_private:
            addresses.refuse_private_name(target, seconds=seconds)
        found = addresses.resolve(proxy, seconds=seconds, allow_private=True)
        sock = _open(found, clock)
        if target.scheme == "https":
            _tunnel(sock, target, proxy, clock)
    return _secure(sock, target, clock) if target.scheme == "https" else sock


def _open(found: Sequence[Any], clock: Clock) -> socket.socket:
    """Connect to the first address that answers."""
    failure: OSError = OSError()
    for family, kind, protocol, _, address in found:
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(clock.wait(clock.limits.connect))
            sock.connect(address)
        except OSError as error:
            sock.close()
            failure = error
        except BaseException:
            sock.close()
            raise
        else:
            return sock
    raise failure


def _secure(sock: socket.socket, target: Target, clock: Clock) -> ssl.SSLSocket:
    """Put TLS on the line; the certificate must be the host's."""
    try:
        sock.settimeout(clock.wait(clock.limits.connect))
        return tls_context().wrap_socket(sock, server_hostname=target.host)
    except BaseException:
        sock.close()
        raise


def tls_context() -> ssl.SSLContext:
    """Return the checks of the system's own trusted authorities."""
    return _tls_context(os.environ.get("SSL_CERT_FILE", ""))


@cache
def _tls_context(authorities: str) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=authorities or None)


def _tunnel(sock: socket.socket, target: Target, proxy: Target, clock: Clock) -> None:
    """Ask the proxy for a line to the site; close the line when it refuses."""
    try:
        _ask_for_tunnel(sock, target, proxy, clock)
    except BaseException:
        sock.close()
        raise


def _ask_for_tunnel(
    sock: socket.socket, target: Target, proxy: Target, clock: Clock
) -> None:
    host = f"[{target.host}]" if ":" in target.host else target.host
    lines = [f"CONNECT {host}:{target.port} HTTP/1.1", f"Host: {host}:{target.port}"]
    lines += [f"{name}: {text}" for name, text in _proxy_headers(proxy).items()]
    sock.settimeout(clock.wait(clock.limits.read))
    sock.sendall("\r\n".join([*lines, "", ""]).encode("ascii"))
    answer = b""
    # Byte by byte: what follows the blank line belongs to TLS.
    while not answer.endswith(b"\r\n\r\n"):
        sock.settimeout(clock.wait(clock.limits.read))
        byte = sock.recv(1)
        if not byte or len(answer) > _MAX_CONNECT_ANSWER:
            raise UnreachableError(target.url, "le serveur mandataire ne répond pas")
        answer += byte
    if answer.split(None, 2)[1:2] != [b"200"]:
        raise UnreachableError(target.url, "refus du serveur mandataire")
