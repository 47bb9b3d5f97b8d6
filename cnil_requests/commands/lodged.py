"""``cnilreq lodged``: the complaint was given to the CNIL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cnil_requests.commands.journal import id_argument, on_option, proof_option, record
from cnil_requests.console import App, bullet, json_option, pass_app

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from cnil_requests.core.requests import Event
    from cnil_requests.store.cases import Case
    from cnil_requests.store.home import Home
    from cnil_requests.store.values import Given

#: The documents of a complaint, sealed as they were when it was lodged.
DOCUMENTS = ("complaint", "complaint-text", "dossier")


@click.command()
@id_argument
@on_option
@click.option("--number", metavar="NUMÉRO", help="Numéro donné par la CNIL.")
@proof_option
@json_option
@pass_app
def command(
    app: App,
    /,
    *,
    request_id: str,
    on: date,
    number: str | None,
    proof: Path | None,
    as_json: bool,
) -> None:
    """Enregistrer le dépôt de la plainte à la CNIL.

    Les documents de la plainte sont alors scellés tels qu'ils sont.

    \b
    Exemple :
      cnilreq lodged 2026-0001 --on 2026-08-03 --number 26012345
    """
    data = {"number": number.strip()} if number and number.strip() else {}

    def make(*_: object) -> Event:
        from cnil_requests.core.requests import Event, EventKind

        return Event(EventKind.LODGED, on=on, recorded_on=app.today, data=data)

    def files(home: Home, case: Case) -> list[Given]:
        from cnil_requests.store.values import Given

        folder = home.folder(case.request)
        made = {
            item.kind: folder / item.name
            for item in home.files(case.request.id)
            if item.kind in DOCUMENTS and not item.sealed
        }
        sealed = [Given(path, kind) for kind, path in made.items() if path.exists()]
        return [*sealed, *([Given(proof, "cnil")] if proof else [])]

    (case,) = record(
        app, [request_id], make, files=files, as_json=as_json, done="dépôt enregistré"
    )
    if not as_json:
        tell_handling(case, app.today)


def tell_handling(case: Case, today: date) -> None:
    """Say what the CNIL's silence will mean, and when."""
    from cnil_requests.core.authority import explain_handling
    from cnil_requests.core.replaying import replay

    for text in explain_handling(replay(case.events), today):
        bullet(text)
