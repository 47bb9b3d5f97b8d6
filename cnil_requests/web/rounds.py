"""Read many pages: several sites at once, one page at a time from each."""

from __future__ import annotations

import queue
import threading
from collections import defaultdict, deque
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from cnil_requests.web.addresses import parse
from cnil_requests.web.errors import PageError, TooSlowError, UnreachableError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from datetime import date

    from cnil_requests.web.fetch import Fetcher, Page

    Answer: TypeAlias = Page | PageError

#: After so many pages without an answer in a row, a site is left in peace.
PATIENCE = 5

#: Seconds between two looks at whether the work should stop.
_PULSE = 0.2


class SilentSiteError(PageError):
    """The site answered nothing for several pages: this one was not asked for."""

    def __init__(self, url: str) -> None:
        """Say why the page was left out."""
        super().__init__(
            url,
            f"page non demandée, le site n'a pas répondu {PATIENCE} fois de suite.",
            remedy="Réessayez plus tard.",
        )


@dataclass(frozen=True)
class Result:
    """What became of one address."""

    url: str
    answer: Answer


def read_all(
    fetcher: Fetcher, urls: Iterable[str], *, jobs: int, fetched_at: date
) -> Generator[Result, None, None]:
    """Yield what became of each address, in the order the answers come.

    At most ``jobs`` sites are asked at once. Closing the iterator stops the work:
    no new page is asked for.
    """
    work = _Round(fetcher, urls, fetched_at)
    for _ in range(min(jobs, work.sites)):
        threading.Thread(target=work.run, daemon=True).start()
    try:
        for _ in range(work.pages):
            yield work.next()
    finally:
        work.stop()


class _Round:
    """The addresses by site, shared by the threads that ask for them."""

    def __init__(self, fetcher: Fetcher, urls: Iterable[str], fetched_at: date) -> None:
        self._fetcher = fetcher
        self._fetched_at = fetched_at
        by_site: dict[str, list[str]] = defaultdict(list)
        for url in dict.fromkeys(urls):
            by_site[_site(url)].append(url)
        self._waiting = deque(by_site.values())
        self.sites = len(by_site)
        self.pages = sum(map(len, by_site.values()))
        # Bounded: pages wait here to be judged, and each may be large.
        self._done: queue.Queue[Result | BaseException] = queue.Queue(maxsize=8)
        self._stopped = threading.Event()

    def next(self) -> Result:
        """Return the next result; an unforeseen error is raised here."""
        while True:
            # Never waiting for long: Ctrl-C is then heard on every system.
            with suppress(queue.Empty):
                result = self._done.get(timeout=_PULSE)
                if isinstance(result, BaseException):
                    raise result
                return result

    def stop(self) -> None:
        """Let the threads end."""
        self._stopped.set()

    def run(self) -> None:
        """Take one site after the other until none is left."""
        try:
            while not self._stopped.is_set():
                try:
                    urls = self._waiting.popleft()
                except IndexError:
                    return
                self._read_site(urls)
        except BaseException as error:  # noqa: BLE001 - raised again by ``next``
            self._put(error)

    def _read_site(self, urls: list[str]) -> None:
        failures = 0
        for url in urls:
            if self._stopped.is_set():
                return
            answer = self._read(url) if failures < PATIENCE else SilentSiteError(url)
            is_silent = isinstance(answer, (UnreachableError, TooSlowError))
            failures = failures + 1 if is_silent or failures >= PATIENCE else 0
            self._put(Result(url, answer))

    def _read(self, url: str) -> Answer:
        try:
            return self._fetcher.fetch(url, fetched_at=self._fetched_at)
        except PageError as error:
            return error

    def _put(self, result: Result | BaseException) -> None:
        while not self._stopped.is_set():
            with suppress(queue.Full):
                self._done.put(result, timeout=_PULSE)
                return


def _site(url: str) -> str:
    try:
        return parse(url).host
    except PageError:
        return ""
