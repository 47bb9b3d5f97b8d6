"""``cnilreq deadline``: the calculator alone, without any recorded request.

In JSON ``due`` is the end of the month and ``extended_due`` the end of the three
months, a hypothesis that is always counted; a valid ``--extended-on`` makes the
second one bind. ``complaint_from`` follows the day that binds, under the latest
reading that can be defended. While a proof of identity is awaited all are null.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cnil_requests.console import (
    DATE,
    bullet,
    emit_json,
    json_option,
    paragraph,
    say,
    title,
)
from cnil_requests.errors import WrongUsageError

if TYPE_CHECKING:
    from datetime import date

    from cnil_requests.core.deadline_facts import IdentityRequest
    from cnil_requests.core.deadlines import Deadline


class SuppliedWithoutRequestError(WrongUsageError):
    """``--identity-supplied`` is given without ``--identity-asked``."""

    def __init__(self) -> None:
        """Name the missing option."""
        super().__init__(
            "--identity-supplied ne se compte qu'avec --identity-asked.",
            remedy="Ajoutez la date à laquelle le justificatif a été demandé.",
        )


_HELP = """Calculer la date limite de réponse à une demande reçue le RECEIVED.

Le résultat est expliqué pas à pas, avec les articles. Une prolongation annoncée
trop tard est signalée et ne change pas la date.

\b
Exemple :
  cnilreq deadline 2026-01-31
  cnilreq deadline 2026-03-03 --calendar FR-AM
"""


@click.command("deadline", help=_HELP)
@click.argument("received", type=DATE, metavar="RECEIVED")
@click.option(
    "--calendar",
    default="FR",
    show_default=True,
    metavar="CODE",
    help="Jours fériés : FR, FR-AM (Alsace-Moselle), FR-971 à FR-978, ou code du pays.",
)
@click.option(
    "--extended-on",
    type=DATE,
    metavar="DATE",
    help="Date à laquelle une prolongation a été annoncée avec ses motifs.",
)
@click.option(
    "--identity-asked",
    type=DATE,
    metavar="DATE",
    help="Date à laquelle un justificatif d'identité a été demandé.",
)
@click.option(
    "--identity-supplied",
    type=DATE,
    metavar="DATE",
    help="Date à laquelle ce justificatif a été fourni.",
)
@click.option(
    "--unclaimed",
    is_flag=True,
    help="Recommandé non réclamé : RECEIVED est la première présentation.",
)
@click.option(
    "--returned",
    type=DATE,
    metavar="DATE",
    help="Date à laquelle le pli non réclamé est revenu.",
)
@json_option
def command(
    *,
    received: date,
    calendar: str,
    extended_on: date | None,
    identity_asked: date | None,
    identity_supplied: date | None,
    unclaimed: bool,
    returned: date | None,
    as_json: bool,
) -> None:
    """Count the deadline from the options and print it."""
    from cnil_requests.core.deadline_facts import DeadlineFacts, Extension
    from cnil_requests.core.deadlines import count_deadline

    facts = DeadlineFacts(
        received,
        (calendar,),
        extension=Extension(extended_on) if extended_on else None,
        identity=_identity(identity_asked, identity_supplied),
        unclaimed=unclaimed,
        returned_on=returned,
    )
    deadline = count_deadline(facts)
    if as_json:
        emit_json(as_document(deadline))
    else:
        _tell(deadline)


def as_document(deadline: Deadline) -> dict[str, object]:
    """Return the deadline as ``--json`` prints it."""
    from cnil_requests.core.deadline_clock import same_day_later

    return {
        "received_on": deadline.received_on,
        "calendar": deadline.calendar,
        "nominal": same_day_later(deadline.received_on, 1),
        "due": deadline.first_due,
        "complaint_from": deadline.complaint_from,
        "extended_due": deadline.extended_due,
        "steps": list(deadline.steps),
    }


def _identity(asked: date | None, supplied: date | None) -> tuple[IdentityRequest, ...]:
    from cnil_requests.core.deadline_facts import IdentityRequest

    if asked:
        return (IdentityRequest(asked, supplied),)
    if supplied:
        raise SuppliedWithoutRequestError
    return ()


def _tell(deadline: Deadline) -> None:
    from cnil_requests.core.french_dates import long_date

    if deadline.due and deadline.complaint_from:
        title(f"Dernier jour pour répondre : {long_date(deadline.due, weekday=True)}")
        first = long_date(deadline.complaint_from, weekday=True)
        say(f"Sans réponse, plainte possible à partir du {first}")
        if deadline.is_contested:
            say("Plusieurs dates se défendent : la plus tardive est retenue.")
    else:
        title("Délai suspendu : un justificatif d'identité est attendu de vous.")
    say()
    say("Comment cette date est comptée :")
    for step in deadline.steps:
        bullet(step)
    say()
    paragraph(
        f"Calendrier {deadline.calendar}. Pour un responsable établi ailleurs :"
        " --calendar FR-AM (Alsace-Moselle), FR-974 (La Réunion), IE (Irlande)…"
    )
