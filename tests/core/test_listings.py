"""The verdict on a listing: what today's look means after the earlier ones."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cnil_requests.core.listings import (
    Finding,
    ListingCheck,
    Sign,
    Verdict,
    judge,
)

DAY = date(2026, 3, 2)
NAMED, UNNAMED = Finding.NAMED, Finding.UNNAMED
GONE, UNCLEAR = Finding.GONE, Finding.UNCLEAR
ONLINE, REMOVED = Verdict.ONLINE, Verdict.PROBABLY_REMOVED
UNKNOWN = Verdict.UNKNOWN


def check(
    finding: Finding,
    day: int = 0,
    *signs: Sign,
    words: int = 300,
    name: str = "Hélène Lefèvre",
) -> ListingCheck:
    """Return a check made some days after the first."""
    return ListingCheck(
        url="https://www.example.org/fiche/12",
        on=DAY + timedelta(days=day),
        at=f"{DAY + timedelta(days=day)}T10:00:00+01:00",
        finding=finding,
        note="Constat.",
        name=name,
        status=None if finding is UNCLEAR else 200,
        words=words,
        signs=frozenset(signs),
    )


@pytest.mark.parametrize(
    ("findings", "verdict"),
    [
        ([(NAMED, 0)], ONLINE),
        ([(UNNAMED, 0)], UNKNOWN),
        ([(GONE, 0)], UNKNOWN),
        ([(UNCLEAR, 0)], UNKNOWN),
        # Gone on two different days; twice the same day is one day.
        ([(GONE, 0), (GONE, 0)], UNKNOWN),
        ([(GONE, 0), (GONE, 1)], REMOVED),
        ([(GONE, 0), (GONE, 1), (GONE, 1)], REMOVED),
        ([(GONE, 0), (UNCLEAR, 1), (GONE, 2)], REMOVED),
        ([(NAMED, 0), (GONE, 1)], UNKNOWN),
        ([(NAMED, 0), (GONE, 1), (GONE, 2)], REMOVED),
        # It was back in between: the count starts again.
        ([(GONE, 0), (NAMED, 1), (GONE, 2)], UNKNOWN),
        # A normal page without the name, where it had been found.
        ([(NAMED, 0), (UNNAMED, 1)], REMOVED),
        ([(NAMED, 0), (UNNAMED, 0)], REMOVED),
        ([(UNNAMED, 0), (UNNAMED, 1)], UNKNOWN),
        ([(GONE, 0), (UNNAMED, 1)], UNKNOWN),
        ([(NAMED, 0), (UNCLEAR, 1), (UNNAMED, 2)], REMOVED),
        # The last look decides.
        ([(NAMED, 0), (UNNAMED, 1), (NAMED, 2)], ONLINE),
        ([(GONE, 0), (GONE, 1), (NAMED, 2)], ONLINE),
        ([(GONE, 0), (GONE, 1), (UNCLEAR, 2)], UNKNOWN),
    ],
)
def test_the_history_decides(
    findings: list[tuple[Finding, int]], verdict: Verdict
) -> None:
    """« Removed » needs two days of absence, or a name that has disappeared."""
    assert judge([check(finding, day) for finding, day in findings]).verdict is verdict


@pytest.mark.parametrize("sign", sorted(set(Sign) - {Sign.NOT_FOUND}))
def test_a_new_obstacle_is_no_removal(sign: Sign) -> None:
    """What was not there when the name was: the listing may be behind it."""
    found = judge([check(NAMED), check(UNNAMED, 1, sign)])
    assert found.verdict is UNKNOWN
    assert "Mais la page montre" in found.evidence


def test_a_banner_that_was_always_there_hides_nothing() -> None:
    """Unless little else is left of the page than the banner."""
    had = check(NAMED, 0, Sign.CONSENT, Sign.CAPTCHA, words=300)
    assert judge([had, check(UNNAMED, 1, Sign.CONSENT, words=200)]).verdict is REMOVED
    assert judge([had, check(UNNAMED, 1, Sign.CONSENT, words=60)]).verdict is UNKNOWN
    said = check(UNNAMED, 1, Sign.CONSENT, Sign.NOT_FOUND, words=60)
    assert judge([had, said]).verdict is REMOVED


def test_a_page_that_became_nearly_empty_is_no_removal() -> None:
    """Three quarters of the page are gone, and it does not say why."""
    had = check(NAMED, words=300)
    assert judge([had, check(UNNAMED, 1, words=80)]).verdict is REMOVED
    assert judge([had, check(UNNAMED, 1, words=70)]).verdict is UNKNOWN
    said = check(UNNAMED, 1, Sign.NOT_FOUND, words=5)
    assert judge([had, said]).verdict is REMOVED


def test_another_name_was_looked_for() -> None:
    """Correcting the spelling of one's name removes nothing."""
    before = check(NAMED, 0, name="Hélène Lefebvre")
    assert judge([before, check(UNNAMED, 1)]).verdict is UNKNOWN


def test_the_evidence_gives_the_days() -> None:
    """The sentence says since when, in French."""
    gone = judge([check(GONE, 0), check(GONE, 3)])
    assert "C'était déjà le cas le 2 mars 2026" in gone.evidence
    unnamed = judge([check(NAMED, 0), check(UNNAMED, 3)])
    assert unnamed.evidence == "Constat. Il y figurait encore le 2 mars 2026."
    once = judge([check(GONE)])
    assert "un autre jour" in once.evidence
