"""``cnilreq cnil``: what the authority wrote."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cnil_requests.commands.journal import id_argument, on_option, proofs, record
from cnil_requests.commands.lodged import tell_handling
from cnil_requests.console import App, json_option, pass_app

if TYPE_CHECKING:
    from datetime import date

    from cnil_requests.core.requests import Event

STEPS = ("acknowledged", "informed", "closed")


@click.command()
@id_argument
@click.argument(
    "step", metavar="acknowledged|informed|closed", type=click.Choice(STEPS)
)
@on_option
@click.option("--number", metavar="NUMÉRO", help="Numéro donné par la CNIL.")
@click.option(
    "--file",
    "letter",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="Le courrier de la CNIL, à garder.",
)
@json_option
@pass_app
def command(
    app: App,
    /,
    *,
    request_id: str,
    step: str,
    on: date,
    number: str | None,
    letter: Path | None,
    as_json: bool,
) -> None:
    """Enregistrer ce que la CNIL a écrit de la plainte.

    \b
    Étapes :
      acknowledged  accusé de réception : ce n'est pas une information, les trois
                    mois de silence continuent
      informed      information sur l'état d'avancement
      closed        clôture : si la page reste en ligne, une nouvelle plainte est
                    possible

    \b
    Exemple :
      cnilreq cnil 2026-0001 acknowledged --on 2026-08-06 --file accuse.pdf
    """
    data = {"step": step}
    if number and number.strip():
        data["number"] = number.strip()

    def make(*_: object) -> Event:
        from cnil_requests.core.requests import Event, EventKind

        return Event(EventKind.CNIL, on=on, recorded_on=app.today, data=data)

    (case,) = record(
        app,
        [request_id],
        make,
        files=proofs(letter, "cnil"),
        as_json=as_json,
        done=_DONE[step],
    )
    if not as_json:
        tell_handling(case, app.today)


_DONE = {
    "acknowledged": "accusé de réception de la CNIL enregistré",
    "informed": "information de la CNIL enregistrée",
    "closed": "clôture par la CNIL enregistrée",
}
