"""What every test can use: a home of its own, a fixed day, the command itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from hypothesis import settings

from cnil_requests.cli import cli

# Imported by its place: the folders of the tests are no packages.
sys.path.insert(0, str(Path(__file__).parent))
import postgres_server as postgres_server_module

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping

#: The day on which tests run, unless they say otherwise.
TODAY = "2026-03-02"

settings.register_profile(
    "cnilreq", deadline=None, derandomize=True, database=None, print_blob=False
)
settings.load_profile("cnilreq")


#: Set where every tool is installed: what would be skipped fails instead.
NOTHING_SKIPPED = bool(os.environ.get("CNILREQ_REQUIRE_TOOLS"))


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if NOTHING_SKIPPED and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be: {report.longrepr}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[
    None, pytest.TestReport, pytest.TestReport
]:
    """Fail a skipped test where nothing may be skipped."""
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[
    None, pytest.CollectReport, pytest.CollectReport
]:
    """Fail a skipped module where nothing may be skipped."""
    report = yield
    _refuse_skip(report)
    return report


@pytest.fixture(scope="session")
def tool() -> Callable[[str], str]:
    """Give the path of a program (soffice, pdftotext…); skip where it is missing.

    The Open XML validator is also looked for where ``.ci/run`` installs it.
    """
    root = Path(__file__).resolve().parents[1]
    places = [str(root / ".ci/node/node_modules/.bin"), os.environ.get("PATH", "")]

    def find(name: str) -> str:
        found = shutil.which(name, path=os.pathsep.join(places))
        if found is None:
            pytest.skip(f"{name} is not installed")
        return found

    return find


class Site:
    """A site on 127.0.0.1. Pages are bytes, (status, headers, bytes), or a function.

    A function gets the request handler and writes the whole answer. ``asked``
    keeps the path of every request, in order.
    """

    def __init__(self) -> None:
        """Serve nothing yet, at a free port."""
        self.pages: dict[str, Any] = {}
        self.asked: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                with suppress(OSError):
                    site.answer(self)

            def log_message(self, *_: object) -> None:
                """Stay silent."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Write what is served at a path, whatever its query."""
        page = self.pages.get(handler.path, self.pages.get(handler.path.split("?")[0]))
        if callable(page):
            page(handler)
            return
        html = {"Content-Type": "text/html"}
        status, headers, body = (
            (404, {}, b"") if page is None
            else page if isinstance(page, tuple) else (200, html, page)
        )  # fmt: skip
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Generator[Site, None, None]:
    """Serve pages on this machine; the environment's proxies are hidden."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    served = Site()
    thread = threading.Thread(target=served.server.serve_forever, args=(0.01,))
    thread.start()
    yield served
    served.server.shutdown()
    served.server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Start a PostgreSQL server on loopback; skip where there is none."""
    reason = postgres_server_module.why_not()
    if reason:
        pytest.skip(reason)
    with postgres_server_module.server() as address:
        yield address


@pytest.fixture
def database(postgres_server: str) -> Iterator[str]:
    """Give the address of an empty ledger of the test's own: a schema is enough."""
    import psycopg

    name = f"test_{token_hex(6)}"
    with psycopg.connect(postgres_server, autocommit=True) as admin:
        admin.execute(f"CREATE SCHEMA {name}")
        yield f"{postgres_server}?options=-csearch_path%3D{name}"
        admin.execute(f"DROP SCHEMA {name} CASCADE")


@dataclass(frozen=True)
class Outcome:
    """What a command gave back."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def output(self) -> str:
        """Both streams, one after the other."""
        return self.stdout + self.stderr

    @property
    def json(self) -> Any:  # noqa: ANN401
        """The one JSON document on stdout; anything else there is a failure."""
        return json.loads(self.stdout)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Give the path of a home folder that does not exist yet."""
    return tmp_path / "home"


@pytest.fixture
def clean_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Hide the real user: HOME is an empty folder, no CNILREQ_* is set."""
    for name in [name for name in os.environ if name.startswith(("CNILREQ_", "XDG_"))]:
        monkeypatch.delenv(name)
    nobody = tmp_path / "nobody"
    nobody.mkdir()
    monkeypatch.setenv("HOME", str(nobody))
    monkeypatch.setenv("USERPROFILE", str(nobody))
    return nobody


@pytest.fixture
def run(home: Path, clean_environment: Path) -> Callable[..., Outcome]:
    """Run ``cnilreq`` in this process, with ``--home`` and ``--today`` given.

    ``run("draft", "societe-com", today="2026-05-01", stdin="oui")``. A bug
    (any exception but the program's own exit) is raised, never swallowed.
    """

    def run_cli(
        *words: str | Path,
        today: str | None = TODAY,
        at: Path | None = None,
        stdin: str | None = None,
        env: Mapping[str, str] | None = None,
    ) -> Outcome:
        chosen = ["--home", str(at or home), *(["--today", today] if today else [])]
        result = CliRunner().invoke(
            cli,
            [*chosen, *map(str, words)],
            input=stdin,
            env=env,
            prog_name="cnilreq",
            catch_exceptions=False,
        )
        return Outcome(result.exit_code, result.stdout, result.stderr)

    return run_cli


@pytest.fixture
def process(
    tmp_path: Path, home: Path, clean_environment: Path
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run ``cnilreq`` as a process of its own, as a user's shell does.

    Keyword arguments go to ``subprocess.run``; ``env`` adds to the environment
    (None takes a variable away).
    """

    def run_process(
        *words: str | Path,
        today: str | None = TODAY,
        env: Mapping[str, str | None] | None = None,
        **extra: Any,  # noqa: ANN401
    ) -> subprocess.CompletedProcess[str]:
        chosen = ["--home", str(home), *(["--today", today] if today else [])]
        wanted = {**os.environ, **(env or {})}
        options: dict[str, Any] = {
            "capture_output": "stdout" not in extra and "stderr" not in extra,
            "stdin": subprocess.DEVNULL,
            "encoding": "utf-8",
            "cwd": tmp_path,
            "timeout": 60,
            **extra,
        }
        return subprocess.run(  # noqa: PLW1510
            [sys.executable, "-m", "cnil_requests", *chosen, *map(str, words)],
            env={name: value for name, value in wanted.items() if value is not None},
            **options,
        )

    return run_process
