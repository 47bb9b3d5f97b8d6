"""Many pages: several sites at once, one page at a time from each."""

from __future__ import annotations

import threading
import time
from collections import Counter
from datetime import date
from urllib.parse import urlsplit

import pytest

from cnil_requests.web.errors import PageError, RobotsError, UnreachableError
from cnil_requests.web.fetch import Fetcher, Page
from cnil_requests.web.rounds import PATIENCE, SilentSiteError, read_all

DAY = date(2026, 3, 2)


class FalseFetcher(Fetcher):
    """Answers by the path of the address; counts who is asked at the same time."""

    def __init__(self) -> None:
        super().__init__()
        self.lock = threading.Lock()
        self.busy: Counter[str] = Counter()
        self.asked: list[str] = []
        self.most_sites = 0

    def fetch(self, url: str, *, fetched_at: date, respect_robots: bool = True) -> Page:
        """Answer, or fail as the path says."""
        del respect_robots
        parts = urlsplit(url)
        with self.lock:
            self.asked.append(url)
            self.busy[parts.netloc] += 1
            assert self.busy[parts.netloc] == 1, "two pages of one site at once"
            self.most_sites = max(self.most_sites, self.busy.total())
        time.sleep(0.001)
        with self.lock:
            self.busy[parts.netloc] -= 1
        if "silent" in parts.path:
            raise UnreachableError(url, "connexion refusée")
        if "robots" in parts.path:
            raise RobotsError(url)
        if "bug" in parts.path:
            raise ZeroDivisionError
        return Page(url, url, 200, {}, b"", fetched_at)


def pages(path: str, count: int, sites: int = 1) -> list[str]:
    """Return so many addresses, spread over the sites."""
    return [f"https://site{n % sites}.example/{path}/{n}" for n in range(count)]


def test_every_address_is_answered_once() -> None:
    """Twice the same address is one page; no more sites at once than jobs."""
    fetcher = FalseFetcher()
    urls = pages("fiche", 200, sites=10)
    results = list(read_all(fetcher, [*urls, *urls[:5]], jobs=3, fetched_at=DAY))
    assert sorted(result.url for result in results) == sorted(urls)
    assert sorted(fetcher.asked) == sorted(urls)
    assert fetcher.most_sites <= 3


def test_no_address_is_no_work() -> None:
    """Nothing to read ends at once."""
    assert list(read_all(FalseFetcher(), [], jobs=3, fetched_at=DAY)) == []


def test_a_failure_is_an_answer() -> None:
    """An address that cannot be read does not stop the others."""
    urls = ["ftp://site.example/1", *pages("robots", 8), *pages("fiche", 2)]
    fetcher = FalseFetcher()
    fetcher.limits = Fetcher().limits
    answers = {
        result.url: result.answer
        for result in read_all(fetcher, urls, jobs=2, fetched_at=DAY)
    }
    assert isinstance(answers[urls[-1]], Page)
    assert all(isinstance(answers[url], RobotsError) for url in pages("robots", 8))


def test_a_silent_site_is_left_in_peace() -> None:
    """After some pages without an answer in a row; an answer between starts again."""
    fetcher = FalseFetcher()
    urls = [*pages("silent/a", PATIENCE - 1), *pages("fiche", 1)]
    urls += pages("silent/b", PATIENCE + 7)
    answers = [
        result.answer for result in read_all(fetcher, urls, jobs=2, fetched_at=DAY)
    ]
    assert len(fetcher.asked) == 2 * PATIENCE
    left_out = [answer for answer in answers if isinstance(answer, SilentSiteError)]
    assert len(left_out) == 7
    assert all(isinstance(answer, (Page, PageError)) for answer in answers)


def test_a_bug_is_not_swallowed() -> None:
    """An unforeseen error in a thread comes out where the results are read."""
    with pytest.raises(ZeroDivisionError):
        list(read_all(FalseFetcher(), pages("bug", 3), jobs=2, fetched_at=DAY))


def test_closing_stops_the_work() -> None:
    """Whoever stops reading stops the asking: only pages under way are finished."""
    fetcher = FalseFetcher()
    results = read_all(fetcher, pages("fiche", 500), jobs=1, fetched_at=DAY)
    next(results)
    results.close()
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and thread.daemon:
            thread.join(timeout=10)
    assert len(fetcher.asked) < 50
