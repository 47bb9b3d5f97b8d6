"""Values survive their way through the ledger's text."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from types import MappingProxyType

import pytest

from cnil_requests.core.directory import Confidence, Directory, Kind
from cnil_requests.core.mandates import Agent, AgentKind, Mandate, ReplyTo
from cnil_requests.core.people import Disclosed, Person
from cnil_requests.core.postal import PostalAddress
from cnil_requests.core.requests import Channel, Event, EventKind, Request
from cnil_requests.core.rights import Correction, Reason, Right, StatedReason
from cnil_requests.store import records

HARD = "É « & < > ' \" {{ x }} \t\n\r\u2028 🙂 \u202eabc e\u0301 \x00"

MANDATE = Mandate(
    agent=Agent(
        "Syndicat de l'Exemple",
        AgentKind.UNION,
        "Dominique Modèle",
        PostalAddress("4 rue de l'Exemple", "", "75001", "Paris"),
        "syndicat@exemple.fr",
        "01 00 00 00 00",
    ),
    rights=(Right.ERASURE, Right.OBJECTION),
    sites=("all",),
    data="nom, adresse",
    start=date(2026, 1, 1),
    end=date(2026, 12, 31),
    reply_to=ReplyTo.AGENT,
    complaints=False,
    signed_on=date(2026, 1, 2),
    file="pouvoir.pdf",
    sha256="00" * 32,
)
PERSON = Person(
    slug="camille-exemple",
    first_name="Camille",
    last_name=HARD,
    title="Dr",
    profession="médecin généraliste",
    practice=PostalAddress("1 rue de l'Exemple", "Bât. A", "69001", "Lyon", "FR"),
    correspondence=PostalAddress("2 rue de l'Exemple", "", "D01", "Dublin", "IE"),
    email="camille@exemple.fr",
    phone="+33 4 00 00 00 00",
    rpps="10000000001",
    siren="732829320",
    siret="73282932000074",
    disclosed=frozenset({Disclosed.CORRESPONDENCE, Disclosed.RPPS}),
    mandate=MANDATE,
    withdrew_on=date(2025, 12, 31),
)
DIRECTORY = Directory(
    id="exemple",
    name="Exemple",
    domain="exemple.fr",
    aliases=("exemple.com", "exemple.net"),
    kind=Kind.REVIEW_PLATFORM,
    lists_without_signup=True,
    has_reviews=False,
    controller="Exemple SAS",
    legal_form="SAS",
    siren="732829320",
    street="3 rue de l'Exemple",
    complement="CS 1",
    postcode="75001",
    city="Paris",
    country="FR",
    email="contact@exemple.fr",
    dpo_email="dpo@exemple.fr",
    form_url="https://exemple.fr/formulaire",
    legal_notice_url="https://exemple.fr/mentions",
    privacy_url="https://exemple.fr/donnees",
    host="Hôte SARL",
    source_urls=("https://exemple.fr/mentions", "https://exemple.fr/cgu"),
    checked_on=date(2026, 5, 1),
    confidence=Confidence.HIGH,
    notes="une note",
)
REQUEST = Request(
    id="2026-0001",
    person="camille-exemple",
    directory=DIRECTORY,
    right=Right.RECTIFICATION,
    channel=Channel.FORM,
    drafted_on=date(2026, 6, 1),
    folder="requests/2026-0001-exemple",
    calendar="FR-AM",
    urls=("https://exemple.fr/1", "https://exemple.fr/2"),
    reasons=(StatedReason(Reason.OTHER, HARD), StatedReason(Reason.SECRECY)),
    seen_on=date(2026, 5, 31),
    corrections=(Correction("faux", "vrai"),),
    search_names=("Camille Exemple", "C. Exemple"),
    origin="2026-0000",
)


@pytest.mark.parametrize("value", [PERSON, REQUEST, DIRECTORY])
def test_the_samples_fill_every_field(value: Person | Request | Directory) -> None:
    """A field added to a value must be added to its record, and to these samples."""
    for item in fields(value):
        assert getattr(value, item.name) != item.default, item.name


def test_a_person_is_read_as_written() -> None:
    """Every field comes back, whatever characters it holds."""
    assert records.person_of(records.dump(records.person_row(PERSON))) == PERSON


def test_a_request_is_read_as_written() -> None:
    """Every field comes back, the directory's 25 columns included."""
    assert records.request_of(records.dump(records.request_row(REQUEST))) == REQUEST


def test_an_event_is_read_as_written() -> None:
    """Day, day of recording, rank and data come back."""
    event = Event(
        EventKind.ANSWERED,
        on=date(2026, 6, 20),
        recorded_on=date(2026, 6, 21),
        data=MappingProxyType({"outcome": "extended", "note": HARD}),
        number=3,
    )
    assert records.event_of(records.event_columns(event)) == event


def test_the_text_of_a_request_is_a_contract() -> None:
    """These keys are in users' ledgers: they are only ever added to."""
    assert set(records.request_row(REQUEST)) == {
        "format", "id", "person", "directory", "right", "channel", "drafted_on",
        "folder", "calendar", "urls", "reasons", "seen_on", "corrections",
        "search_names", "origin",
    }  # fmt: skip


def test_absent_fields_have_their_defaults() -> None:
    """A record written before a field existed is still read."""
    row = {
        "format": 1,
        "id": "2026-0001",
        "person": "camille-exemple",
        "directory": {"id": "x", "name": "X", "domain": "x.fr", "kind": "directory"},
        "right": "erasure",
        "channel": "letter",
        "drafted_on": "2026-06-01",
        "folder": "requests/2026-0001-x",
    }
    request = records.request_of(json.dumps(row))
    assert (request.calendar, request.urls, request.seen_on) == ("FR", (), None)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"format":2}', '{"format":1}', '{"format":1,"id":1,"urls":3}'],
)
def test_what_is_not_a_record_is_refused(text: str) -> None:
    """Neither a request nor a person is made of something else."""
    with pytest.raises(records.UnreadableRecordError):
        records.request_of(text)
    with pytest.raises(records.UnreadableRecordError):
        records.person_of(text)
