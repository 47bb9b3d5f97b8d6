"""Why a fact cannot be recorded: its date, or what was recorded before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnil_requests.core.french_dates import long_date
from cnil_requests.errors import NotPossibleError

if TYPE_CHECKING:
    from datetime import date

    from cnil_requests.core.requests import Request


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

    def __init__(self, request: Request, day: date, floor: date, what: str) -> None:
        """Name the day and what came before it."""
        super().__init__(
            f"Demande {request.id} : le {long_date(day)} est avant {what} "
            f"({long_date(floor)}).",
            remedy="Vérifiez la date. Si c'est le dernier événement enregistré qui est "
            f"faux, annulez-le d'abord : cnilreq undo {request.id}",
        )


class ReceiptAfterAnswerError(NotPossibleError):
    """A request arrived before it was answered."""

    def __init__(self, request: Request, day: date, answered_on: date) -> None:
        """Name both days."""
        super().__init__(
            f"Demande {request.id} : le site a répondu le {long_date(answered_on)}, la "
            f"demande lui était donc arrivée avant le {long_date(day)}.",
            remedy="Vérifiez la date. Si c'est la réponse qui est fausse, annulez-la "
            f"d'abord : cnilreq undo {request.id}",
        )


class DatedAfterReceiptError(NotPossibleError):
    """An answer cannot be received before it is written."""

    def __init__(self) -> None:
        """Name both options."""
        super().__init__(
            "La réponse porte une date (--dated) postérieure à sa réception (--on).",
            remedy="Vérifiez les deux dates.",
        )


class PromiseBeforeAnswerError(NotPossibleError):
    """An answer cannot promise to have acted already."""

    def __init__(self) -> None:
        """Name the option."""
        super().__init__(
            "Le jour promis (--promised) est avant la réponse elle-même.",
            remedy="Vérifiez les deux dates.",
        )


class PromiseTooFarError(NotPossibleError):
    """A promise so far away is a typing error."""

    def __init__(self, promised: date) -> None:
        """Name the day."""
        super().__init__(
            f"Le jour promis ({long_date(promised)}) est à plus de deux ans.",
            remedy="Vérifiez l'année.",
        )


class ImpossibleStepError(NotPossibleError):
    """The fact does not fit what was recorded so far."""

    def __init__(self, request: Request, why: str, instead: str) -> None:
        """Say why, and what is possible instead."""
        super().__init__(f"Demande {request.id} : {why}.", remedy=instead)
