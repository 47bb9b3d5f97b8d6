"""Which letter says what to whom. Pure: values in, values out.

The texts themselves are in ``letter_templates``; here is decided which of them is
used, what they may say of this case, and who receives the letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnil_requests.core.countries import french_name
from cnil_requests.core.directory import Confidence, Kind
from cnil_requests.core.french_dates import long_date
from cnil_requests.core.letter_fields import (
    is_hosted_only,
    shown_identity,
    variables_of,
)
from cnil_requests.core.postal import DPO_SERVICE, MAX_LINES, recipient_lines
from cnil_requests.core.representation import Signatory, agent_signatory
from cnil_requests.core.requests import Channel

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from cnil_requests.core.directory import Directory
    from cnil_requests.core.people import Person
    from cnil_requests.core.postal import PostalAddress
    from cnil_requests.core.requests import Request

ADDRESS_TODO = "adresse à compléter"

_MENTIONS = {
    Channel.LETTER: "Lettre recommandée avec avis de réception",
    Channel.EMAIL: "Par courriel",
    Channel.FORM: "Par formulaire en ligne",
}

#: The preparation sheets for controllers who ask for their own form. To them a
#: registered letter abroad is the slow road: the form's text always goes with it.
_FORM_SHEETS = {
    Kind.SEARCH_ENGINE: "form_search_engine",
    Kind.MAP_LISTING: "form_map_listing",
}


#: Sites whose form differs from that of their kind: Bing asks in four parts.
_OWN_SHEETS = {"bing": "form_bing"}


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
    recipient, notes = recipient_of(request, today)
    signatory = signatory_of(person)
    return Letter(
        template=template_of(request),
        form_sheet=_form_sheet(request),
        mention=_MENTIONS[request.channel],
        sender=signatory.lines,
        recipient=recipient,
        recipient_notes=notes,
        reference=request.id,
        place_and_date=place_and_date(signatory, today),
        signature=signatory.signature,
        written_on=today,
        variables=variables_of(request, person),
        enclosures=(*enclosures, *signatory.enclosures),
    )


def prefers_form(directory: Directory) -> bool:
    """Say whether the controller takes requests by its own form first."""
    return directory.kind in _FORM_SHEETS


def _form_sheet(request: Request) -> str:
    """Return the sheet made for the controller's form on removals, or nothing."""
    if not request.right.rule.needs_reason:
        return ""
    site = request.directory
    return _OWN_SHEETS.get(site.id, _FORM_SHEETS.get(site.kind, ""))


def template_of(request: Request) -> str:
    """Return the name of the text: the right, or the letter to the host."""
    return "host" if goes_to_host(request) else request.right.value


def goes_to_host(request: Request) -> bool:
    """Say whether the letter goes to the host, nobody else being known.

    LCEN art. 1-1 makes publishers name their host. It holds the page and can pass
    an objection on; it is not the controller, of whom alone access, rectification
    and no more canvassing are asked.
    """
    asks_removal = request.right.rule.needs_reason
    return asks_removal and is_hosted_only(request.directory)


def can_print_host(directory: Directory, today: date) -> bool:
    """Say whether the host's address may be printed: sourced, recent, complete."""
    sourced = directory.confidence in (Confidence.HIGH, Confidence.MEDIUM)
    return sourced and directory.is_fresh(today) and bool(_host_address(directory))


def sender_lines(person: Person) -> tuple[str, ...]:
    """Return the sender's block: only what the person chose to disclose."""
    lines = [person.titled_name, person.profession]
    if person.letter_address:
        lines += address_lines(person.letter_address)
    lines += [person.phone, person.email]
    identity = shown_identity(person)
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


def place_and_date(signatory: Signatory, day: date) -> str:
    """Return « Lyon, le 4 juin 2026 », or the date alone without a city."""
    if signatory.city:
        return f"{signatory.city}, le {long_date(day)}"
    return f"Le {long_date(day)}"


def signatory_of(person: Person) -> Signatory:
    """Return who signs: the person, or the agent of the mandate she gave."""
    if person.mandate:
        address = person.mandate.agent.address
        lines = tuple(address_lines(address)) if address else ()
        return agent_signatory(person.mandate, person.titled_name, lines)
    own = person.letter_address
    return Signatory(
        lines=sender_lines(person),
        city=own.city if own else "",
        signature=person.titled_name,
        email=person.email,
    )


def recipient_of(
    request: Request, today: date
) -> tuple[tuple[RecipientLine, ...], tuple[str, ...]]:
    """Return the window's lines: sourced, or marked as to be completed."""
    directory = request.directory
    name = directory.controller or directory.name
    if directory.may_print_address(today):
        block = recipient_lines(name, DPO_SERVICE, directory.address)
        return tuple(RecipientLine(line) for line in block.lines), block.notes
    if goes_to_host(request):
        return _host_recipient(directory, today), ()
    lines = (RecipientLine(name), RecipientLine(DPO_SERVICE))
    if request.channel is not Channel.LETTER:
        return lines, ()  # It travels without an envelope: nothing is to complete.
    return (*lines, RecipientLine(ADDRESS_TODO, todo=True)), ()


def _host_recipient(directory: Directory, today: date) -> tuple[RecipientLine, ...]:
    """Return the host's lines, its address only when it may be printed."""
    name = directory.host.partition(",")[0].strip()
    if not can_print_host(directory, today):
        return RecipientLine(name), RecipientLine(ADDRESS_TODO, todo=True)
    lines = (name, *_host_address(directory))
    return tuple(RecipientLine(line) for line in lines)


def _host_address(directory: Directory) -> tuple[str, ...]:
    """Return the lines after the host's name, () unless they are an address.

    The catalogue keeps a host in one sourced text: « NAME, STREET, POSTCODE CITY ».
    """
    parts = [part.strip() for part in directory.host.split(",")][1:]
    lines = tuple(part for part in parts if part)
    fits = 1 < len(lines) < MAX_LINES and any(char.isdigit() for char in lines[-1])
    return lines if fits else ()
