"""How a period in months is counted, and how the facts change it.

Regulation 1182/71 art. 3, as the EDPB applies it (Guidelines 01/2022, paragraphs
160-161): the day of receipt is not counted; the month ends on the day of the same
number or, failing that, on the last day of the month; a last day that is a
Saturday, a Sunday or a public holiday moves to the next working day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, cached_property
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from cnil_requests.core import deadline_steps as steps
from cnil_requests.core.calendars import is_day_off
from cnil_requests.core.deadline_facts import Extension, IdentityRequest

if TYPE_CHECKING:
    from cnil_requests.core.deadline_facts import DeadlineFacts

#: GDPR art. 12(3), first sentence.
ONE_MONTH = 1

#: GDPR art. 12(3), second sentence: two further months, counted from receipt.
EXTENDED_MONTHS = 3


def same_day_later(received_on: date, months: int) -> date:
    """Return the day of the same number, or the last day of that month.

    Always counted from receipt (Regulation 1182/71 art. 3(2)(c)): adding one month
    and then two is not adding three.
    """
    return received_on + _period(months)


@cache
def _period(months: int) -> relativedelta:
    return relativedelta(months=months)


def last_day(
    received_on: date, months: int = ONE_MONTH, *, calendar: str, suspended: int = 0
) -> date:
    """Return the last day, inclusive, of a period suspended for some days.

    How suspended days are added is a convention: to the nominal end, before the
    roll of Regulation 1182/71 art. 3(4).
    """
    day = same_day_later(received_on, months) + timedelta(days=suspended)
    while is_day_off(day, calendar):
        day += timedelta(days=1)
    return day


def extension_in_time(notice_on: date, due: date) -> bool:
    """Say whether a notice came by ``due``, the rolled last day, inclusive."""
    return notice_on <= due


class ExtensionOutcome(StrEnum):
    """What a notice of extension is worth."""

    VALID = "valid"
    LATE = "late"
    UNREASONED = "unreasoned"


@dataclass(frozen=True)
class Reading:
    """The deadline under one day of receipt and one calendar.

    ``suspended`` counts the days the clock stood still; ``stopped`` says that it
    still does. ``first_due`` is the last day as it was when a valid notice of
    extension came, None without one. ``notes`` explain each fact in French.
    """

    received_on: date
    calendar: str
    extension: ExtensionOutcome | None = None
    first_due: date | None = None
    suspended: int = 0
    resumed_on: date = date.min
    stopped: bool = False
    notes: tuple[str, ...] = ()

    @property
    def months(self) -> int:
        """One month, or three when a valid notice came."""
        valid = self.extension is ExtensionOutcome.VALID
        return EXTENDED_MONTHS if valid else ONE_MONTH

    @property
    def nominal(self) -> date:
        """The day of the same number, before suspension and roll."""
        return same_day_later(self.received_on, self.months)

    @cached_property
    def due(self) -> date | None:
        """The last day that binds, inclusive; None while the clock is stopped."""
        return self.last_day(self.months)

    @cached_property
    def extended_due(self) -> date | None:
        """Where an extension leads, valid or not; None while stopped."""
        return self.last_day(EXTENDED_MONTHS)

    def last_day(self, months: int) -> date | None:
        """Return the last day of so many months, as the clock stands."""
        if self.stopped:
            return None
        return last_day(
            self.received_on,
            months,
            calendar=self.calendar,
            suspended=self.suspended,
        )

    def after_notice(self, notice: Extension) -> Reading:
        """Return the reading once an extension was announced."""
        due = self.due
        if not notice.reasoned:
            outcome, note = (
                ExtensionOutcome.UNREASONED,
                steps.unreasoned_extension_step(notice),
            )
        elif due is not None and not extension_in_time(notice.notice_on, due):
            outcome, note = (
                ExtensionOutcome.LATE,
                steps.late_extension_step(notice, due),
            )
        else:
            outcome, note = (
                ExtensionOutcome.VALID,
                steps.valid_extension_step(notice, due),
            )
        return replace(
            self,
            extension=outcome,
            first_due=due if outcome is ExtensionOutcome.VALID else None,
            notes=(*self.notes, note),
        )

    def after_identity(self, request: IdentityRequest) -> Reading:
        """Return the reading once a proof of identity was asked for."""
        due = self.due
        if not request.justified:
            return self._noting(steps.unjustified_identity_step(request))
        if due is not None and request.asked_on > due:
            return self._noting(steps.late_identity_step(request, due))
        if request.supplied_on is None:
            note = steps.awaited_identity_step(request)
            return replace(self, stopped=True, notes=(*self.notes, note))
        return self._suspended(request, request.supplied_on)

    def _suspended(self, request: IdentityRequest, supplied_on: date) -> Reading:
        # Two overlapping requests stop one clock once, and not before it runs.
        since = max(request.asked_on, self.resumed_on, self.received_on)
        days = max(0, (supplied_on - since).days)
        return replace(
            self,
            suspended=self.suspended + days,
            resumed_on=max(self.resumed_on, supplied_on),
            notes=(*self.notes, steps.supplied_identity_step(request, days)),
        )

    def _noting(self, note: str) -> Reading:
        return replace(self, notes=(*self.notes, note))


def read_facts(facts: DeadlineFacts, received_on: date, calendar: str) -> Reading:
    """Count the facts in the order of their dates, from one day of receipt."""
    reading = Reading(received_on, calendar)
    for fact in _in_order(facts):
        if isinstance(fact, Extension):
            reading = reading.after_notice(fact)
        else:
            reading = reading.after_identity(fact)
    return reading


def _in_order(facts: DeadlineFacts) -> list[Extension | IdentityRequest]:
    # Of two facts of one day the notice comes first: that leads to the later date.
    dated = [(request.asked_on, 1, request) for request in facts.identity]
    timeline: list[tuple[date, int, Extension | IdentityRequest]] = [*dated]
    if facts.extension:
        timeline.append((facts.extension.notice_on, 0, facts.extension))
    return [fact for *_, fact in sorted(timeline, key=lambda item: item[:2])]
