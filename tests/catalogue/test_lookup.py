"""A site is found by whatever a user has at hand, and never by mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cnil_requests.catalogue import Catalogue, UnknownSiteError, load
from cnil_requests.catalogue.lookup import AmbiguousSiteError
from cnil_requests.core.directory import Directory, Kind

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def catalogue(shipped: Path) -> Catalogue:
    """Return the shipped catalogue."""
    return load(shipped)


@pytest.mark.parametrize(
    ("text", "site", "url"),
    [
        ("societe-com", "societe-com", None),
        (" Societe-Com ", "societe-com", None),
        ("Pages Jaunes", "pagesjaunes", None),
        ("pagesblanches", "pagesjaunes", None),
        ("choisir un medecin", "choisirunmedecin", None),
        ("www.societe.com", "societe-com", None),
        ("doctooome.com", "doctoome", None),
        (
            "https://www.keskeces.com/Dr-X",
            "keskeces",
            "https://www.keskeces.com/Dr-X",
        ),
        ("fr.linkedin.com/in/x", "linkedin", "https://fr.linkedin.com/in/x"),
        (
            "https://www.google.com/maps/place/Dr+X",
            "google-business-profile",
            "https://www.google.com/maps/place/Dr+X",
        ),
        (
            "https://www.google.com/search?q=dr+x",
            "google-search",
            "https://www.google.com/search?q=dr+x",
        ),
        (
            "https://maps.app.goo.gl/AbC",
            "google-business-profile",
            "https://maps.app.goo.gl/AbC",
        ),
        ("google.com/mapsfoo", "google-search", "https://google.com/mapsfoo"),
        ("annuaire.sante.fr/x", "annuaire-sante-ans", "https://annuaire.sante.fr/x"),
        ("sante.fr/x", "sante-fr", "https://sante.fr/x"),
        (
            "https://fr.search.yahoo.com/search?p=x",
            "yahoo",
            "https://fr.search.yahoo.com/search?p=x",
        ),
    ],
)
def test_a_site_is_found(
    catalogue: Catalogue, text: str, site: str, url: str | None
) -> None:
    """By id, name, domain, alias or listing; the longest claim wins."""
    match = catalogue.find(text)
    assert match.directory.id == site
    assert match.url == url


@pytest.mark.parametrize(
    "text",
    [
        "https://societe.com@evil.example/x",
        "https://societe.com.evil.example/x",
        "https://notsociete.com/x",
        "https://sites.google.com/view/annuaire",
        "https://netflix.com/x",
        "contact@societe.com",
        "",
        "   ",
        "://",
    ],
)
def test_a_lookalike_is_not_found(catalogue: Catalogue, text: str) -> None:
    """A letter to the wrong addressee is worse than a question."""
    with pytest.raises(UnknownSiteError) as caught:
        catalogue.find(text)
    assert caught.value.exit_code == 3


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("societe-cmo", "societe-com"),
        ("doctolip", "doctolib"),
        ("google", "google-search"),
        ("https://www.keskece.com/x", "keskeces"),
    ],
)
def test_a_miss_names_near_sites_and_the_way_to_add_one(
    catalogue: Catalogue, text: str, near: str
) -> None:
    """The user reads what he may have meant, and the next command."""
    with pytest.raises(UnknownSiteError) as caught:
        catalogue.find(text)
    assert near in caught.value.remedy
    assert "cnilreq directories set" in caught.value.remedy


def test_a_name_is_found_without_its_bracket(catalogue: Catalogue) -> None:
    """« Google Maps » is one site; « Google » alone could be two."""
    assert catalogue.find("google-maps").directory.id == "google-business-profile"


def test_a_missed_listing_is_proposed_with_its_domain(catalogue: Catalogue) -> None:
    """The command shown for a new site can be completed and run."""
    with pytest.raises(UnknownSiteError, match=r"domain=annuaire-x\.fr"):
        catalogue.find("https://www.annuaire-x.fr/dr/42")


def test_two_sites_of_one_name_are_never_chosen_by_chance() -> None:
    """The ids are listed instead."""
    twins = [
        Directory("un", "Annuaire", "un.fr"),
        Directory("deux", "Annuaire", "deux.fr"),
    ]
    with pytest.raises(AmbiguousSiteError, match="un, deux"):
        Catalogue(twins).find("annuaire")


def test_the_users_line_decides_on_a_disputed_domain() -> None:
    """Whatever the order of the files."""
    shipped = Directory("site", "Site", "site.fr")
    mine = Directory("mon-site", "Mon site", "site.fr")
    assert Catalogue([shipped], [mine]).find("site.fr").directory is mine


def test_an_engine_is_not_found_on_its_other_services() -> None:
    """A page hosted by a search engine's company is not a search result."""
    engine = Directory("e", "E", "engine.fr", kind=Kind.SEARCH_ENGINE)
    other = Directory("d", "D", "annuaire.fr")
    catalogue = Catalogue([engine, other])
    assert catalogue.find("fr.search.engine.fr/x").directory is engine
    assert catalogue.find("medecins.annuaire.fr/x").directory is other
    with pytest.raises(UnknownSiteError):
        catalogue.find("https://blog.engine.fr/x")
