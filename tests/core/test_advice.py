"""What a reminder says, and the command that comes next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from lives import GOT, SENT, SITE, day, live

from cnil_requests.core.advice import Reminder, remind_of, wording_of
from cnil_requests.core.advice_texts import _MADE, _PLAIN
from cnil_requests.core.agenda import next_task
from cnil_requests.core.requests import Channel
from cnil_requests.core.rights import Right
from cnil_requests.core.rulebook import TODAY

if TYPE_CHECKING:
    from collections.abc import Iterator

EMAIL = "sent 06-01 by=email"
GRANTED = "answered 06-20 outcome=granted"
#: A site whose address can be printed.
KNOWN = replace(
    SITE,
    controller="Société Exemple",
    street="1 rue de l'Exemple",
    city="Paris",
    confidence="high",
    checked_on=date(2026, 5, 1),
)

LIVES: list[tuple[str, ...]] = [
    (),
    (SENT,),
    (SENT, GOT),
    (EMAIL, "bounced 06-02"),
    (SENT, "refused 06-04"),
    (SENT, "unclaimed 06-04"),
    (SENT, GOT, "answered 06-20 outcome=extended"),
    (SENT, GOT, "answered 07-10 outcome=extended"),
    (SENT, GOT, "answered 06-10 outcome=identity"),
    (SENT, GOT, "answered 06-10 outcome=identity reasons=no"),
    (SENT, GOT, "answered 06-10 outcome=payment"),
    (SENT, GOT, "answered 06-10 outcome=account"),
    (SENT, GOT, "answered 06-10 outcome=other"),
    (SENT, GOT, "attached 06-10 kind=answer file=reponse.pdf"),
    (SENT, GOT, GRANTED),
    (SENT, GOT, GRANTED, "seen 06-27 what=online"),
    (SENT, GOT, GRANTED, "seen 06-27 what=removed"),
    (SENT, GOT, GRANTED, "seen 06-27 what=removed", "seen 09-27 what=back"),
    (SENT, GOT, "answered 06-20 outcome=partial"),
    (SENT, GOT, "answered 06-20 outcome=refused"),
    (SENT, GOT, "answered 06-20 outcome=refused reasons=no"),
    (SENT, GOT, "followed-up 07-08 term=15"),
    (SENT, GOT, "followed-up 07-08 term=15", "sent 07-08 by=email"),
    (SENT, GOT, "followed-up 07-08 term=15", "sent 07-08 by=email", "bounced 07-09"),
    (SENT, GOT, "complained 07-08"),
    (SENT, GOT, "lodged 07-08"),
    (SENT, GOT, "lodged 07-08", "cnil 08-01 step=informed"),
    (SENT, GOT, "lodged 07-08", "cnil 08-01 step=closed"),
    (SENT, GOT, "lodged 07-08", "cnil 08-01 step=closed", "seen 08-08 what=online"),
]


def reminder(*steps: str, **changes: Any) -> Reminder:  # noqa: ANN401
    """Return the reminder of a life, shown on 31 December 2026."""
    standing = live(*steps, **{"directory": KNOWN, **changes})
    task = next_task(standing)
    assert task
    return remind_of(standing, task, today=day("12-31"))


def reasons() -> Iterator[str]:
    """Yield why each of the lives above asks for something."""
    for steps in LIVES:
        task = next_task(live(*steps))
        assert task
        yield task.why


def test_every_reason_has_a_life_and_a_sentence() -> None:
    """The sentences, the rules and the lives of this test name the same reasons."""
    elsewhere = {"no-address", "partly-granted-by-host"}
    assert {*reasons()} | elsewhere == {*_PLAIN, *_MADE}


@pytest.mark.parametrize("steps", LIVES, ids=" ".join)
@pytest.mark.parametrize("right", list(Right))
def test_sentences_are_whole(steps: tuple[str, ...], right: Right) -> None:
    """French sentences to the end, nothing left to fill in, one command."""
    found = reminder(*steps, right=right)
    assert found.text[0].isupper()
    assert found.text[-1] in ".d"
    assert "{" not in found.text
    assert "{" not in found.command
    assert "  " not in found.text
    assert found.command.startswith("cnilreq ")
    assert TODAY not in found.command


@pytest.mark.parametrize("steps", LIVES, ids=" ".join)
def test_a_sentence_does_not_depend_on_the_day_it_is_shown(
    steps: tuple[str, ...],
) -> None:
    """It is kept in the ledger: only the command has the day of the reader."""
    standing = live(*steps)
    task = next_task(standing)
    assert task
    wording = wording_of(standing, task)
    for today in (day("06-01"), day("12-31")):
        shown = remind_of(standing, task, today=today)
        assert shown.text == wording.text
        assert shown.command == wording.command.replace(TODAY, today.isoformat())


@pytest.mark.parametrize("steps", LIVES, ids=" ".join)
def test_silence_is_never_asserted_of_who_answered(steps: tuple[str, ...]) -> None:
    """« Aucune réponse » is said only when no answer of any kind is recorded."""
    found = reminder(*steps)
    if any(step.startswith("answered") for step in steps):
        assert "Aucune réponse n'est" not in found.text
        assert "n'a pas répondu" not in found.text


@pytest.mark.parametrize(
    ("steps", "command"),
    [
        ((), "cnilreq sent 2026-0001 --on 2026-12-31"),
        ((SENT,), "cnilreq received 2026-0001 --on DATE"),
        ((SENT, GOT), "cnilreq follow-up 2026-0001"),
        ((EMAIL, "bounced 06-02"), "cnilreq sent 2026-0001 --on 2026-12-31"),
        (
            (SENT, "unclaimed 06-04"),
            "cnilreq sent 2026-0001 --on 2026-12-31 --by email",
        ),
        (
            (SENT, "refused 06-04"),
            "cnilreq sent 2026-0001 --on 2026-12-31 --by email",
        ),
        (
            (SENT, GOT, "answered 06-10 outcome=identity"),
            "cnilreq supplied 2026-0001 --on 2026-12-31",
        ),
        ((SENT, GOT, GRANTED), "cnilreq seen 2026-0001 removed --on 2026-12-31"),
        (
            (SENT, GOT, "answered 06-20 outcome=refused"),
            "cnilreq complain 2026-0001 --still-online 2026-12-31",
        ),
        (
            (SENT, GOT, "attached 06-10 kind=answer file=reponse.pdf"),
            "cnilreq answered 2026-0001 --on DATE --outcome RÉPONSE",
        ),
        ((SENT, GOT, "complained 07-08"), "cnilreq lodged 2026-0001 --on 2026-12-31"),
        ((SENT, GOT, "lodged 07-08"), "cnilreq cnil 2026-0001 informed --on DATE"),
    ],
)
def test_the_command_to_type(steps: tuple[str, ...], command: str) -> None:
    """With the request and the day filled in."""
    assert reminder(*steps).command == command


def test_a_letter_without_an_address_is_completed_first() -> None:
    """``sent --by letter`` would be refused; an e-mail needs no address."""
    found = reminder(directory=SITE)
    assert found.command == "cnilreq directories lookup annuaire-exemple"
    assert "l'adresse du site manque" in found.text
    by_email = reminder(directory=SITE, channel=Channel.EMAIL)
    assert by_email.command == "cnilreq sent 2026-0001 --on 2026-12-31"
    assert "Le courriel est prêt depuis le 1er juin 2026" in by_email.text


def test_a_proof_of_delivery_is_asked_for_within_the_year() -> None:
    """Eleven months after the last posting; nothing else has a limit."""
    assert reminder(SENT).by == date(2027, 5, 1)
    assert reminder(SENT, "sent 06-15 by=letter").by == date(2027, 5, 15)
    assert reminder(SENT, GOT).by is None


def test_an_answer_posted_on_the_last_day_is_waited_for() -> None:
    """A few days' margin is proposed, with its date (law.md 1.3, rule 5)."""
    text = reminder(SENT, GOT).text
    assert "le dernier jour pour répondre est le 6 juillet 2026" in text
    assert "À partir du 7 juillet 2026" in text
    assert "attendre le 13 juillet 2026 est prudent" in text


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("07-10 outcome=extended", "annoncée après le dernier jour"),
        ("06-20 outcome=extended reasons=no", "annoncée sans motif"),
    ],
)
def test_why_an_extension_is_not_valid(answer: str, why: str) -> None:
    """Too late, or without reasons: one of them, not both."""
    text = reminder(SENT, GOT, f"answered {answer}").text
    assert f"n'est pas valable ({why} ; RGPD, article 12(3))" in text


def test_a_right_without_a_listing_speaks_of_none() -> None:
    """What is looked at after a yes depends on what was asked."""
    access = reminder(SENT, GOT, GRANTED, right=Right.ACCESS)
    assert "fiche" not in access.text
    assert access.command == "cnilreq closed 2026-0001 --on 2026-12-31 --because moot"
    assert "fiche" not in reminder(SENT, GOT, right=Right.MARKETING).text
    wrong = reminder(SENT, GOT, right=Right.RECTIFICATION)
    assert "que l'erreur est toujours en ligne" in wrong.text


@pytest.mark.parametrize(
    "steps",
    [
        (),
        ("answered 06-10 outcome=payment",),
        ("answered 06-20 outcome=partial",),
        ("answered 06-20 outcome=refused reasons=no",),
        (GRANTED, "seen 06-27 what=online"),
    ],
)
def test_no_notice_is_proposed_against_a_host(steps: tuple[str, ...]) -> None:
    """The sentence and the command lead to the complaint."""
    site = replace(SITE, host="Hébergeur Exemple, 1 rue X, 75001 Paris")
    found = reminder(SENT, GOT, *steps, directory=site)
    assert "demeure" not in found.text
    assert found.command == "cnilreq complain 2026-0001 --still-online 2026-12-31"


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (
            ("answered 06-20 outcome=extended reasons=no",),
            "du 20 juin 2026 n'est pas valable (annoncée sans motif",
        ),
        (
            ("answered 07-10 outcome=extended",),
            "du 10 juillet 2026 n'est pas valable (annoncée après le dernier jour",
        ),
        # The one that is named is the one whose fault is told.
        (
            (
                "answered 07-10 outcome=extended",
                "answered 07-12 outcome=extended dated=06-20 reasons=no",
            ),
            "du 20 juin 2026 n'est pas valable (annoncée sans motif",
        ),
    ],
)
def test_a_bad_extension_is_told_for_its_own_fault(
    steps: tuple[str, ...], told: str
) -> None:
    """As in the letters: without reasons it is bad whenever it came."""
    assert told in reminder(SENT, GOT, *steps).text
