"""The last day for an answer: published examples, facts, words."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from cnil_requests.core.calendars import UnknownCalendarError
from cnil_requests.core.deadline_clock import (
    ExtensionOutcome,
    extension_in_time,
    last_day,
    same_day_later,
)
from cnil_requests.core.deadline_facts import (
    ContradictoryDatesError,
    DateOutOfRangeError,
    DeadlineFacts,
    Extension,
    IdentityBeforeReceiptError,
    IdentityRequest,
    NoticeBeforeReceiptError,
    ReturnedBeforePresentationError,
    ReturnedNotUnclaimedError,
    SuppliedBeforeAskedError,
)
from cnil_requests.core.deadlines import Deadline, answer_deadline, count_deadline

VECTORS = Path(__file__).parents[1] / "data" / "deadline-vectors.csv"

with VECTORS.open(encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file))


def day(text: str) -> date:
    """Read an ISO date."""
    return date.fromisoformat(text)


def counted(received: str, **facts: object) -> Deadline:
    """Count a deadline from ISO text."""
    return count_deadline(DeadlineFacts(day(received), **facts))  # type: ignore[arg-type]


def asked(
    asked_on: str, supplied_on: str = "", *, justified: bool = True
) -> IdentityRequest:
    """Make an identity request from ISO text."""
    supplied = day(supplied_on) if supplied_on else None
    return IdentityRequest(day(asked_on), supplied, justified)


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_the_vectors_hold(row: dict[str, str]) -> None:
    """Published by the EDPB and the ICO, or derived from Regulation 1182/71."""
    found = answer_deadline(day(row["received_on"]), row["region"])
    assert str(found.due) == row["expected_due"]
    assert str(found.extended_due) == row["expected_due_extended"]
    assert found.complaint_from is not None
    assert (found.complaint_from - day(row["expected_due"])).days == 1


def test_all_the_vectors_are_there() -> None:
    """A truncated file would let the test above pass."""
    assert len(ROWS) == 32


@pytest.mark.parametrize(
    ("received", "months", "expected"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-08-31", 1, "2026-09-30"),
        ("2026-02-28", 1, "2026-03-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-01-31", 3, "2026-04-30"),
        ("2100-01-29", 1, "2100-02-28"),
    ],
)
def test_a_month_ends_on_the_same_number(
    received: str, months: int, expected: str
) -> None:
    """Or on the last day of the month; 2100 is no leap year."""
    assert str(same_day_later(day(received), months)) == expected


def test_a_plain_deadline_is_explained_in_french() -> None:
    """Every step of 31 January 2026, with its article."""
    assert [
        text.replace("\N{NO-BREAK SPACE}", " ")
        for text in (answer_deadline(day("2026-01-31")).steps)
    ] == [
        (
            "Jours fériés comptés : calendrier FR (France). Le règlement n° 1182/71,"
            " art. 2(1), désigne ceux de l'État membre où il faut agir."
        ),
        (
            "Réception le samedi 31 janvier 2026 : ce jour n'est pas compté et n'est"
            " pas reporté (règlement n° 1182/71, art. 3(1))."
        ),
        (
            "Un mois à compter de la réception (RGPD, art. 12(3)) : le mois de février"
            " 2026 n'a pas de 31, donc jusqu'à son dernier jour, le samedi 28 février"
            " 2026 (règlement n° 1182/71, art. 3(2)(c))."
        ),
        (
            "Le 28 février 2026 est un samedi : report au jour suivant (règlement"
            " n° 1182/71, art. 3(4))."
        ),
        (
            "Le 1er mars 2026 est un dimanche : report au jour suivant (règlement"
            " n° 1182/71, art. 3(4))."
        ),
        "Dernier jour pour répondre : lundi 2 mars 2026, inclus jusqu'à minuit.",
        "Sans réponse, plainte possible à partir du lendemain, mardi 3 mars 2026.",
        (
            "Hypothèse : si une prolongation est annoncée avec ses motifs au plus tard"
            " le lundi 2 mars 2026, le délai est de trois mois à compter de la"
            " réception (RGPD, art. 12(3)) et finit le jeudi 30 avril 2026."
        ),
    ]


def test_a_third_country_is_not_called_a_member_state() -> None:
    """The calendar of a controller in the United States is a convention."""
    first = answer_deadline(day("2026-01-31"), "US").steps[0]
    assert "par convention" in first
    assert "ne désigne que ceux des États membres" in first


@pytest.mark.parametrize(
    ("received", "asked_on", "supplied_on", "nominal", "due"),
    [
        ("2026-06-04", "2026-06-10", "2026-06-15", "2026-07-04", "2026-07-09"),
        ("2026-06-04", "2026-07-01", "2026-07-01", "2026-07-04", "2026-07-06"),
        ("2026-11-25", "2026-12-01", "2026-12-08", "2026-12-25", "2027-01-04"),
        ("2026-03-06", "2026-03-09", "2026-03-31", "2026-04-06", "2026-04-28"),
        ("2026-01-31", "2026-02-02", "2026-02-04", "2026-02-28", "2026-03-02"),
        # Asked on the last day itself, after the roll: still in time.
        ("2026-06-04", "2026-07-06", "2026-07-08", "2026-07-04", "2026-07-06"),
    ],
)
def test_an_identity_request_suspends_the_clock(
    received: str, asked_on: str, supplied_on: str, nominal: str, due: str
) -> None:
    """The days between are added to the nominal end, then the end is rolled."""
    found = counted(received, identity=(asked(asked_on, supplied_on),))
    assert (str(found.nominal), str(found.due)) == (nominal, due)
    assert found.readings[0].suspended == (day(supplied_on) - day(asked_on)).days


def test_the_added_days_are_called_a_convention() -> None:
    """No text says how to add them, and the explanation says so."""
    found = counted("2026-06-04", identity=(asked("2026-06-10", "2026-06-15"),))
    words = " ".join(found.steps)
    assert "jours à ajouter" in words
    assert "par convention" in words


def test_an_identity_not_yet_supplied_leaves_no_date() -> None:
    """The ball is in the user's court: nothing is due, no complaint is possible."""
    found = counted("2026-06-04", identity=(asked("2026-06-10"),))
    assert not found.is_running
    assert (found.due, found.first_due) == (None, None)
    assert (found.complaint_from, found.extended_due) == (None, None)
    assert str(found.nominal) == "2026-07-04"
    assert "c'est à vous de fournir" in found.steps[-1]


def test_an_identity_asked_after_the_last_day_changes_nothing() -> None:
    """Even when it is never supplied."""
    found = counted("2026-06-04", identity=(asked("2026-07-07"),))
    assert str(found.due) == "2026-07-06"
    assert any("sans effet" in step for step in found.steps)


def test_an_identity_asked_without_a_doubt_changes_nothing() -> None:
    """GDPR art. 12(6): the doubt must be stated."""
    found = counted("2026-06-04", identity=(asked("2026-06-10", justified=False),))
    assert str(found.complaint_from) == "2026-07-07"
    assert any("sans qu'un doute" in step for step in found.steps)


def test_two_identity_requests_stop_the_clock_once() -> None:
    """Days that both cover are added once."""
    found = counted(
        "2026-06-04",
        identity=(asked("2026-06-12", "2026-06-20"), asked("2026-06-10", "2026-06-15")),
    )
    assert found.readings[0].suspended == 10


@pytest.mark.parametrize(
    ("notice", "reasoned", "outcome", "due"),
    [
        ("2026-06-04", True, ExtensionOutcome.VALID, "2026-09-04"),
        ("2026-06-20", True, ExtensionOutcome.VALID, "2026-09-04"),
        # 4 July is a Saturday: the rolled last day still counts.
        ("2026-07-06", True, ExtensionOutcome.VALID, "2026-09-04"),
        ("2026-07-07", True, ExtensionOutcome.LATE, "2026-07-06"),
        ("2026-06-20", False, ExtensionOutcome.UNREASONED, "2026-07-06"),
    ],
)
def test_an_extension_counts_if_reasoned_and_in_time(
    notice: str,
    reasoned: bool,
    outcome: ExtensionOutcome,
    due: str,
) -> None:
    """A valid one binds from receipt; any other leaves the first date."""
    found = counted("2026-06-04", extension=Extension(day(notice), reasoned))
    assert found.extension is outcome
    assert str(found.due) == due
    assert str(found.first_due) == "2026-07-06"
    assert str(found.extended_due) == "2026-09-04"
    assert found.complaint_from is not None
    assert found.due is not None
    assert (found.complaint_from - found.due).days == 1


def test_an_invalid_extension_says_why() -> None:
    """Late or without reasons: the explanation names it and what it would have done."""
    late = counted("2026-06-04", extension=Extension(day("2026-07-10")))
    assert any(
        "après le dernier jour (lundi 6 juillet 2026)" in step for step in late.steps
    )
    assert "aurait porté" in late.steps[-1]
    bare = counted("2026-06-04", extension=Extension(day("2026-06-20"), reasoned=False))
    assert any("sans motifs" in step for step in bare.steps)


def test_the_last_day_is_inclusive_for_a_notice() -> None:
    """A notice of the last day is in time, one of the next day is not."""
    assert extension_in_time(day("2026-07-06"), day("2026-07-06"))
    assert not extension_in_time(day("2026-07-07"), day("2026-07-06"))


def test_extension_and_suspension_add_up() -> None:
    """Three months from receipt plus the suspended days: the later date."""
    found = counted(
        "2026-06-04",
        extension=Extension(day("2026-06-20")),
        identity=(asked("2026-06-10", "2026-06-15"),),
    )
    assert str(found.due) == "2026-09-09"
    assert str(found.first_due) == "2026-07-09"


def test_a_suspension_keeps_the_first_month_open_for_a_notice() -> None:
    """A notice of 8 July is in time if five days of suspension went before."""
    notice = Extension(day("2026-07-08"))
    late = counted("2026-06-04", extension=notice)
    kept = counted(
        "2026-06-04", extension=notice, identity=(asked("2026-06-10", "2026-06-15"),)
    )
    assert late.extension is ExtensionOutcome.LATE
    assert kept.extension is ExtensionOutcome.VALID


def test_identity_may_be_asked_during_an_extension() -> None:
    """The clock that is stopped is then the extended one."""
    found = counted(
        "2026-06-04",
        extension=Extension(day("2026-06-20")),
        identity=(asked("2026-07-20", "2026-07-22"),),
    )
    assert str(found.due) == "2026-09-07"  # nominal 4 September + 2 = Sunday


def test_an_unclaimed_letter_has_two_dates_and_the_later_is_safe() -> None:
    """Until it comes back: the first presentation, and fifteen days later."""
    found = counted("2026-09-04", unclaimed=True)
    assert str(found.due) == "2026-10-05"
    assert [str(reading.due) for reading in found.readings] == [
        "2026-10-05",
        "2026-10-19",
    ]
    assert str(found.complaint_from) == "2026-10-20"
    assert found.is_contested
    words = " ".join(found.steps)
    assert "contesté" in words
    assert "vendredi 4 septembre 2026" in words
    assert "samedi 19 septembre 2026" in words


def test_a_returned_letter_counts_from_its_return() -> None:
    """The day it came back replaces the fifteen days."""
    found = counted("2026-09-04", unclaimed=True, returned_on=day("2026-09-22"))
    assert str(found.complaint_from) == "2026-10-23"
    assert "retour du pli" in " ".join(found.steps)


def test_each_reading_judges_the_facts_by_its_own_last_day() -> None:
    """A notice too late after the presentation is in time after the return."""
    found = counted(
        "2026-09-04", unclaimed=True, extension=Extension(day("2026-10-10"))
    )
    assert [reading.extension for reading in found.readings] == [
        ExtensionOutcome.LATE,
        ExtensionOutcome.VALID,
    ]
    assert str(found.complaint_from) == "2026-12-22"


def test_one_reading_without_an_end_is_enough_to_wait() -> None:
    """Identity asked between the two last days: a complaint might be premature."""
    found = counted("2026-09-04", unclaimed=True, identity=(asked("2026-10-10"),))
    assert (found.due, found.complaint_from) == (None, None)


def test_the_clock_does_not_stop_before_it_starts() -> None:
    """Identity asked and given before the later receipt adds nothing to it."""
    found = counted(
        "2026-09-04",
        unclaimed=True,
        identity=(asked("2026-09-07", "2026-09-10"),),
    )
    assert [reading.suspended for reading in found.readings] == [3, 0]


def test_several_calendars_leave_the_latest_for_the_complaint() -> None:
    """A controller somewhere in France: Good Friday might be a holiday there."""
    found = counted("2024-02-29", calendars=("FR", "FR-AM"))
    assert (str(found.due), found.calendar) == ("2024-03-29", "FR")
    assert str(found.complaint_from) == "2024-04-03"
    words = " ".join(found.steps)
    assert "calendrier FR-AM" in words
    assert "la plus tardive est retenue" in words


def test_calendars_that_agree_are_told_in_one_line_each() -> None:
    """What the first reading said is not said twice."""
    found = counted("2026-06-03", calendars=("FR", "FR-AM"))
    assert not found.is_contested
    assert len(set(found.steps)) == len(found.steps) - 1  # the last day, twice


@pytest.mark.parametrize("received", ["2018-05-24", "2101-01-01"])
def test_dates_out_of_range_are_refused(received: str) -> None:
    """Before the GDPR, or after the last year that is tested (exit 2)."""
    with pytest.raises(DateOutOfRangeError, match="25 mai 2018") as caught:
        answer_deadline(day(received))
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("error", "facts"),
    [
        (NoticeBeforeReceiptError, {"extension": Extension(day("2026-06-03"))}),
        (IdentityBeforeReceiptError, {"identity": (asked("2026-06-03"),)}),
        (
            ReturnedBeforePresentationError,
            {"unclaimed": True, "returned_on": day("2026-06-03")},
        ),
    ],
)
def test_a_fact_before_the_receipt_is_refused(
    error: type[ContradictoryDatesError], facts: dict[str, object]
) -> None:
    """The message names both days (exit 2)."""
    with pytest.raises(error, match=r"3 juin 2026.*4 juin 2026") as caught:
        counted("2026-06-04", **facts)
    assert caught.value.exit_code == 2


def test_an_identity_supplied_before_it_was_asked_is_refused() -> None:
    """Whatever the receipt."""
    with pytest.raises(SuppliedBeforeAskedError, match=r"9 juin.*10 juin"):
        asked("2026-06-10", "2026-06-09")


def test_a_return_needs_an_unclaimed_letter() -> None:
    """A delivered letter does not come back."""
    with pytest.raises(ReturnedNotUnclaimedError):
        counted("2026-06-04", returned_on=day("2026-06-20"))


def test_an_unknown_calendar_is_refused() -> None:
    """Before anything is counted."""
    with pytest.raises(UnknownCalendarError):
        answer_deadline(day("2026-06-04"), "FR-67")


def test_the_last_receipt_of_all_is_counted_into_the_next_year() -> None:
    """31 December 2100: the answer is due in 2101, in France and abroad."""
    assert str(last_day(day("2100-12-31"), calendar="FR")) == "2101-01-31"
    assert str(last_day(day("2100-12-01"), calendar="IE")) == "2101-01-03"
    assert str(answer_deadline(day("2100-12-31"), "DE").extended_due) == "2101-03-31"
