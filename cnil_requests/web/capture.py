"""One page kept as proof: PDF, picture, source, and a report of how it was made."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnil_requests import __version__
from cnil_requests.web import addresses, browser
from cnil_requests.web.errors import (
    PageError,
    PrivateAddressError,
    UnsupportedAddressError,
)
from cnil_requests.web.reading import show

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from cnil_requests.web.fetch import Fetcher, Page
    from cnil_requests.web.names import Name


@dataclass(frozen=True)
class Capture:
    """A page as it was at ``at``.

    ``proofs`` are the PDF and the picture, ``sources`` the HTML and the report.
    ``status`` is what the server answered to the program, None when it did not.
    """

    url: str
    at: datetime
    proofs: tuple[Path, ...]
    sources: tuple[Path, ...]
    status: int | None
    names_person: bool


@dataclass(frozen=True)
class Camera:
    """A browser, a fetcher, a clock, and how long a page may load, in seconds."""

    path: str
    version: str
    fetcher: Fetcher
    now: Callable[[], datetime]
    seconds: float = 30

    def take(self, url: str, folder: Path, name: Name) -> Capture:
        """Keep a page in an empty ``folder``; PageError when it cannot be shown.

        The server's own answer is read apart, by the program: a site may give it
        another page, or none, and the report says which.
        """
        target = addresses.parse(url)
        answer = self._answer(url)
        if isinstance(answer, (PrivateAddressError, UnsupportedAddressError)):
            raise answer
        at = self.now()
        shot = browser.photograph(
            self.path, target.url, folder / "browser", seconds=self.seconds
        )
        stem = f"capture-{at:%Y-%m-%d}-{folder.name}"
        pdf, png = folder / f"{stem}.pdf", folder / f"{stem}.png"
        shot.pdf.replace(pdf)
        shot.png.replace(png)
        source = folder / f"{stem}.html"
        served = answer if not isinstance(answer, PageError) else None
        source.write_bytes(served.body if served and served.body else shot.html)
        report = folder / f"{stem}.txt"
        text = _report(url, at, self.version, (pdf, png, source), answer)
        report.write_text(text, encoding="utf-8")
        shown = show(shot.html.decode("utf-8", "replace"))
        return Capture(
            url=url,
            at=at,
            proofs=(pdf, png),
            sources=(source, report),
            status=served.status if served else None,
            names_person=any(name.is_in(block) for block in shown.blocks),
        )

    def _answer(self, url: str) -> Page | PageError:
        try:
            return self.fetcher.fetch(url, fetched_at=self.now().date())
        except PageError as error:
            return error


def _report(
    url: str,
    at: datetime,
    version: str,
    files: tuple[Path, ...],
    answer: Page | PageError,
) -> str:
    """Return what was done, when, with what, and the hash of each file."""
    is_unread = isinstance(answer, PageError)
    origin = "page affichée" if is_unread else "source envoyée par le site"
    kinds = ("PDF", "image", f"HTML ({origin})")
    lines = [
        "Capture d'une page web",
        "",
        f"Adresse : {url}",
        f"Date et heure : {at.isoformat(timespec='seconds')}",
        f"Navigateur : {version}",
        f"Programme : cnilreq {__version__}",
        "",
        "Empreintes SHA-256",
        *(f"{kind} : {_sha256(file)}" for kind, file in zip(kinds, files, strict=True)),
        "",
        "Réponse du site au programme, lue à part du navigateur",
        *_answer_lines(answer),
    ]
    return "\n".join(lines) + "\n"


def _answer_lines(answer: Page | PageError) -> list[str]:
    if isinstance(answer, PageError):
        return [f"Non lue : {answer.what}"]
    return [
        f"Statut : {answer.status}",
        *(f"Redirection vers : {url}" for url in answer.redirects),
        *(f"{name}: {text}" for name, text in answer.headers.items()),
    ]


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
