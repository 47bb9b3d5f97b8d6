"""From what is typed about a mandate to the mandate, and to the text to sign."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cnil_requests.core.french_dates import long_date
from cnil_requests.core.letter_fields import person_variables
from cnil_requests.core.letters import (
    Letter,
    RecipientLine,
    address_lines,
    place_and_date,
    signatory_of,
)
from cnil_requests.core.mandates import EVERY_SITE, AgentKind, Mandate, ReplyTo
from cnil_requests.errors import NotPossibleError, WrongUsageError

if TYPE_CHECKING:
    from datetime import date

    from cnil_requests.core.people import Person

#: What a signature makes final: a change asks for a new one.
_SIGNATURE = {"signed_on": None, "file": "", "sha256": ""}


class NoMandateError(NotPossibleError):
    """The person gave no mandate yet."""

    def __init__(self, person: Person) -> None:
        """Name the command."""
        super().__init__(
            f"{person.titled_name} n'a donné aucun mandat : ses lettres sont écrites "
            "en son propre nom.",
            remedy=f"Pour en préparer un : cnilreq people mandate {person.slug} "
            "--agent NOM …",
        )


class UnfinishedMandateError(NotPossibleError):
    """A mandate that says too little is not to be signed."""

    def __init__(self, mandate: Mandate) -> None:
        """Name everything that is missing."""
        super().__init__(
            "Ce mandat ne peut pas être signé : il y manque "
            f"{' ; '.join(mandate.gaps())}.",
            remedy="Complétez-le par la même commande.",
        )


class BadTermError(WrongUsageError):
    """A mandate cannot end before it starts, nor be signed tomorrow."""

    def __init__(self, what: str) -> None:
        """Say which dates contradict each other."""
        super().__init__(f"Les dates du mandat se contredisent : {what}.")


class NotSignedError(WrongUsageError):
    """A scan alone does not say when the mandate was signed."""

    def __init__(self) -> None:
        """Name the option."""
        super().__init__(
            "Donnez aussi le jour de la signature.",
            remedy="Ajoutez : --signed-on DATE",
        )


class OutlivedSignatureError(NotPossibleError):
    """The person took back since what she had signed."""

    def __init__(self, person: Person, signed_on: date, withdrew_on: date) -> None:
        """Name both days."""
        super().__init__(
            f"{person.titled_name} a retiré son mandat le {long_date(withdrew_on)} : "
            f"ce qui a été signé le {long_date(signed_on)} ne vaut plus.",
            remedy="Faites signer un nouveau mandat, puis donnez le jour de sa "
            "signature.",
        )


@dataclass(frozen=True)
class Signature:
    """The day a mandate was signed, and its scan ("" when none was given)."""

    on: date
    file: str = ""
    sha256: str = ""


def revised(current: Mandate, **changes: object) -> Mandate:
    """Return the mandate with what was typed; new terms need a new signature.

    What the paper does not say is no term: the agent's telephone may change.
    Raises BadTermError.
    """
    mandate = replace(current, **changes)  # type: ignore[arg-type]
    if mandate.start and mandate.end and mandate.end < mandate.start:
        raise BadTermError("la fin précède le début")
    if _words(mandate) == _words(current):
        return mandate
    return replace(mandate, **_SIGNATURE)  # type: ignore[arg-type]


def _words(mandate: Mandate) -> Mandate:
    """Return what of a mandate is on the paper that was signed."""
    agent = replace(mandate.agent, kind=AgentKind.PERSON, email="", phone="")
    return replace(mandate, agent=agent, **_SIGNATURE)  # type: ignore[arg-type]


def signed(mandate: Mandate, signature: Signature, *, today: date) -> Mandate:
    """Return the mandate once signed.

    Raises UnfinishedMandateError and BadTermError.
    """
    if mandate.gaps():
        raise UnfinishedMandateError(mandate)
    if signature.on > today:
        raise BadTermError("la signature est après aujourd'hui")
    return replace(
        mandate,
        signed_on=signature.on,
        file=signature.file or mandate.file,
        sha256=signature.sha256 or mandate.sha256,
    )


def check_outlives(person: Person, signed_on: date) -> None:
    """Refuse a signature that is older than the day the last mandate was withdrawn.

    Of both on one day the user knows the order. Raises OutlivedSignatureError.
    """
    if person.withdrew_on and signed_on < person.withdrew_on:
        raise OutlivedSignatureError(person, signed_on, person.withdrew_on)


def withdrawn(person: Person, *, on: date) -> Person:
    """Return the person once she took her mandate back: she writes herself."""
    return replace(person, mandate=None, withdrew_on=on)


def compose_mandate(person: Person, mandate: Mandate, *, today: date) -> Letter:
    """Compose the mandate to be signed by the principal."""
    own = replace(person, mandate=None)
    signatory = signatory_of(own)
    agent = mandate.agent
    address = address_lines(agent.address) if agent.address else []
    lines = [line for line in (agent.name, agent.signatory, *address) if line]
    return Letter(
        template="mandate",
        form_sheet="",
        mention="",
        sender=signatory.lines,
        recipient=tuple(RecipientLine(line) for line in lines),
        recipient_notes=(),
        reference="",
        place_and_date=place_and_date(signatory, today),
        signature=own.titled_name,
        written_on=today,
        variables=mandate_variables(own, mandate),
    )


def mandate_variables(person: Person, mandate: Mandate) -> dict[str, object]:
    """Return what the text of a mandate may use."""
    agent = mandate.agent
    address = ", ".join(address_lines(agent.address)) if agent.address else ""
    return {
        **person_variables(replace(person, mandate=None)),
        "mandate": {
            "agent": agent.name,
            "signatory": agent.signatory,
            "address": address,
            "rights": [right.rule.french for right in mandate.rights],
            "every_site": EVERY_SITE in mandate.sites,
            "sites": list(mandate.sites),
            "data": mandate.data,
            "start": long_date(mandate.start) if mandate.start else "",
            "end": long_date(mandate.end) if mandate.end else "",
            "replies_to_agent": mandate.reply_to is ReplyTo.AGENT,
            "complaints": mandate.complaints,
        },
    }
