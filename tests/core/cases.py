"""Cases for the tests of the escalation: a told life, its files, its texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from lives import day, live

from cnil_requests import shipped
from cnil_requests.core.case_fields import Case
from cnil_requests.core.complaints import complaint_variables
from cnil_requests.core.people import Person
from cnil_requests.core.postal import PostalAddress
from cnil_requests.core.replaying import effective, is_about_notice
from cnil_requests.core.requests import Event, EventKind
from cnil_requests.core.rights import Reason, StatedReason
from cnil_requests.documents.templates import TemplateFolders
from cnil_requests.documents.wording import Wording

DOCTOR = Person(
    slug="camille-exemple",
    first_name="Camille",
    last_name="Exemple",
    title="Dr",
    profession="médecin généraliste",
    practice=PostalAddress("1 rue de l'Exemple", "", "69001", "Lyon"),
    email="camille@exemple.fr",
    phone="04 00 00 00 00",
    rpps="10000000001",
)
URL = "https://annuaire-exemple.fr/fiche/1"
ASKED = {
    "urls": (URL,),
    "reasons": (
        StatedReason(Reason.SECRECY),
        StatedReason(Reason.NOT_INFORMED),
        StatedReason(Reason.WRONG_DATA, "l'adresse est ancienne"),
    ),
}


@dataclass(frozen=True)
class File:
    """A kept file, as the store gives it."""

    name: str
    kind: str
    event: int
    sha256: str = "0" * 64
    sealed: bool = True


#: What the commands keep with an event of each kind.
_KEPT = {
    EventKind.ANSWERED: "answer",
    EventKind.SEEN: "capture",
    EventKind.SUPPLIED: "identity",
    EventKind.RECEIVED: "delivery",
    EventKind.UNCLAIMED: "delivery",
    EventKind.REFUSED: "delivery",
    EventKind.BOUNCED: "delivery",
    EventKind.CNIL: "cnil",
}


def files_of(events: tuple[Event, ...]) -> tuple[File, ...]:
    """Return one file for every event that can have one."""
    found = [File("lettre.docx", "letter", 1, sealed=False)]
    for event in effective(events):
        number = event.number
        if event.kind is EventKind.SENT:
            kind = "notice" if is_about_notice(event) else event.data["by"]
            found.append(File(f"{kind}-{number}.docx", kind, number))
            found.append(File(f"depot-{number}.pdf", "posting", number))
        elif event.kind in _KEPT:
            kind = _KEPT[event.kind]
            found.append(File(f"{kind}-{number}.pdf", kind, number))
    return tuple(found)


def a_case(
    *steps: str,
    today: str,
    still_online: str | None = None,
    with_files: bool = True,
    **changes: Any,  # noqa: ANN401
) -> Case:
    """Return the case of a told life on a day."""
    person = changes.pop("person_given", DOCTOR)
    standing = live(*steps, **{**ASKED, **changes})
    return Case(
        standing=standing,
        person=person,
        files=files_of(standing.events) if with_files else (),
        today=day(today),
        still_online=day(still_online) if still_online else None,
    )


@cache
def wording() -> Wording:
    """Return the shipped texts."""
    return Wording(TemplateFolders(None, shipped.letter_templates()).text)


def text_of(case: Case, template: str = "complaint", **more: object) -> str:
    """Return a text of the escalation with ordinary blanks and apostrophes."""
    variables = {**complaint_variables(case), "term": "15", **more}
    text = wording().render(template, variables)
    return plain(f"{text.subject}\n\n{text.plain()}")


def plain(text: str) -> str:
    """Return a text with ordinary blanks and apostrophes."""
    for blank in ("\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"):
        text = text.replace(blank, " ")
    return text.replace("’", "'")


_MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
_DATE = re.compile(rf"(\d+)(?:er)? ({'|'.join(_MONTHS)}) (\d{{4}})")


def dates_in(text: str) -> set[date]:
    """Return every day that a text names in words."""
    return {
        date(int(year), _MONTHS.index(month) + 1, int(number))
        for number, month, year in _DATE.findall(text)
    }
