"""Why a deadline is what it is, in plain French with the articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnil_requests.core.french_dates import long_date
from cnil_requests.core.requests import Channel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from cnil_requests.core.history import History
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
    yield from deadline.steps
    if standing.is_overdue(today) and not history.final_answer:
        yield "Le délai est passé : une plainte à la CNIL est possible."
    if history.final_answer:
        yield (f"Une réponse est enregistrée au {long_date(history.final_answer.on)}.")


def _about_the_receipt(history: History) -> Iterator[str]:
    sending = history.sendings[-1]
    receipt = history.receipt
    if history.bounced_on:
        yield (
            f"Le courriel est revenu en erreur le {long_date(history.bounced_on)} : "
            "la demande n'est pas arrivée, aucun délai ne court."
        )
        return
    if receipt is None:
        return
    if receipt.kind == "presumed":
        yield (
            f"Courriel adressé le {long_date(receipt.on)}, sans message d'erreur : il "
            "est tenu pour reçu le même jour."
        )
    elif receipt.kind == "estimated":
        yield f"Réception estimée au {long_date(receipt.on)}, sans preuve postale."
    elif receipt.kind == "refused":
        yield (
            f"Lettre refusée le {long_date(receipt.on)} : il est discuté qu'un pli "
            "refusé soit « reçu »."
        )
    elif sending.channel is Channel.FORM:
        yield f"Formulaire envoyé, donc reçu, le {long_date(receipt.on)}."
