"""Which recorded facts move the clock, and where it then stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from lives import GOT, SENT, SITE, day, live

from cnil_requests.core.clock import identity_awaited, is_extended

#: complaint_from after GOT: 6 July is the last day.
NEXT = "07-07"


def dates(*steps: str, **changes: Any) -> tuple[str | None, ...]:  # noqa: ANN401
    """Return first due, extended due if a notice is valid, complaint_from."""
    deadline = live(*steps, **changes).deadline
    assert deadline
    found = (
        deadline.first_due if deadline.is_running else None,
        deadline.extended_due if is_extended(deadline) else None,
        deadline.complaint_from,
    )
    return tuple(it and it.isoformat().removeprefix("2026-") for it in found)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((), ("07-06", None, NEXT)),
        # Extensions: in the first month, rolled last day included, with reasons.
        (("06-20 outcome=extended",), ("07-06", "09-04", "09-05")),
        (("07-06 outcome=extended",), ("07-06", "09-04", "09-05")),
        (("07-07 outcome=extended",), ("07-06", None, NEXT)),
        (("07-10 outcome=extended",), ("07-06", None, NEXT)),
        (("06-20 outcome=extended reasons=no",), ("07-06", None, NEXT)),
        # Timeliness is judged on the date of the answer, if it has one.
        (("07-10 outcome=extended dated=07-06",), ("07-06", "09-04", "09-05")),
        (("07-10 outcome=extended dated=07-07",), ("07-06", None, NEXT)),
        # The first notice with reasons counts.
        (
            ("06-20 outcome=extended reasons=no", "06-25 outcome=extended"),
            ("07-06", "09-04", "09-05"),
        ),
        (
            ("06-20 outcome=extended reasons=no", "07-20 outcome=extended"),
            ("07-06", None, NEXT),
        ),
        # A dated answer older than the receipt that counts still binds.
        (("06-10 outcome=extended dated=06-03",), ("07-06", "09-04", "09-05")),
        # Other answers do not move the clock.
        (("06-10 outcome=other",), ("07-06", None, NEXT)),
        (("06-10 outcome=payment",), ("07-06", None, NEXT)),
        (("06-10 outcome=account",), ("07-06", None, NEXT)),
        (("06-10 outcome=partial",), ("07-06", None, NEXT)),
    ],
)
def test_answers_on_the_clock(
    answers: tuple[str, ...], expected: tuple[str | None, ...]
) -> None:
    """Design, section 4, Answers; GDPR art. 12(3)."""
    assert dates(SENT, GOT, *(f"answered {it}" for it in answers)) == expected


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        # A stated doubt suspends; the days count from the request to the proof.
        (("answered 06-10 outcome=identity",), (None, None, None)),
        (
            ("answered 06-10 outcome=identity", "supplied 06-15"),
            ("07-09", None, "07-10"),
        ),
        (
            ("answered 06-12 outcome=identity dated=06-10", "supplied 06-15"),
            ("07-09", None, "07-10"),
        ),
        # No doubt stated: the clock goes on.
        (("answered 06-10 outcome=identity reasons=no",), ("07-06", None, NEXT)),
        # Asked after the last day: no effect; on it: stopped.
        (("answered 07-07 outcome=identity",), ("07-06", None, NEXT)),
        (("answered 07-06 outcome=identity",), (None, None, None)),
        # Asked again after the proof: stopped again.
        (
            (
                "answered 06-10 outcome=identity",
                "supplied 06-15",
                "answered 06-20 outcome=identity",
            ),
            (None, None, None),
        ),
        # Asked twice, supplied once for both: one suspension.
        (
            (
                "answered 06-10 outcome=identity",
                "answered 06-12 outcome=identity",
                "supplied 06-15",
            ),
            ("07-09", None, "07-10"),
        ),
        # A valid extension, then a doubt: nothing is due while it lasts.
        (
            ("answered 06-10 outcome=extended", "answered 06-12 outcome=identity"),
            (None, None, None),
        ),
    ],
)
def test_identity_on_the_clock(
    steps: tuple[str, ...], expected: tuple[str | None, ...]
) -> None:
    """GDPR art. 12(6); décret n° 2019-536, art. 77."""
    assert dates(SENT, GOT, *steps) == expected


def test_nothing_is_counted_before_a_receipt() -> None:
    """Neither from the draft nor from the posting."""
    assert live().deadline is None
    assert live(SENT).deadline is None
    assert live(SENT, "answered 06-20 outcome=extended").deadline is None
    assert live("sent 06-01 by=email", "bounced 06-02").deadline is None


def test_an_unclaimed_letter_has_two_dates() -> None:
    """First presentation, and fifteen days later or the return; the later is safe."""
    waiting = live(SENT, "unclaimed 06-04").deadline
    assert waiting
    assert waiting.is_contested
    assert [it.received_on for it in waiting.readings] == [day("06-04"), day("06-19")]
    assert waiting.due == day("07-06")
    assert waiting.complaint_from == day("07-21")
    back = live(SENT, "unclaimed 06-04 returned=06-22").deadline
    assert back
    assert back.complaint_from == day("07-23")


def test_an_extension_valid_under_one_reading_counts() -> None:
    """Too late from the first presentation, in time from the end of the wait."""
    standing = live(SENT, "unclaimed 06-04", "answered 07-10 outcome=extended")
    assert is_extended(standing.deadline)
    assert standing.deadline
    assert standing.deadline.complaint_from == day("09-22")


@pytest.mark.parametrize(
    ("country", "postcode", "due", "complaint_from"),
    [
        ("FR", "75001", "04-03", "04-04"),
        ("FR", "67000", "04-07", "04-08"),
        ("FR", "", "04-03", "04-08"),
        ("", "", "04-03", "04-08"),
        ("IE", "D02", "04-03", "04-04"),
    ],
)
def test_the_calendar_is_the_controllers(
    country: str, postcode: str, due: str, complaint_from: str
) -> None:
    """Good Friday 2026 is off in Strasbourg; unknown waits for the latest of both."""
    site = replace(SITE, country=country, postcode=postcode)
    story = ("sent 03-01 by=letter", "received 03-03")
    found = dates(*story, drafted_on=day("03-01"), directory=site)
    assert found == (due, None, complaint_from)


def test_who_must_answer_about_identity() -> None:
    """The oldest stated doubt that is still open, receipt recorded or not."""
    asked = "answered 06-10 outcome=identity"
    again = "answered 06-12 outcome=identity reasons=no"
    before = "answered 06-08 outcome=identity reasons=no"
    for steps in (
        (SENT, asked, again),
        (SENT, GOT, asked, again),
        (SENT, GOT, before, asked),
    ):
        standing = live(*steps)
        found = identity_awaited(standing.history, standing.deadline)
        assert found
        assert found.on == day("06-10")
    for steps in (
        (SENT, GOT, asked, "supplied 06-15"),
        (SENT, again),
        (SENT, GOT, again),
        (SENT, GOT, "answered 07-10 outcome=identity"),
    ):
        standing = live(*steps)
        assert identity_awaited(standing.history, standing.deadline) is None


def test_one_count_serves_every_request_with_the_same_facts() -> None:
    """Ten thousand lines of ``status`` count each set of facts once."""
    assert live(SENT, GOT).deadline is live(SENT, GOT).deadline
