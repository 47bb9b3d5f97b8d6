"""The mandate of a representative: what it must say, and when it may be used.

CNIL, délibération n° 2021-070 of 27 May 2021: a mandated body must prove its
mandate, with its duration and its precise object, and who receives the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from cnil_requests.core.french_dates import long_date
from cnil_requests.errors import NotPossibleError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from cnil_requests.core.people import Person
    from cnil_requests.core.postal import PostalAddress
    from cnil_requests.core.requests import Request
    from cnil_requests.core.rights import Right

#: Stands for every site that publishes data of the principal.
EVERY_SITE = "all"

#: What a mandate must say -> its name in French, with the option that says it.
TERMS = {
    "rights": "les droits confiés (--right)",
    "sites": "les sites concernés (--site)",
    "data": "les données concernées (--data)",
    "start": "le début (--start)",
    "end": "la fin (--end)",
    "reply_to": "qui reçoit les réponses (--reply-to)",
}


class AgentKind(StrEnum):
    """What the representative is; a union's standing at the CNIL is doubtful."""

    PERSON = "person"
    LAWYER = "lawyer"
    UNION = "union"
    ASSOCIATION = "association"
    COMPANY = "company"


class ReplyTo(StrEnum):
    """Who receives the answers."""

    PRINCIPAL = "principal"
    AGENT = "agent"


@dataclass(frozen=True)
class Agent:
    """The representative. ``signatory`` is who signs for a body, or is empty."""

    name: str
    kind: AgentKind = AgentKind.PERSON
    signatory: str = ""
    address: PostalAddress | None = None
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Mandate:
    """What a person lets an agent do. Empty and None mean not said.

    ``sites`` holds ids, domains or addresses of pages, or EVERY_SITE alone.
    ``end`` is the last day, inclusive. ``complaints`` says that the agent may also
    complain to the CNIL. ``file`` and ``sha256`` are those of the signed scan.
    """

    agent: Agent
    rights: tuple[Right, ...] = ()
    sites: tuple[str, ...] = ()
    data: str = ""
    start: date | None = None
    end: date | None = None
    reply_to: ReplyTo | None = None
    complaints: bool = True
    signed_on: date | None = None
    file: str = ""
    sha256: str = ""

    def missing(self) -> tuple[str, ...]:
        """Return the fields that the mandate must fill and does not."""
        return tuple(field for field in TERMS if not getattr(self, field))

    def gaps(self) -> tuple[str, ...]:
        """Name in French what the mandate does not say, its signature aside."""
        return tuple(TERMS[field] for field in self.missing())

    def covers(self, request: Request) -> bool:
        """Say whether the right and the site of a request are in its object."""
        if request.right not in self.rights:
            return False
        site = request.directory
        names = {EVERY_SITE, site.id, site.domain, *site.aliases}
        if names & set(self.sites):
            return True
        return bool(request.urls) and set(request.urls) <= set(self.sites)


class UnusableMandateError(NotPossibleError):
    """Nothing can be written in somebody's name without a mandate that allows it."""

    def __init__(self, person: Person, why: tuple[str, ...]) -> None:
        """List everything that keeps the mandate from being used."""
        super().__init__(
            f"Le mandat donné par {person.titled_name} ne permet pas cet acte : "
            f"{' ; '.join(why)}.",
            remedy=f"Voyez ce mandat : cnilreq people mandate {person.slug}\n"
            "Pour que la personne écrive en son propre nom : cnilreq people mandate "
            f"{person.slug} --revoke",
        )


def check_mandate(
    person: Person, request: Request, today: date, *, complaint: bool = False
) -> None:
    """Refuse to write for a person whose mandate does not allow it on that day.

    Without a mandate the person writes in her own name, and nothing is checked.
    Raises UnusableMandateError.
    """
    mandate = person.mandate
    if mandate is None:
        return
    why = _limits(mandate, request, today)
    if complaint and not mandate.complaints:
        why.append("il ne comprend pas la réclamation à la CNIL")
    if why:
        raise UnusableMandateError(person, tuple(why))


def citation_of(mandate: Mandate | None) -> dict[str, str]:
    """Return what is kept of the mandate that a letter cites, with the letter."""
    if mandate is None or mandate.signed_on is None:
        return {}
    return {"agent": mandate.agent.name, "mandate": mandate.signed_on.isoformat()}


def why_spent(
    person: Person, request: Request, cited: Mapping[str, str], today: date
) -> tuple[str, ...]:
    """Say why a letter that was written under a mandate may not go any more.

    ``cited`` is what ``citation_of`` gave on the day it was written, perhaps nothing.
    """
    if not cited:
        return ()
    if person.mandate is None:
        return ("il a été retiré",)
    if citation_of(person.mandate) != dict(cited):
        return ("un autre l'a remplacé, ou il est à signer de nouveau",)
    return tuple(_limits(person.mandate, request, today))


def _limits(mandate: Mandate, request: Request, today: date) -> list[str]:
    """Say what keeps a mandate from carrying a request on that day."""
    why = [*_unfinished(mandate), *_out_of_time(mandate, today)]
    if mandate.rights and mandate.sites and not mandate.covers(request):
        why.append(
            f"son objet ne comprend pas le droit « {request.right.rule.french} » "
            f"auprès de {request.directory.name}"
        )
    return why


def _unfinished(mandate: Mandate) -> list[str]:
    why = [f"il y manque {gap}" for gap in mandate.gaps()]
    return why if mandate.signed_on else [*why, "il n'est pas signé"]


def _out_of_time(mandate: Mandate, today: date) -> list[str]:
    why = []
    if mandate.signed_on and mandate.signed_on > today:
        why.append(f"il n'est signé que du {long_date(mandate.signed_on)}")
    if mandate.start and today < mandate.start:
        why.append(f"il ne commence que le {long_date(mandate.start)}")
    if mandate.end and today > mandate.end:
        why.append(f"il a pris fin le {long_date(mandate.end)}")
    return why
