"""The facts a deadline depends on, and the dates that cannot stand together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from cnil_requests.core.french_dates import long_date
from cnil_requests.errors import WrongUsageError

#: The GDPR applies from this day (art. 99(2)).
GDPR_APPLIES_FROM = date(2018, 5, 25)

#: The last receipt the engine is tested for.
LAST_RECEIPT = date(2100, 12, 31)

#: CPCE art. R1-1-6: a registered letter waits fifteen calendar days.
DAYS_KEPT_AT_THE_POST = 15


class DateOutOfRangeError(WrongUsageError):
    """A date lies before the GDPR or after the last year that is counted."""

    def __init__(self, day: date) -> None:
        """Name the day and both limits."""
        super().__init__(
            f"Le {long_date(day)} est hors du calcul : le RGPD s'applique depuis le"
            f" {long_date(GDPR_APPLIES_FROM)} et le calcul s'arrête au"
            f" {long_date(LAST_RECEIPT)}.",
            remedy="Vérifiez l'année.",
        )


class ContradictoryDatesError(WrongUsageError):
    """Two dates are in an order that cannot be."""

    says = ""
    before = ""

    def __init__(self, day: date, other: date) -> None:
        """Name the day that comes too early and the one it should follow."""
        super().__init__(
            f"{self.says} le {long_date(day)}, avant {self.before}"
            f" ({long_date(other)}).",
            remedy="Vérifiez les deux dates.",
        )


class NoticeBeforeReceiptError(ContradictoryDatesError):
    """An extension is announced before the request was received."""

    says = "Prolongation annoncée"
    before = "la réception de la demande"


class IdentityBeforeReceiptError(ContradictoryDatesError):
    """A proof of identity is asked for before the request was received."""

    says = "Justificatif d'identité demandé"
    before = "la réception de la demande"


class SuppliedBeforeAskedError(ContradictoryDatesError):
    """A proof of identity is supplied before it was asked for."""

    says = "Justificatif d'identité fourni"
    before = "d'être demandé"


class ReturnedBeforePresentationError(ContradictoryDatesError):
    """A registered letter comes back before it was first presented."""

    says = "Pli retourné"
    before = "sa première présentation"


class ReturnedNotUnclaimedError(WrongUsageError):
    """A return date is given for a letter that was not left unclaimed."""

    def __init__(self) -> None:
        """Say which fact is missing."""
        super().__init__(
            "Une date de retour ne se compte que pour un pli non réclamé.",
            remedy="Ajoutez --unclaimed, ou retirez la date de retour.",
        )


@dataclass(frozen=True)
class Extension:
    """A notice that two further months are needed (GDPR art. 12(3)).

    ``notice_on`` is the date on the notice if it has one, else its receipt.
    """

    notice_on: date
    reasoned: bool = True


@dataclass(frozen=True)
class IdentityRequest:
    """The controller asked the person to prove his identity (GDPR art. 12(6)).

    ``supplied_on`` is None until he did. ``justified`` is False when the
    controller stated no doubt.
    """

    asked_on: date
    supplied_on: date | None = None
    justified: bool = True

    def __post_init__(self) -> None:
        if self.supplied_on and self.supplied_on < self.asked_on:
            raise SuppliedBeforeAskedError(self.supplied_on, self.asked_on)


@dataclass(frozen=True)
class DeadlineFacts:
    """What is known of one request, enough to count its deadline.

    ``received_on`` is the legal day of receipt; for an ``unclaimed`` registered
    letter, the day of its first presentation, and ``returned_on`` the day it came
    back, or None. ``calendars`` holds every calendar the controller may live by,
    the likeliest first.
    """

    received_on: date
    calendars: tuple[str, ...] = ("FR",)
    extension: Extension | None = None
    identity: tuple[IdentityRequest, ...] = ()
    unclaimed: bool = False
    returned_on: date | None = None

    def __post_init__(self) -> None:
        self._check_range()
        self._check_order()

    def _check_range(self) -> None:
        days = [self.received_on, self.returned_on]
        days += [self.extension.notice_on] if self.extension else []
        for request in self.identity:
            days += [request.asked_on, request.supplied_on]
        for day in days:
            if day and not GDPR_APPLIES_FROM <= day <= LAST_RECEIPT:
                raise DateOutOfRangeError(day)

    def _check_order(self) -> None:
        start = self.received_on
        if self.extension and self.extension.notice_on < start:
            raise NoticeBeforeReceiptError(self.extension.notice_on, start)
        for request in self.identity:
            if request.asked_on < start:
                raise IdentityBeforeReceiptError(request.asked_on, start)
        if self.returned_on and not self.unclaimed:
            raise ReturnedNotUnclaimedError
        if self.returned_on and self.returned_on < start:
            raise ReturnedBeforePresentationError(self.returned_on, start)

    @property
    def receipts(self) -> tuple[date, ...]:
        """Every day that may count as the day of receipt, the first one first.

        Whether an unclaimed registered letter is received when first presented,
        or only when it goes back, is contested (Cass. 1re civ. 20 January
        2021, n° 19-20.680, against 3e civ. 14 December 1994).
        """
        if not self.unclaimed:
            return (self.received_on,)
        kept_until = self.received_on + timedelta(days=DAYS_KEPT_AT_THE_POST)
        return (self.received_on, self.returned_on or kept_until)
