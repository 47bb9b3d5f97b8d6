"""What the user should know before posting, and how he completes a line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cnil_requests.core.cautions import cautions, missing_columns
from cnil_requests.core.completing import Gap, in_french, steps_to_complete
from cnil_requests.core.directory import Confidence, Directory, Kind
from cnil_requests.core.requests import Channel, Request
from cnil_requests.core.rights import Right

TODAY = date(2026, 3, 2)
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
EMPTY = Directory(id="vide", name="Vide", domain="vide.fr")
HOSTED = replace(
    EMPTY,
    host="Hébergeur SA, 4 rue du Serveur, 59000 Lille",
    checked_on=date(2026, 2, 1),
    confidence=Confidence.HIGH,
)


def request(
    directory: Directory,
    channel: Channel = Channel.LETTER,
    right: Right = Right.ERASURE,
) -> Request:
    """Return a request to a site."""
    return Request(
        id="2026-0001",
        person="x",
        directory=directory,
        right=right,
        channel=channel,
        drafted_on=TODAY,
        folder="",
    )


def said(directory: Directory, **how: Any) -> str:  # noqa: ANN401
    """Return every caution in one text."""
    return "\n".join(cautions(request(directory, **how), TODAY))


@pytest.mark.parametrize(
    ("directory", "channel", "missing"),
    [
        (SITE, Channel.LETTER, ()),
        (
            EMPTY,
            Channel.LETTER,
            ("controller", "street", "postcode", "city", "country"),
        ),
        (replace(SITE, checked_on=None), Channel.LETTER, ("checked_on",)),
        (replace(SITE, confidence=Confidence.LOW), Channel.LETTER, ("checked_on",)),
        (SITE, Channel.EMAIL, ("dpo_email",)),
        (replace(SITE, email="a@x.fr"), Channel.EMAIL, ()),
        (replace(SITE, dpo_email="a@x.fr"), Channel.EMAIL, ()),
        (SITE, Channel.FORM, ("form_url",)),
        (replace(SITE, form_url="https://x.fr/f"), Channel.FORM, ()),
        (HOSTED, Channel.LETTER, ()),
        (replace(HOSTED, host="Hébergeur SA"), Channel.LETTER, ("host",)),
        (replace(HOSTED, checked_on=None), Channel.LETTER, ("host",)),
    ],
)
def test_what_the_chosen_way_lacks(
    directory: Directory, channel: Channel, missing: tuple[str, ...]
) -> None:
    """Columns of the catalogue, in its own words."""
    assert missing_columns(request(directory, channel), TODAY) == missing


def test_the_host_does_not_fill_what_only_the_publisher_can_answer() -> None:
    """Access asked of a site without contact lacks everything."""
    found = missing_columns(request(HOSTED, right=Right.ACCESS), TODAY)
    assert found[0] == "controller"
    assert "hébergeur" not in said(HOSTED, right=Right.ACCESS)


def test_a_complete_site_needs_no_caution() -> None:
    """Silence when there is nothing to say."""
    assert said(SITE) == ""


def test_an_old_address_is_shown_for_checking() -> None:
    """With its date; a weak one without."""
    old = said(replace(SITE, checked_on=date(2023, 5, 1)))
    assert "lue le 1er mai 2023" in old
    assert "3 rue du Site, 75001 Paris" in old
    assert "sans date de lecture" in said(replace(SITE, checked_on=None))
    assert "trop peu sûre" in said(replace(SITE, confidence=Confidence.LOW))
    assert said(replace(SITE, checked_on=None), channel=Channel.EMAIL) == ""


@pytest.mark.parametrize("right", list(Right))
def test_company_registries_have_a_source(right: Right) -> None:
    """The upstream step comes with erasure and objection."""
    registry = replace(SITE, kind=Kind.COMPANY_REGISTRY)
    concerned = right in (Right.ERASURE, Right.OBJECTION)
    assert ("INSEE" in said(registry, right=right)) is concerned
    assert ("greffe" in said(registry, right=right)) is concerned


def test_phone_directories_have_a_source_too() -> None:
    """The operator feeds them."""
    assert "opérateurs" in said(replace(SITE, kind=Kind.PHONE_DIRECTORY))


@pytest.mark.parametrize(
    ("kind", "right"),
    [(Kind.SEARCH_ENGINE, Right.DEREFERENCING), (Kind.MAP_LISTING, Right.ERASURE)],
)
def test_the_form_comes_first_where_it_is_the_way(kind: Kind, right: Right) -> None:
    """Its address ends the sentence, so that it can be copied."""
    site = replace(SITE, kind=kind, form_url="https://x.fr/f")
    first = next(iter(cautions(request(site, right=right), TODAY)))
    assert first.endswith("https://x.fr/f")
    assert "formulaire" in said(replace(site, form_url=""), right=right)


def test_an_engine_leaves_the_page_online() -> None:
    """Dereferencing is not erasure at the source."""
    engine = replace(SITE, kind=Kind.SEARCH_ENGINE)
    assert "reste en ligne à sa source" in said(engine, right=Right.DEREFERENCING)


def test_the_host_s_letter_states_a_fact_to_check() -> None:
    """That no contact was found is the user's own statement."""
    assert "cnilreq directories lookup vide" in said(HOSTED)


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (
            ("controller", "street", "postcode", "city", "country"),
            "nom de l'éditeur et adresse postale",
        ),
        (("street", "postcode", "city", "country"), "adresse postale"),
        (("controller",), "nom de l'éditeur"),
        (("postcode",), "code postal"),
        (("checked_on",), "une vérification récente de l'adresse postale"),
        (("dpo_email",), "adresse électronique"),
    ],
)
def test_columns_have_french_names(columns: tuple[str, ...], words: str) -> None:
    """A doctor never saw the file."""
    assert in_french(columns) == words


def gap(directory: Directory, channel: Channel = Channel.LETTER) -> Gap:
    """Return what a site lacks."""
    return Gap(directory, missing_columns(request(directory, channel), TODAY))


def lines(*gaps: Gap) -> list[str]:
    """Return the addresses and commands to copy."""
    return [line for step in steps_to_complete(gaps) for line in step.lines]


def test_the_road_to_an_address() -> None:
    """The legal notice, the State's register, the command, the draft again."""
    steps = steps_to_complete([gap(EMPTY)])
    assert "article 1-1" in steps[0].text
    assert steps[0].lines == ("https://vide.fr",)
    assert steps[1].lines == ("cnilreq directories lookup vide",)
    assert steps[2].lines == ("https://annuaire-entreprises.data.gouv.fr",)
    assert steps[3].lines == (
        'cnilreq directories set vide controller="…" street="…" postcode="…" '
        'city="…" country="…" --source ADRESSE-DE-LA-PAGE',
    )
    assert "draft" in steps[4].text


def test_what_is_known_is_in_the_command() -> None:
    """The whole address has to be given again: only that renews its date."""
    abroad = replace(
        SITE,
        street='1 "Plaza"',
        complement="South Park",
        postcode="",
        city="Dublin 18",
        country="IE",
        checked_on=None,
        legal_notice_url="https://exemple.fr/legal",
    )
    assert lines(gap(abroad)) == [
        "https://exemple.fr/legal",
        "cnilreq directories lookup exemple",
        'cnilreq directories set exemple controller="Exemple SAS" '
        'complement="South Park" street="1 ’Plaza’" city="Dublin 18" '
        'country="Irlande" --source ADRESSE-DE-LA-PAGE',
    ]


def test_many_sites_are_told_once() -> None:
    """One command for those of which nothing is known, the others named."""
    sites = [replace(EMPTY, id=f"s{n}", domain=f"s{n}.fr") for n in range(8)]
    steps = steps_to_complete([gap(site) for site in sites])
    assert len(steps) == 5
    assert steps[0].lines == tuple(f"https://s{n}.fr" for n in range(8))
    assert steps[1].lines == ("cnilreq directories lookup s0",)
    assert len(steps[3].lines) == 1
    assert "s1, s2, s3, s4, s5, s6, s7" in steps[3].text


def test_other_ways_have_other_roads() -> None:
    """An e-mail address is in the privacy page, a form in the contact page."""
    site = replace(EMPTY, privacy_url="https://vide.fr/rgpd")
    assert lines(gap(site, Channel.EMAIL)) == [
        "https://vide.fr/rgpd",
        'cnilreq directories set vide dpo_email="…" --source ADRESSE-DE-LA-PAGE',
    ]
    assert lines(gap(EMPTY, Channel.FORM))[1].count('form_url="…"') == 1
    host = lines(gap(replace(HOSTED, host="Hébergeur SA")))
    assert 'host="Hébergeur SA"' in host[1]


@pytest.mark.parametrize(
    ("read", "is_told"), [("2024-03-02", True), ("2024-03-03", False)]
)
def test_an_address_read_24_months_ago_to_the_day_is_told(
    read: str, is_told: bool
) -> None:
    """The sentence is true of the very limit: less than 24 months are needed."""
    site = replace(SITE, checked_on=date.fromisoformat(read))
    assert ("une lecture de moins de 24 mois" in said(site)) is is_told
    assert "plus de 24" not in said(site)
