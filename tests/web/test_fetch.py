"""Pages are read politely and within bounds; hostile sites get nowhere."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
import zlib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cnil_requests.web import addresses, errors
from cnil_requests.web.fetch import Fetcher, Limits

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.server import BaseHTTPRequestHandler

    Site = Any

DAY = date(2026, 3, 2)
QUICK = Limits(connect=2, read=0.5, total=1, max_bytes=200_000)


@pytest.fixture
def fetcher() -> Fetcher:
    """Return a fetcher for this machine's servers, quick to give up."""
    return Fetcher(QUICK, allow_private=True, pause=0)


def html(text: str = "", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Return an ordinary page."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return 200, {"Content-Type": "text/html", **names}, text.encode()


def test_a_page_says_where_it_came_from(site: Site, fetcher: Fetcher) -> None:
    """Address asked, address that answered, status, headers, day."""
    site.pages["/a"] = (302, {"Location": "/b"}, b"")
    site.pages["/b"] = html("<p>Été</p>", X_Proof="yes")
    page = fetcher.fetch(f"{site.url}/a", fetched_at=DAY)
    assert (page.url, page.final_url) == (f"{site.url}/a", f"{site.url}/b")
    assert (page.status, page.text, page.fetched_at) == (200, "<p>Été</p>", DAY)
    assert page.headers["x-proof"] == "yes"
    assert page.redirects == (f"{site.url}/b",)


def test_an_error_status_is_a_page(site: Site, fetcher: Fetcher) -> None:
    """404 is an answer: the caller judges."""
    page = fetcher.fetch(f"{site.url}/nowhere", fetched_at=DAY)
    assert (page.status, page.is_ok) == (404, False)


def test_the_request_says_who_asks_and_nothing_of_the_user(
    site: Site, fetcher: Fetcher
) -> None:
    """A clear user agent, French first, no cookie, no referrer."""
    seen: list[dict[str, str]] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        seen.append(dict(handler.headers.items()))
        handler.send_response(200)
        handler.end_headers()

    site.pages["/"] = answer
    fetcher.fetch(site.url, fetched_at=DAY)
    assert set(seen[0]) == {
        "Host", "User-Agent", "Accept", "Accept-Language", "Accept-Encoding",
        "Connection",
    }  # fmt: skip
    assert seen[0]["User-Agent"].startswith("cnilreq/")


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data, wbits=-15)),
        ("identity", bytes),
    ],
)
def test_compressed_pages_are_unpacked(
    site: Site, fetcher: Fetcher, name: str, pack: Callable[[bytes], bytes],
    *, chunked: bool,
) -> None:  # fmt: skip
    """Every way a server may send the same text."""
    body = pack(b"<p>bonjour</p>" * 100)

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.protocol_version = "HTTP/1.1"
        handler.send_response(200)
        handler.send_header("Content-Encoding", name)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for at in range(0, len(body), 7):
            part = body[at : at + 7]
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        handler.wfile.write(b"0\r\n\r\n")

    site.pages["/"] = answer if chunked else (200, {"Content-Encoding": name}, body)
    page = fetcher.fetch(site.url, fetched_at=DAY)
    assert page.body == b"<p>bonjour</p>" * 100


def endless(handler: BaseHTTPRequestHandler) -> None:
    """Stream without end, as fast as it goes."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65_536)


def drip(handler: BaseHTTPRequestHandler) -> None:
    """Send a byte now and then, each in time, the page never."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x")
        time.sleep(0.05)


def drip_headers(handler: BaseHTTPRequestHandler) -> None:
    """Never finish the headers."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        handler.wfile.write(b"X-A: b\r\n")
        time.sleep(0.05)


def silent(handler: BaseHTTPRequestHandler) -> None:
    """Say nothing."""
    time.sleep(1)


def broken(handler: BaseHTTPRequestHandler) -> None:
    """Promise more than is sent."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"half")


def nonsense(handler: BaseHTTPRequestHandler) -> None:
    """Speak no HTTP."""
    handler.wfile.write(b"SSH-2.0-OpenSSH\r\n\r\n")


def many_headers(handler: BaseHTTPRequestHandler) -> None:
    """Send headers without end."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        handler.wfile.write(b"X-A: b\r\n" * 1000)


GZIP = {"Content-Encoding": "gzip"}


@pytest.mark.parametrize(
    ("page", "error"),
    [
        (endless, errors.TooLargeError),
        (drip, errors.TooSlowError),
        (drip_headers, errors.PageError),
        (silent, errors.TooSlowError),
        (broken, errors.UnreadableError),
        (nonsense, errors.UnreadableError),
        (many_headers, errors.UnreadableError),
        ((200, GZIP, gzip.compress(b"\0" * 50_000_000)), errors.TooLargeError),
        ((200, GZIP, b"not gzip at all"), errors.UnreadableError),
        ((200, GZIP, gzip.compress(b"a" * 9999)[:-20]), errors.UnreadableError),
        ((200, {"Content-Encoding": "br"}, b"?"), errors.UnreadableError),
        ((302, {"Location": "/"}, b""), errors.RedirectError),
        ((302, {"Location": "file:///etc/passwd"}, b""), errors.RedirectError),
        ((302, {"Location": "ftp://127.0.0.1/"}, b""), errors.RedirectError),
        ((302, {"Location": "http://[::bad/"}, b""), errors.RedirectError),
        ((302, {"Location": "javascript:alert(1)"}, b""), errors.RedirectError),
    ],
)
def test_hostile_pages_end_soon_with_a_clear_error(
    site: Site, fetcher: Fetcher, page: object, error: type[errors.PageError]
) -> None:
    """Bounded time and size, exit 7, a French sentence that names the address."""
    site.pages["/"] = page
    start = time.monotonic()
    with pytest.raises(error) as caught:
        fetcher.fetch(f"{site.url}/", fetched_at=DAY, respect_robots=False)
    assert time.monotonic() - start < 3
    assert caught.value.exit_code == 7
    assert str(caught.value).startswith(f"{site.url}/ : ")


def test_redirects_are_followed_within_reason(site: Site, fetcher: Fetcher) -> None:
    """Five in a row, not six."""
    for number in range(7):
        site.pages[f"/{number}"] = (301, {"Location": f"/{number + 1}"}, b"")
    site.pages["/7"] = html("fin")
    assert fetcher.fetch(f"{site.url}/2", fetched_at=DAY).text == "fin"
    with pytest.raises(errors.RedirectError, match="plus de 5"):
        fetcher.fetch(f"{site.url}/1", fetched_at=DAY)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://exemple.fr/",
        "exemple.fr",
        "https://",
        "https://known.example@autre.example/",
        "http://exemple.fr:notaport/",
        "http://exe\nmple.fr/\r\nX: y",
        "http://exemple.fr/\x00",
        "http://exem ple.fr/",
        "javascript:alert(1)",
    ],
)
def test_only_plain_web_addresses_are_read(fetcher: Fetcher, url: str) -> None:
    """Anything else is refused before a connection."""
    with pytest.raises(errors.UnsupportedAddressError):
        fetcher.fetch(url, fetched_at=DAY)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://10.1.2.3/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
    ],
)
def test_private_addresses_are_refused(site: Site, url: str) -> None:
    """However they are written."""
    with pytest.raises(errors.PrivateAddressError):
        Fetcher(QUICK, pause=0).fetch(url, fetched_at=DAY)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", False),
        ("::ffff:10.0.0.1", False),
    ],
)
def test_what_counts_as_public(address: str, public: bool) -> None:
    """Multicast, reserved and wrapped addresses are not."""
    assert addresses.is_public(address) is public


def test_a_redirect_to_a_private_address_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A public site cannot lead into this machine."""
    site.pages["/"] = (302, {"Location": "http://127.0.0.1:1/"}, b"")
    real = addresses.is_public
    # Only the first look counts as public: the redirect is looked at again.
    looks = iter([True])
    monkeypatch.setattr(addresses, "is_public", lambda ip: next(looks, real(ip)))
    with pytest.raises(errors.PrivateAddressError):
        Fetcher(QUICK, pause=0).fetch(site.url, fetched_at=DAY, respect_robots=False)


def test_the_connection_is_made_to_the_address_that_was_checked(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that answers otherwise the second time (DNS rebinding) gains nothing."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def answers(host: str, *rest: Any, **more: Any) -> Any:  # noqa: ANN401
        asked.append(host)
        return real("127.0.0.1", *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", answers)
    site.pages["/"] = html("bien")
    port = site.url.rpartition(":")[2]
    fetcher = Fetcher(QUICK, allow_private=True, pause=0)
    page = fetcher.fetch(
        f"http://rebind.example:{port}/", fetched_at=DAY, respect_robots=False
    )
    assert page.text == "bien"
    assert asked == ["rebind.example"]


def test_robots_are_respected_unless_told_otherwise(
    site: Site, fetcher: Fetcher
) -> None:
    """The legal notice alone is read against robots.txt: the law makes it public."""
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /ferme\n"
    site.pages["/ferme"] = html("oui")
    with pytest.raises(errors.RobotsError):
        fetcher.fetch(f"{site.url}/ferme", fetched_at=DAY)
    page = fetcher.fetch(f"{site.url}/ferme", fetched_at=DAY, respect_robots=False)
    assert page.text == "oui"
    assert site.asked == ["/robots.txt", "/ferme"]


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (403, True), (503, False)]
)
def test_a_missing_robots_file_allows_a_broken_server_does_not(
    site: Site, fetcher: Fetcher, status: int, allowed: bool
) -> None:
    """RFC 9309, 2.3.1."""
    site.pages["/robots.txt"] = (status, {}, b"")
    site.pages["/"] = html("oui")
    if allowed:
        assert fetcher.fetch(site.url, fetched_at=DAY).text == "oui"
    else:
        with pytest.raises(errors.RobotsError):
            fetcher.fetch(site.url, fetched_at=DAY)


def test_one_request_at_a_time_to_a_host(site: Site) -> None:
    """Threads wait for their turn, and the pause lies between two requests."""
    inside, most = 0, 0
    lock = threading.Lock()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        time.sleep(0.02)
        with lock:
            inside -= 1
        handler.send_response(204)
        handler.end_headers()

    site.pages["/"] = answer
    fetcher = Fetcher(QUICK, allow_private=True, pause=0.05)
    start = time.monotonic()
    threads = [
        threading.Thread(
            target=fetcher.fetch,
            args=(site.url,),
            kwargs={"fetched_at": DAY, "respect_robots": False},
        )
        for _ in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
    assert time.monotonic() - start > 4 * 0.05


def test_nobody_there_and_no_such_name(fetcher: Fetcher) -> None:
    """Both are told, neither hangs."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        with pytest.raises(errors.UnreachableError, match="connexion refusée"):
            fetcher.fetch(f"http://127.0.0.1:{port}/", fetched_at=DAY)


#: A certificate for exemple.test, signed by itself, with its key.
CERTIFICATE = Path(__file__).resolve().parents[1] / "data" / "tls" / "exemple.test.pem"


@pytest.fixture
def secure(site: Site, monkeypatch: pytest.MonkeyPatch) -> str:
    """Serve over TLS with that certificate; every name leads to this machine."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    site.server.handle_error = lambda *_: None
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda _, *rest, **more: real("127.0.0.1", *rest, **more)
    )
    site.pages["/"] = html("<p>sûr</p>")
    port = site.server.server_port
    return f"https://exemple.test:{port}/"


def test_an_untrusted_certificate_is_never_accepted(
    secure: str, fetcher: Fetcher
) -> None:
    """Self-signed: nothing is read, and no way around is offered."""
    with pytest.raises(errors.UntrustedError, match="rien n'est lu"):
        fetcher.fetch(secure, fetched_at=DAY)


def test_a_trusted_certificate_is_read(
    secure: str, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SSL_CERT_FILE adds an authority, as everywhere else."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    page = fetcher.fetch(secure, fetched_at=DAY, respect_robots=False)
    assert page.text == "<p>sûr</p>"


def test_a_certificate_for_another_name_is_refused(
    secure: str, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trusted, but not this site's."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with pytest.raises(errors.UntrustedError):
        fetcher.fetch(
            secure.replace("exemple.test", "autre.test"),
            fetched_at=DAY,
            respect_robots=False,
        )


@pytest.fixture
def proxied(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> list[tuple[str, str | None]]:
    """Put the site between this program and the internet, as a proxy."""
    asked: list[tuple[str, str | None]] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked.append((handler.path, handler.headers.get("Proxy-Authorization")))
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(b"par le mandataire")

    site.answer = answer
    address = site.url.replace("http://", "http://moi:secret@")
    monkeypatch.setenv("http_proxy", address)
    monkeypatch.setenv("https_proxy", address)
    return asked


def test_the_proxy_of_the_environment_is_used(
    proxied: list[tuple[str, str | None]], fetcher: Fetcher
) -> None:
    """The site's name goes to the proxy; its password goes nowhere else."""
    page = fetcher.fetch("http://exemple.invalid/a?b=1", fetched_at=DAY)
    assert page.text == "par le mandataire"
    assert proxied[-1] == ("http://exemple.invalid/a?b=1", "Basic bW9pOnNlY3JldA==")


def test_the_proxy_is_not_asked_for_private_addresses(
    proxied: list[tuple[str, str | None]],
) -> None:
    """A page cannot send the proxy into the network."""
    fetcher = Fetcher(QUICK, pause=0)
    for url in ("http://127.0.0.1:9/", "http://serveur.local/", "http://10.0.0.1/"):
        with pytest.raises(errors.PrivateAddressError):
            fetcher.fetch(url, fetched_at=DAY)
    assert proxied == []


def test_a_proxy_that_refuses_a_tunnel_is_told(
    site: Site, proxied: list[tuple[str, str | None]], fetcher: Fetcher
) -> None:
    """CONNECT answered by an error never falls back to a direct line."""
    with pytest.raises(errors.UnreachableError, match="mandataire"):
        fetcher.fetch("https://exemple.invalid/", fetched_at=DAY)


def test_a_proxy_that_is_not_spoken_is_not_gone_around(
    monkeypatch: pytest.MonkeyPatch, fetcher: Fetcher
) -> None:
    """SOCKS: an error, not a direct connection."""
    monkeypatch.setenv("http_proxy", "socks5://127.0.0.1:9")
    with pytest.raises(errors.UnreachableError, match="mandataire"):
        fetcher.fetch("http://exemple.invalid/", fetched_at=DAY)


def test_a_message_hides_passwords_and_odd_characters() -> None:
    """What is shown of an address is short and printable."""
    shown = errors.shown("http://moi:secret@exemple.fr/\x1b[31m" + "a" * 200)
    assert "secret" not in shown
    assert "\x1b" not in shown
    assert len(shown) == 100
