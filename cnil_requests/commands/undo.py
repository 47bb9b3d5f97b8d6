"""``cnilreq undo``: take back the last event, by a correcting event."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cnil_requests.commands.journal import id_argument, summary, tell_next
from cnil_requests.console import App, emit_json, json_option, pass_app, say

if TYPE_CHECKING:
    from cnil_requests.core.requests import Event, Request


@click.command()
@id_argument
@json_option
@pass_app
def command(app: App, /, *, request_id: str, as_json: bool) -> None:
    """Annuler le dernier événement d'une demande.

    L'événement reste dans l'historique, marqué comme annulé ; les fichiers gardés
    restent aussi. Relancez la commande pour remonter plus loin.

    \b
    Exemple :
      cnilreq undo 2026-0001
    """
    from cnil_requests.commands.home import open_home
    from cnil_requests.core.journal_words import describe
    from cnil_requests.core.recording import undoing
    from cnil_requests.core.standing import Standing

    def decide(request: Request, events: tuple[Event, ...], kept: object) -> Event:
        del kept
        return undoing(request, events, today=app.today)

    with open_home(app) as home:
        case = home.record(home.request_id(request_id), decide)
    if as_json:
        emit_json({"requests": [summary(case, app.today)]})
        return
    undone = case.events[int(case.events[-1].data["undoes"]) - 1]
    say(f"{case.request.id} : annulé – {describe(undone)}.")
    tell_next(Standing(case.request, case.events), app.today)
