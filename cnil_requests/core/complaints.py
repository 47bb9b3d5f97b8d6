"""The complaint to the CNIL: its variables, its page and its dossier. Pure.

Fields of Regulation (EU) 2025/2518 art. 4(1), always there: name and contact of the
complainant, what identifies the controller, the alleged infringement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnil_requests.core.authority import authority_lines
from cnil_requests.core.countries import french_name
from cnil_requests.core.grievances import grievance_fields
from cnil_requests.core.letters import (
    Letter,
    RecipientLine,
    place_and_date,
    sender_lines,
    signatory_of,
)
from cnil_requests.core.mandates import AgentKind
from cnil_requests.core.text import in_print
from cnil_requests.errors import InvalidDataError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cnil_requests.core.case_fields import Case
    from cnil_requests.core.people import Person

#: States bound by the GDPR: those of the Union and of the European Economic Area.
EUROPEAN = frozenset(
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR",
        "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT",
        "RO", "SE", "SI", "SK",
    }
)  # fmt: skip


class NoContactError(InvalidDataError):
    """A complaint is admissible only with the complainant's contact details."""

    def __init__(self, person: Person) -> None:
        """Name the command."""
        super().__init__(
            f"Aucune coordonnée de {person.titled_name} ne peut être donnée à la CNIL.",
            remedy="Une plainte doit en porter : cnilreq people edit "
            f"{person.slug} --street … --postcode … --city … --email …",
        )


@dataclass(frozen=True)
class Complaint:
    """What is written to the CNIL, and what the user should know before."""

    letter: Letter
    warnings: tuple[str, ...]


def compose_complaint(case: Case) -> Complaint:
    """Compose the complaint of a case whose admissibility was checked.

    Raises NoContactError.
    """
    person = case.person
    if not (person.letter_address or person.email or person.phone):
        raise NoContactError(person)
    signatory = signatory_of(person)
    letter = Letter(
        template="complaint",
        form_sheet="complaint_online",
        mention="",
        sender=signatory.lines,
        recipient=tuple(RecipientLine(line) for line in authority_lines()),
        recipient_notes=(),
        reference=case.standing.request.id,
        place_and_date=place_and_date(signatory, case.today),
        signature=signatory.signature,
        written_on=case.today,
        variables=complaint_variables(case),
        enclosures=tuple(item.label for item in case.exhibits),
    )
    return Complaint(letter, tuple(_warnings(case)))


def complaint_variables(case: Case) -> dict[str, object]:
    """Return what the texts of the dossier may use."""
    return {
        **case.variables(),
        "body": _body(case),
        "complainant": "\n".join(sender_lines(case.person)),
        "grievances": grievance_fields(case),
        "exhibits": [
            {
                "number": str(item.number),
                "title": item.title,
                "label": item.label,
                "file": item.packed_name,
                "sha256": item.sha256,
            }
            for item in case.exhibits
        ],
    }


def _body(case: Case) -> dict[str, object]:
    """Return what identifies the controller; "" for what is unknown."""
    site = case.standing.request.directory
    address = ""
    if site.may_print_address(case.today):
        city = f"{site.postcode} {site.city}".strip()
        parts = (site.complement, site.street, city, french_name(site.country))
        address = ", ".join(part for part in parts if part)
    abroad = bool(site.country) and site.country != "FR"
    return {
        "name": in_print(site.controller),
        "address": in_print(address),
        "siren": site.siren,
        "dpo": site.dpo_email,
        "contact": "" if site.dpo_email else site.email or site.form_url,
        "host": in_print(site.host),
        "country": french_name(site.country) if abroad else "",
        "is_european": site.country in EUROPEAN,
    }


def _warnings(case: Case) -> Iterator[str]:
    fields = case.case_fields
    if fields["via_host"]:
        yield (
            "La plainte déclare que vous n'avez trouvé sur ce site aucune coordonnée "
            "de l'éditeur : regardez-le de nouveau avant de signer, et retirez cette "
            "phrase si elle n'est pas vraie."
        )
    if fields["still_online"] and not fields["still_pieces"]:
        yield (
            "Aucune capture de ce jour n'est gardée : votre déclaration seule dira que "
            "la page est en ligne. Pour en joindre une : cnilreq attach "
            f"{case.standing.request.id} CAPTURE --as capture, le jour même."
        )
    if fields["receipt"] == "estimated":
        yield "La date de réception est estimée : la plainte le dit."
    elif (
        fields["receipt"] in ("delivered", "presumed") and not fields["receipt_pieces"]
    ):
        yield (
            "Aucune preuve d'envoi ou de réception n'est gardée : la plainte ne peut "
            "pas en joindre. Pour en ajouter une : cnilreq attach "
            f"{case.standing.request.id} FICHIER --as delivery"
        )
    if not fields["piece"]:
        yield "Le texte envoyé n'est pas gardé : la plainte ne peut pas le joindre."
    yield from _about_the_agent(case.person)


def _about_the_agent(person: Person) -> Iterator[str]:
    mandate = person.mandate
    if mandate is None:
        return
    if mandate.agent.kind is AgentKind.UNION:
        yield (
            "L'article 38 de la loi n° 78-17 énumère les organismes qui peuvent agir "
            "pour une personne devant la CNIL ; un syndicat de professionnels libéraux "
            "n'y figure pas à la lettre. Le mandat signé reste une voie possible, "
            "mais il est plus sûr que la personne dépose elle-même sa plainte."
        )
    if not mandate.file:
        yield "Le mandat signé n'est pas gardé : joignez-le vous-même à la plainte."
