"""What ``check`` says of a mandate on a day, each time with a command."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cases import DOCTOR
from lives import day

from cnil_requests.core.mandate_watch import concerns
from cnil_requests.core.mandates import EVERY_SITE, Agent, Mandate, ReplyTo
from cnil_requests.core.rights import Right

WHOLE = Mandate(
    Agent("Syndicat Exemple"),
    rights=(Right.ERASURE,),
    sites=(EVERY_SITE,),
    data="fiches",
    start=day("06-01"),
    end=day("12-31"),
    reply_to=ReplyTo.AGENT,
    signed_on=day("06-01"),
    file="a.pdf",
    sha256="00" * 32,
)


def told(
    mandate: Mandate | None, on: str = "06-15", *, writing: bool = False
) -> list[tuple[str, str]]:
    """Return the messages and remedies for somebody with this mandate."""
    person = replace(DOCTOR, slug="camille", mandate=mandate)
    found = concerns(person, day(on), writing=writing)
    return [(item.message, item.remedy) for item in found]


def test_a_usable_mandate_is_not_spoken_of() -> None:
    """Whether requests are open or not."""
    assert told(WHOLE) == told(WHOLE, writing=True) == []


@pytest.mark.parametrize(
    ("changes", "on", "message", "command"),
    [
        ({"end": day("06-14")}, "06-15", "expiré le 14 juin", "--end DATE"),
        ({"end": day("06-15")}, "06-15", "prend fin le 15 juin", "--end DATE"),
        ({"end": day("07-15")}, "06-15", "prend fin le 15 juillet", "--end DATE"),
        ({"start": day("06-16")}, "06-15", "commence le 16 juin", "--start DATE"),
        ({"signed_on": None}, "06-15", "non signé", "--signed-on DATE --file FICHIER"),
        ({"file": ""}, "06-15", "sans document numérisé", "--file FICHIER"),
        ({"signed_on": day("06-16")}, "06-15", "du 16 juin", "--signed-on DATE"),
        ({"data": "", "end": None, "signed_on": None}, "06-15",
         "les données concernées (--data) ; la fin (--end)",
         "camille --data TEXTE --end DATE"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_once_with_its_command(
    changes: dict[str, object], on: str, message: str, command: str
) -> None:
    """One thing wrong, one concern."""
    mandate = replace(WHOLE, **changes)  # type: ignore[arg-type]
    [(said, remedy)] = told(mandate, on)
    assert message in said
    assert "cnilreq people mandate camille" in remedy
    assert command in remedy


def test_thirty_days_before_the_end_and_not_sooner() -> None:
    """The 30th day is the first that is told."""
    assert told(replace(WHOLE, end=day("07-16"))) == []
    assert told(replace(WHOLE, end=day("07-15"))) != []


def test_no_mandate_is_told_only_while_requests_are_open() -> None:
    """Withdrawn, the requests are to be looked at; else one may be missing."""
    assert told(None) == []
    [(said, remedy)] = told(None, writing=True)
    assert "aucun mandat" in said
    assert "--agent NOM" in remedy
    person = replace(DOCTOR, slug="camille", withdrew_on=day("06-10"))
    [item] = concerns(person, day("06-15"), writing=True)
    assert "retiré le 10 juin" in item.message
    assert "cnilreq status --person camille" in item.remedy
