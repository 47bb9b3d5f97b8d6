"""Which letter says what to whom. Pure: values in, values out.

The texts themselves are in ``letter_templates``; here is decided which of them is
used, what they may say of this case, and who receives the letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnil_requests.core.countries import french_name
from cnil_requests.core.directory import Kind
from cnil_requests.core.french_dates import long_date
from cnil_requests.core.people import Disclosed, Person
from cnil_requests.core.postal import recipient_lines
from cnil_requests.core.requests import Channel, Request
from cnil_requests.core.rights import Reason, Right, StatedReason
from cnil_requests.core.text import sentence_stop

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from cnil_requests.core.directory import Directory
    from cnil_requests.core.postal import PostalAddress

#: Second line of every address to a company (law: La Poste, L2 = the service).
DPO_LINE = "Délégué à la protection des données"

ADDRESS_TODO = "adresse à compléter"

_MENTIONS = {
    Channel.LETTER: "Lettre recommandée avec avis de réception",
    Channel.EMAIL: "Par courriel",
    Channel.FORM: "Par formulaire en ligne",
}

#: The preparation sheets for controllers who ask for their own form.
_FORM_SHEETS = {
    Kind.SEARCH_ENGINE: "form_search_engine",
    Kind.MAP_LISTING: "form_map_listing",
}


@dataclass(frozen=True)
class RecipientLine:
    """One line of the window; ``todo`` marks what the user must complete."""

    text: str
    todo: bool = False


@dataclass(frozen=True)
class Letter:
    """All that a letter needs besides its wording.

    ``template`` names the text in ``letter_templates``; ``form_sheet`` the text
    to copy into the controller's form, or is empty. ``variables`` are what the
    texts may use. ``written_on`` is the day in the place-and-date line.
    """

    template: str
    form_sheet: str
    mention: str
    sender: tuple[str, ...]
    recipient: tuple[RecipientLine, ...]
    recipient_notes: tuple[str, ...]
    reference: str
    place_and_date: str
    signature: str
    written_on: date
    variables: Mapping[str, object]
    enclosures: tuple[str, ...] = ()


def compose(
    request: Request,
    person: Person,
    *,
    today: date,
    enclosures: tuple[str, ...] = (),
) -> Letter:
    """Compose the first letter of ``request``, as drafted on ``today``."""
    recipient, notes = _recipient(request.directory, today)
    return Letter(
        template=template_of(request),
        form_sheet=_FORM_SHEETS.get(request.directory.kind, "")
        if request.right in (Right.ERASURE, Right.OBJECTION, Right.DEREFERENCING)
        else "",
        mention=_MENTIONS[request.channel],
        sender=sender_lines(person),
        recipient=recipient,
        recipient_notes=notes,
        reference=request.id,
        place_and_date=place_and_date(person, today),
        signature=person.titled_name,
        written_on=today,
        variables=variables_of(request, person),
        enclosures=enclosures,
    )


def template_of(request: Request) -> str:
    """Return the name of the text: the right, or the letter to the host."""
    if goes_to_host(request.directory) and request.right.rule.needs_reason:
        return "host"
    return request.right.value


def goes_to_host(directory: Directory) -> bool:
    """Say whether only the host can be written to (LCEN art. 1-1)."""
    return not directory.has_contact and bool(directory.host)


def sender_lines(person: Person) -> tuple[str, ...]:
    """Return the sender's block: only what the person chose to disclose."""
    lines = [person.titled_name, person.profession]
    if person.letter_address:
        lines += address_lines(person.letter_address)
    lines += [person.phone, person.email]
    identity = _shown_identity(person)
    if identity["rpps"]:
        lines.append(f"RPPS {identity['rpps']}")
    if identity["siren"]:
        lines.append(f"SIREN {identity['siren']}")
    return tuple(line for line in lines if line)


def address_lines(address: PostalAddress) -> list[str]:
    """Return an address as typed, the country in French only when abroad."""
    city = f"{address.postcode} {address.city}".strip()
    country = "" if address.country in ("FR", "") else french_name(address.country)
    return [
        line for line in (address.complement, address.street, city, country) if line
    ]


def place_and_date(person: Person, day: date) -> str:
    """Return « Lyon, le 4 juin 2026 », or the date alone without a city."""
    address = person.letter_address
    if address and address.city:
        return f"{address.city}, le {long_date(day)}"
    return f"Le {long_date(day)}"


def _recipient(
    directory: Directory, today: date
) -> tuple[tuple[RecipientLine, ...], tuple[str, ...]]:
    """Return the window's lines: sourced, or marked as to be completed."""
    if directory.may_print_address(today):
        block = recipient_lines(directory.controller, DPO_LINE, directory.address)
        return tuple(RecipientLine(line) for line in block.lines), block.notes
    if goes_to_host(directory):
        return _host_recipient(directory.host), ()
    name = directory.controller or directory.name
    return (
        RecipientLine(name),
        RecipientLine(DPO_LINE),
        RecipientLine(ADDRESS_TODO, todo=True),
    ), ()


def _host_recipient(host: str) -> tuple[RecipientLine, ...]:
    """Return the host's lines; the catalogue keeps them in one sourced text."""
    parts = [part.strip() for part in host.split(",") if part.strip()]
    lines = tuple(RecipientLine(part) for part in parts[:6])
    if len(parts) > 2:  # noqa: PLR2004 - name, street, city at the least
        return lines
    return (*lines, RecipientLine(ADDRESS_TODO, todo=True))


def _shown_identity(person: Person) -> dict[str, str]:
    return {
        "rpps": person.rpps if Disclosed.RPPS in person.disclosed else "",
        "siren": person.siren if Disclosed.SIREN in person.disclosed else "",
    }


def variables_of(request: Request, person: Person) -> dict[str, object]:
    """Return what the texts may use; plain text, lists and flags only."""
    reasons = [_reason(stated) for stated in request.reasons]
    keys = {stated.reason for stated in request.reasons}
    return {
        "me": _me(person),
        "site": _site(request.directory),
        "urls": list(request.urls),
        "seen_on": long_date(request.seen_on) if request.seen_on else "",
        "reasons": reasons,
        "has_ended": Reason.END_OF_PRACTICE in keys,
        "has_wrong_data": Reason.WRONG_DATA in keys,
        "corrections": [
            {"wrong": item.wrong, "right": item.right} for item in request.corrections
        ],
        "search_names": list(request.search_names),
    }


def _me(person: Person) -> dict[str, object]:
    address = person.letter_address
    return {
        "name": person.full_name,
        "titled_name": person.titled_name,
        "profession": person.profession,
        "is_doctor": "médecin" in person.profession.casefold(),
        "email": person.email,
        "phone": person.phone,
        "country": french_name(address.country if address else "FR"),
        **_shown_identity(person),
    }


def _site(directory: Directory) -> dict[str, object]:
    return {
        "name": directory.name,
        "domain": directory.domain,
        "label": site_label(directory),
        "controller": directory.controller,
        "has_reviews": directory.has_reviews is True,
        "is_company_registry": directory.kind is Kind.COMPANY_REGISTRY,
        "is_legal_register": directory.kind is Kind.LEGAL_REGISTER,
    }


def site_label(directory: Directory) -> str:
    """Return the site's domain, after its name when that says something more."""
    squeezed = "".join(filter(str.isalnum, directory.name.casefold()))
    bare = "".join(filter(str.isalnum, directory.domain.casefold()))
    if not directory.domain or squeezed in (bare, ""):
        return directory.domain or directory.name
    return f"{directory.name} ({directory.domain})"


def _reason(stated: StatedReason) -> dict[str, str]:
    return {
        "key": stated.reason.value,
        "detail": stated.detail,
        "stop": sentence_stop(stated.detail),
    }
