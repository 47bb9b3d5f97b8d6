"""What the events amount to: values that later rules read."""

from __future__ import annotations

import pytest
from lives import GOT, SENT, day, live

from cnil_requests.core.history import Receipt
from cnil_requests.core.requests import Channel

EMAIL = "sent 06-01 by=email"
NOTICE = ("followed-up 07-08 term=15", "sent 07-08 by=email")


@pytest.mark.parametrize(
    ("steps", "receipt"),
    [
        ((SENT,), None),
        ((SENT, GOT), ("delivered", "06-04")),
        ((SENT, "received 06-05 estimated=yes"), ("estimated", "06-05")),
        ((EMAIL,), ("presumed", "06-01")),
        ((EMAIL, "received 06-02"), ("delivered", "06-02")),
        (("sent 06-03 by=form",), ("delivered", "06-03")),
        ((EMAIL, "bounced 06-02"), None),
        ((SENT, "refused 06-04"), ("refused", "06-04")),
        ((SENT, "unclaimed 06-04"), ("unclaimed", "06-04")),
        # Sending again what never arrived: the new receipt counts.
        ((SENT, "refused 06-04", "sent 06-08 by=letter"), None),
        ((SENT, "refused 06-04", "sent 06-08 by=email"), ("presumed", "06-08")),
        ((SENT, "unclaimed 06-04", "sent 06-08 by=form"), ("delivered", "06-08")),
        ((EMAIL, "bounced 06-01", EMAIL), ("presumed", "06-01")),
        # Sending again what did arrive changes nothing.
        ((SENT, GOT, "sent 06-10 by=email"), ("delivered", "06-04")),
        ((EMAIL, "sent 06-10 by=letter"), ("presumed", "06-01")),
        ((EMAIL, "sent 06-10 by=letter", "unclaimed 06-12"), ("presumed", "06-01")),
        # The proof of the first letter comes after it was sent again.
        ((SENT, "sent 06-20 by=email", GOT), ("delivered", "06-04")),
        ((SENT, "sent 06-20 by=form", GOT), ("delivered", "06-04")),
    ],
)
def test_which_receipt_counts(
    steps: tuple[str, ...], receipt: tuple[str, str] | None
) -> None:
    """Design, section 4, Receipt."""
    found = live(*steps).history.receipt
    assert (found and (found.kind, found.on)) == (
        receipt and (receipt[0], day(receipt[1]))
    )


def test_an_unclaimed_letter_comes_back_in_one_call_or_two() -> None:
    """The first presentation and the return, however they were told."""
    once = live(SENT, "unclaimed 06-04 returned=06-22").history.receipt
    twice = live(SENT, "unclaimed 06-04", "returned 06-22").history.receipt
    assert once == twice == Receipt("unclaimed", day("06-04"), day("06-22"))
    assert once
    assert not once.arrived
    assert not once.is_waiting_since(day("06-04"))


def test_a_number_learnt_later_completes_the_posting() -> None:
    """The same posting with its registered number is not a second one."""
    history = live(SENT, "sent 06-01 by=letter tracking=1A12345678905").history
    assert [(it.on, it.tracking) for it in history.sendings] == [
        (day("06-01"), "1A12345678905")
    ]


def test_what_is_posted_after_a_formal_notice_is_that_notice() -> None:
    """It is no new posting of the request, and its receipt is not the request's."""
    history = live(SENT, GOT, *NOTICE, "received 07-10").history
    assert history.receipt == Receipt("delivered", day("06-04"))
    assert [it.follow_up for it in history.sendings] == [False, True]
    assert [it.on for it in history.postings] == [day("06-01")]
    assert history.follow_ups[-1].posted_on == day("07-08")
    assert (
        live(SENT, GOT, *NOTICE, NOTICE[1]).history == live(SENT, GOT, *NOTICE).history
    )


def test_a_formal_notice_that_bounced_is_not_posted() -> None:
    """The request itself stays received; the notice can be sent again."""
    bounced = live(SENT, GOT, *NOTICE, "bounced 07-09").history
    assert bounced.receipt == Receipt("delivered", day("06-04"))
    assert (bounced.follow_ups[-1].posted_on, bounced.follow_ups[-1].bounced_on) == (
        None,
        day("07-09"),
    )
    again = live(SENT, GOT, *NOTICE, "bounced 07-09", "sent 07-10 by=letter").history
    assert again.follow_ups[-1].posted_on == day("07-10")
    assert again.follow_ups[-1].bounced_on is None


@pytest.mark.parametrize("back", ["refused 07-11", "unclaimed 07-11"])
def test_a_formal_notice_that_came_back_was_sent(back: str) -> None:
    """Cass. 1re civ., 20 January 2021, n° 19-20.680: it need not be received."""
    letter = ("followed-up 07-08 term=15", "sent 07-08 by=letter", back)
    history = live(SENT, GOT, *letter).history
    assert history.receipt == Receipt("delivered", day("06-04"))
    assert history.follow_ups[-1].posted_on == day("07-08")


def test_the_last_day_never_goes_back() -> None:
    """A delivery learnt after an answer does not let earlier facts in."""
    history = live(SENT, "answered 06-20 outcome=identity", GOT).history
    assert history.last_on == day("06-20")


def test_a_listing_that_is_back_opens_the_request_again() -> None:
    """Closed because removed, then seen back."""
    closed = ("closed 08-10 because=removed",)
    assert live(SENT, GOT, *closed).history.closed_on == day("08-10")
    assert live(SENT, GOT, *closed, "seen 09-01 what=back").history.closed_on is None


def test_a_new_complaint_starts_the_steps_of_the_authority_anew() -> None:
    """What the CNIL said of the first one is not about the second."""
    steps = ("lodged 08-01 number=A", "cnil 08-20 step=closed", "lodged 09-01")
    history = live(SENT, GOT, *steps).history
    assert (history.lodged_on, history.lodged_number) == (day("09-01"), "")
    assert history.cnil == ()


def test_postings_are_found_by_day_and_channel() -> None:
    """What arrives on a day belongs to the last posting before it."""
    history = live(SENT, "sent 06-10 by=email").history
    assert history.posting_by(day("06-09"), *Channel) == history.sendings[0]
    assert history.posting_by(day("06-10"), *Channel) == history.sendings[1]
    assert history.posting_by(day("06-10"), Channel.LETTER) == history.sendings[0]
    assert history.posting_by(day("06-09"), Channel.EMAIL) is None
