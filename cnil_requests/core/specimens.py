"""Fictitious cases that exercise every branch of every letter.

Used to check templates before anything real is written with them; nothing here is
ever sent.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from cnil_requests.core.directory import Directory, Kind
from cnil_requests.core.letter_fields import variables_of
from cnil_requests.core.mandates import (
    EVERY_SITE,
    Agent,
    AgentKind,
    Mandate,
    ReplyTo,
)
from cnil_requests.core.people import Person
from cnil_requests.core.postal import PostalAddress
from cnil_requests.core.requests import Channel, Request
from cnil_requests.core.rights import Correction, Reason, Right, StatedReason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PERSON = Person(
    slug="camille-exemple",
    first_name="Camille",
    last_name="Exemple",
    title="Dr",
    profession="médecin généraliste",
    practice=PostalAddress("1 rue de l'Exemple", "", "69001", "Lyon"),
    email="camille@exemple.fr",
    phone="04 00 00 00 00",
    rpps="10000000000",
    siren="000000000",
)

SITE = Directory(
    id="exemple",
    name="Exemple",
    domain="exemple.fr",
    controller="Exemple SAS",
    has_reviews=True,
)

#: Somebody whose letters are written by a union.
AGENCY = replace(
    PERSON,
    mandate=Mandate(
        Agent("Syndicat Exemple", AgentKind.UNION, "Dominique Modèle"),
        rights=tuple(Right),
        sites=(EVERY_SITE,),
        data="toutes les données publiées",
        start=date(2026, 1, 1),
        end=date(2026, 12, 31),
        reply_to=ReplyTo.AGENT,
        signed_on=date(2026, 1, 1),
    ),
)

REQUEST = Request(
    id="2026-0001",
    person=PERSON.slug,
    directory=SITE,
    right=Right.ERASURE,
    channel=Channel.LETTER,
    drafted_on=date(2026, 6, 1),
    folder="requests/2026-0001-exemple",
    urls=("https://exemple.fr/1", "https://exemple.fr/2"),
    reasons=tuple(StatedReason(reason, "précision") for reason in Reason),
    seen_on=date(2026, 6, 1),
    corrections=(Correction("faux", "exact"),),
    search_names=("Camille Exemple", "C. Exemple"),
)


#: The texts of the first letters, besides the sheets for forms; all others are
#: filled in with a whole case.
FIRST_LETTERS = frozenset(["host", *(right.value for right in Right)])


def specimens(text: str) -> Iterator[Mapping[str, object]]:
    """Yield what ``text`` (its name without ``.txt``) may be filled in with."""
    if text in FIRST_LETTERS or text.startswith("form_"):
        yield from first_letters()
    elif text in _APART:
        yield from _APART[text]()
    else:
        from cnil_requests.core.specimen_cases import cases

        yield from cases()


def _operator_letters() -> Iterator[Mapping[str, object]]:
    from cnil_requests.core.upstream import Operator, operator_variables

    operator = Operator("Opérateur Exemple")
    yield operator_variables(PERSON, operator, PERSON.phone)
    yield operator_variables(AGENCY, operator, "")


def fields_of(text: str) -> Mapping[str, object]:
    """Return every field that ``text`` may use; a shared part may use them all."""
    return next(iter(specimens(text)))


def first_letters() -> Iterator[Mapping[str, object]]:
    """Yield the variables of first letters that differ in what they lack."""
    bare_person = Person(slug="x", first_name="Camille", last_name="Exemple")
    bare_request = replace(
        REQUEST,
        urls=REQUEST.urls[:1],
        reasons=(StatedReason(Reason.SECRECY),),
        seen_on=None,
    )
    yield variables_of(REQUEST, PERSON)
    yield variables_of(replace(REQUEST, person=AGENCY.slug), AGENCY)
    yield variables_of(bare_request, bare_person)
    for kind in Kind:
        site = replace(SITE, kind=kind, has_reviews=None)
        yield variables_of(replace(bare_request, directory=site), PERSON)
    for reason in Reason:
        stated = (StatedReason(reason, "mots" if reason is Reason.OTHER else ""),)
        yield variables_of(replace(bare_request, reasons=stated), bare_person)


def _mandates() -> Iterator[Mapping[str, object]]:
    from cnil_requests.core.mandating import mandate_variables

    if AGENCY.mandate:
        one_site = replace(AGENCY.mandate, sites=(SITE.domain,), complaints=False)
        yield mandate_variables(AGENCY, AGENCY.mandate)
        yield mandate_variables(AGENCY, one_site)


#: Texts that are about no request.
_APART = {"operator": _operator_letters, "mandate": _mandates}
