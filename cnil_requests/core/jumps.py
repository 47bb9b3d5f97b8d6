"""The jumps that cannot be: each is refused with what is possible instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnil_requests.core.french_dates import long_date
from cnil_requests.core.recording_errors import ImpossibleStepError
from cnil_requests.core.replaying import is_about_notice
from cnil_requests.core.requests import Channel, EventKind, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from cnil_requests.core.history import History, Sending
    from cnil_requests.core.requests import Event, Request


def check_jump(request: Request, history: History, new: Event) -> None:
    """Raise ImpossibleStepError when ``new`` does not fit what was recorded."""
    _check_not_closed(request, history, new)
    rule = _RULES.get(new.kind)
    if rule:
        rule(request, history, new)


def _check_not_closed(request: Request, history: History, new: Event) -> None:
    if history.closed_on is None or new.kind is EventKind.ATTACHED:
        return
    was_gone = _was_gone(history)
    if was_gone and new.kind is EventKind.SEEN and new.data["what"] == "back":
        return
    back = f"\nSi la fiche est revenue : cnilreq seen {request.id} back --on DATE"
    raise ImpossibleStepError(
        request,
        f"elle est close depuis le {long_date(history.closed_on)}",
        f"Pour la rouvrir : cnilreq undo {request.id}{back if was_gone else ''}",
    )


def _was_gone(history: History) -> bool:
    return history.closed_because == "removed" or any(
        sight.what == "removed" for sight in history.sights
    )


def _needs_sending(request: Request, history: History, new: Event) -> None:
    del new
    if not history.sendings:
        raise ImpossibleStepError(
            request,
            "elle n'est pas encore enregistrée comme envoyée",
            f"D'abord : cnilreq sent {request.id} --on DATE",
        )


def _received(request: Request, history: History, new: Event) -> None:
    _needs_sending(request, history, new)
    _check_not_a_form(request, history)
    posting = history.posting_by(new.on, Channel.LETTER, Channel.EMAIL)
    if history.bounced_on:  # What arrived is then the letter, if there is one.
        posting = history.posting_by(new.on, Channel.LETTER) or posting
    if posting is None or is_about_notice(new):
        return  # A day before the posting is refused as a date.
    _check_not_received(request, history, new)
    _check_not_back(request, history, posting)


def _check_not_a_form(request: Request, history: History) -> None:
    if all(item.channel is Channel.FORM for item in history.sendings):
        raise ImpossibleStepError(
            request,
            "un formulaire en ligne est reçu le jour de son envoi",
            "Gardez la confirmation comme preuve : cnilreq attach "
            f"{request.id} FICHIER --as delivery",
        )


def _check_not_received(request: Request, history: History, new: Event) -> None:
    """Refuse another receipt, unless it is that of an earlier posting."""
    receipt = history.receipt
    if receipt is None or receipt.kind not in ("delivered", "estimated"):
        return
    counted = history.posting_by(receipt.on, *Channel)
    if counted and new.on < counted.on:
        return
    raise ImpossibleStepError(
        request,
        f"sa réception est déjà enregistrée au {long_date(receipt.on)}, et c'est "
        "cette date qui compte",
        f"Si cette date est fausse : cnilreq undo {request.id}",
    )


def _check_not_back(request: Request, history: History, posting: Sending) -> None:
    """Refuse any news of a posting that came back: it must be sent again."""
    receipt = history.receipt
    returned = receipt.on if receipt and not receipt.arrived else history.bounced_on
    if returned is None or posting.on > returned:
        return
    if history.bounced_on and posting.channel is not Channel.EMAIL:
        return
    raise ImpossibleStepError(
        request,
        f"cet envoi est enregistré comme non distribué depuis le {long_date(returned)}",
        f"Si vous l'avez renvoyé : cnilreq sent {request.id} --on DATE\n"
        f"Si c'est une erreur : cnilreq undo {request.id}",
    )


def _bounced(request: Request, history: History, new: Event) -> None:
    _needs_sending(request, history, new)
    _check_not_a_form(request, history)
    if not any(item.channel is Channel.EMAIL for item in history.sendings):
        raise ImpossibleStepError(
            request,
            "aucun courriel n'est enregistré comme envoyé",
            f"D'abord : cnilreq sent {request.id} --on DATE --by email",
        )
    if is_about_notice(new):
        return
    _check_not_received(request, history, new)
    posting = history.posting_by(new.on, Channel.EMAIL)
    if posting:
        _check_not_back(request, history, posting)


def _not_delivered(request: Request, history: History, new: Event) -> None:
    _needs_sending(request, history, new)
    _check_not_a_form(request, history)
    if not any(item.channel is Channel.LETTER for item in history.sendings):
        raise ImpossibleStepError(
            request,
            "seule une lettre peut être refusée ou rester non réclamée",
            "Pour un courriel revenu en erreur : cnilreq received "
            f"{request.id} --on DATE --refused",
        )
    if is_about_notice(new):
        return
    _check_not_received(request, history, new)
    posting = history.posting_by(new.on, Channel.LETTER)
    if posting:
        _check_not_back(request, history, posting)


def _returned(request: Request, history: History, new: Event) -> None:
    del new
    receipt = history.receipt
    if receipt is None or receipt.kind != "unclaimed":
        raise ImpossibleStepError(
            request,
            "aucun pli non réclamé n'est enregistré",
            f"D'abord : cnilreq received {request.id} --on PREMIÈRE-PRÉSENTATION "
            "--unclaimed",
        )
    if receipt.returned_on:
        raise ImpossibleStepError(
            request,
            f"le retour du pli est déjà enregistré au {long_date(receipt.returned_on)}",
            f"Si cette date est fausse : cnilreq undo {request.id}",
        )


def _supplied(request: Request, history: History, new: Event) -> None:
    del new
    asked = [item for item in history.answers if item.outcome is Outcome.IDENTITY]
    if not asked:
        raise ImpossibleStepError(
            request,
            "aucune demande de justificatif n'est enregistrée",
            f"D'abord : cnilreq answered {request.id} --on DATE --outcome identity",
        )
    if any(day >= asked[-1].on for day in history.supplied):
        raise ImpossibleStepError(
            request,
            "le justificatif est déjà enregistré comme fourni",
            f"Pour corriger : cnilreq undo {request.id}",
        )


def _cnil(request: Request, history: History, new: Event) -> None:
    del new
    if history.lodged_on is None:
        raise ImpossibleStepError(
            request,
            "aucune plainte n'est enregistrée comme déposée",
            f"D'abord : cnilreq lodged {request.id} --on DATE",
        )


def _seen(request: Request, history: History, new: Event) -> None:
    if new.data["what"] == "back" and not _was_gone(history):
        raise ImpossibleStepError(
            request,
            "la fiche n'a jamais été enregistrée comme retirée",
            "Si elle est toujours en ligne : cnilreq seen "
            f"{request.id} online --on DATE",
        )


_RULES: dict[EventKind, Callable[[Request, History, Event], None]] = {
    EventKind.RECEIVED: _received,
    EventKind.BOUNCED: _bounced,
    EventKind.REFUSED: _not_delivered,
    EventKind.UNCLAIMED: _not_delivered,
    EventKind.RETURNED: _returned,
    EventKind.ANSWERED: _needs_sending,
    EventKind.SUPPLIED: _supplied,
    EventKind.FOLLOWED_UP: _needs_sending,
    EventKind.COMPLAINED: _needs_sending,
    EventKind.LODGED: _needs_sending,
    EventKind.CNIL: _cnil,
    EventKind.SEEN: _seen,
}
