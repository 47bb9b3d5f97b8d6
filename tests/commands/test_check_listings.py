"""Are the pages still there: the command against a site that misbehaves."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from cnil_requests.commands.home import create_home, open_home
from cnil_requests.console import App
from cnil_requests.core.directory import Directory
from cnil_requests.core.people import Person
from cnil_requests.core.requests import Channel, Event, EventKind, Request
from cnil_requests.core.rights import Right
from cnil_requests.store.values import Composed, Draft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    Run = Callable[..., Any]

DRAFTED = date(2026, 3, 1)
FIRST, SECOND, THIRD = "2026-03-02", "2026-03-03", "2026-03-04"
TEXT = "Annuaire des professionnels de la région, classés par ville et par métier. " * 4
#: Several sites on one computer: Linux answers on all of 127/8.
HOSTS = [f"127.0.0.{n}" for n in range(1, 9 if sys.platform == "linux" else 2)]


def html(inner: str = "", text: str = TEXT) -> bytes:
    """Return an ordinary page around some content."""
    return (
        f"<!doctype html><html><head><title>Annuaire</title></head>"
        f"<body>{inner}<p>{text}</p></body></html>"
    ).encode()


LISTING = html("<h1>Dr Hélène LEFÈVRE</h1>")

#: What answers instead of the listing: status, body, more headers.
ANSWERS: dict[str, tuple[int, bytes, dict[str, str]]] = {
    "online": (200, LISTING, {}),
    "banner": (200, html("<p>Accepter les cookies</p><h1>Hélène Lefèvre</h1>"), {}),
    "gone": (404, html("<h1>Erreur 404</h1>"), {}),
    "gone-410": (410, b"", {}),
    "unnamed": (200, html("<h1>Dr Paul Martin</h1>"), {}),
    "soft-404": (200, html("<h1>Page introuvable</h1>", ""), {}),
    "500": (500, html("<h1>Erreur interne</h1>"), {}),
    "503": (503, html("<h1>Maintenance</h1>"), {}),
    "403": (403, html("<h1>Accès refusé</h1>"), {}),
    "429": (429, html(), {}),
    "maintenance": (200, html("<h1>Site en maintenance, revenez plus tard</h1>"), {}),
    "home": (302, b"", {"Location": "/"}),
    "loop": (302, b"", {"Location": "?loop"}),
    "consent": (200, html("<h1>Avant de continuer</h1>", "Accepter les cookies"), {}),
    "long-consent": (
        200,
        html("<h1>Votre vie privée</h1><button>Tout accepter</button>"),
        {},
    ),
    "captcha": (200, html("<p>Vérifiez que vous êtes humain</p>"), {}),
    "captcha-404": (404, html("<h1>Just a moment...</h1>"), {}),
    "script-only": (
        200,
        b"<html><body><div id=root></div><script src=a.js></script></body></html>",
        {},
    ),
    "login": (200, html("<h1>Connectez-vous</h1><input type=password>"), {}),
    "empty": (200, b"", {}),
    "initials": (200, html("<h1>H. Lefèvre</h1>"), {}),
    "gzip": (200, b"\x1f\x8b\x08broken", {"Content-Encoding": "gzip"}),
    "truncated": (200, html()[:200], {"Content-Length": "900"}),
    "cut": (200, html().partition(b"</p>")[0], {}),
    "refresh": (200, html('<meta http-equiv="refresh" content="0; url=/">'), {}),
    "pdf": (200, b"%PDF-1.7 " * 90, {"Content-Type": "application/pdf"}),
}


@dataclass
class Site:
    """A local server: what it answers is chosen by ``answer``, and counted."""

    answer: Callable[[str], str]
    port: int = 0
    paths: Counter[str] = field(default_factory=Counter)
    busy: Counter[str] = field(default_factory=Counter)
    most_at_once: int = 0
    most_per_host: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    closing: threading.Event = field(default_factory=threading.Event)
    served: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def count(self, host: str, path: str) -> None:
        """Count a request for a moment, before its answer leaves."""
        with self.lock:
            self.paths[path] += 1
            self.busy[host] += 1
            self.most_at_once = max(self.most_at_once, self.busy.total())
            self.most_per_host = max(self.most_per_host, self.busy[host])
        time.sleep(0.002)
        with self.lock:
            self.busy[host] -= 1
        self.served.release()


class Handler(BaseHTTPRequestHandler):
    """Answers as its site says."""

    protocol_version = "HTTP/1.1"
    site: Site

    def log_message(self, *_: object) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:
        """Answer one request, well or badly."""
        if self.path == "/robots.txt":
            self.reply(404, b"", {})
            return
        host = self.headers["Host"]
        self.site.count(host, f"{host}{self.path}")
        kind = self.site.answer(self.path) if self.path != "/" else "unnamed"
        self.close_connection = True
        if kind == "hang":
            self.site.closing.wait(30)
        elif kind == "garbage":
            self.wfile.write(b"not http at all\r\n\r\n")
        elif kind != "hang-up":
            self.reply(*ANSWERS[kind])

    def reply(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        """Send one whole answer."""
        self.send_response(status)
        standard = {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Length": str(len(body)),
            "Connection": "close",
        }
        for name, text in (standard | headers).items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving(answer: Callable[[str], str]) -> Iterator[Site]:
    """Run a site on all hosts until the block ends."""
    site = Site(answer)
    handler = type("SiteHandler", (Handler,), {"site": site})

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64

        def handle_error(self, *_: object) -> None:
            """Keep quiet when the client has gone."""

    server = Server(("" if len(HOSTS) > 1 else HOSTS[0], 0), handler)
    site.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def urls(site: Site, count: int) -> list[str]:
    """Return so many addresses, spread over the hosts."""
    return [
        f"http://{HOSTS[n % len(HOSTS)]}:{site.port}/fiche/{n}" for n in range(count)
    ]


def fill(
    home: Path,
    pages: Sequence[str],
    *,
    each: int = 1,
    right: Right = Right.ERASURE,
    person: str = "helene-lefevre",
) -> list[str]:
    """Open requests about some pages, ``each`` to a request; return their ids."""
    drafts = [
        Draft(
            Request(
                id="",
                person=person,
                directory=Directory(id="exemple", name="Exemple", domain="exemple.fr"),
                right=right,
                channel=Channel.LETTER,
                drafted_on=DRAFTED,
                folder="",
                urls=tuple(pages[start : start + each]),
            ),
            lambda request: Composed(
                Event(EventKind.DRAFTED, request.drafted_on, request.drafted_on)
            ),
        )
        for start in range(0, len(pages), each)
    ]
    with create_home(App(home)) as opened:
        opened.save_person(
            Person(slug=person, first_name="Hélène", last_name="Lefèvre", title="Dr")
        )
        return [request.id for request in opened.add(drafts)]


def look(run: Run, *words: str, today: str = FIRST) -> dict[str, dict[str, Any]]:
    """Run the command; return its listings by address."""
    done = run("check-listings", "--allow-private", "--json", *words, today=today)
    assert done.exit_code == 0, done.stderr
    return {row["url"]: row for row in done.json["listings"]}


def verdicts(run: Run, *words: str, today: str = FIRST) -> list[str]:
    """Run the command; return the verdicts alone."""
    return [row["verdict"] for row in look(run, *words, today=today).values()]


# A thousand pages

#: What is truly removed; each comes back as one of these from the second day on.
REMOVED = ("gone", "gone-410", "unnamed", "soft-404")
#: What is still there, though the site shows something else.
FAULTS = (
    "online", "banner", "500", "503", "403", "429", "maintenance", "home", "loop",
    "consent", "long-consent", "captcha", "captcha-404", "script-only", "login",
    "empty", "initials", "gzip", "truncated", "cut", "refresh", "pdf", "garbage",
    "hang-up", "gone-once",
)  # fmt: skip
KINDS = (*REMOVED, *FAULTS)


def test_a_thousand_pages_of_sites_that_misbehave(run: Run, home: Path) -> None:
    """No « removed » that is not one; one page at a time from each site."""
    day = FIRST

    def kind(path: str) -> str:
        number = int(path.partition("?")[0].rpartition("/")[2])
        if number % 500 == 7:
            return "hang"
        one = KINDS[number % len(KINDS)]
        if day == FIRST:
            return "online"
        return one if one != "gone-once" else "gone" if day == SECOND else "online"

    with serving(kind) as site:
        pages = urls(site, 1000)
        fill(home, pages, each=10)
        options = ("--jobs", "4", "--timeout", "2")
        assert Counter(verdicts(run, *options)) == {"online": 998, "unknown": 2}
        for day in (SECOND, THIRD):
            rows = look(run, *options, today=day)
    removed = {
        url
        for number, url in enumerate(pages)
        if KINDS[number % len(KINDS)] in REMOVED and number % 500 != 7
    }
    found = {url for url, row in rows.items() if row["verdict"] == "probably-removed"}
    assert list(rows) == pages
    assert found - removed == set()
    assert removed - found == set()
    online = {kind(f"/{pages.index(url)}") for url, row in rows.items()
              if row["verdict"] == "online"}  # fmt: skip
    assert online == {"online", "banner"}
    assert site.most_at_once <= 4
    assert site.most_per_host == 1


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_a_killed_run_is_resumed(run: Run, home: Path) -> None:
    """What was seen before the kill is kept, and not asked for again that day."""
    with serving(lambda _: "online") as site:
        pages = urls(site, 400)
        ids = fill(home, pages, each=4)
        command = [
            sys.executable, "-m", "cnil_requests", "--home", str(home), "--today",
            FIRST, "check-listings", "--allow-private", "--jobs", "3",
        ]  # fmt: skip
        killed = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(150):
            assert site.served.acquire(timeout=30)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        with open_home(App(home)) as opened:
            kept = {check.url for id_ in ids for check in opened.checks(id_)}
        assert 100 <= len(kept) < 400
        site.paths.clear()
        assert verdicts(run) == ["online"] * 400
        asked = {f"http://{path}" for path in site.paths}
        assert asked == set(pages) - kept
        assert list(run("check", "--json").json["problems"]) == []


def test_a_page_is_read_once_a_day(run: Run, home: Path) -> None:
    """Unless asked again; another day always reads it."""
    with serving(lambda _: "online") as site:
        fill(home, urls(site, 3))
        for words, today, total in (
            ((), FIRST, 3),
            ((), FIRST, 3),
            (("--again",), FIRST, 6),
            ((), SECOND, 9),
        ):
            assert verdicts(run, *words, today=today) == ["online"] * 3
            assert site.paths.total() == total


def test_a_site_that_never_answers_is_left_in_peace(run: Run, home: Path) -> None:
    """After five pages in a row the others are not asked for, nor kept as checks."""
    with serving(lambda _: "hang-up") as site:
        page = f"http://{HOSTS[0]}:{site.port}/fiche"
        ids = fill(home, [f"{page}/{n}" for n in range(12)], each=12)
        done = run("check-listings", "--allow-private", "--json")
        assert done.exit_code == 7
        assert {row["verdict"] for row in done.json["listings"]} == {"unknown"}
        assert "Aucune page n'a pu être lue" in done.stderr
        assert site.paths.total() == 5
    with open_home(App(home)) as opened:
        assert len(opened.checks(ids[0])) == 5


def test_every_look_is_kept(run: Run, home: Path) -> None:
    """Day, true time, status and the hash of the page, for each look."""
    answers = iter(["online", "gone", "hang-up"])
    with serving(lambda _: next(answers)) as site:
        (number,) = fill(home, urls(site, 1))
        for today in (FIRST, SECOND):
            look(run, today=today)
        assert run("check-listings", "--allow-private", today=THIRD).exit_code == 7
    with open_home(App(home)) as opened:
        checks = opened.checks(number)
    assert [str(check.on) for check in checks] == [FIRST, SECOND, THIRD]
    assert [check.status for check in checks] == [200, 404, None]
    assert [len(check.sha256) for check in checks] == [64, 64, 0]
    assert all("T" in check.at for check in checks)


# What is proposed, never recorded


def test_removed_is_proposed_and_never_recorded(run: Run, home: Path) -> None:
    """The command to confirm is shown; the request itself does not change."""
    answers = iter(["online", "unnamed"])
    with serving(lambda _: next(answers)) as site:
        (number,) = fill(home, urls(site, 1))
        look(run)
        before = run("status", number, "--json").json["events"]
        done = run("check-listings", "--allow-private", today=SECOND)
    assert f"cnilreq seen {number} removed --on {SECOND}" in done.stdout
    assert "Ouvrez la page" in done.stdout
    assert run("status", number, "--json").json["events"] == before


def test_one_page_of_two_is_not_the_listing_removed(run: Run, home: Path) -> None:
    """« Removed » is proposed only when all pages of the request seem removed."""
    gone = {"/fiche/0"}
    with serving(lambda path: "gone" if path in gone else "online") as site:
        (number,) = fill(home, urls(site, 2), each=2)
        for today in (FIRST, SECOND):
            rows = list(look(run, today=today).values())
        assert [row["verdict"] for row in rows] == ["probably-removed", "online"]
        assert {row["command"] for row in rows} == {
            f"cnilreq seen {number} online --on {SECOND}"
        }
        gone.add("/fiche/1")
        look(run, today=THIRD)
        rows = list(look(run, today="2026-03-05").values())
        command = f"cnilreq seen {number} removed --on 2026-03-05"
        assert {row["command"] for row in rows} == {command}


def test_what_is_known_is_not_proposed_again(run: Run, home: Path) -> None:
    """Removed and still gone: nothing to say. Removed and there again: « back »."""
    answers = iter(["gone", "gone", "gone", "online"])
    with serving(lambda _: next(answers)) as site:
        (number,) = fill(home, urls(site, 1))
        look(run)
        look(run, today=SECOND)
        assert (
            run("seen", number, "removed", "--on", SECOND, today=SECOND).exit_code == 0
        )
        (row,) = look(run, today=THIRD).values()
        assert (row["verdict"], row["command"]) == ("probably-removed", None)
        (row,) = look(run, today="2026-03-05").values()
        assert row["command"] == f"cnilreq seen {number} back --on 2026-03-05"


# Which requests


def test_only_what_can_show_something_is_read(run: Run, home: Path) -> None:
    """Not the closed, not those without a page, not what an engine was asked."""
    with serving(lambda _: "online") as site:
        pages = urls(site, 4)
        kept, closed, other = fill(home, pages[:3])
        (engine,) = fill(home, pages[3:], right=Right.DEREFERENCING)
        run("closed", closed, "--on", FIRST, "--because", "withdrawn")
        run("closed", other, "--on", FIRST, "--because", "withdrawn")
        assert list(look(run)) == [pages[0]]
        assert list(look(run, "--request", closed, "--request", kept)) == [
            pages[1],
            pages[0],
        ]
        refused = run("check-listings", "--request", engine)
        assert refused.exit_code == 6
        assert "cherchez votre nom dans le moteur" in refused.stderr


def test_one_person_only(run: Run, home: Path) -> None:
    """``--person`` leaves the others' pages alone; an unknown one exits 3."""
    with serving(lambda _: "online") as site:
        mine, theirs = urls(site, 2)
        fill(home, [mine])
        fill(home, [theirs], person="denis-autre")
        assert list(look(run, "--person", "helene-lefevre")) == [mine]
    assert run("check-listings", "--person", "personne").exit_code == 3
    assert run("check-listings", "--request", "2026-0099").exit_code == 3


def test_nothing_to_look_at(run: Run, home: Path) -> None:
    """No page is no failure."""
    fill(home, [])
    assert run("check-listings", "--json").json == {"listings": []}
    assert "Aucune demande en cours" in run("check-listings").stdout


def test_private_addresses_are_refused(run: Run, home: Path) -> None:
    """A page on one's own network is read only on demand."""
    with serving(lambda _: "online") as site:
        fill(home, urls(site, 1))
        done = run("check-listings", "--json")
        assert done.exit_code == 7
        assert "réseau privé" in done.json["listings"][0]["evidence"]
        assert site.paths.total() == 0


# The terminal


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_progress_is_shown_on_a_terminal_only(
    process: Callable[..., Any], home: Path
) -> None:
    """A bar while pages are read; in a pipe nothing but the answer."""
    import pty

    with serving(lambda _: "online") as site:
        fill(home, urls(site, 5))
        piped = process("check-listings", "--allow-private", "--json")
        assert piped.stderr == ""
        assert len(json.loads(piped.stdout)["listings"]) == 5
        screen, terminal = pty.openpty()
        process(
            "check-listings", "--allow-private", "--again",
            stdout=subprocess.DEVNULL, stderr=terminal,
        )  # fmt: skip
        os.close(terminal)
        shown = os.read(screen, 100_000).decode()
        os.close(screen)
    assert "Lecture des pages" in shown
    assert "5/5" in shown
