"""Which facts are let in, in which order, on which dates."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from lives import GOT, SENT, a_request, day, live, told

from cnil_requests.core.recording import admit, is_recorded, undoing
from cnil_requests.core.recording_errors import (
    DatedAfterReceiptError,
    FutureDateError,
    ImpossibleStepError,
    PromiseBeforeAnswerError,
    PromiseTooFarError,
    ReceiptAfterAnswerError,
    TooEarlyError,
)
from cnil_requests.core.requests import Event, EventKind

if TYPE_CHECKING:
    from cnil_requests.errors import NotPossibleError

EMAIL = "sent 06-01 by=email"
FORM = "sent 06-01 by=form"
IDENTITY = "answered 06-10 outcome=identity"
LODGED = "lodged 07-10"
GONE = "seen 06-10 what=removed"
OVER = "closed 06-10 because=removed"


def kinds(*steps: str) -> list[str]:
    """Return the kinds of the events that were recorded, the draft left out."""
    return [event.kind.value for event in live(*steps).events[1:]]


@pytest.mark.parametrize(
    "steps",
    [
        (SENT, GOT),
        (SENT, "received 06-04 estimated=yes"),
        (SENT, "refused 06-04", "sent 06-05 by=email"),
        (SENT, "unclaimed 06-04", "returned 06-22"),
        (SENT, "unclaimed 06-04", "sent 06-10 by=email", "received 06-11"),
        (EMAIL, "received 06-02"),
        (EMAIL, "bounced 06-02", "sent 06-03 by=email", "bounced 06-04"),
        (FORM, "answered 06-02 outcome=other"),
        (SENT, "answered 06-20 outcome=extended", GOT),
        (SENT, "sent 06-20 by=email", GOT),
        (SENT, "sent 06-10 by=letter", "received 06-12"),
        (SENT, "sent 06-03 by=email", "bounced 06-03", GOT),
        (SENT, GOT, IDENTITY, "supplied 06-15"),
        (SENT, GOT, "seen 06-10 what=removed", "seen 06-12 what=back"),
        (SENT, GOT, "followed-up 07-08 term=15", "sent 07-08 by=email"),
        (SENT, GOT, "complained 07-08", LODGED, "cnil 07-11 step=acknowledged"),
        (SENT, GOT, "closed 07-10 because=removed", "seen 08-10 what=back"),
        ("closed 06-02 because=withdrawn",),
        ("seen 06-02 what=removed", "closed 06-02 because=removed"),
        (
            SENT,
            "closed 07-10 because=moot",
            "attached 07-11 kind=other file=a sha256=b",
        ),
    ],
)
def test_lives_that_can_be(steps: tuple[str, ...]) -> None:
    """Every step is recorded as it was told."""
    assert kinds(*steps) == [step.split()[0] for step in steps]


@pytest.mark.parametrize(
    ("steps", "instead"),
    [
        # Nothing was sent.
        (("received 06-04",), "cnilreq sent 2026-0001 --on DATE"),
        (("answered 06-04 outcome=granted",), "cnilreq sent 2026-0001 --on DATE"),
        (("bounced 06-04",), "cnilreq sent 2026-0001 --on DATE"),
        (("unclaimed 06-04",), "cnilreq sent 2026-0001 --on DATE"),
        (("followed-up 06-04 term=15",), "cnilreq sent 2026-0001 --on DATE"),
        (("complained 06-04",), "cnilreq sent 2026-0001 --on DATE"),
        (("lodged 06-04",), "cnilreq sent 2026-0001 --on DATE"),
        # A form arrives when it is sent.
        ((FORM, "received 06-02"), "--as delivery"),
        ((FORM, "refused 06-02"), "--as delivery"),
        ((FORM, "bounced 06-02"), "--as delivery"),
        # The wrong channel.
        ((EMAIL, "unclaimed 06-02"), "--refused"),
        ((EMAIL, "refused 06-02"), "--refused"),
        ((SENT, "bounced 06-02"), "--by email"),
        # Received already.
        ((SENT, GOT, "received 06-05"), "cnilreq undo 2026-0001"),
        ((SENT, GOT, "refused 06-05"), "cnilreq undo 2026-0001"),
        ((SENT, GOT, "unclaimed 06-05"), "cnilreq undo 2026-0001"),
        ((EMAIL, "received 06-02", "bounced 06-03"), "cnilreq undo 2026-0001"),
        ((SENT, GOT, "received 06-04 estimated=yes"), "cnilreq undo 2026-0001"),
        # Came back: to be sent again first.
        ((SENT, "refused 06-04", "received 06-06"), "cnilreq sent 2026-0001 --on DATE"),
        ((SENT, "unclaimed 06-04", "received 06-06"), "cnilreq sent 2026-0001"),
        ((SENT, "unclaimed 06-04", "unclaimed 06-06"), "cnilreq sent 2026-0001"),
        ((SENT, "refused 06-04", "refused 06-06"), "cnilreq sent 2026-0001"),
        ((EMAIL, "bounced 06-02", "bounced 06-03"), "cnilreq sent 2026-0001"),
        ((EMAIL, "bounced 06-02", "received 06-03"), "cnilreq sent 2026-0001"),
        # Returns of what was not left unclaimed, or twice.
        ((SENT, "returned 06-22"), "--unclaimed"),
        ((SENT, "refused 06-04", "returned 06-22"), "--unclaimed"),
        ((SENT, "unclaimed 06-04", "returned 06-22", "returned 06-23"), "undo"),
        # Identity.
        ((SENT, GOT, "supplied 06-10"), "--outcome identity"),
        ((SENT, GOT, IDENTITY, "supplied 06-12", "supplied 06-13"), "cnilreq undo"),
        # The CNIL.
        ((SENT, GOT, "cnil 07-10 step=closed"), "cnilreq lodged 2026-0001"),
        # Back without having gone.
        ((SENT, GOT, "seen 06-10 what=back"), "cnilreq seen 2026-0001 online"),
        # Closed.
        ((SENT, "closed 06-10 because=moot", "seen 06-11 what=online"), "undo"),
        ((SENT, "closed 06-10 because=moot", "seen 06-11 what=back"), "undo"),
        ((SENT, "closed 06-10 because=removed", "sent 06-11 by=email"), "back --on"),
        ((SENT, "closed 06-10 because=moot", "closed 06-11 because=moot"), "undo"),
        ((SENT, "closed 06-10 because=moot", "lodged 06-11"), "undo"),
    ],
)
def test_jumps_that_cannot_be(steps: tuple[str, ...], instead: str) -> None:
    """Exit 6, with what is possible instead."""
    live(*steps[:-1])
    with pytest.raises(ImpossibleStepError) as caught:
        live(*steps)
    assert caught.value.exit_code == 6
    assert "2026-0001" in caught.value.message
    assert instead in caught.value.remedy


def test_a_closed_request_is_not_told_to_be_back_if_it_never_went() -> None:
    """The remedy that would be refused in turn is not offered."""
    with pytest.raises(ImpossibleStepError) as caught:
        live(SENT, "closed 06-10 because=withdrawn", "supplied 06-11")
    assert "back" not in caught.value.remedy


@pytest.mark.parametrize(
    ("steps", "error"),
    [
        (("sent 05-31 by=letter",), TooEarlyError),
        (("seen 05-31 what=online",), TooEarlyError),
        (("closed 05-31 because=moot",), TooEarlyError),
        (("sent 06-03 by=letter", "received 06-02"), TooEarlyError),
        (
            ("sent 06-03 by=form", "sent 06-10 by=letter", "received 06-05"),
            TooEarlyError,
        ),
        ((SENT, GOT, "answered 06-03 outcome=other"), TooEarlyError),
        ((SENT, GOT, "seen 06-03 what=online"), TooEarlyError),
        ((SENT, GOT, "closed 06-03 because=moot"), TooEarlyError),
        ((SENT, GOT, IDENTITY, "supplied 06-09"), TooEarlyError),
        (
            (SENT, "answered 06-20 outcome=identity", GOT, "supplied 06-10"),
            TooEarlyError,
        ),
        (
            ("sent 06-03 by=letter", "answered 06-10 outcome=other dated=06-02"),
            TooEarlyError,
        ),
        ((SENT, "unclaimed 06-04 returned=06-03"), TooEarlyError),
        ((SENT, "unclaimed 06-04", "returned 06-03"), TooEarlyError),
        (
            (SENT, "answered 06-20 outcome=other", "received 06-21"),
            ReceiptAfterAnswerError,
        ),
        (
            (EMAIL, "answered 06-02 outcome=other", "bounced 06-03"),
            ReceiptAfterAnswerError,
        ),
        ((SENT, "answered 06-02 outcome=other dated=06-03"), DatedAfterReceiptError),
        (
            (SENT, "answered 06-10 outcome=other promised=06-09"),
            PromiseBeforeAnswerError,
        ),
        (
            (SENT, "answered 06-10 outcome=other promised=2029-06-10"),
            PromiseTooFarError,
        ),
    ],
)
def test_dates_that_cannot_be(
    steps: tuple[str, ...], error: type[NotPossibleError]
) -> None:
    """Before the letter, the posting, the last event, or against one another."""
    live(*steps[:-1])
    with pytest.raises(error) as caught:
        live(*steps)
    assert caught.value.exit_code == 6
    assert caught.value.remedy


@pytest.mark.parametrize(
    "steps",
    [
        ("sent 06-11 by=letter",),
        (SENT, "received 06-11"),
        (SENT, "unclaimed 06-04 returned=06-11"),
        (SENT, GOT, "seen 06-11 what=online"),
        (SENT, GOT, "closed 06-11 because=moot"),
    ],
)
def test_nothing_happens_after_today(steps: tuple[str, ...]) -> None:
    """Not even the return that goes with a first presentation."""
    with pytest.raises(FutureDateError):
        live(*steps, today=day("06-10"))
    live(*steps, today=day("06-11"))


@pytest.mark.parametrize(
    "steps",
    [
        (SENT,),
        (f"{SENT} tracking=1A12345678905",),
        (SENT, GOT),
        (SENT, "received 06-04 estimated=yes"),
        (SENT, "refused 06-04"),
        (SENT, "unclaimed 06-04"),
        (SENT, "unclaimed 06-04 returned=06-22"),
        (SENT, "unclaimed 06-04", "returned 06-22"),
        (EMAIL, "bounced 06-02"),
        (SENT, GOT, "answered 06-10 outcome=refused reasons=no"),
        (SENT, GOT, IDENTITY, "supplied 06-15"),
        (SENT, GOT, "seen 06-10 what=online"),
        (SENT, GOT, "closed 06-10 because=moot"),
        (SENT, GOT, "followed-up 07-08 term=15", "sent 07-08 by=email"),
        (SENT, GOT, LODGED, "cnil 07-11 step=closed"),
        (SENT, "attached 06-10 kind=other file=a.pdf sha256=00"),
    ],
)
def test_the_same_call_twice_is_harmless(steps: tuple[str, ...]) -> None:
    """Recognised, also when something else was recorded in between."""
    standing = live(*steps)
    assert live(*steps, steps[-1]).events == standing.events
    assert is_recorded(standing.events, told(steps[-1]))
    later = "seen 12-01 what=online"
    if not standing.history.closed_on:
        assert live(*steps, later, steps[-1]).events == live(*steps, later).events


@pytest.mark.parametrize(
    "again",
    ["unclaimed 06-04", "returned 06-22", "unclaimed 06-04 returned=06-22"],
)
@pytest.mark.parametrize(
    "first",
    [
        ("unclaimed 06-04 returned=06-22",),
        ("unclaimed 06-04", "returned 06-22"),
    ],
)
def test_a_return_is_known_in_any_words(first: tuple[str, ...], again: str) -> None:
    """Told in one call or in two, it is the same letter."""
    assert live(SENT, *first, again).events == live(SENT, *first).events


@pytest.mark.parametrize(
    "steps",
    [
        (EMAIL, "bounced 06-01", EMAIL),
        (EMAIL, "bounced 06-01", EMAIL, "bounced 06-01"),
        (SENT, "refused 06-01", SENT),
        (GONE, "seen 06-10 what=back", GONE),
        (OVER, "seen 06-10 what=back", OVER),
    ],
)
def test_the_same_words_can_be_a_new_fact_of_the_same_day(
    steps: tuple[str, ...],
) -> None:
    """An e-mail that bounced and left again within the hour."""
    assert len(live(*steps).events) == len(steps) + 1


def test_what_the_machine_adds_does_not_make_a_new_posting() -> None:
    """The hash of a letter edited since is not what the user says."""
    first = f"{SENT} sha256=00 file=lettre.docx"
    again = f"{SENT} sha256=01 file=lettre.docx edited=yes"
    assert live(first, again).events == live(first).events


def test_undo_goes_back_step_by_step() -> None:
    """Each call takes back the last event that stands; the draft stays."""
    steps = (SENT, GOT, "answered 06-20 outcome=extended")
    for count in range(1, len(steps) + 1):
        undone = live(*steps, *["undo"] * count)
        assert undone.history == live(*steps[: len(steps) - count]).history
        assert len(undone.events) == 1 + len(steps) + count
    with pytest.raises(ImpossibleStepError) as caught:
        live(*steps, *["undo"] * 4)
    assert "closed 2026-0001" in caught.value.remedy


def test_what_was_undone_can_be_recorded_anew() -> None:
    """A wrong date is corrected by undoing it first."""
    corrected = live(SENT, "received 06-05", "undo", GOT)
    assert corrected.history == live(SENT, GOT).history


def test_an_undo_says_what_it_undoes() -> None:
    """By number and kind, on the day it was typed."""
    request = a_request()
    events = live(SENT, GOT).events
    event = undoing(request, events, today=date(2026, 8, 1))
    assert event == Event(
        EventKind.UNDONE,
        on=date(2026, 8, 1),
        recorded_on=date(2026, 8, 1),
        data={"undoes": "3", "kind": "received"},
    )


def test_admit_returns_the_event_or_none() -> None:
    """None says that it is recorded already."""
    request, events = a_request(), live(SENT).events
    assert admit(request, events, told(GOT), today=day("06-04")) == told(GOT)
    assert admit(request, events, told(SENT), today=day("06-04")) is None
