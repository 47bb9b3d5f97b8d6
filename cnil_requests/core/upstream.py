"""Where a listing comes from: without a step at the source the data come back.

SIRENE: C. com. art. A123-96 and décret n° 2022-1014 of 19 July 2022, as the State's
directory site explains them (23 July 2026); the directors' home address: C. com.
art. R123-54-2. Telephone directories: CPCE art. L34 and R10.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cnil_requests.core.directory import Kind
from cnil_requests.core.letter_fields import person_variables
from cnil_requests.core.letters import (
    Letter,
    RecipientLine,
    place_and_date,
    signatory_of,
)
from cnil_requests.core.postal import DPO_SERVICE, recipient_lines

if TYPE_CHECKING:
    from datetime import date

    from cnil_requests.core.people import Person
    from cnil_requests.core.postal import PostalAddress
    from cnil_requests.core.requests import Request

SIRENE_SITE = "https://statut-diffusion-sirene.insee.fr"

_SIRENE = (
    "Vous exercez en nom propre (cabinet individuel, profession libérale) : demandez "
    f"à l'INSEE la diffusion partielle, sur {SIRENE_SITE} (code de commerce, article "
    "A123-96 ; décret n° 2022-1014 du 19 juillet 2022).",
    "Effet : vos nom, prénoms et adresse ne sont plus diffusés ; le numéro SIREN, la "
    "commune et l'activité le restent. Comptez quelques jours, puis le temps que "
    "chaque site reprenne les données à jour.",
    "Vous exercez par une société : son nom reste public ; seules son adresse et sa "
    "géolocalisation peuvent être masquées dans SIRENE, la commune exceptée. "
    "L'adresse personnelle d'un dirigeant s'occulte au greffe ou au guichet unique de "
    "l'INPI (code de commerce, article R123-54-2).",
    "Faites cette démarche avant d'écrire aux sites, ou en même temps : sans elle, vos "
    "données reviennent à leur prochaine mise à jour.",
)


def sirene_steps() -> tuple[str, ...]:
    """Return the guidance on SIRENE's partial diffusion, step by step."""
    return _SIRENE


@dataclass(frozen=True)
class Advice:
    """What to do at the source of a listing, and the command."""

    text: str
    command: str


def source_advice(request: Request) -> Advice | None:
    """Return what to do upstream for a listing of this kind of site, or None."""
    kind = request.directory.kind
    if kind is Kind.COMPANY_REGISTRY:
        return Advice(
            "Ce site recopie des registres publics : faites aussi la démarche à la "
            "source, sans quoi vos données risquent de revenir.",
            "cnilreq people sirene",
        )
    if kind is Kind.PHONE_DIRECTORY:
        return Advice(
            "Un annuaire téléphonique est alimenté par les opérateurs : écrivez aussi "
            "au vôtre, sans quoi vos données risquent de revenir.",
            f"cnilreq people operator-letter {request.person} --operator NOM",
        )
    return None


@dataclass(frozen=True)
class Operator:
    """A telephone operator as the user names it; nothing about it is assumed."""

    name: str
    address: PostalAddress | None = None


def compose_operator_letter(
    person: Person, operator: Operator, line: str, *, today: date
) -> Letter:
    """Compose the letter that keeps a line out of the telephone directories.

    It is the subscriber's own, whoever else writes for her.
    """
    person = replace(person, mandate=None)
    signatory = signatory_of(person)
    recipient, notes = _recipient(operator)
    return Letter(
        template="operator",
        form_sheet="",
        mention="Lettre recommandée avec avis de réception",
        sender=signatory.lines,
        recipient=recipient,
        recipient_notes=notes,
        reference="",
        place_and_date=place_and_date(signatory, today),
        signature=signatory.signature,
        written_on=today,
        variables=operator_variables(person, operator, line),
    )


def operator_variables(
    person: Person, operator: Operator, line: str
) -> dict[str, object]:
    """Return what the text may use."""
    return {
        **person_variables(person),
        "operator": {"name": operator.name},
        "line": line,
    }


def _recipient(operator: Operator) -> tuple[tuple[RecipientLine, ...], tuple[str, ...]]:
    if operator.address is None:
        name = RecipientLine(operator.name)
        return (name, RecipientLine("adresse à compléter", todo=True)), ()
    block = recipient_lines(operator.name, DPO_SERVICE, operator.address)
    return tuple(RecipientLine(text) for text in block.lines), block.notes
