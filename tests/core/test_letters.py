"""Which letter says what to whom, and which fields its text may use."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cnil_requests.core.directory import Confidence, Directory, Kind
from cnil_requests.core.letter_fields import site_label, variables_of
from cnil_requests.core.letters import (
    ADDRESS_TODO,
    Letter,
    RecipientLine,
    compose,
    prefers_form,
)
from cnil_requests.core.people import Disclosed, Person
from cnil_requests.core.postal import PostalAddress
from cnil_requests.core.requests import Channel, Request
from cnil_requests.core.rights import Correction, Reason, Right, StatedReason

TODAY = date(2026, 3, 1)
HOME_STREET = "2 rue de la Maison"
PERSON = Person(
    slug="camille-exemple",
    first_name="Camille",
    last_name="Exemple",
    title="Dr",
    profession="médecin généraliste",
    practice=PostalAddress("1 rue de l'Exemple", "Bâtiment B", "69001", "Lyon"),
    correspondence=PostalAddress(HOME_STREET, "", "69002", "Villeurbanne"),
    email="camille@exemple.fr",
    phone="04 00 00 00 00",
    rpps="10003456786",
    siren="784671695",
)
SITE = Directory(
    id="exemple",
    name="Exemple",
    domain="exemple.fr",
    controller="Exemple SAS",
    street="3 rue du Site",
    postcode="75001",
    city="Paris",
    country="FR",
    checked_on=date(2026, 2, 1),
    confidence=Confidence.HIGH,
)
HOSTED = replace(
    SITE, controller="", street="", postcode="", city="", country="",
    host="Hébergeur SA, 4 rue du Serveur, 59000 Lille",
)  # fmt: skip


def request(
    directory: Directory = SITE,
    right: Right = Right.ERASURE,
    **changes: Any,  # noqa: ANN401
) -> Request:
    """Return a request about one page, for one reason."""
    fields: dict[str, Any] = {
        "urls": ("https://exemple.fr/1",),
        "reasons": (StatedReason(Reason.SECRECY),),
        "channel": Channel.LETTER,
        **changes,
    }
    return Request(
        id="2026-0001",
        person=PERSON.slug,
        directory=directory,
        right=right,
        drafted_on=TODAY,
        folder="requests/2026-0001-exemple",
        **fields,
    )


def letter(
    directory: Directory = SITE,
    right: Right = Right.ERASURE,
    person: Person = PERSON,
    **changes: Any,  # noqa: ANN401
) -> Letter:
    """Compose the letter of such a request."""
    return compose(request(directory, right, **changes), person, today=TODAY)


def recipient(directory: Directory, right: Right = Right.ERASURE) -> list[str]:
    """Return the window, « ? » before what is to be completed."""
    lines = letter(directory, right).recipient
    return [f"?{line.text}" if line.todo else line.text for line in lines]


def test_a_whole_letter() -> None:
    """Sender, window, mention, place and date, reference."""
    made = letter()
    assert made.template == "erasure"
    assert made.sender == (
        "Dr Camille Exemple",
        "médecin généraliste",
        "Bâtiment B",
        "1 rue de l'Exemple",
        "69001 Lyon",
        "04 00 00 00 00",
        "camille@exemple.fr",
        "RPPS 10003456786",
        "SIREN 784671695",
    )
    assert made.recipient == tuple(
        RecipientLine(text)
        for text in (
            "Exemple SAS",
            "Délégué à la protection des données",
            "3 RUE DU SITE",
            "75001 PARIS",
        )
    )
    assert made.place_and_date == "Lyon, le 1er mars 2026"
    assert made.mention == "Lettre recommandée avec avis de réception"
    assert made.reference == "2026-0001"
    assert made.signature == "Dr Camille Exemple"
    assert made.enclosures == ()


@pytest.mark.parametrize(
    ("channel", "mention"),
    [
        (Channel.EMAIL, "Par courriel"),
        (Channel.FORM, "Par formulaire en ligne"),
    ],
)
def test_the_mention_says_how_it_travels(channel: Channel, mention: str) -> None:
    """A letter sent by e-mail is no registered letter."""
    assert letter(channel=channel).mention == mention


@pytest.mark.parametrize("right", list(Right))
def test_each_right_has_its_text(right: Right) -> None:
    """Named after it."""
    assert letter(right=right).template == right.value


def test_only_what_is_disclosed_is_shown() -> None:
    """Never the home by default; nothing at all when that is the choice."""
    shown = repr(letter())
    assert HOME_STREET not in shown
    assert "Villeurbanne" not in shown
    silent = letter(person=replace(PERSON, disclosed=frozenset()))
    assert silent.sender == (
        "Dr Camille Exemple",
        "médecin généraliste",
        "04 00 00 00 00",
        "camille@exemple.fr",
    )
    assert silent.place_and_date == "Le 1er mars 2026"
    for secret in ("10003456786", "784671695", "Lyon", "France", HOME_STREET):
        assert secret not in repr(silent)


def test_the_other_address_when_it_is_chosen() -> None:
    """In the block, in the place of the date; abroad with its country."""
    chosen = replace(PERSON, disclosed=frozenset({Disclosed.CORRESPONDENCE}))
    made = letter(person=chosen)
    assert HOME_STREET in made.sender
    assert "1 rue de l'Exemple" not in made.sender
    assert made.place_and_date.startswith("Villeurbanne")
    abroad = PostalAddress("5 rue Haute", "", "1000", "Bruxelles", "BE")
    made = letter(person=replace(chosen, correspondence=abroad))
    assert made.sender[2:5] == ("5 rue Haute", "1000 Bruxelles", "Belgique")
    assert made.variables["me"]["country"] == "Belgique"  # type: ignore[index]


@pytest.mark.parametrize(
    "changes",
    [
        {"checked_on": date(2024, 3, 1)},
        {"checked_on": None},
        {"confidence": Confidence.LOW},
        {"confidence": Confidence.NONE},
        {"postcode": ""},
    ],
)
def test_a_doubtful_address_is_never_printed(changes: dict[str, Any]) -> None:
    """Old, weakly sourced or incomplete: the line is to be completed."""
    site = replace(SITE, **changes)
    assert recipient(site) == [
        site.controller or "Exemple",
        "Délégué à la protection des données",
        f"?{ADDRESS_TODO}",
    ]


def test_an_address_is_printed_until_24_months() -> None:
    """The day before is the last."""
    site = replace(SITE, checked_on=date(2024, 3, 2))
    assert "75001 PARIS" in recipient(site)


def test_an_address_serves_without_the_publisher_s_name() -> None:
    """The site's own name then stands on the first line, and a caution says so."""
    site = replace(SITE, controller="")
    assert recipient(site)[0] == "Exemple"
    assert "75001 PARIS" in recipient(site)


def test_the_host_is_written_to_when_nobody_else_is_known() -> None:
    """By its own text; its address comes from the same sourced line."""
    assert letter(HOSTED).template == "host"
    assert recipient(HOSTED) == ["Hébergeur SA", "4 rue du Serveur", "59000 Lille"]
    known = replace(HOSTED, email="a@exemple.fr")
    assert letter(known).template == "erasure"
    assert recipient(known)[0] == "Exemple"


@pytest.mark.parametrize(
    "changes",
    [
        {"checked_on": date(2020, 1, 1)},
        {"confidence": Confidence.LOW},
        {"host": "Hébergeur SA"},
        {"host": "Hébergeur SA, Lille"},
        {"host": "Hébergeur SA, a, b, c, d, e, f, 59000 Lille"},
    ],
)
def test_a_doubtful_host_address_is_not_printed_either(changes: dict[str, Any]) -> None:
    """The same rule protects the user; no line is cut off."""
    assert recipient(replace(HOSTED, **changes)) == ["Hébergeur SA", f"?{ADDRESS_TODO}"]


@pytest.mark.parametrize("right", [Right.ACCESS, Right.MARKETING, Right.RECTIFICATION])
def test_the_host_is_not_the_controller(right: Right) -> None:
    """What only the publisher can do is not asked of it."""
    made = letter(HOSTED, right)
    assert made.template == right.value
    assert recipient(HOSTED, right)[-1] == f"?{ADDRESS_TODO}"
    assert "Hébergeur SA" not in repr(made.recipient)


def test_engines_and_maps_have_a_form_of_their_own() -> None:
    """For removals; for the rest the letter's text is pasted."""
    engine = replace(SITE, kind=Kind.SEARCH_ENGINE)
    maps = replace(SITE, kind=Kind.MAP_LISTING)
    assert letter(engine, Right.DEREFERENCING).form_sheet == "form_search_engine"
    assert letter(maps, Right.ERASURE).form_sheet == "form_map_listing"
    assert letter(maps, Right.ACCESS).form_sheet == ""
    assert letter(SITE).form_sheet == ""
    assert [kind for kind in Kind if prefers_form(replace(SITE, kind=kind))] == [
        Kind.MAP_LISTING,
        Kind.SEARCH_ENGINE,
    ]


def test_long_names_are_split_and_told() -> None:
    """38 characters a line; nothing is cut without a note."""
    name = "Société d'Exploitation des Annuaires Médicaux de France"
    made = letter(replace(SITE, controller=name))
    assert " ".join(line.text for line in made.recipient[:2]) == name
    assert any("38" in note for note in made.recipient_notes)


@pytest.mark.parametrize(
    ("name", "domain", "label"),
    [
        ("Doctolib", "doctolib.fr", "Doctolib (doctolib.fr)"),
        ("Lemedecin.fr", "lemedecin.fr", "lemedecin.fr"),
        ("Société-Com", "societe-com", "Société-Com (societe-com)"),
        ("Google (recherche)", "google.fr", "Google (google.fr)"),
        ("(x)", "x.fr", "(x) (x.fr)"),
        ("Sans domaine", "", "Sans domaine"),
    ],
)
def test_a_site_is_named_so_that_its_publisher_knows_it(
    name: str, domain: str, label: str
) -> None:
    """Name and domain, once each."""
    assert site_label(Directory(id="x", name=name, domain=domain)) == label


@pytest.mark.parametrize(
    ("profession", "is_doctor"),
    [
        ("médecin généraliste", True),
        ("Médecin-conseil", True),
        ("me\u0301decin", True),
        ("praticien en médecine chinoise", False),
        ("infirmière", False),
        ("", False),
    ],
)
def test_only_doctors_have_the_directories_of_doctors(
    *, profession: str, is_doctor: bool
) -> None:
    """The Ordre's tableau is not everybody's."""
    person = replace(PERSON, profession=profession)
    fields: Any = variables_of(request(), person)
    assert fields["me"]["is_doctor"] is is_doctor


def test_fields_are_plain_values() -> None:
    """Text, lists and flags: a template is given nothing that it could call."""
    fields: Any = variables_of(
        request(
            corrections=(Correction("faux", "exact"),),
            seen_on=date(2026, 3, 1),
            reasons=(StatedReason(Reason.END_OF_PRACTICE, "parti."),),
            search_names=("C. E.",),
        ),
        PERSON,
    )
    assert fields["seen_on"] == "1er mars 2026"
    assert fields["has_ended"] is True
    assert fields["has_wrong_data"] is False
    assert fields["reasons"] == [
        {"key": "end-of-practice", "detail": "parti.", "stop": ""}
    ]
    assert fields["corrections"] == [{"wrong": "faux", "right": "exact"}]
    assert plain(fields)


def plain(value: object) -> bool:
    """Say whether a value and all it holds is text, a flag, a list or a dict."""
    if isinstance(value, dict):
        return all(map(plain, value.values()))
    if isinstance(value, list):
        return all(map(plain, value))
    return type(value) in (str, bool)


@pytest.mark.parametrize(
    ("known", "said"), [(True, True), (False, False), (None, False)]
)
def test_reviews_are_mentioned_only_when_they_are_known(
    *, known: bool | None, said: bool
) -> None:
    """Unknown is not yes."""
    fields: Any = variables_of(request(replace(SITE, has_reviews=known)), PERSON)
    assert fields["site"]["has_reviews"] is said


def test_sentences_name_a_site_in_french_print() -> None:
    """The window keeps the value as it was sourced; so does the catalogue."""
    site = replace(SITE, name="L'Annuaire", controller="Annuaires d'Exemple SAS")
    fields = letter(site).variables["site"]
    assert isinstance(fields, dict)
    assert fields["label"] == "L’Annuaire (exemple.fr)"
    assert fields["controller"] == "Annuaires d’Exemple SAS"
    assert recipient(site)[0] == "Annuaires d'Exemple SAS"
