"""Which fact may be recorded when: the jumps and dates that cannot be.

``admit`` is the one door to the event table. It says nothing of the deadline,
which follows from what was admitted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnil_requests.core.french_dates import long_date
from cnil_requests.core.history import SIDE_KINDS, History, effective, replay
from cnil_requests.core.requests import Channel, Event, EventKind, Outcome, Request
from cnil_requests.errors import NotPossibleError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

#: What the post says may be learnt after an answer came.
_POSTAL = frozenset(
    {
        EventKind.RECEIVED,
        EventKind.BOUNCED,
        EventKind.REFUSED,
        EventKind.UNCLAIMED,
        EventKind.RETURNED,
    }
)

#: Data that come from the machine, not from what the user says happened.
_OWN_DATA = frozenset({"sha256", "edited", "file"})


class FutureDateError(NotPossibleError):
    """Something cannot have happened after today."""

    def __init__(self, day: date, today: date) -> None:
        """Name both days."""
        super().__init__(
            f"Le {long_date(day)} est après aujourd'hui ({long_date(today)}).",
            remedy="Enregistrez un fait une fois qu'il a eu lieu.",
        )


class TooEarlyError(NotPossibleError):
    """Something cannot have happened before what it follows."""

    def __init__(self, day: date, floor: date, what: str) -> None:
        """Name the day and what came before it."""
        super().__init__(
            f"Le {long_date(day)} est avant {what} ({long_date(floor)}).",
            remedy="Vérifiez la date. Si c'est l'événement précédent qui est faux, "
            "annulez-le d'abord : cnilreq undo NUMÉRO",
        )


class ReceiptAfterAnswerError(NotPossibleError):
    """A request is received before it is answered."""

    def __init__(self, day: date, answered_on: date) -> None:
        """Name both days."""
        super().__init__(
            f"Reçue le {long_date(day)}, la demande n'a pas pu être traitée dès le "
            f"{long_date(answered_on)}.",
            remedy="Vérifiez la date de réception, ou annulez la réponse : "
            "cnilreq undo NUMÉRO",
        )


class ImpossibleStepError(NotPossibleError):
    """The fact does not fit what was recorded so far."""

    def __init__(self, request: Request, why: str, instead: str) -> None:
        """Say why, and what is possible instead."""
        super().__init__(f"Demande {request.id} : {why}.", remedy=instead)


def admit(
    request: Request, events: tuple[Event, ...], new: Event, *, today: date
) -> Event | None:
    """Return ``new`` if it may be recorded, None if it already is.

    Raises the errors of this module when it cannot have happened, or not so.
    """
    if _already(events, new):
        return None
    history = replay(events)
    _check_not_closed(request, history, new)
    _RULES.get(new.kind, _anything)(request, history, new)
    _check_dates(history, new, today)
    return new


def undoing(request: Request, events: tuple[Event, ...], *, today: date) -> Event:
    """Return the event that takes back the last one that stands.

    Raises ImpossibleStepError when only the draft is left.
    """
    last = effective(events)[-1]
    if last.kind is EventKind.DRAFTED:
        raise ImpossibleStepError(
            request,
            "il n'y a rien à annuler, elle n'est que rédigée",
            f"Pour y renoncer : cnilreq closed {request.id} --on "
            f"{today.isoformat()} --because withdrawn",
        )
    return Event(
        EventKind.UNDONE,
        on=today,
        recorded_on=today,
        data={"undoes": str(last.number), "kind": last.kind.value},
    )


def _already(events: tuple[Event, ...], new: Event) -> bool:
    """Say whether the same fact stands already: the same call twice is harmless."""
    if new.kind is EventKind.ATTACHED:
        return any(
            event.kind is new.kind and dict(event.data) == dict(new.data)
            for event in effective(events)
        )
    return any(
        event.kind is new.kind and event.on == new.on and _said(event) == _said(new)
        for event in effective(events)
    )


def _said(event: Event) -> dict[str, str]:
    return {key: text for key, text in event.data.items() if key not in _OWN_DATA}


def _check_not_closed(request: Request, history: History, new: Event) -> None:
    if history.closed_on is None or new.kind is EventKind.ATTACHED:
        return
    if new.kind is EventKind.SEEN and new.data.get("what") == "back":
        return
    raise ImpossibleStepError(
        request,
        f"elle est close depuis le {long_date(history.closed_on)}",
        f"Pour la rouvrir : cnilreq undo {request.id}\n"
        f"Si la fiche est revenue : cnilreq seen {request.id} back --on DATE",
    )


def _check_dates(history: History, new: Event, today: date) -> None:
    if new.on > today:
        raise FutureDateError(new.on, today)
    if new.kind in SIDE_KINDS:
        return
    if new.on < history.drafted_on:
        raise TooEarlyError(new.on, history.drafted_on, "la lettre")
    if new.kind in _POSTAL:
        _check_postal_date(history, new)
    elif history.last_on and new.on < history.last_on:
        raise TooEarlyError(new.on, history.last_on, "l'événement précédent")


def _check_postal_date(history: History, new: Event) -> None:
    sent_on = history.sendings[-1].on
    if new.on < sent_on:
        raise TooEarlyError(new.on, sent_on, "l'envoi")
    later = [answer.on for answer in history.answers if answer.on >= sent_on]
    if later and new.on > later[0]:
        raise ReceiptAfterAnswerError(new.on, later[0])


def _anything(request: Request, history: History, new: Event) -> None:
    del request, history, new


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
    if history.sendings[-1].channel is Channel.FORM:
        raise ImpossibleStepError(
            request,
            "un formulaire en ligne est reçu le jour de son envoi",
            "Gardez la confirmation comme preuve : cnilreq attach "
            f"{request.id} FICHIER --as delivery",
        )
    receipt = history.receipt
    if receipt and receipt.kind in ("delivered", "estimated"):
        raise ImpossibleStepError(
            request,
            f"sa réception est déjà enregistrée au {long_date(receipt.on)}",
            f"Si cette date est fausse : cnilreq undo {request.id}",
        )


def _postal_only(request: Request, history: History, new: Event) -> None:
    _received(request, history, new)
    if history.sendings[-1].channel is not Channel.LETTER:
        raise ImpossibleStepError(
            request,
            "seule une lettre peut rester non réclamée",
            "Pour un courriel revenu en erreur : cnilreq received "
            f"{request.id} --on DATE --refused",
        )


def _returned(request: Request, history: History, new: Event) -> None:
    del new
    if history.receipt is None or history.receipt.kind != "unclaimed":
        raise ImpossibleStepError(
            request,
            "aucun pli non réclamé n'est enregistré",
            f"D'abord : cnilreq received {request.id} --on PREMIÈRE-PRÉSENTATION "
            "--unclaimed",
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
    if new.data.get("what") != "back":
        return
    gone = any(sight.what == "removed" for sight in history.sights)
    if not gone and history.closed_because != "removed":
        raise ImpossibleStepError(
            request,
            "la fiche n'a jamais été enregistrée comme retirée",
            "Si elle est toujours en ligne : cnilreq seen "
            f"{request.id} online --on DATE",
        )


_RULES: dict[EventKind, Callable[[Request, History, Event], None]] = {
    EventKind.RECEIVED: _received,
    EventKind.BOUNCED: _received,
    EventKind.REFUSED: _postal_only,
    EventKind.UNCLAIMED: _postal_only,
    EventKind.RETURNED: _returned,
    EventKind.ANSWERED: _needs_sending,
    EventKind.SUPPLIED: _supplied,
    EventKind.FOLLOWED_UP: _needs_sending,
    EventKind.LODGED: _needs_sending,
    EventKind.CNIL: _cnil,
    EventKind.SEEN: _seen,
}
