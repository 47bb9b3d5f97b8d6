"""The state of a request on a given day."""

from __future__ import annotations

import pytest
from lives import GOT, SENT, day, live

from cnil_requests.core.requests import State

EMAIL = "sent 06-01 by=email"
IDENTITY = "answered 06-10 outcome=identity"


@pytest.mark.parametrize(
    ("steps", "on", "state"),
    [
        ((), "06-01", State.DRAFTED),
        ((SENT,), "06-01", State.SENT),
        ((SENT,), "12-31", State.SENT),
        ((EMAIL,), "07-01", State.RECEIVED),
        ((EMAIL,), "07-02", State.OVERDUE),
        ((SENT, GOT), "06-04", State.RECEIVED),
        ((SENT, GOT), "07-06", State.RECEIVED),
        ((SENT, GOT), "07-07", State.OVERDUE),
        ((SENT, "refused 06-04"), "06-05", State.UNDELIVERED),
        ((SENT, "unclaimed 06-04"), "06-05", State.UNDELIVERED),
        ((EMAIL, "bounced 06-02"), "06-02", State.UNDELIVERED),
        # Whether it arrived is contested: the way out is another posting.
        ((SENT, "unclaimed 06-04"), "12-31", State.UNDELIVERED),
        ((SENT, "unclaimed 06-04", "sent 06-20 by=email"), "06-20", State.RECEIVED),
        ((SENT, GOT, "answered 06-20 outcome=extended"), "07-07", State.EXTENDED),
        ((SENT, GOT, "answered 06-20 outcome=extended"), "09-04", State.EXTENDED),
        ((SENT, GOT, "answered 06-20 outcome=extended"), "09-05", State.OVERDUE),
        ((SENT, GOT, "answered 07-10 outcome=extended"), "07-10", State.OVERDUE),
        ((SENT, GOT, IDENTITY), "12-31", State.IDENTITY_ASKED),
        ((SENT, IDENTITY), "06-10", State.IDENTITY_ASKED),
        ((SENT, GOT, IDENTITY, "supplied 06-15"), "07-09", State.RECEIVED),
        ((SENT, GOT, IDENTITY, "supplied 06-15"), "07-10", State.OVERDUE),
        ((SENT, GOT, f"{IDENTITY} reasons=no"), "07-07", State.OVERDUE),
        ((SENT, GOT, "answered 06-20 outcome=other"), "06-20", State.RECEIVED),
        ((SENT, GOT, "answered 06-20 outcome=granted"), "12-31", State.GRANTED),
        ((SENT, GOT, "answered 06-20 outcome=refused"), "12-31", State.REFUSED),
        (
            (SENT, GOT, "answered 06-20 outcome=partial"),
            "12-31",
            State.PARTLY_GRANTED,
        ),
        ((SENT, GOT, "lodged 07-20"), "12-31", State.COMPLAINED),
        ((SENT, GOT, "closed 07-20 because=removed"), "12-31", State.CLOSED),
        (
            (SENT, GOT, "closed 07-20 because=removed", "seen 08-20 what=back"),
            "08-20",
            State.OVERDUE,
        ),
        ((SENT, GOT, "undo", "undo"), "12-31", State.DRAFTED),
    ],
)
def test_state(steps: tuple[str, ...], on: str, state: State) -> None:
    """One word a request; only ``overdue`` depends on the day."""
    assert live(*steps).state(day(on)) is state


def test_overdue_begins_the_day_after_the_last_one() -> None:
    """24:00 of the last day is still in time."""
    standing = live(SENT, GOT)
    assert not standing.is_overdue(day("07-06"))
    assert standing.is_overdue(day("07-07"))


def test_every_state_has_a_french_name() -> None:
    """Tables show it."""
    assert all(state.french for state in State)
