"""The CNIL's silence, what stops it, and dates that are only an indication."""

from __future__ import annotations

import pytest
from lives import GOT, SENT, day, live

from cnil_requests.core.authority import Handling, explain_handling

LODGED = (SENT, GOT, "lodged 07-10 number=26012345")


def handling(*steps: str) -> Handling:
    """Return the handling of a lodged complaint."""
    found = Handling.of(live(*LODGED, *steps).history)
    assert found
    return found


def told(*steps: str, on: str = "12-31") -> str:
    """Return what the user is told on a day."""
    return " ".join(explain_handling(live(*steps).history, day(on)))


def test_nothing_is_told_before_lodging() -> None:
    """There is no silence of an authority that was not asked."""
    assert Handling.of(live(SENT, GOT).history) is None
    assert told(SENT, GOT) == ""


def test_three_months_from_lodging() -> None:
    """Décret n° 2019-536, art. 10; lodged on 10 February: 10 May, then 10 July."""
    found = Handling(day("2026-02-10"), ())
    assert found.silence_on == day("2026-05-10")
    assert found.appeal_until == day("2026-07-10")


@pytest.mark.parametrize(
    ("step", "stopped"),
    [
        ("cnil 07-12 step=acknowledged", False),
        ("cnil 10-10 step=informed", True),
        ("cnil 10-11 step=informed", False),
        ("cnil 08-01 step=closed", True),
    ],
)
def test_only_information_in_time_stops_the_silence(step: str, stopped: bool) -> None:
    """CE, 24 July 2023, n° 465229: an acknowledgement is none."""
    assert handling(step).was_informed_in_time is stopped


def test_news_in_time_leave_nothing_to_appeal() -> None:
    """Until it closes."""
    assert handling("cnil 08-01 step=informed").appeal_until is None
    closed = handling("cnil 08-01 step=informed", "cnil 09-01 step=closed")
    assert closed.appeal_until == day("11-01")


def test_dates_of_appeal_are_marked_as_indicative() -> None:
    """With the advice to see a lawyer, every time."""
    silent = told(*LODGED)
    assert "Le 10 octobre 2026, trois mois ont passé depuis le dépôt." in silent
    assert "n° 26012345" in silent
    closed = told(*LODGED, "cnil 08-01 step=closed")
    for text in (silent, closed):
        assert "date indicative : " in text
        assert "voyez un avocat" in text
    assert "une nouvelle plainte est possible" in closed
    assert "auront passé" in told(*LODGED, on="08-01")
