"""The user's own Chromium: a page as PDF and picture, as a visitor sees it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from cnil_requests.errors import NetworkError
from cnil_requests.web.errors import PageError, TooLargeError, TooSlowError

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Names on the path, the free one first.
_NAMES = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
    "microsoft-edge", "microsoft-edge-stable", "msedge", "brave-browser",
)  # fmt: skip
#: Where installers put it on systems that do not use the path.
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "{ProgramFiles}/Google/Chrome/Application/chrome.exe",
    "{ProgramFiles(x86)}/Google/Chrome/Application/chrome.exe",
    "{LOCALAPPDATA}/Google/Chrome/Application/chrome.exe",
    "{ProgramFiles(x86)}/Microsoft/Edge/Application/msedge.exe",
    "{ProgramFiles}/Microsoft/Edge/Application/msedge.exe",
)

#: Nothing but the page itself: no account, no update, no report, no question.
_OPTIONS = (
    "--headless=new",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-quic",
    "--disable-sync",
    "--disable-breakpad",
    "--deny-permission-prompts",
    "--no-pings",
    "--password-store=basic",
    "--use-mock-keychain",
    "--hide-scrollbars",
    "--lang=fr-FR",
    "--accept-lang=fr-FR,fr",
    "--window-size=1280,2400",
)

#: What a script may still do, in milliseconds, once the page is there.
_SETTLING = 5000

#: Seconds for starting the browser and writing the files.
_MARGIN = 30

#: The largest PDF, picture or page that is kept.
MAX_BYTES = 40_000_000


class NoBrowserError(NetworkError):
    """There is no Chromium on this computer, or not where it was said to be."""

    def __init__(self, asked: str = "") -> None:
        """Say what to install, and how to do without."""
        what = f"« {asked} » n'est pas un programme." if asked else "Aucun trouvé."
        super().__init__(
            f"La capture demande un navigateur Chromium, Chrome ou Edge. {what}",
            remedy="Installez Chromium (Debian, Ubuntu : apt install chromium) ou "
            "Google Chrome, ou donnez son chemin avec --browser.\nSans lui : ouvrez "
            "la page, imprimez-la en PDF avec son adresse et la date, puis : cnilreq "
            "attach NUMÉRO FICHIER --as capture",
        )


class NotShownError(PageError):
    """The browser ended without having shown the page."""

    def __init__(self, url: str) -> None:
        """Say what may be the cause."""
        super().__init__(
            url,
            "le navigateur n'a pas pu afficher cette page.",
            remedy="Ouvrez-la vous-même. Si elle s'affiche, imprimez-la en PDF, puis : "
            "cnilreq attach NUMÉRO FICHIER --as capture",
        )


@dataclass(frozen=True)
class Print:
    """What the browser made of one page; ``html`` is the page once its scripts ran."""

    pdf: Path
    png: Path
    html: bytes


def find_browser(asked: str = "") -> str:
    """Return the path of the browser asked for, else of the first one found."""
    if asked:
        found = shutil.which(asked)
        if found is None:
            raise NoBrowserError(asked)
        return found
    for name in (*_NAMES, *_known_places()):
        found = shutil.which(name)
        if found:
            return found
    raise NoBrowserError


def _known_places() -> Iterator[str]:
    for place in _PLACES:
        with suppress(KeyError):
            yield place.format_map(os.environ)


def version_of(browser: str) -> str:
    """Return what the browser calls itself, its file name when it does not say."""
    if sys.platform != "win32":  # There it opens a window instead of answering.
        with suppress(OSError, subprocess.SubprocessError):
            done = subprocess.run(  # noqa: S603 - the user's own browser
                [browser, "--version"],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                stdin=subprocess.DEVNULL,
                timeout=_MARGIN,
                check=True,
            )
            text = done.stdout.decode("utf-8", "replace")
            if found := re.search(r"\S.*\d[\d.]+", text):
                return found[0]
    return Path(browser).name


@contextmanager
def workplace(browser: str) -> Iterator[Path]:
    """Give a private folder for the browser's files, gone afterwards.

    A Chromium packaged as a snap cannot see the system's temporary folder.
    """
    is_snap = "/snap/" in browser or os.path.realpath(browser).endswith("/snap")
    with tempfile.TemporaryDirectory(
        prefix="cnilreq-",
        dir=Path.home() if is_snap else None,
        ignore_cleanup_errors=True,
    ) as folder:
        yield Path(folder)


def photograph(browser: str, url: str, folder: Path, *, seconds: float) -> Print:
    """Load a page once; return its PDF, its picture and its HTML.

    Chromium writes nothing when it shows its own error page. ``seconds`` is how long
    the page may load; what is there then is kept.
    """
    folder.mkdir(mode=0o700)
    result = Print(folder / "page.pdf", folder / "page.png", b"")
    source = folder / "page.html"
    with source.open("wb") as output:
        _run(_command(browser, url, result, folder, seconds), output, url, seconds)
    for path in (result.pdf, result.png, source):
        if not path.is_file() or path.stat().st_size == 0:
            raise NotShownError(url)
        if path.stat().st_size > MAX_BYTES:
            raise TooLargeError(url, MAX_BYTES)
    return Print(result.pdf, result.png, source.read_bytes())


def _command(
    browser: str, url: str, files: Print, folder: Path, seconds: float
) -> list[str]:
    return [
        browser,
        *_OPTIONS,
        # Chromium refuses to run as root with its sandbox.
        *(["--no-sandbox"] if _is_root() else []),
        f"--user-data-dir={folder / 'profile'}",
        f"--timeout={int(seconds * 1000)}",
        f"--virtual-time-budget={_SETTLING}",
        f"--print-to-pdf={files.pdf}",
        f"--screenshot={files.png}",
        "--dump-dom",
        url,
    ]


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _run(command: list[str], output: IO[bytes], url: str, seconds: float) -> None:
    """Run the browser; end it, with all its processes, when it takes too long."""
    process = subprocess.Popen(  # noqa: S603 - a list, and the address starts by http
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds + _MARGIN)
    except subprocess.TimeoutExpired as error:
        raise TooSlowError(url, seconds + _MARGIN) from error
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End what is left of the browser: its processes are a group of their own."""
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
