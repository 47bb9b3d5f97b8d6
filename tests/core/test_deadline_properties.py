"""What holds for every deadline, whatever the facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cnil_requests.core.calendars import is_day_off
from cnil_requests.core.deadline_clock import last_day, same_day_later
from cnil_requests.core.deadline_facts import (
    DeadlineFacts,
    Extension,
    IdentityRequest,
)
from cnil_requests.core.deadlines import count_deadline

RECEIPTS = st.dates(date(2018, 5, 25), date(2100, 6, 30))
CODES = st.sampled_from(["FR", "FR-AM", "FR-971", "FR-974", "FR-978", "IE", "US"])
LATER = st.integers(0, 150)


@st.composite
def identity_requests(draw: st.DrawFn, received: date) -> IdentityRequest:
    """Draw a request for identity, answered or not, justified or not."""
    asked_on = received + timedelta(days=draw(st.integers(0, 120)))
    days = draw(st.one_of(st.none(), st.integers(0, 40)))
    supplied_on = None if days is None else asked_on + timedelta(days=days)
    return IdentityRequest(asked_on, supplied_on, justified=draw(st.booleans()))


@st.composite
def all_facts(draw: st.DrawFn) -> DeadlineFacts:
    """Draw any facts that do not contradict each other."""
    received = draw(RECEIPTS)
    notice = draw(st.one_of(st.none(), LATER))
    unclaimed = draw(st.booleans())
    returned = draw(st.one_of(st.none(), st.integers(0, 40))) if unclaimed else None
    return DeadlineFacts(
        received,
        tuple(draw(st.lists(CODES, min_size=1, max_size=3))),
        extension=None
        if notice is None
        else Extension(received + timedelta(days=notice), draw(st.booleans())),
        identity=tuple(draw(st.lists(identity_requests(received), max_size=2))),
        unclaimed=unclaimed,
        returned_on=None if returned is None else received + timedelta(days=returned),
    )


def waits_at_least(late: date | None, early: date | None) -> bool:
    """Say whether ``late`` is no earlier than ``early``; no date is the latest."""
    return late is None or (early is not None and late >= early)


@given(all_facts())
def test_the_complaint_comes_after_every_defensible_last_day(
    facts: DeadlineFacts,
) -> None:
    """The safe date is never before any candidate; without an end there is none."""
    found = count_deadline(facts)
    if found.complaint_from is None:
        assert found.due is None
        assert any(reading.due is None for reading in found.readings)
        return
    for reading in found.readings:
        assert reading.due is not None
        assert found.complaint_from > reading.due
        assert not is_day_off(reading.due, reading.calendar)


@given(all_facts())
def test_the_same_facts_give_the_same_answer(facts: DeadlineFacts) -> None:
    """Counting is a function, and every answer has words."""
    assert count_deadline(facts) == count_deadline(facts)
    assert all(step.strip() for step in count_deadline(facts).steps)


@given(RECEIPTS, CODES)
def test_the_extension_is_counted_from_receipt(received: date, code: str) -> None:
    """Whatever the first due date was."""
    notice = Extension(received)
    found = count_deadline(DeadlineFacts(received, (code,), extension=notice))
    assert found.nominal == same_day_later(received, 3)
    assert found.due == found.extended_due == last_day(received, 3, calendar=code)


@given(RECEIPTS, LATER, CODES)
def test_a_later_receipt_is_never_due_earlier(
    received: date, days: int, code: str
) -> None:
    """The last day grows with the day of receipt."""
    later = received + timedelta(days=days)
    assert last_day(later, calendar=code) >= last_day(received, calendar=code)


@given(all_facts(), st.data())
def test_a_request_for_identity_never_shortens(
    facts: DeadlineFacts, data: st.DataObject
) -> None:
    """With one more request for identity the complaint never comes earlier."""
    more = data.draw(identity_requests(facts.received_on))
    suspended = replace(facts, identity=(*facts.identity, more))
    assert waits_at_least(
        count_deadline(suspended).complaint_from, count_deadline(facts).complaint_from
    )


@given(all_facts())
def test_requests_without_a_doubt_do_not_count(facts: DeadlineFacts) -> None:
    """Leaving out the unjustified requests changes no date."""
    kept = tuple(request for request in facts.identity if request.justified)
    assert (
        count_deadline(replace(facts, identity=kept)).complaint_from
        == count_deadline(facts).complaint_from
    )


@given(all_facts())
def test_a_notice_never_shortens(facts: DeadlineFacts) -> None:
    """A valid extension postpones, an invalid one changes nothing."""
    assert waits_at_least(
        count_deadline(facts).complaint_from,
        count_deadline(replace(facts, extension=None)).complaint_from,
    )


@given(all_facts(), CODES)
def test_a_doubt_never_brings_the_complaint_forward(
    facts: DeadlineFacts, code: str
) -> None:
    """One more possible calendar, or one more possible receipt, can only wait."""
    plain = count_deadline(replace(facts, unclaimed=False, returned_on=None))
    more = count_deadline(replace(facts, calendars=(*facts.calendars, code)))
    found = count_deadline(facts)
    assert waits_at_least(found.complaint_from, plain.complaint_from)
    assert waits_at_least(more.complaint_from, found.complaint_from)
