"""``cnilreq closed``: the matter is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cnil_requests.commands.journal import id_argument, on_option, record
from cnil_requests.console import App, json_option, pass_app

if TYPE_CHECKING:
    from datetime import date

    from cnil_requests.core.requests import Event


@click.command()
@id_argument
@on_option
@click.option(
    "--because",
    type=click.Choice(["removed", "withdrawn", "moot"]),
    required=True,
    help="Fiche retirée, demande abandonnée, ou devenue sans objet.",
)
@json_option
@pass_app
def command(
    app: App, /, *, request_id: str, on: date, because: str, as_json: bool
) -> None:
    """Clore une demande : plus aucun rappel, tout reste gardé.

    \b
    Exemple :
      cnilreq closed 2026-0001 --on 2026-08-10 --because removed
    """

    def make(*_: object) -> Event:
        from cnil_requests.core.requests import Event, EventKind

        return Event(
            EventKind.CLOSED, on=on, recorded_on=app.today, data={"because": because}
        )

    record(app, [request_id], make, as_json=as_json, done="demande close")
