"""Random lives: whatever is admitted, nothing is premature and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from lives import LATER, a_request

from cnil_requests.core.agenda import next_task
from cnil_requests.core.deadline_clock import last_day
from cnil_requests.core.deadlines import answer_deadline
from cnil_requests.core.derived import derive
from cnil_requests.core.explanation import explain
from cnil_requests.core.recording import admit, undoing
from cnil_requests.core.replaying import effective, replay
from cnil_requests.core.requests import Event, EventKind, Request, State
from cnil_requests.core.standing import Standing
from cnil_requests.core.tasks import Task, What
from cnil_requests.errors import NotPossibleError

START = date(2026, 6, 1)
END = START + timedelta(days=400)
#: Reasons of a follow-up that say the period is over.
AT_THE_END = ("silence", "no-action", "bad-extension")
DECIDED = ("granted", "partial", "refused")


def days() -> some.SearchStrategy[date]:
    """Give days that cluster where the rules turn: around the last days."""
    turns = (0, 1, 2, 3, 15, 30, 31, 35, 36, 37, 60, 95, 96, 97, 130, 200)
    near = some.builds(
        lambda turn, by: START + timedelta(days=max(0, turn + by)),
        some.sampled_from(turns),
        some.integers(-2, 2),
    )
    return near | some.dates(START, END)


def flags(**words: str) -> some.SearchStrategy[dict[str, str]]:
    """Give any choice of these words."""
    return some.fixed_dictionaries(
        {}, optional={key: some.just(text) for key, text in words.items()}
    )


def iso_days() -> some.SearchStrategy[str]:
    """Give a day as the events hold it."""
    return days().map(date.isoformat)


def data_of(kind: EventKind) -> some.SearchStrategy[dict[str, str]]:
    """Give what an event of a kind may say."""
    one_of = {
        EventKind.SENT: {"by": some.sampled_from(["letter", "email", "form"])},
        EventKind.ANSWERED: {
            "outcome": some.sampled_from(
                [
                    *("granted", "partial", "refused", "extended", "extended"),
                    *("identity", "identity", "payment", "account", "other"),
                ]
            )
        },
        EventKind.SEEN: {"what": some.sampled_from(["removed", "online", "back"])},
        EventKind.FOLLOWED_UP: {"term": some.sampled_from(["1", "8", "15"])},
        EventKind.CNIL: {
            "step": some.sampled_from(["acknowledged", "informed", "closed"])
        },
        EventKind.CLOSED: {"because": some.sampled_from(["removed", "withdrawn"])},
        EventKind.ATTACHED: {
            "kind": some.just("other"),
            "file": some.sampled_from("ab"),
            "sha256": some.just("0"),
        },
    }
    optional = {
        EventKind.RECEIVED: {"estimated": some.just("yes")},
        EventKind.UNCLAIMED: {"returned": iso_days()},
        EventKind.ANSWERED: {
            "dated": iso_days(),
            "promised": iso_days(),
            "reasons": some.just("no"),
        },
    }
    return some.fixed_dictionaries(
        one_of.get(kind, {}), optional=optional.get(kind, {})
    )


#: Common facts more often, so that lives go far.
KINDS = (
    *(EventKind.SENT, EventKind.SENT, EventKind.RECEIVED, EventKind.RECEIVED),
    *(EventKind.ANSWERED, EventKind.ANSWERED, EventKind.ANSWERED),
    *(EventKind.SEEN, EventKind.SUPPLIED, EventKind.FOLLOWED_UP),
    *(EventKind.BOUNCED, EventKind.REFUSED, EventKind.UNCLAIMED, EventKind.RETURNED),
    *(EventKind.COMPLAINED, EventKind.LODGED, EventKind.CNIL, EventKind.CLOSED),
    EventKind.ATTACHED,
)


@some.composite
def steps(draw: some.DrawFn) -> list[Event | None]:
    """Give facts in any order, mostly forward in time; None is an undo."""
    story: list[Event | None] = [
        Event(EventKind.SENT, START, START, {"by": draw(some.sampled_from(BY))})
    ]
    now = START
    for _ in range(draw(some.integers(0, 12))):
        if draw(some.integers(0, 9)) == 0:
            story.append(None)
            continue
        kind = draw(some.sampled_from(KINDS))
        day = draw(days())
        now = day if draw(some.integers(0, 4)) == 0 else max(now, day)
        story.append(Event(kind, now, now, draw(data_of(kind))))
    return story


BY = ("letter", "letter", "email", "form")


def admitted(story: list[Event | None]) -> list[tuple[Event, ...]]:
    """Return the events after each step that was let in, from the draft on."""
    request = a_request()
    events = (Event(EventKind.DRAFTED, START, START, number=1),)
    after = [events]
    for step in story:
        try:
            if step is None:
                new: Event | None = undoing(request, events, today=LATER)
            else:
                new = admit(request, events, step, today=LATER)
        except NotPossibleError:
            continue
        if new is not None:
            events = (*events, replace(new, number=len(events) + 1))
            after.append(events)
    return after


def safe_date(standing: Standing) -> date | None:
    """Count the first admissible day anew, from the plain facts, or None.

    Written apart from the program: the latest of what each fact allows.
    """
    history = standing.history
    receipt = history.receipt
    if receipt is None:
        return None
    received = [receipt.on]
    if receipt.kind == "unclaimed":
        kept = receipt.on + timedelta(days=15)
        received.append(receipt.returned_on or kept)
    latest = date.min
    for start in received:
        months, suspended, since = 1, 0, date.min
        timeline = sorted(
            (max(it.judged_on, receipt.on), it.outcome != "extended", rank, it)
            for rank, it in enumerate(history.answers)
            if it.outcome in ("extended", "identity") and it.reasons
        )
        extended = False
        for on, _, _, answer in timeline:
            due = last_day(start, months, calendar="FR", suspended=suspended)
            if on > due and answer.outcome == "identity":
                continue
            if answer.outcome == "extended":
                months = 3 if on <= due and not extended else months
                extended = True
                continue
            given = [day for day in history.supplied if day >= answer.on]
            if not given:
                return None
            supplied = max(given[0], receipt.on)
            suspended += max(0, (supplied - max(on, since, start)).days)
            since = max(since, supplied)
        due = last_day(start, months, calendar="FR", suspended=suspended)
        latest = max(latest, due + timedelta(days=1))
    return latest


def check_task(standing: Standing, task: Task | None) -> None:
    """Fail when a step is proposed too early, or to the wrong side."""
    history = standing.history
    answer = history.final_answer
    decided = answer is not None and answer.outcome in ("partial", "refused")
    safe = safe_date(standing)
    if task is None:
        assert history.closed_on
        return
    if task.what is What.COMPLAIN and not decided:
        assert safe is not None
        assert task.on >= safe
    if task.why in AT_THE_END:
        assert answer is None
        assert safe is not None
        assert task.on >= safe
    if task.why == "silence":
        assert all(it.outcome == "extended" for it in history.answers)
    if task.what is What.RESEND:
        assert history.bounced_on or standing.is_undelivered or history.follow_ups
    for item in history.answers:
        if item.promised and task.why in (*AT_THE_END, "granted"):
            waited = item is answer or task.why in AT_THE_END
            assert not waited or task.on > item.promised


@settings(max_examples=250)
@given(steps())
def test_no_life_leads_anywhere_too_early(story: list[Event | None]) -> None:
    """No complaint, no end of the period, no overdue before the safe date."""
    for events in admitted(story):
        standing = Standing(a_request(), events)
        check_task(standing, next_task(standing))
        safe = safe_date(standing)
        deadline = standing.deadline
        assert safe == (deadline.complaint_from if deadline else None)
        if safe and standing.state(safe - timedelta(days=1)) is State.OVERDUE:
            pytest.fail("overdue before the day after the last one")
        if safe is None:
            assert standing.state(LATER) is not State.OVERDUE
        assert list(explain(standing, LATER))


@settings(max_examples=80)
@given(steps())
def test_undo_is_exact(story: list[Event | None]) -> None:
    """The life goes back to what it was, step by step, down to the draft."""
    request = a_request()
    events = admitted(story)[-1]
    before: dict[tuple[int, ...], tuple[object, ...]] = {}
    for known in admitted(story):
        before[_numbers(known)] = _amounts_to(request, known)
    while len(effective(events)) > 1:
        undo = undoing(request, events, today=LATER)
        events = (*events, replace(undo, number=len(events) + 1))
        assert _amounts_to(request, events) == before[_numbers(events)]
    assert _amounts_to(request, events) == _amounts_to(request, events[:1])


def _numbers(events: tuple[Event, ...]) -> tuple[int, ...]:
    return tuple(event.number for event in effective(events))


def _amounts_to(request: Request, events: tuple[Event, ...]) -> tuple[object, ...]:
    return replay(events), derive(request, events)


@settings(max_examples=60)
@given(steps())
def test_what_is_kept_is_what_follows(story: list[Event | None]) -> None:
    """Folding is deterministic, and the ledger's columns agree with the rules."""
    request = a_request()
    for events in admitted(story):
        standing = Standing(request, events)
        assert replay(events) == replay(tuple(events))
        kept = derive(request, events)
        task = next_task(standing)
        assert (kept.next_action, kept.next_on) == (
            (task.what.value, task.on) if task else (None, None)
        )
        assert kept.open == (standing.history.closed_on is None)
        assert kept.state in set(State)


@settings(max_examples=60)
@given(steps())
def test_every_admitted_fact_is_recognised_again(story: list[Event | None]) -> None:
    """The last call made twice records nothing more."""
    request = a_request()
    events = admitted(story)[-1]
    last = effective(events)[-1]
    if last.number == events[-1].number and last.kind is not EventKind.DRAFTED:
        assert admit(request, events, last, today=LATER) is None


@given(days())
def test_one_month_of_silence(received: date) -> None:
    """The plain case against the calculator alone."""
    request = a_request()
    events = (
        Event(EventKind.DRAFTED, START, START, number=1),
        Event(EventKind.SENT, START, START, {"by": "letter"}, number=2),
        Event(EventKind.RECEIVED, received, received, number=3),
    )
    task = next_task(Standing(request, events))
    assert task
    assert task.on == answer_deadline(received).complaint_from
