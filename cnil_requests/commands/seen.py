"""``cnilreq seen``: what the user saw on the site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cnil_requests.commands.journal import id_argument, on_option, proofs, record
from cnil_requests.console import App, json_option, pass_app

if TYPE_CHECKING:
    from datetime import date

    from cnil_requests.core.requests import Event


@click.command()
@id_argument
@click.argument(
    "what",
    metavar="removed|online|back",
    type=click.Choice(["removed", "online", "back"]),
)
@on_option
@click.option(
    "--file",
    "capture",
    type=click.Path(path_type=Path),
    metavar="CAPTURE",
    help="Capture de la page ce jour-là.",
)
@json_option
@pass_app
def command(
    app: App,
    /,
    *,
    request_id: str,
    what: str,
    on: date,
    capture: Path | None,
    as_json: bool,
) -> None:
    """Enregistrer ce que vous avez vu : fiche retirée, en ligne, ou revenue.

    \b
    Exemple :
      cnilreq seen 2026-0001 online --on 2026-07-07 --file capture.png
    """

    def make(*_: object) -> Event:
        from cnil_requests.core.requests import Event, EventKind

        return Event(EventKind.SEEN, on=on, recorded_on=app.today, data={"what": what})

    record(
        app,
        [request_id],
        make,
        files=proofs(capture, "capture"),
        as_json=as_json,
        done=_DONE[what],
    )


_DONE = {
    "removed": "fiche vue retirée",
    "online": "fiche vue en ligne",
    "back": "fiche vue de nouveau en ligne",
}
