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
from cnil_requests.core.people import Person
from cnil_requests.core.postal import PostalAddress
from cnil_requests.core.requests import Channel, Request
from cnil_requests.core.rights import Correction, Reason, Right, StatedReason

if TYPE_CHECKING:
    from collections.abc import Iterator

_PERSON = Person(
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

_SITE = Directory(
    id="exemple",
    name="Exemple",
    domain="exemple.fr",
    controller="Exemple SAS",
    has_reviews=True,
)

_REQUEST = Request(
    id="2026-0001",
    person=_PERSON.slug,
    directory=_SITE,
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


def specimens() -> Iterator[dict[str, object]]:
    """Yield the variables of cases that differ in what they lack."""
    bare_person = Person(slug="x", first_name="Camille", last_name="Exemple")
    bare_request = replace(
        _REQUEST,
        urls=_REQUEST.urls[:1],
        reasons=(StatedReason(Reason.SECRECY),),
        seen_on=None,
    )
    yield variables_of(_REQUEST, _PERSON)
    yield variables_of(bare_request, bare_person)
    for kind in Kind:
        site = replace(_SITE, kind=kind, has_reviews=None)
        yield variables_of(replace(bare_request, directory=site), _PERSON)
    for reason in Reason:
        stated = (StatedReason(reason, "mots" if reason is Reason.OTHER else ""),)
        yield variables_of(replace(bare_request, reasons=stated), bare_person)
