"""What the texts of ``letter_templates`` may use of a case: the fields they print."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from cnil_requests.core.countries import french_name
from cnil_requests.core.directory import Kind
from cnil_requests.core.french_dates import long_date
from cnil_requests.core.people import Disclosed
from cnil_requests.core.representation import agent_fields
from cnil_requests.core.rights import Reason, StatedReason
from cnil_requests.core.text import in_print, sentence_stop

if TYPE_CHECKING:
    from cnil_requests.core.directory import Directory
    from cnil_requests.core.people import Person
    from cnil_requests.core.postal import PostalAddress
    from cnil_requests.core.requests import Request


def variables_of(request: Request, person: Person) -> dict[str, object]:
    """Return what the texts may use; plain text, lists and flags only."""
    reasons = [_reason(stated) for stated in request.reasons]
    keys = {stated.reason for stated in request.reasons}
    site = request.directory
    return {
        **person_variables(person),
        "site": _site(site),
        "to_host": request.right.rule.needs_reason and is_hosted_only(site),
        "urls": list(request.urls),
        "seen_on": long_date(request.seen_on) if request.seen_on else "",
        "reasons": reasons,
        "has_ended": any(
            stated.reason is Reason.END_OF_PRACTICE and stated.detail
            for stated in request.reasons
        ),
        "has_wrong_data": Reason.WRONG_DATA in keys,
        "corrections": [
            {"wrong": item.wrong, "right": item.right} for item in request.corrections
        ],
        "search_names": list(request.search_names),
    }


def is_hosted_only(site: Directory) -> bool:
    """Say whether nobody but the host of a site is known (LCEN art. 1-1)."""
    return not site.has_contact and bool(site.host)


def person_variables(person: Person) -> dict[str, object]:
    """Return what every letter may say of the person, and of who writes for her."""
    return {
        "me": _me(person),
        "agent": agent_fields(person.mandate, person.titled_name),
    }


def _me(person: Person) -> dict[str, object]:
    address = person.letter_address
    return {
        "name": person.full_name,
        "titled_name": person.titled_name,
        "profession": person.profession,
        "is_doctor": _is_doctor(person.profession),
        "email": person.email,
        "phone": person.phone,
        "country": french_name(address.country) if address else "",
        "address": _one_line(address),
        **shown_identity(person),
    }


def _one_line(address: PostalAddress | None) -> str:
    if address is None:
        return ""
    parts = (
        address.complement,
        address.street,
        f"{address.postcode} {address.city}".strip(),
    )
    return ", ".join(part for part in parts if part)


def _is_doctor(profession: str) -> bool:
    """Say whether the word « médecin » stands in it; « médecine » is not it."""
    words = re.findall(r"\w+", unicodedata.normalize("NFC", profession).casefold())
    return "médecin" in words


def _site(directory: Directory) -> dict[str, object]:
    return {
        "name": in_print(directory.name),
        "domain": directory.domain,
        "label": in_print(site_label(directory)),
        "controller": in_print(directory.controller),
        "has_reviews": directory.has_reviews is True,
        "is_company_registry": directory.kind is Kind.COMPANY_REGISTRY,
        "is_search_engine": directory.kind is Kind.SEARCH_ENGINE,
        "is_legal_register": directory.kind is Kind.LEGAL_REGISTER,
    }


def site_label(directory: Directory) -> str:
    """Return the site's domain, after its name when that says something more.

    « Google (recherche) » gives « Google (google.fr) »: one bracket is enough.
    """
    name = re.sub(r"\s*\([^()]*\)$", "", directory.name) or directory.name
    squeezed = "".join(filter(str.isalnum, name.casefold()))
    bare = "".join(filter(str.isalnum, directory.domain.casefold()))
    if not directory.domain or squeezed in (bare, ""):
        return directory.domain or name
    return f"{name} ({directory.domain})"


def _reason(stated: StatedReason) -> dict[str, str]:
    return {
        "key": stated.reason.value,
        "detail": stated.detail,
        "stop": sentence_stop(stated.detail),
    }


def shown_identity(person: Person) -> dict[str, str]:
    """Return the numbers that the person lets letters show, "" for the others."""
    return {
        "rpps": person.rpps if Disclosed.RPPS in person.disclosed else "",
        "siren": person.siren if Disclosed.SIREN in person.disclosed else "",
    }
