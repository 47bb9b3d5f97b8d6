"""``cnilreq capture``: keep the page as proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cnil_requests.commands.capture_output import document, pages_of, proposal, tell
from cnil_requests.commands.journal import id_argument
from cnil_requests.console import App, emit_json, json_option, pass_app, progress
from cnil_requests.errors import NotPossibleError

if TYPE_CHECKING:
    from pathlib import Path

    from cnil_requests.core.requests import Event, Request
    from cnil_requests.store.cases import Case, Step, StoredFile
    from cnil_requests.store.home import Home
    from cnil_requests.web.capture import Camera, Capture
    from cnil_requests.web.errors import PageError


class NoPageError(NotPossibleError):
    """The request names no page."""

    def __init__(self, request: Request) -> None:
        """Name the request and the way by hand."""
        super().__init__(
            f"Demande {request.id} : aucune adresse de page n'est enregistrée.",
            remedy="Gardez une capture faite à la main : cnilreq attach "
            f"{request.id} FICHIER --as capture",
        )


@click.command()
@id_argument
@click.option(
    "--browser",
    metavar="PROGRAMME",
    default="",
    help="Navigateur à employer (sinon : Chromium, Chrome ou Edge s'il est trouvé).",
)
@click.option(
    "--timeout",
    type=click.FloatRange(1, 300),
    default=30,
    metavar="SECONDES",
    help="Temps laissé à la page pour se charger (30).",
)
@click.option(
    "--allow-private",
    is_flag=True,
    help="Permettre les adresses de votre réseau (pour les essais).",
)
@json_option
@pass_app
def command(
    app: App,
    /,
    *,
    request_id: str,
    browser: str,
    timeout: float,
    allow_private: bool,
    as_json: bool,
) -> None:
    """Garder chaque page de la demande en PDF et en image, avec la date et l'adresse.

    Le code de la page et la réponse du site sont gardés aussi, et l'empreinte de
    chaque fichier. La date est celle de l'horloge, même avec --today.

    \b
    Exemple :
      cnilreq capture 2026-0001
    """
    from cnil_requests.commands.home import open_home
    from cnil_requests.web.browser import find_browser, version_of, workplace
    from cnil_requests.web.capture import Camera
    from cnil_requests.web.fetch import Fetcher

    with open_home(app) as home:
        case = home.case(request_id)
        if not case.request.urls:
            raise NoPageError(case.request)
        path = find_browser(browser)
        fetcher = Fetcher(allow_private=allow_private)
        camera = Camera(path, version_of(path), fetcher, app.now, timeout)
        with workplace(path) as folder:
            kept, failed = _take_all(home, case, camera, folder)
            if not kept:
                raise failed[0]
            steps = [_step(app, case, capture) for capture in kept]
            case = home.record_many(steps)[-1]
        files = home.files(case.request.id)
    pages = pages_of(case, kept, files)
    proposed = proposal(case, kept)
    if as_json:
        emit_json({"capture": document(case, pages, failed, proposed)})
    else:
        tell(app, pages, failed, proposed)


def _take_all(
    home: Home, case: Case, camera: Camera, folder: Path
) -> tuple[list[Capture], list[PageError]]:
    """Keep every page that can be shown; return them, and why others cannot."""
    from cnil_requests.web.errors import PageError
    from cnil_requests.web.names import Name

    person = home.person(case.request.person)
    name = Name(person.first_name, person.last_name)
    kept: list[Capture] = []
    failed: list[PageError] = []
    urls = dict.fromkeys(case.request.urls)
    with progress("Capture des pages", len(urls), slow=True) as advance:
        for number, url in enumerate(urls, start=1):
            place = folder / f"page-{number}"
            place.mkdir(mode=0o700)
            try:
                kept.append(camera.take(url, place, name))
            except PageError as error:
                failed.append(error)
            advance(1)
    return kept, failed


def _step(app: App, case: Case, capture: Capture) -> Step:
    """Return what records a page: one event, its files sealed with it.

    Its day is the true one: a proof is not dated by ``--today``.
    """
    from cnil_requests.core.recording import admit
    from cnil_requests.core.requests import Event, EventKind
    from cnil_requests.store.values import Given, Step

    day = capture.at.date()

    def decide(
        request: Request, events: tuple[Event, ...], stored: tuple[StoredFile, ...]
    ) -> Event | None:
        data = {
            "kind": "capture",
            "file": stored[0].name,
            "sha256": stored[0].sha256,
            "url": capture.url,
            "at": capture.at.isoformat(timespec="seconds"),
        }
        new = Event(EventKind.ATTACHED, on=day, recorded_on=day, data=data)
        return admit(request, events, new, today=max(day, app.today))

    files = [Given(path, "capture") for path in capture.proofs]
    files += [Given(path, "capture-source") for path in capture.sources]
    return Step(case.request.id, decide, tuple(files))
