"""One HTTP exchange over a line whose every wait is bounded."""

from __future__ import annotations

import http.client
import os
import socket
import ssl
from functools import cache
from typing import TYPE_CHECKING, Any

from cnil_requests.web import addresses
from cnil_requests.web.errors import (
    TooSlowError,
    UnreachableError,
    UnreadableError,
    UntrustedError,
)
from cnil_requests.web.proxies import credentials, open_tunnel, proxy_for
from cnil_requests.web.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cnil_requests.web.addresses import Target
    from cnil_requests.web.clock import Clock


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
        connection.sock = Wire(sock, clock)
        path, extra = target.path, {}
        if proxy and target.scheme == "http":
            path = f"{target.origin}{target.path}"
            extra = credentials(proxy)
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
            open_tunnel(sock, target, proxy, clock)
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
