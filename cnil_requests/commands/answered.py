"""``cnilreq answered``: the controller answered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cnil_requests.commands.journal import id_argument, on_option, proofs, record
from cnil_requests.console import DATE, App, json_option, pass_app

if TYPE_CHECKING:
    from datetime import date

    from cnil_requests.core.requests import Event, Request

OUTCOMES = (
    "granted",
    "partial",
    "refused",
    "extended",
    "identity",
    "payment",
    "account",
    "other",
)


@click.command()
@id_argument
@on_option
@click.option(
    "--outcome",
    type=click.Choice(OUTCOMES),
    required=True,
    help="Ce que dit la réponse.",
)
@click.option("--dated", type=DATE, metavar="DATE", help="Date écrite sur la réponse.")
@click.option("--promised", type=DATE, metavar="DATE", help="Jour promis pour agir.")
@click.option(
    "--no-reasons", is_flag=True, help="La réponse ne donne aucun motif (ni doute)."
)
@click.option(
    "--no-remedies", is_flag=True, help="La réponse ne mentionne aucun recours."
)
@click.option(
    "--file",
    "answer",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="La réponse, à garder.",
)
@json_option
@pass_app
def command(
    app: App,
    /,
    *,
    request_id: str,
    on: date,
    outcome: str,
    dated: date | None,
    promised: date | None,
    no_reasons: bool,
    no_remedies: bool,
    answer: Path | None,
    as_json: bool,
) -> None:
    """Enregistrer une réponse du site ; --on est le jour où vous l'avez reçue.

    \b
    Réponses possibles :
      granted   il accepte
      partial   il accepte en partie
      refused   il refuse
      extended  il prolonge le délai
      identity  il demande de justifier votre identité (avec --no-reasons s'il ne
                dit pas pourquoi il en doute)
      payment   il demande un paiement
      account   il exige un compte
      other     autre chose

    \b
    Exemple :
      cnilreq answered 2026-0001 --on 2026-06-20 --outcome refused --no-reasons \\
        --file reponse.pdf
    """
    data = {"outcome": outcome}
    data |= {"dated": dated.isoformat()} if dated else {}
    data |= {"promised": promised.isoformat()} if promised else {}
    data |= {"reasons": "no"} if no_reasons else {}
    data |= {"remedies": "no"} if no_remedies else {}

    def make(request: Request, events: object, kept: object) -> Event:
        from cnil_requests.core.requests import Event, EventKind

        del request, events, kept
        return Event(EventKind.ANSWERED, on=on, recorded_on=app.today, data=data)

    record(
        app,
        [request_id],
        make,
        files=proofs(answer, "answer"),
        as_json=as_json,
        done="réponse enregistrée",
    )
