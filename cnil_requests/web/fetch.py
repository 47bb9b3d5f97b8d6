"""Read pages politely: one at a time per site, bounded, public addresses only.

Only the standard library is used. Nothing is sent but a GET: no cookie, no
password (the proxy's excepted), no name of the user.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from cnil_requests import __version__
from cnil_requests.web import addresses, robots, transport
from cnil_requests.web.body import decode, read_body
from cnil_requests.web.clock import Clock, Limits
from cnil_requests.web.errors import PageError, RedirectError, RobotsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from cnil_requests.web.addresses import Target

__all__ = ["Fetcher", "Limits", "Page"]

#: The name that a robots.txt can address.
AGENT = "cnilreq"
USER_AGENT = f"{AGENT}/{__version__} (reads public pages, one at a time)"

_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.5",
    "Accept-Language": "fr,en;q=0.5",
    "Accept-Encoding": "gzip, deflate",
    "Connection": "close",
}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SERVER_ERROR = 500
_CLIENT_ERROR = 400


@dataclass(frozen=True)
class Page:
    """An answer of a site, whatever its status; header names are lower-case.

    ``url`` is the address asked for, ``final_url`` the one that answered,
    ``redirects`` what lay between. ``body`` is unpacked (no gzip).
    """

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: date
    redirects: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        """The body as text; its encoding is found, wrong labels are survived."""
        return decode(self.body, self.headers.get("content-type", ""))

    @property
    def is_html(self) -> bool:
        """Say whether the page calls itself HTML, or nothing at all."""
        kind = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        return kind in ("", "text/html", "application/xhtml+xml")

    @property
    def is_ok(self) -> bool:
        """Say whether the status is 200."""
        return self.status == 200  # noqa: PLR2004


@dataclass(frozen=True)
class _Answer:
    """One answer: a page, or the way to another."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def location(self) -> str:
        """Where a redirect leads, "" for a page."""
        return self.headers.get("location", "") if self.status in _REDIRECTS else ""


@dataclass
class Fetcher:
    """Reads pages. Safe to share between threads: a site is asked once at a time.

    ``pause`` is the rest, in seconds, between two requests to one host.
    ``allow_private`` lets loopback and private addresses through.
    """

    limits: Limits = field(default_factory=Limits)
    allow_private: bool = False
    pause: float = 1.0
    _turns: dict[str, threading.Lock] = field(
        default_factory=lambda: defaultdict(threading.Lock), init=False, repr=False
    )
    _last: dict[str, float] = field(default_factory=dict, init=False, repr=False)
    _robots: dict[str, robots.Robots] = field(
        default_factory=dict, init=False, repr=False
    )
    _guard: threading.Lock = field(
        default_factory=threading.Lock, init=False, repr=False
    )

    def fetch(self, url: str, *, fetched_at: date, respect_robots: bool = True) -> Page:
        """Read a page, following redirects within reason.

        A status of 400 and more is a Page; what never became an answer is a
        PageError (exit 7). ``fetched_at`` is kept in the page.
        """
        clock = Clock(url, self.limits)
        seen: list[str] = []
        here = addresses.parse(url)
        while True:
            seen.append(here.url)
            if respect_robots and not self._robots_of(here, clock).allows(here.path):
                raise RobotsError(here.url)
            answer = self._ask(here, clock)
            if not answer.location:
                break
            here = self._next(url, here, answer.location, seen)
        return Page(
            url=url,
            final_url=here.url,
            status=answer.status,
            headers=answer.headers,
            body=answer.body,
            fetched_at=fetched_at,
            redirects=tuple(seen[1:]),
        )

    def _next(self, url: str, here: Target, location: str, seen: list[str]) -> Target:
        """Return where a redirect leads, or refuse to follow it."""
        try:
            target = addresses.parse(urljoin(here.url, location))
        except (PageError, ValueError) as error:
            why = "elle mène hors du web"
            raise RedirectError(url, why) from error
        if target.url in seen:
            raise RedirectError(url, "elle tourne en rond")
        if len(seen) > self.limits.redirects:
            raise RedirectError(url, f"plus de {self.limits.redirects} à la suite")
        return target

    def _ask(self, target: Target, clock: Clock) -> _Answer:
        """Make one request, when it is its turn; a redirect's body is not read."""
        with self._turn(target.host, clock):
            try:
                with transport.get(
                    target, _HEADERS, clock, allow_private=self.allow_private
                ) as answer:
                    headers = _merged(answer.getheaders())
                    leads_on = _Answer(answer.status, headers, b"").location
                    body = b"" if leads_on else read_body(answer, target.url, clock)
                    return _Answer(answer.status, headers, body)
            finally:
                self._last[target.host] = time.monotonic()

    @contextmanager
    def _turn(self, host: str, clock: Clock) -> Iterator[None]:
        """Wait until nobody else asks this host, and a moment more."""
        start = time.monotonic()
        with self._guard:
            turn = self._turns[host]
        with turn:
            last = self._last.get(host)
            if last is not None:
                time.sleep(max(0.0, last + self.pause - time.monotonic()))
            clock.forgive(time.monotonic() - start)
            yield

    def _robots_of(self, target: Target, clock: Clock) -> robots.Robots:
        """Return the site's rules, read once.

        RFC 9309, 2.3.1: no file allows all; a server in trouble allows nothing.
        """
        if target.origin not in self._robots:
            self._robots[target.origin] = self._read_robots(target, clock)
        return self._robots[target.origin]

    def _read_robots(self, target: Target, clock: Clock) -> robots.Robots:
        here = addresses.parse(f"{target.origin}/robots.txt")
        seen = [here.url]
        # An error names the page that was wanted, not its robots.txt.
        while (answer := self._ask(replace(here, url=clock.url), clock)).location:
            here = self._next(clock.url, here, answer.location, seen)
            seen.append(here.url)
        if answer.status >= _SERVER_ERROR:
            return robots.REFUSE_ALL
        if answer.status >= _CLIENT_ERROR:
            return robots.ALLOW_ALL
        return robots.read(decode(answer.body[: robots.MAX_BYTES]), AGENT)


def _merged(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Return headers by lower-case name; repeated ones are joined by a comma."""
    merged: dict[str, str] = {}
    for name, value in pairs:
        key = name.lower()
        merged[key] = f"{merged[key]}, {value}" if key in merged else value
    return merged
