"""The dates a fact cannot have."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from cnil_requests.core.history import ARRIVES_BY, SIDE_KINDS
from cnil_requests.core.recording_errors import (
    DatedAfterReceiptError,
    FutureDateError,
    PromiseBeforeAnswerError,
    PromiseTooFarError,
    ReceiptAfterAnswerError,
    TooEarlyError,
)
from cnil_requests.core.replaying import is_about_notice
from cnil_requests.core.requests import Event, EventKind

if TYPE_CHECKING:
    from cnil_requests.core.history import History
    from cnil_requests.core.requests import Request

#: A promise further away than this is a typing error.
_PATIENCE = timedelta(days=2 * 365)


def check_dates(request: Request, history: History, new: Event, *, today: date) -> None:
    """Raise when ``new`` cannot have happened on its day."""
    if new.kind in SIDE_KINDS:
        return
    for day in (new.on, _day(new, "returned")):
        if day and day > today:
            raise FutureDateError(day, today)
    if new.on < history.drafted_on:
        raise TooEarlyError(request, new.on, history.drafted_on, "la lettre")
    if new.kind in ARRIVES_BY:
        _check_postal(request, history, new)
    elif history.last_on and new.on < history.last_on:
        what = "l'événement précédent"
        raise TooEarlyError(request, new.on, history.last_on, what)
    if new.kind is EventKind.ANSWERED:
        _check_answer(request, history, new)


def _check_postal(request: Request, history: History, new: Event) -> None:
    channels = ARRIVES_BY[new.kind]
    posting = history.posting_by(new.on, *channels)
    if posting is None:
        sent = [item.on for item in history.sendings if item.channel in channels]
        raise TooEarlyError(request, new.on, sent[0], "l'envoi")
    if new.kind is EventKind.RETURNED or _day(new, "returned"):
        _check_return(request, history, new)
    if new.kind is EventKind.RETURNED or is_about_notice(new):
        return
    # It may be learnt after an answer came, and cannot have happened after it.
    answered = [item.on for item in history.answers if posting.on <= item.on < new.on]
    if answered:
        raise ReceiptAfterAnswerError(request, new.on, answered[0])


def _check_return(request: Request, history: History, new: Event) -> None:
    receipt = history.receipt
    if new.kind is EventKind.RETURNED:
        returned, presented = new.on, receipt.on if receipt else new.on
    else:
        returned, presented = _day(new, "returned") or new.on, new.on
    if returned < presented:
        raise TooEarlyError(request, returned, presented, "la première présentation")


def _check_answer(request: Request, history: History, new: Event) -> None:
    dated, promised = _day(new, "dated"), _day(new, "promised")
    if dated and dated > new.on:
        raise DatedAfterReceiptError
    if dated and dated < history.sendings[0].on:
        raise TooEarlyError(request, dated, history.sendings[0].on, "l'envoi")
    if promised and promised < (dated or new.on):
        raise PromiseBeforeAnswerError
    if promised and promised > new.on + _PATIENCE:
        raise PromiseTooFarError(promised)


def _day(event: Event, key: str) -> date | None:
    text = event.data.get(key)
    return date.fromisoformat(text) if text else None
