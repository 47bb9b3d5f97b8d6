"""Where a request stands: its state on a given day, and what it adds up to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cnil_requests.core.clock import deadline_of, identity_awaited, is_extended
from cnil_requests.core.findings import Findings
from cnil_requests.core.replaying import replay
from cnil_requests.core.requests import Event, Outcome, Request, State

if TYPE_CHECKING:
    from datetime import date

    from cnil_requests.core.deadlines import Deadline
    from cnil_requests.core.history import History

_FINAL_STATES = {
    Outcome.GRANTED: State.GRANTED,
    Outcome.PARTIAL: State.PARTLY_GRANTED,
    Outcome.REFUSED: State.REFUSED,
}


@dataclass(frozen=True)
class Standing:
    """A request with its history and its deadline."""

    request: Request
    events: tuple[Event, ...]

    @cached_property
    def history(self) -> History:
        """What the events amount to."""
        return replay(self.events)

    @cached_property
    def deadline(self) -> Deadline | None:
        """The deadline, or None while nothing arrived."""
        return deadline_of(self.request, self.history)

    def state(self, today: date) -> State:
        """Return the state on ``today``; only ``overdue`` depends on the day."""
        settled = self._settled_state()
        if settled is not None:
            return settled
        if self.is_overdue(today) and not self.is_undelivered:
            return State.OVERDUE
        return self._waiting_state()

    @property
    def is_undelivered(self) -> bool:
        """Say whether the request came back, so that its receipt is contested."""
        receipt = self.history.receipt
        return bool(self.history.bounced_on) or bool(receipt and not receipt.arrived)

    def is_overdue(self, today: date) -> bool:
        """Say whether the last defensible day for an answer has passed."""
        deadline = self.deadline
        return (
            deadline is not None
            and deadline.complaint_from is not None
            and today >= deadline.complaint_from
        )

    @property
    def complaint_from(self) -> date | None:
        """The first day on which a complaint can be made, as far as is known."""
        return Findings(self).complaint_from

    def _settled_state(self) -> State | None:
        """Return the state that no day changes any more, or None."""
        history = self.history
        if history.closed_on:
            return State.CLOSED
        if history.lodged_on:
            return State.COMPLAINED
        if history.final_answer:
            return _FINAL_STATES[history.final_answer.outcome]
        if not history.sendings:
            return State.DRAFTED
        return None

    def _waiting_state(self) -> State:
        history = self.history
        if identity_awaited(history, self.deadline):
            return State.IDENTITY_ASKED
        if self.is_undelivered:
            return State.UNDELIVERED
        if history.receipt is None:
            return State.SENT
        return State.EXTENDED if is_extended(self.deadline) else State.RECEIVED
