"""``cnilreq received``: the request arrived, or came back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from cnil_requests.commands.completion import complete_requests
from cnil_requests.commands.journal import proof_option, proofs, record
from cnil_requests.commands.listed import (
    list_options,
    one_or_the_other,
    required_day,
    usual_day_option,
)
from cnil_requests.console import DATE, App, json_option, pass_app
from cnil_requests.errors import WrongUsageError

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from cnil_requests.core.history import History
    from cnil_requests.core.requests import Event, EventKind, Request
    from cnil_requests.store.cases import Case
    from cnil_requests.store.home import Home
    from cnil_requests.store.values import Given


class ConflictingReceiptError(WrongUsageError):
    """The options tell two different stories."""

    def __init__(self) -> None:
        """Say which go together."""
        super().__init__(
            "--refused, --unclaimed et --estimated ne vont pas ensemble ; --returned "
            "ne va qu'avec --unclaimed, et --by qu'avec --refused.",
            remedy="Gardez seulement ce qui est arrivé à cet envoi.",
        )


class WhichSendingError(WrongUsageError):
    """Both a letter and an e-mail were out when one of them came back."""

    def __init__(self) -> None:
        """Name the option."""
        super().__init__(
            "Une lettre et un courriel étaient partis : lequel est revenu ?",
            remedy="Ajoutez --by letter (lettre refusée) ou --by email (courriel "
            "revenu en erreur).",
        )


@click.command()
@click.argument(
    "request_id",
    metavar="[NUMÉRO]",
    required=False,
    shell_complete=complete_requests,
)
@usual_day_option
@list_options
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
@click.option(
    "--by",
    "channel",
    type=click.Choice(["letter", "email"]),
    help="Avec --refused, si une lettre et un courriel sont partis : lequel revient.",
)
@proof_option
@json_option
@pass_app
def command(
    app: App,
    /,
    *,
    request_id: str | None,
    list_file: Path | None,
    skip_bad: bool,
    on: date | None,
    refused: bool,
    unclaimed: bool,
    returned: date | None,
    estimated: bool,
    channel: str | None,
    proof: Path | None,
    as_json: bool,
) -> None:
    """Enregistrer la réception d'une demande : le délai d'un mois part de là.

    Pour une lettre recommandée, --on est la date de distribution écrite par la
    poste, ni celle de l'envoi, ni celle de la première présentation. « Distribué à
    l'expéditeur » est un retour, pas une réception.

    Avec --from, une liste de distributions (colonnes demande ou suivi, date, et
    statut s'il y en a un).

    \b
    Exemples :
      cnilreq received 2026-0001 --on 2026-06-04 --proof avis.pdf
      cnilreq received 2026-0001 --on 2026-06-04 --unclaimed --returned 2026-06-22
      cnilreq received --from distributions.csv
    """
    one_or_the_other(
        [request_id] if request_id else [],
        list_file,
        "le NUMÉRO de la demande",
        without_list=(
            "refused",
            "unclaimed",
            "returned",
            "estimated",
            "channel",
            "proof",
        ),
        skip_bad=skip_bad,
    )
    if list_file:
        _record_list(app, list_file, on, skip_bad=skip_bad, as_json=as_json)
        return
    day = required_day(on)
    if refused + unclaimed + estimated > 1 or (returned and not unclaimed):
        raise ConflictingReceiptError
    if channel and not refused:
        raise ConflictingReceiptError

    told = Told(day, refused, unclaimed, returned, estimated, channel)

    def make(request: Request, events: tuple[Event, ...], kept: object) -> Event:
        del request, kept
        return told.event(events, app.today)

    record(
        app,
        [str(request_id)],
        make,
        files=proofs(proof, "delivery"),
        as_json=as_json,
        done=told.done,
    )


def _record_list(
    app: App, file: Path, on: date | None, *, skip_bad: bool, as_json: bool
) -> None:
    """Record the deliveries of a list."""
    from cnil_requests.batch.journal import RECEIVED
    from cnil_requests.commands.batch_journal import record_list

    record_list(
        app,
        file,
        RECEIVED,
        lambda line: _Delivery(Told(required_day(line.on)), app.today),
        on=on,
        skip_bad=skip_bad,
        as_json=as_json,
        done="Réceptions enregistrées",
    )


@dataclass(frozen=True)
class Told:
    """What the user says of an arrival, and the event that it is."""

    on: date
    refused: bool = False
    unclaimed: bool = False
    returned: date | None = None
    estimated: bool = False
    channel: str | None = None

    @property
    def done(self) -> str:
        """What was recorded, in French."""
        if self.unclaimed:
            return "pli non réclamé enregistré"
        return "retour enregistré" if self.refused else "réception enregistrée"

    def event(self, events: tuple[Event, ...], today: date) -> Event:
        """Return the event; it may depend on what was sent, and how."""
        from cnil_requests.core.replaying import replay
        from cnil_requests.core.requests import Event, EventKind

        history = replay(events)
        kind, on, data = EventKind.RECEIVED, self.on, dict[str, str]()
        if self.estimated:
            data = {"estimated": "yes"}
        elif self.refused:
            kind = self._came_back(history)
        elif self.unclaimed:
            kind = EventKind.UNCLAIMED
            receipt = history.receipt
            if self.returned and receipt and receipt.is_waiting_since(on):
                kind, on = EventKind.RETURNED, self.returned
            elif self.returned:
                data = {"returned": self.returned.isoformat()}
        return Event(kind, on=on, recorded_on=today, data=data)

    def _came_back(self, history: History) -> EventKind:
        """Return a bounced e-mail or a refused letter, whichever was sent."""
        from cnil_requests.core.requests import Channel, EventKind

        by_email = history.posting_by(self.on, Channel.EMAIL)
        by_letter = history.posting_by(self.on, Channel.LETTER)
        if by_email and by_letter and self.channel is None:
            raise WhichSendingError
        if self.channel == Channel.EMAIL or (by_email and self.channel is None):
            return EventKind.BOUNCED
        return EventKind.REFUSED


@dataclass(frozen=True)
class _Delivery:
    """One line of a list of deliveries: no file goes with it."""

    told: Told
    today: date

    def files(self, home: Home, case: Case) -> list[Given]:
        """Return nothing: the list itself is no proof of one delivery."""
        del home, case
        return []

    def event(self, request: Request, events: tuple[Event, ...], kept: object) -> Event:
        """Return the delivery."""
        del request, kept
        return self.told.event(events, self.today)
