"""What one line of a list does to a mandate: prepare, sign, change or withdraw it.

What a line does not say stays as it is, and nothing is signed that was not: a
signature covers the words that were on the paper that day, and none survives the
day on which the person took her mandate back.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cnil_requests.core.agents import revised_agent
from cnil_requests.core.french_dates import long_date
from cnil_requests.core.identity import FieldProblem, InvalidIdentityError
from cnil_requests.core.mandates import Agent, Mandate
from cnil_requests.core.mandating import (
    BadTermError,
    Signature,
    revised,
    signed,
    withdrawn,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from cnil_requests.core.people import Person


@dataclass(frozen=True)
class Scan:
    """The signed paper, as a file of that name and content."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Said:
    """What a line says of a mandate; what it does not say is absent or None.

    ``agent`` holds fields of ``revised_agent``, ``terms`` fields of a mandate.
    """

    agent: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, object] = field(default_factory=dict)
    signed_on: date | None = None
    scan: Scan | None = None
    withdrawn_on: date | None = None

    @property
    def is_silent(self) -> bool:
        """Whether the line gives no mandate at all."""
        return not (self.agent or self.terms or self.signed_on or self.scan)

    @property
    def is_withdrawn(self) -> bool:
        """Whether the line takes the mandate back, and nothing was signed since."""
        signed_on, day = self.signed_on, self.withdrawn_on
        return day is not None and (signed_on is None or signed_on <= day)


class RefusedMandateError(InvalidIdentityError):
    """What a line says of a mandate cannot be; each problem names a column."""


def settled(person: Person, said: Said, *, today: date) -> Person:
    """Return the person with the mandate that a line describes.

    Raises RefusedMandateError.
    """
    if said.withdrawn_on:
        person = _withdrawn(person, said.withdrawn_on, today)
    if said.is_silent or said.is_withdrawn:
        return person
    _refuse(_outlived(person, said))
    former = person.mandate
    mandate = _changed(former, said)
    if former:
        _refuse(_signed_otherwise(former, mandate, said))
    return replace(person, mandate=_signed(mandate, said, today))


def _refuse(problems: Iterator[FieldProblem]) -> None:
    found = tuple(problems)
    if found:
        raise RefusedMandateError(found)


def _refusal(column: str, message: str) -> RefusedMandateError:
    return RefusedMandateError((FieldProblem(column, message),))


def _withdrawn(person: Person, on: date, today: date) -> Person:
    """Return the person without the mandate that she had given until then."""
    if on > today:
        raise _refusal("withdrawn_on", "ce jour est après aujourd'hui")
    if person.withdrew_on and person.withdrew_on >= on:
        return person  # It is known: a mandate that is there was given since.
    if person.mandate and person.mandate.signed_on and person.mandate.signed_on > on:
        return replace(person, withdrew_on=on)
    return withdrawn(person, on=on)


def _outlived(person: Person, said: Said) -> Iterator[FieldProblem]:
    """Yield why a line would bring a withdrawn mandate back."""
    if person.withdrew_on is None:
        return
    told = f"mandat retiré le {long_date(person.withdrew_on)}"
    if said.signed_on and said.signed_on <= person.withdrew_on:
        yield FieldProblem(
            "signed_on",
            f"{told} : il faut une signature postérieure, ou videz les colonnes du "
            "mandat",
        )
    elif said.signed_on is None and person.mandate is None:
        yield FieldProblem(
            "agent",
            f"{told} : videz les colonnes du mandat ; pour en préparer un nouveau, "
            f"cnilreq people mandate {person.slug} --agent NOM …",
        )


def _changed(former: Mandate | None, said: Said) -> Mandate:
    """Return the mandate with what the line says, whether signed or not."""
    if former is None and not said.agent.get("name"):
        raise _refusal(
            "agent", "à remplir, ou videz les autres colonnes du mandat de cette ligne"
        )
    current = former or Mandate(Agent(""))
    try:
        agent = revised_agent(current.agent, said.agent)
    except InvalidIdentityError as error:
        found = (FieldProblem(f"agent_{it.field}", it.message) for it in error.problems)
        raise RefusedMandateError(tuple(found)) from None
    try:
        return revised(current, agent=agent, **_news(current, said))
    except BadTermError as error:
        raise _refusal("end", error.message) from None


def _news(current: Mandate, said: Said) -> dict[str, object]:
    """Return the terms that differ; the same rights in another order do not."""
    news = {}
    for name, value in said.terms.items():
        known = getattr(current, name)
        same = set(known) == set(value) if isinstance(value, tuple) else known == value
        if not same:
            news[name] = value
    return news


def _signed_otherwise(
    former: Mandate, mandate: Mandate, said: Said
) -> Iterator[FieldProblem]:
    """Yield what a line changes in a mandate under the signature it has."""
    day = former.signed_on
    if day is None or mandate.signed_on or not said.signed_on or said.signed_on > day:
        return
    changed = [*_news(former, said)]
    if mandate.agent != former.agent:
        changed.append("agent")
    for name in changed:
        yield FieldProblem(
            name,
            f"le mandat signé le {long_date(day)} dit autre chose : un mandat modifié "
            "se signe de nouveau (donnez le nouveau jour, ou videz-le)",
        )


def _signed(mandate: Mandate, said: Said, today: date) -> Mandate:
    """Return the mandate with the signature that the line gives, if it gives one."""
    if not (said.signed_on or said.scan):
        return mandate
    day = said.signed_on or mandate.signed_on
    if day is None:
        raise _refusal("signed_on", "à remplir : le fichier ne dit pas le jour")
    if day > today:
        raise _refusal("signed_on", "la signature est après aujourd'hui")
    _refuse(
        FieldProblem(name, "à remplir : sans cela, le mandat ne peut pas être signé")
        for name in mandate.missing()
    )
    scan = said.scan
    if scan is None or scan.sha256 == mandate.sha256:
        return signed(mandate, Signature(day), today=today)
    return signed(mandate, Signature(day, scan.name, scan.sha256), today=today)
