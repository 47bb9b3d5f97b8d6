"""``cnilreq received``: the request arrived, or came back."""

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
from cnil_requests.console import DATE, App, json_option, pass_app
from cnil_requests.errors import WrongUsageError

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from cnil_requests.core.requests import Event, Request


class ConflictingReceiptError(WrongUsageError):
    """The options tell two different stories."""

    def __init__(self) -> None:
        """Say which go together."""
        super().__init__(
            "--refused, --unclaimed et --estimated ne vont pas ensemble ; --returned "
            "ne va qu'avec --unclaimed.",
            remedy="Gardez seulement ce qui est arrivé à cet envoi.",
        )


@click.command()
@id_argument
@on_option
@click.option(
    "--refused",
    is_flag=True,
    help="Refusé par le destinataire (ou courriel en erreur).",
)
@click.option(
    "--unclaimed",
    is_flag=True,
    help="Pli non réclamé ; --on est alors la première présentation.",
)
@click.option(
    "--returned", type=DATE, metavar="DATE", help="Jour où le pli non réclamé revient."
)
@click.option(
    "--estimated", is_flag=True, help="Date estimée (courrier ordinaire, sans preuve)."
)
@proof_option
@json_option
@pass_app
def command(
    app: App,
    /,
    *,
    request_id: str,
    on: date,
    refused: bool,
    unclaimed: bool,
    returned: date | None,
    estimated: bool,
    proof: Path | None,
    as_json: bool,
) -> None:
    """Enregistrer la réception d'une demande : le délai d'un mois part de là.

    Pour une lettre recommandée, --on est la date de distribution écrite par la
    poste, ni celle de l'envoi, ni celle de la première présentation. « Distribué à
    l'expéditeur » est un retour, pas une réception.

    \b
    Exemples :
      cnilreq received 2026-0001 --on 2026-06-04 --proof avis.pdf
      cnilreq received 2026-0001 --on 2026-06-04 --unclaimed --returned 2026-06-22
    """
    if refused + unclaimed + estimated > 1 or (returned and not unclaimed):
        raise ConflictingReceiptError

    def make(request: Request, events: tuple[Event, ...], kept: object) -> Event:
        del request, kept
        if refused:
            return _refused(events, on, app.today)
        if unclaimed:
            return _unclaimed(events, on, returned, app.today)
        return _delivered(on, app.today, estimated=estimated)

    record(
        app,
        [request_id],
        make,
        files=proofs(proof, "delivery"),
        as_json=as_json,
        done="réception enregistrée" if not refused else "refus enregistré",
    )


def _delivered(on: date, today: date, *, estimated: bool) -> Event:
    from cnil_requests.core.requests import Event, EventKind

    data = {"estimated": "yes"} if estimated else {}
    return Event(EventKind.RECEIVED, on=on, recorded_on=today, data=data)


def _refused(events: tuple[Event, ...], on: date, today: date) -> Event:
    """Return a refused letter, or an e-mail that bounced."""
    from cnil_requests.core.history import replay
    from cnil_requests.core.requests import Channel, Event, EventKind

    sendings = replay(events).sendings
    by_email = bool(sendings) and sendings[-1].channel is Channel.EMAIL
    kind = EventKind.BOUNCED if by_email else EventKind.REFUSED
    return Event(kind, on=on, recorded_on=today)


def _unclaimed(
    events: tuple[Event, ...], on: date, returned: date | None, today: date
) -> Event:
    """Return an unclaimed letter, or the return of one that is recorded."""
    from cnil_requests.core.deadline_facts import ReturnedBeforePresentationError
    from cnil_requests.core.history import replay
    from cnil_requests.core.requests import Event, EventKind

    if returned and returned < on:
        raise ReturnedBeforePresentationError(returned, on)
    receipt = replay(events).receipt
    known = receipt and receipt.kind == "unclaimed" and receipt.on == on
    if known and returned:
        return Event(EventKind.RETURNED, on=returned, recorded_on=today)
    data = {"returned": returned.isoformat()} if returned else {}
    return Event(EventKind.UNCLAIMED, on=on, recorded_on=today, data=data)
