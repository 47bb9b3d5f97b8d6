"""The proxy that the environment prescribes, and the line through it."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from cnil_requests.web import addresses
from cnil_requests.web.errors import UnreachableError

if TYPE_CHECKING:
    import socket

    from cnil_requests.web.addresses import Target
    from cnil_requests.web.clock import Clock


_MAX_CONNECT_ANSWER = 16_384


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


def credentials(proxy: Target) -> dict[str, str]:
    """Return the proxy's password as a header, when the environment gives one."""
    user, at, _ = urlsplit(proxy.url).netloc.rpartition("@")
    if not at:
        return {}
    token = base64.b64encode(unquote(user).encode()).decode()
    return {"Proxy-Authorization": f"Basic {token}"}


def open_tunnel(
    sock: socket.socket, target: Target, proxy: Target, clock: Clock
) -> None:
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
    lines += [f"{name}: {text}" for name, text in credentials(proxy).items()]
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
