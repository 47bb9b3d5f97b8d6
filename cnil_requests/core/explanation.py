"""Why a deadline is what it is, in plain French with the articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnil_requests.core.authority import explain_handling
from cnil_requests.core.calendars import calendar_for
from cnil_requests.core.findings import Findings
from cnil_requests.core.french_dates import long_date
from cnil_requests.core.requests import Channel, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from cnil_requests.core.deadlines import Deadline
    from cnil_requests.core.history import Answer, History, Receipt
    from cnil_requests.core.standing import Standing


def explain(standing: Standing, today: date) -> Iterator[str]:
    """Yield the sentences that explain the deadline of a request."""
    history = standing.history
    if not history.sendings:
        yield "La demande n'est pas envoyée : aucun délai ne court."
        return
    yield from _about_the_receipt(history)
    deadline = standing.deadline
    if deadline is None:
        yield (
            "Sans date de réception, le délai ne peut pas être compté : il court de "
            "la réception, non de l'envoi (RGPD, article 12(3))."
        )
        return
    directory = standing.request.directory
    choice = calendar_for(directory.country, directory.postcode)
    if len(choice.candidates) > 1:
        yield choice.note
    yield from _steps(standing, deadline, today)
    yield from _where_it_stands(standing, today)
    yield from explain_handling(history, today)


def _steps(standing: Standing, deadline: Deadline, today: date) -> Iterator[str]:
    """Yield the count, without what can no longer happen.

    After an answer, what its absence would have meant; after the last day, what an
    extension announced by then would have meant.
    """
    idle: tuple[str, ...] = ()
    if standing.history.final_answer:
        idle = ("Sans réponse", "Hypothèse")
    elif standing.is_overdue(today):
        idle = ("Hypothèse",)
    for step in deadline.steps:
        if not step.startswith(idle):
            yield step


def _where_it_stands(standing: Standing, today: date) -> Iterator[str]:
    answer = standing.history.final_answer
    if answer:
        yield f"Une réponse est enregistrée au {long_date(answer.on)}."
        if standing.complaint_from:
            yield _once_answered(answer, standing.complaint_from)
    elif standing.is_overdue(today) and standing.is_undelivered:
        yield (
            "Le délai est passé, mais la réception reste discutée : un nouvel envoi, "
            "par courriel ou par formulaire, est plus sûr qu'une plainte."
        )
    elif standing.is_overdue(today) and Findings(standing).is_unread:
        yield (
            "Le délai est passé, mais une réponse du site est gardée : ce qu'elle dit "
            "décide de la suite, et n'est pas enregistré."
        )
    elif standing.is_overdue(today):
        yield "Le délai est passé : une plainte à la CNIL est possible."


def _once_answered(answer: Answer, since: date) -> str:
    """Say from which day the complaint is possible, and why then."""
    if answer.outcome is Outcome.GRANTED:
        return (
            "Si le site ne fait pas ce qu'il a accepté, une plainte est possible à "
            f"partir du {long_date(since)}."
        )
    return (
        "Après un refus, même partiel, une plainte est possible sans attendre : à "
        f"partir du {long_date(since)}."
    )


def _about_the_receipt(history: History) -> Iterator[str]:
    if history.bounced_on:
        yield (
            f"Le courriel est revenu en erreur le {long_date(history.bounced_on)} : "
            "la demande n'est pas arrivée, aucun délai ne court."
        )
    elif history.receipt:
        yield from _told_of(history.receipt, history)


def _told_of(receipt: Receipt, history: History) -> Iterator[str]:
    """Say what makes the day of receipt less than certain, or not obvious."""
    day = long_date(receipt.on)
    posting = history.posting_by(receipt.on, *Channel)
    if receipt.kind == "presumed":
        yield (
            f"Courriel adressé le {day}, sans message d'erreur : il est tenu pour reçu "
            "le même jour."
        )
    elif receipt.kind == "estimated":
        yield f"Réception estimée au {day}, sans preuve postale."
    elif receipt.kind == "refused":
        yield (
            f"Lettre refusée le {day} : il est discuté qu'un pli refusé soit « reçu »."
        )
    elif posting and posting.channel is Channel.FORM and receipt.kind == "delivered":
        yield f"Formulaire envoyé, donc reçu, le {day}."
