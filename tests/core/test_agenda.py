"""What must be done next: what, from which day, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lives import GOT, SENT, SITE, what_next

EMAIL = "sent 06-01 by=email"
GRANTED = "answered 06-20 outcome=granted"
REFUSED = "answered 06-20 outcome=refused"
NOTICE = ("followed-up 07-08 term=15", "sent 07-08 by=letter")


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((), "post-letter 2026-06-01 drafted"),
        ((SENT,), "record-receipt 2026-07-01 no-receipt"),
        ((SENT, "sent 06-15 by=letter"), "record-receipt 2026-07-15 no-receipt"),
        ((EMAIL,), "follow-up 2026-07-02 silence"),
        ((SENT, GOT), "follow-up 2026-07-07 silence"),
        # What did not arrive.
        ((EMAIL, "bounced 06-02"), "resend 2026-06-02 bounced"),
        ((SENT, "refused 06-04"), "resend 2026-06-04 refused-letter"),
        ((SENT, "unclaimed 06-04"), "resend 2026-06-04 unclaimed"),
        (
            (SENT, "unclaimed 06-04", "sent 06-20 by=email"),
            "follow-up 2026-07-21 silence",
        ),
        # Extensions.
        (
            (SENT, GOT, "answered 06-20 outcome=extended"),
            "follow-up 2026-09-05 silence",
        ),
        (
            (SENT, GOT, "answered 07-10 outcome=extended"),
            "follow-up 2026-07-07 bad-extension",
        ),
        # Identity: the user's turn, with or without a recorded receipt.
        (
            (SENT, GOT, "answered 06-10 outcome=identity"),
            "supply-identity 2026-06-10 identity-asked",
        ),
        (
            (SENT, "answered 06-10 outcome=identity"),
            "supply-identity 2026-06-10 identity-asked",
        ),
        (
            (SENT, GOT, "answered 06-10 outcome=identity", "supplied 06-15"),
            "follow-up 2026-07-10 no-action",
        ),
        (
            (SENT, GOT, "answered 06-10 outcome=identity reasons=no"),
            "follow-up 2026-06-10 identity-without-doubt",
        ),
        (
            (SENT, GOT, "answered 06-10 outcome=identity reasons=no", "supplied 06-11"),
            "follow-up 2026-07-07 no-action",
        ),
        # Obstacles.
        (
            (SENT, GOT, "answered 06-10 outcome=payment"),
            "follow-up 2026-06-10 payment",
        ),
        (
            (SENT, GOT, "answered 06-10 outcome=account"),
            "follow-up 2026-06-10 account",
        ),
        # The notice is written: no second one is asked for, but the missing receipt.
        (
            (
                SENT,
                "answered 06-10 outcome=payment",
                "followed-up 06-11 term=15",
                "sent 06-12 by=letter",
            ),
            "record-receipt 2026-07-01 no-receipt",
        ),
        # Another answer followed: the letter on identity would be out of place.
        (
            (
                SENT,
                GOT,
                "answered 06-10 outcome=identity reasons=no",
                "answered 06-12 outcome=other",
            ),
            "follow-up 2026-07-07 no-action",
        ),
        # An answer that decides nothing; a promise is waited for.
        ((SENT, GOT, "answered 06-10 outcome=other"), "follow-up 2026-07-07 no-action"),
        (
            (SENT, GOT, "answered 06-10 outcome=other promised=06-20"),
            "follow-up 2026-07-07 no-action",
        ),
        (
            (SENT, GOT, "answered 06-10 outcome=other promised=07-31"),
            "follow-up 2026-08-01 no-action",
        ),
        # Granted: a week, or the day it promised; then every three months.
        ((SENT, GOT, GRANTED), "check-listing 2026-06-27 granted"),
        (
            (SENT, GOT, f"{GRANTED} promised=07-15"),
            "check-listing 2026-07-16 granted",
        ),
        (
            (SENT, GOT, f"{GRANTED} promised=07-15", "seen 07-01 what=online"),
            "check-listing 2026-07-16 granted",
        ),
        (
            (SENT, GOT, GRANTED, "seen 06-22 what=online"),
            "check-listing 2026-06-27 granted",
        ),
        (
            (SENT, GOT, GRANTED, "seen 06-27 what=online"),
            "follow-up 2026-06-27 still-online",
        ),
        (
            (SENT, GOT, GRANTED, "seen 06-27 what=removed"),
            "check-listing 2026-09-27 removed",
        ),
        (
            (
                SENT,
                GOT,
                GRANTED,
                "seen 06-27 what=removed",
                "seen 09-27 what=removed",
            ),
            "check-listing 2026-12-27 removed",
        ),
        (
            (SENT, GOT, GRANTED, "seen 06-22 what=removed", "seen 06-24 what=back"),
            "follow-up 2026-06-24 back",
        ),
        ((SENT, GOT, "seen 06-10 what=removed"), "check-listing 2026-09-10 removed"),
        (("seen 06-02 what=removed",), "check-listing 2026-09-02 removed"),
        ((SENT, GOT, "seen 06-10 what=online"), "follow-up 2026-07-07 silence"),
        (
            (SENT, GOT, "seen 06-10 what=removed", "seen 06-20 what=back"),
            "follow-up 2026-07-07 silence",
        ),
        # Refused.
        ((SENT, GOT, REFUSED), "complain 2026-06-20 refused"),
        ((SENT, GOT, REFUSED, "seen 06-21 what=online"), "complain 2026-06-20 refused"),
        (
            (SENT, GOT, REFUSED, "seen 06-21 what=removed"),
            "check-listing 2026-09-21 removed",
        ),
        (
            (SENT, GOT, f"{REFUSED} reasons=no"),
            "follow-up 2026-06-20 refused-without-reasons",
        ),
        (
            (SENT, GOT, "answered 06-20 outcome=partial"),
            "follow-up 2026-06-20 partly-granted",
        ),
    ],
)
def test_next_task(steps: tuple[str, ...], expected: str) -> None:
    """Never what the other side has until later to do."""
    assert what_next(*steps) == expected


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (("followed-up 07-08 term=15",), "post-letter 2026-07-08 follow-up-drafted"),
        (NOTICE, "complain 2026-07-24 follow-up-unanswered"),
        (
            ("followed-up 07-08 term=15", "sent 07-08 by=email", "bounced 07-09"),
            "resend 2026-07-09 follow-up-bounced",
        ),
        (
            ("followed-up 07-08 term=15", "answered 07-09 outcome=granted"),
            "check-listing 2026-07-16 granted",
        ),
        (
            (*NOTICE, "answered 07-15 outcome=granted"),
            "check-listing 2026-07-22 granted",
        ),
        ((*NOTICE, "answered 07-15 outcome=refused"), "complain 2026-07-15 refused"),
        (
            (
                *NOTICE,
                "answered 07-10 outcome=refused",
                "answered 07-15 outcome=granted",
            ),
            "check-listing 2026-07-22 granted",
        ),
        (
            (*NOTICE, "answered 07-15 outcome=partial"),
            "complain 2026-07-24 follow-up-unanswered",
        ),
        (
            (*NOTICE, "answered 07-15 outcome=other promised=08-10"),
            "complain 2026-08-11 follow-up-unanswered",
        ),
        ((*NOTICE, "seen 07-20 what=removed"), "check-listing 2026-10-20 removed"),
        (
            (*NOTICE, "seen 07-20 what=online"),
            "complain 2026-07-24 follow-up-unanswered",
        ),
        (
            (
                *NOTICE,
                "answered 07-15 outcome=granted",
                "seen 07-22 what=online",
            ),
            "complain 2026-07-22 still-online",
        ),
        (
            (*NOTICE, "complained 07-24"),
            "complain 2026-07-24 complaint-drafted",
        ),
        (
            (*NOTICE, "complained 07-24", "answered 07-25 outcome=granted"),
            "check-listing 2026-08-01 granted",
        ),
        (
            (*NOTICE, "complained 07-24", "seen 07-25 what=removed"),
            "check-listing 2026-10-25 removed",
        ),
        (("complained 07-08",), "complain 2026-07-08 complaint-drafted"),
    ],
)
def test_after_a_formal_notice(steps: tuple[str, ...], expected: str) -> None:
    """Its term, unless something came; a yes gives a week."""
    assert what_next(SENT, GOT, *steps) == expected


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (("lodged 07-10",), "follow-cnil 2026-10-10 cnil-silent"),
        (
            ("lodged 07-10", "cnil 07-12 step=acknowledged"),
            "follow-cnil 2026-10-10 cnil-silent",
        ),
        (
            ("lodged 07-10", "cnil 09-01 step=informed"),
            "follow-cnil 2026-12-01 cnil-informed",
        ),
        (
            ("lodged 07-10", "cnil 09-01 step=closed"),
            "check-listing 2026-09-08 cnil-closed",
        ),
        (
            ("lodged 07-10", "cnil 09-01 step=closed", "seen 09-08 what=online"),
            "complain 2026-09-08 cnil-closed-online",
        ),
        (
            ("lodged 07-10", "cnil 09-01 step=closed", "seen 09-08 what=removed"),
            "check-listing 2026-12-08 removed",
        ),
        (
            ("lodged 07-10", "seen 08-10 what=removed"),
            "check-listing 2026-11-10 removed",
        ),
        (
            (
                "lodged 07-10",
                "cnil 09-01 step=closed",
                "seen 09-08 what=online",
                "complained 09-09",
            ),
            "complain 2026-09-09 complaint-drafted",
        ),
    ],
)
def test_after_a_complaint(steps: tuple[str, ...], expected: str) -> None:
    """Three months of silence; an acknowledgement is no information (CE 465229)."""
    assert what_next(SENT, GOT, *steps) == expected


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        # Lodged, closed and seen online, all before the last day.
        (
            ("lodged 06-10", "cnil 06-12 step=closed", "seen 06-15 what=online"),
            "complain 2026-07-07 cnil-closed-online",
        ),
        (("complained 06-10",), "complain 2026-07-07 complaint-drafted"),
        (
            ("followed-up 06-05 term=1", "sent 06-05 by=email"),
            "complain 2026-07-07 follow-up-unanswered",
        ),
        (
            (
                "followed-up 06-05 term=1",
                "sent 06-05 by=email",
                "answered 06-20 outcome=extended",
            ),
            "complain 2026-09-05 follow-up-unanswered",
        ),
        (
            (
                "followed-up 06-05 term=1",
                "sent 06-05 by=email",
                "answered 06-10 outcome=identity",
            ),
            "supply-identity 2026-06-10 identity-asked",
        ),
        (
            (
                "answered 06-06 outcome=granted",
                "seen 06-13 what=online",
                "followed-up 06-13 term=1",
                "sent 06-13 by=email",
            ),
            "complain 2026-07-07 follow-up-unanswered",
        ),
    ],
)
def test_no_complaint_before_the_safe_date(
    steps: tuple[str, ...], expected: str
) -> None:
    """Whatever was drafted, lodged, granted or seen before it."""
    assert what_next(SENT, GOT, *steps) == expected


def test_a_closed_request_asks_nothing() -> None:
    """Until it is opened again."""
    closed = (SENT, GOT, "closed 07-20 because=withdrawn")
    assert what_next(*closed) == "nothing"
    assert what_next(*closed, "undo") == "follow-up 2026-07-07 silence"


KEPT = "attached 06-20 kind=answer file=reponse.pdf"


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((KEPT,), "follow-up 2026-07-07 answer-unread"),
        ((KEPT, *NOTICE), "complain 2026-07-24 answer-unread"),
        ((KEPT, "complained 07-08"), "complain 2026-07-08 answer-unread"),
        ((KEPT, "answered 06-20 outcome=other"), "follow-up 2026-07-07 no-action"),
        ((KEPT, "undo"), "follow-up 2026-07-07 silence"),
    ],
)
def test_an_answer_that_is_kept_is_recorded_first(
    steps: tuple[str, ...], expected: str
) -> None:
    """Neither letter can be written without it; other reminders do not wait."""
    assert what_next(SENT, GOT, *steps) == expected
    assert what_next(SENT, KEPT) == "record-receipt 2026-07-01 no-receipt"


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((), "complain 2026-07-07 silence"),
        (("answered 06-10 outcome=payment",), "complain 2026-07-07 no-action"),
        (("answered 06-10 outcome=account",), "complain 2026-07-07 no-action"),
        ((REFUSED,), "complain 2026-06-20 refused"),
        ((f"{REFUSED} reasons=no",), "complain 2026-06-20 refused"),
        (
            ("answered 06-20 outcome=partial",),
            "complain 2026-06-20 partly-granted-by-host",
        ),
        ((GRANTED, "seen 06-27 what=online"), "complain 2026-07-07 still-online"),
        (
            ("answered 06-10 outcome=identity reasons=no",),
            "follow-up 2026-06-10 identity-without-doubt",
        ),
    ],
)
def test_a_host_is_not_put_on_notice(steps: tuple[str, ...], expected: str) -> None:
    """It is no controller: the complaint is what comes next, from its day."""
    site = replace(SITE, host="Hébergeur Exemple, 1 rue X, 75001 Paris")
    assert what_next(SENT, GOT, *steps, directory=site) == expected
