"""Random lives: no sentence without an event, no silence where an answer is.

The oracle here reads the finished text and knows nothing of how it was made.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from cases import ASKED, DOCTOR, dates_in, files_of, text_of
from hypothesis import assume, given, settings
from hypothesis import strategies as some
from lives import a_request
from test_lives import admitted, safe_date, steps

from cnil_requests.core.admissibility import (
    NotYetError,
    complaint_since,
    notice_since,
)
from cnil_requests.core.agenda import next_task
from cnil_requests.core.case_fields import Case
from cnil_requests.core.replaying import effective, is_about_notice
from cnil_requests.core.requests import Event, EventKind
from cnil_requests.core.rights import Correction, Right
from cnil_requests.core.standing import Standing
from cnil_requests.core.tasks import What
from cnil_requests.errors import NotPossibleError

#: Days that the texts name whatever happened: those of the laws themselves.
OF_THE_LAW = {date(1978, 1, 6), date(2019, 5, 29)}

NOTICE_POSTED = "notice-posted"
STILL = "still-online"

#: What a text may only say when one of these facts stands.
CLAIMS = {
    r"ma demande est refusée|Ma demande a été refusée|opposition est refusée"
    r"|avez refusé": "refused",
    r"qu'en partie|seulement en partie": "partial",
    r"ma demande est acceptée|[Mm]a demande a été acceptée(?! seulement)"
    r"|vous avez accepté ma demande": "granted",
    r"un paiement": "payment",
    r"un compte|d'un compte": "account",
    r"justifi\w+ (?:de mon|d'|m)": "identity",
    r"prolong(?!e le délai fixé)": "extended",
    r"[Uu]ne mise en demeure|de la mise en demeure|La mise en demeure": NOTICE_POSTED,
    r"n'était plus en ligne": "seen-removed",
    r"de nouveau en ligne": "seen-back",
    r"revenu avec un message d'erreur": "bounced",
    r"sans message d'erreur": "by-email",
    r"n'a pas été réclamé|non réclamé": "unclaimed",
    r"refusé par son destinataire|pli a été refusé": "refused-letter",
    r"formulaire en ligne": "by-form",
    r"sans motif|pas les motifs|aucun motif|ni les motifs": "no-reasons",
    r"première réclamation": "lodged",
    r"j'estime": "estimated",
    r"La fiche|toujours en ligne|se poursuivait|toujours publiées": STILL,
}


def facts(case: Case) -> set[str]:
    """Name what stands in the ledger, read from the events alone."""
    found = {STILL} if case.still_online else set()
    for event in effective(case.standing.events):
        if event.kind is not EventKind.REFUSED:  # The word is that of an answer.
            found.add(event.kind.value)
        if event.kind is EventKind.SENT:
            found.add(NOTICE_POSTED if is_about_notice(event) else "request-posted")
            found.add(f"by-{event.data['by']}")
        if event.kind is EventKind.ANSWERED:
            found.add(event.data["outcome"])
            if event.data.get("reasons") == "no":
                found.add("no-reasons")
        if event.kind is EventKind.SEEN:
            found.add(f"seen-{event.data['what']}")
            if event.data["what"] == "online":
                found.add(STILL)
        if event.kind is EventKind.REFUSED:
            found.add("refused-letter")
        if event.data.get("estimated"):
            found.add("estimated")
    return found


def days_on_record(case: Case) -> set[date]:
    """Return every day that the ledger, the declaration or the clock gives."""
    days = {case.today, *OF_THE_LAW}
    days |= {case.still_online} if case.still_online else set()
    days |= {case.standing.request.seen_on} if case.standing.request.seen_on else set()
    for event in effective(case.standing.events):
        days.add(event.on)
        for key in ("dated", "promised", "returned"):
            if event.data.get(key):
                days.add(date.fromisoformat(event.data[key]))
    end = safe_date(case.standing)
    return days | ({end - timedelta(days=1)} if end else set())


def check_text(case: Case, text: str) -> None:
    """Compare each sentence about facts with the ledger."""
    known = facts(case)
    for pattern, fact in CLAIMS.items():
        if re.search(pattern, text):
            assert fact in known, f"{pattern}\n{text}"
    outcomes = known & {"granted", "partial", "refused"}
    if "aucune réponse" in text:
        assert "answered" not in known, text
    if "aucune décision" in text:
        assert not outcomes, text
    if "aucune réponse" in text or "aucune décision" in text:
        end = safe_date(case.standing)
        assert end is not None
        assert case.today >= end, text
    assert dates_in(text) <= days_on_record(case), text
    cited = {int(number) for number in re.findall(r"pièces? n° (\d+)", text)}
    assert cited <= {item.number for item in case.exhibits}, text
    for wrong in ("None", "  ", " ,", "()", "{{", " ."):
        assert wrong not in text, (wrong, text)


RIGHTS = (
    {**ASKED},
    {**ASKED, "right": Right.OBJECTION},
    {"right": Right.MARKETING},
    {"right": Right.ACCESS},
    {
        "right": Right.RECTIFICATION,
        "urls": ASKED["urls"],
        "corrections": (Correction("faux", "exact"),),
    },
    {**ASKED, "right": Right.DEREFERENCING, "search_names": ("Camille Exemple",)},
)


@some.composite
def cases(draw: some.DrawFn) -> Case:
    """Give a case at some point of a random life, on a day at or after it."""
    events = draw(some.sampled_from(admitted(draw(steps()))))
    edited = draw(some.booleans())
    if edited:
        events = tuple(mark_edited(event) for event in events)
    request = replace(a_request(), **draw(some.sampled_from(RIGHTS)))
    last = max(event.on for event in effective(events))
    today = last + timedelta(days=draw(some.sampled_from((0, 0, 1, 14, 40, 120))))
    declared = request.right.rule.needs_url
    return Case(
        standing=Standing(request, events),
        person=DOCTOR,
        files=files_of(events) if draw(some.booleans()) else (),
        today=today,
        still_online=today if declared else None,
    )


def mark_edited(event: Event) -> Event:
    """Return a posting whose text is not the one that was drafted."""
    if event.kind is not EventKind.SENT:
        return event
    return replace(event, data={**event.data, "edited": "yes"})


@given(cases())
@settings(max_examples=120)
def test_a_complaint_says_nothing_that_no_event_carries(case: Case) -> None:
    """Every claim, every day and every exhibit of the text is in the ledger."""
    try:
        since = complaint_since(case.findings, case.today)
    except NotPossibleError:
        assume(False)
    assert since <= case.today
    assert "request-posted" in facts(case)
    for template in ("complaint", "complaint_online", "chronology"):
        check_text(case, text_of(case, template))


@given(cases())
@settings(max_examples=100)
def test_every_road_names_the_same_day(case: Case) -> None:
    """What ``complain`` allows, ``status`` shows; ``remind`` proposes none earlier."""
    shown = case.standing.complaint_from
    assert named_by_complain(case) in (None, shown)
    task = next_task(case.standing)
    if task and task.what is What.COMPLAIN:
        assert shown is not None
        assert task.on >= shown


def named_by_complain(case: Case) -> date | None:
    """Return its day; None once removed, lodged, or when none can be counted."""
    try:
        return complaint_since(case.findings, case.today)
    except NotYetError as error:
        return error.since
    except NotPossibleError:
        return None


@given(cases())
@settings(max_examples=100)
def test_a_notice_says_nothing_that_no_event_carries(case: Case) -> None:
    """The same for the formal notice."""
    case = replace(case, still_online=None)
    try:
        notice_since(case.findings, case.today)
    except NotPossibleError:
        assume(False)
    assert "request-posted" in facts(case)
    check_text(case, text_of(case, "notice"))


@given(cases())
@settings(max_examples=60)
def test_an_edited_letter_is_referred_to_not_described(case: Case) -> None:
    """Neither the right, nor the reasons, nor the corrections of the draft appear."""
    assume(case.was_edited)
    for template in ("complaint", "notice"):
        text = text_of(case, template)
        assert "mon droit" not in text
        assert "secret professionnel" not in text
        assert "au lieu de" not in text
        assert "signalées comme inexactes" not in text
        assert "à laquelle je renvoie" in text


@given(cases())
@settings(max_examples=60)
def test_nothing_is_claimed_of_a_request_that_was_never_sent(case: Case) -> None:
    """Neither complaint nor notice is possible, whatever else was recorded."""
    assume("request-posted" not in facts(case))
    for check in (complaint_since, notice_since):
        try:
            check(case.findings, case.today)
        except NotPossibleError:
            continue
        raise AssertionError(check)
