"""Keeping a page as proof, with a real Chromium and with browsers that fail."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import contextmanager
from datetime import UTC, date, datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cnil_requests.commands.home import create_home
from cnil_requests.console import App
from cnil_requests.core.directory import Directory
from cnil_requests.core.people import Person
from cnil_requests.core.requests import Channel, Event, EventKind, Request
from cnil_requests.core.rights import Right
from cnil_requests.store.values import Composed, Draft
from cnil_requests.web import browser as browsers

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator

    Run = Callable[..., Any]
    Tool = Callable[[str], str]

DAY = date(2026, 3, 1)
#: The true time of the tests' captures; the commands' day is another one.
NOW = datetime(2026, 7, 10, 15, 4, 5, tzinfo=UTC)

LISTING = "<title>Annuaire</title><h1>Dr Hélène LEFÈVRE</h1><p>sage-femme</p>"
PAGES = {
    "/fiche": LISTING,
    "/script": "<title>A</title><p id=a></p><script>setTimeout(() => {"
    "document.getElementById('a').textContent = 'Hélène Lefèvre'}, 900)</script>",
    "/other": "<title>Annuaire</title><h1>Page introuvable</h1>",
    "/endless": "<h1>Hélène Lefèvre</h1><script>while (true);</script>",
}

posix_only = pytest.mark.skipif(os.name == "nt", reason="the false browser is a script")


class Handler(BaseHTTPRequestHandler):
    """Gives the pages above."""

    def log_message(self, *_: object) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:
        """Answer one request."""
        text = PAGES.get(self.path)
        body = (text or "").encode()
        self.send_response(200 if text else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Example", "kept")
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def site() -> Iterator[str]:
    """Serve the pages; give the address they stand below."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def chromium(tool: Tool) -> str:
    """Give the path of a real Chromium."""
    return tool("chromium")


@pytest.fixture(autouse=True)
def _true_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(App, "now", lambda _: NOW)


@pytest.fixture
def request_about(home: Path) -> Callable[..., str]:
    """Open a request about some pages; give its id."""

    def make(*urls: str) -> str:
        request = Request(
            id="",
            person="helene-lefevre",
            directory=Directory(id="exemple", name="Exemple", domain="exemple.fr"),
            right=Right.ERASURE,
            channel=Channel.LETTER,
            drafted_on=DAY,
            folder="",
            urls=urls,
        )
        with create_home(App(home)) as opened:
            opened.save_person(Person("helene-lefevre", "Hélène", "Lefèvre"))
            first = Composed(Event(EventKind.DRAFTED, DAY, DAY))
            return opened.add([Draft(request, lambda _: first)])[0].id

    return make


def capture(run: Run, number: str, *words: str) -> Any:  # noqa: ANN401
    """Run the command on a page of this computer."""
    return run("capture", number, "--allow-private", *words)


def test_a_page_is_kept_as_pdf_picture_and_source(
    run: Run, request_about: Callable[..., str], site: str, chromium: str, home: Path
) -> None:
    """Four files, sealed with one event: PDF, PNG, HTML as sent, and the report."""
    number = request_about(f"{site}/fiche")
    kept = capture(run, number, "--json").json["capture"]
    (page,) = kept["pages"]
    assert (page["url"], page["status"], page["name_found"]) == (
        f"{site}/fiche",
        200,
        True,
    )
    files = {Path(item["file"]).suffix: home / item["file"] for item in page["files"]}
    assert {item["kind"] for item in page["files"] if item["file"][-3:] != "tml"} == {
        "capture",
        "capture-source",
    }
    for item in page["files"]:
        content = (home / item["file"]).read_bytes()
        assert (sha256(content).hexdigest(), len(content)) == (
            item["sha256"],
            item["size"],
        )
    assert files[".pdf"].read_bytes().startswith(b"%PDF-")
    assert files[".png"].read_bytes().startswith(b"\x89PNG\r\n")
    assert files[".html"].read_text(encoding="utf-8") == LISTING
    report = files[".txt"].read_text(encoding="utf-8")
    for text in (f"{site}/fiche", "2026-07-10T15:04:05+00:00", "x-example: kept"):
        assert text in report
    for suffix in (".pdf", ".png", ".html"):
        assert sha256(files[suffix].read_bytes()).hexdigest() in report
    assert run("check", "--json").json["problems"] == []


def test_the_pdf_shows_the_address_and_the_page(
    run: Run,
    request_about: Callable[..., str],
    site: str,
    chromium: str,
    home: Path,
) -> None:
    """What a reader of the exhibit must see stands on the sheet itself."""
    import pdfplumber

    number = request_about(f"{site}/fiche")
    kept = capture(run, number, "--json").json["capture"]
    (pdf,) = [
        home / item["file"]
        for item in kept["pages"][0]["files"]
        if item["file"].endswith(".pdf")
    ]
    with pdfplumber.open(pdf) as document:
        text = document.pages[0].extract_text()
    assert "Dr Hélène LEFÈVRE" in text
    assert f"{site}/fiche" in text


def test_the_true_day_is_recorded_and_nothing_is_seen_for_the_user(
    run: Run, request_about: Callable[..., str], site: str, chromium: str
) -> None:
    """``--today`` dates no proof; « seen online » is proposed, never recorded."""
    number = request_about(f"{site}/fiche")
    done = capture(run, number)
    assert f"cnilreq seen {number} online --on 2026-07-10" in done.stdout
    assert "2026-07-10, pas celle de --today" in done.stderr
    events = run("status", number, "--json").json["events"]
    assert [event["kind"] for event in events] == ["drafted", "attached"]
    assert (events[1]["on"], events[1]["recorded_on"]) == ("2026-07-10", "2026-07-10")
    assert events[1]["data"]["at"] == "2026-07-10T15:04:05+00:00"
    assert events[1]["data"]["url"] == f"{site}/fiche"


def test_what_scripts_write_is_on_the_capture(
    run: Run, request_about: Callable[..., str], site: str, chromium: str
) -> None:
    """A page that fills itself is given the time to."""
    number = request_about(f"{site}/script")
    (page,) = capture(run, number, "--json").json["capture"]["pages"]
    assert page["name_found"] is True


def test_a_page_without_the_name_proposes_nothing(
    run: Run, request_about: Callable[..., str], site: str, chromium: str
) -> None:
    """It is kept all the same: it may prove the removal."""
    number = request_about(f"{site}/other")
    kept = capture(run, number, "--json").json["capture"]
    assert (kept["pages"][0]["name_found"], kept["command"]) == (False, None)


def test_several_pages_and_one_that_fails(
    run: Run, request_about: Callable[..., str], site: str, chromium: str
) -> None:
    """What can be kept is kept; the other page is told, with its reason."""
    gone = "http://127.0.0.1:9/fiche"
    number = request_about(f"{site}/fiche", gone, f"{site}/other")
    kept = capture(run, number, "--json").json["capture"]
    assert [page["url"] for page in kept["pages"]] == [f"{site}/fiche", f"{site}/other"]
    assert [item["url"] for item in kept["failed"]] == [gone]
    names = [Path(page["files"][0]["file"]).stem for page in kept["pages"]]
    assert names == ["capture-2026-07-10-page-1", "capture-2026-07-10-page-3"]
    # One event a page: it is taken back whole.
    assert run("undo", number).exit_code == 0
    assert run("check", "--json").exit_code == 0


def test_a_site_that_is_away_changes_nothing(
    run: Run, request_about: Callable[..., str], chromium: str, home: Path
) -> None:
    """Chromium's own error page is never a proof: exit 7."""
    number = request_about("http://127.0.0.1:9/fiche")
    done = capture(run, number)
    assert done.exit_code == 7
    assert "le navigateur n'a pas pu afficher cette page" in done.stderr
    assert len(run("status", number, "--json").json["events"]) == 1
    assert list((home / "requests").rglob("*.*")) == []


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_an_endless_page_is_ended_with_its_browser(
    run: Run,
    request_about: Callable[..., str],
    site: str,
    chromium: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A script that never ends: a message, and no process left behind."""
    monkeypatch.setattr(browsers, "_MARGIN", 4)
    number = request_about(f"{site}/endless")
    done = capture(run, number, "--timeout", "1")
    assert done.exit_code == 7
    assert "page non reçue" in done.stderr
    mark = f"{site}/endless".encode()
    left = [
        path for path in Path("/proc").glob("[0-9]*/cmdline") if mark in _content(path)
    ]
    assert left == []


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


# Without a Chromium


def test_no_browser_is_told_with_what_to_do(
    run: Run,
    request_about: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """What to install, or how to keep a capture made by hand: exit 7."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browsers, "_PLACES", ())
    number = request_about("https://www.example.org/fiche")
    done = run("capture", number)
    assert done.exit_code == 7
    assert "apt install chromium" in done.stderr
    assert "--as capture" in done.stderr
    asked = run("capture", number, "--browser", "netscape")
    assert "« netscape » n'est pas un programme" in asked.stderr


def test_a_request_without_a_page(run: Run, request_about: Callable[..., str]) -> None:
    """There is nothing to keep: exit 6, and the way by hand."""
    done = run("capture", request_about())
    assert done.exit_code == 6
    assert "cnilreq attach 2026-0001 FICHIER --as capture" in done.stderr


@contextmanager
def false_browser(folder: Path, script: str) -> Iterator[str]:
    """Give a program that stands in for the browser."""
    path = folder / "false-browser"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o700)
    yield str(path)


#: Writes the files asked for; ``$pdf`` and ``$png`` are their names.
OBEDIENT = """
[ "$1" = --version ] && { echo "Faux 1.0"; exit; }
for word in "$@"; do case $word in
  --print-to-pdf=*) pdf=${word#*=};; --screenshot=*) png=${word#*=};; esac; done
"""


@posix_only
@pytest.mark.parametrize(
    "script",
    ["exit 0", "exit 1", 'echo "<html>"', "printf x >$pdf; printf x >$png"],
    ids=["nothing", "failure", "no files", "no page"],
)
def test_a_browser_that_shows_nothing(
    run: Run,
    request_about: Callable[..., str],
    site: str,
    tmp_path: Path,
    script: str,
) -> None:
    """All three are needed; a failure changes nothing."""
    number = request_about(f"{site}/fiche")
    with false_browser(tmp_path, OBEDIENT + script) as path:
        assert capture(run, number, "--browser", path).exit_code == 7
    assert len(run("status", number, "--json").json["events"]) == 1


@posix_only
def test_a_capture_is_bounded(
    run: Run,
    request_about: Callable[..., str],
    site: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Files beyond all measure are refused."""
    monkeypatch.setattr(browsers, "MAX_BYTES", 1000)
    big = "head -c 2000 /dev/zero >$pdf; printf x >$png; echo x"
    number = request_about(f"{site}/fiche")
    with false_browser(tmp_path, OBEDIENT + big) as path:
        done = capture(run, number, "--browser", path)
    assert done.exit_code == 7
    assert "millions d'octets" in done.stderr


@posix_only
def test_addresses_never_become_options_and_private_ones_are_refused(
    run: Run, request_about: Callable[..., str], site: str, tmp_path: Path
) -> None:
    """The browser is not even started for what is no public page."""
    started = tmp_path / "started"
    script = f'[ "$1" = --version ] || touch "{started}"'
    for url in (f"{site}/fiche", "file:///etc/passwd", "--version", "javascript:1"):
        number = request_about(url)
        with false_browser(tmp_path, script) as path:
            done = run("capture", number, "--browser", path)
        assert done.exit_code == 7, url
    assert not started.exists()


@posix_only
def test_the_server_may_refuse_the_program(
    run: Run,
    request_about: Callable[..., str],
    site: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Then the page as shown is kept, and the report says so."""
    monkeypatch.setitem(PAGES, "/robots.txt", "User-agent: *\nDisallow: /")
    number = request_about(f"{site}/fiche")
    script = OBEDIENT + "echo pdf >$pdf; echo png >$png; echo 'Page affichée'"
    with false_browser(tmp_path, script) as path:
        kept = capture(run, number, "--browser", path, "--json").json["capture"]
    files = {Path(item["file"]).suffix: tmp_path / "home" / item["file"]
             for item in kept["pages"][0]["files"]}  # fmt: skip
    assert kept["pages"][0]["status"] is None
    assert files[".html"].read_text(encoding="utf-8") == "Page affichée\n"
    report = files[".txt"].read_text(encoding="utf-8")
    assert "Non lue : le site demande aux programmes" in report
    assert "Navigateur : Faux 1.0" in report


@posix_only
def test_nothing_is_left_in_the_temporary_folder(
    process: Callable[..., subprocess.CompletedProcess[str]],
    request_about: Callable[..., str],
    site: str,
    tmp_path: Path,
) -> None:
    """The browser's profile and the copies go when the command ends."""
    number = request_about(f"{site}/fiche")
    place = tmp_path / "tmp"
    place.mkdir()
    script = OBEDIENT + "echo pdf >$pdf; echo png >$png; echo page"
    with false_browser(tmp_path, script) as path:
        done = process(
            "capture", number, "--allow-private", "--browser", path,
            env={"TMPDIR": str(place)},
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert list(place.iterdir()) == []
