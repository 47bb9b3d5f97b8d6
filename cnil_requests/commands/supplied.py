"""``cnilreq supplied``: the identity proof that was asked for was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cnil_requests.commands.journal import (
    id_argument,
    on_option,
    proof_option,
    proofs,
    record,
)
from cnil_requests.console import App, json_option, pass_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from cnil_requests.core.requests import Event
    from cnil_requests.store.cases import Case
    from cnil_requests.store.home import Home
    from cnil_requests.store.values import Given


@click.command()
@id_argument
@on_option
@proof_option
@json_option
@pass_app
def command(
    app: App,
    /,
    *,
    request_id: str,
    on: date,
    proof: Path | None,
    as_json: bool,
) -> None:
    """Enregistrer que vous avez justifié votre identité : le délai repart.

    \b
    Exemple :
      cnilreq supplied 2026-0001 --on 2026-06-15
    """

    def make(*_: object) -> Event:
        from cnil_requests.core.requests import Event, EventKind

        return Event(EventKind.SUPPLIED, on=on, recorded_on=app.today)

    record(
        app,
        [request_id],
        make,
        files=_files(proof),
        as_json=as_json,
        done="justificatif enregistré",
    )


def _files(proof: Path | None) -> Callable[[Home, Case], list[Given]]:
    """Return what keeps the proof, and the answer written by ``follow-up``."""
    from cnil_requests.store.values import Given

    def files(home: Home, case: Case) -> list[Given]:
        folder = home.folder(case.request)
        written = [
            folder / item.name
            for item in home.files(case.request.id)
            if item.kind == "identity" and not item.sealed
        ]
        sealed = [Given(path, "identity") for path in written if path.exists()]
        return [*sealed, *proofs(proof, "identity")(home, case)]

    return files
