"""A change never makes an address printable that nobody read again."""

from __future__ import annotations

from datetime import date

import pytest

from cnil_requests.catalogue import Catalogue, load
from cnil_requests.catalogue.editing import apply_change, parse_change
from cnil_requests.catalogue.editing_errors import PlaceholderError

TODAY = date(2026, 11, 21)
SOURCES = ("https://www.exemple.fr/mentions-legales",)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """Return the shipped catalogue."""
    from cnil_requests import shipped

    return load(shipped.catalogue())


@pytest.mark.parametrize(
    "pair",
    [
        "email=dpo@exemple.fr",
        "street=1 rue de l'Exemple",
        "postcode=",
        "notes=lu ce jour",
        "host=Hébergeur Exemple",
    ],
)
def test_no_partial_change_makes_an_old_address_printable(
    catalogue: Catalogue, pair: str
) -> None:
    """For every site that ships, whatever single value is given."""
    change = parse_change([pair], sources=SOURCES, checked_on=None)
    for site, before in catalogue.items():
        after = apply_change(catalogue, site, change, today=TODAY).directory
        assert before.may_print_address(TODAY) or not after.may_print_address(TODAY)


def test_every_site_can_be_given_a_whole_address(catalogue: Catalogue) -> None:
    """Nothing that ships stands in the way of a user's own reading."""
    pairs = ["controller=Responsable Exemple", "street=1 rue X", "postcode=69001"]
    change = parse_change(
        [*pairs, "city=Lyon", "country=France"], sources=SOURCES, checked_on=None
    )
    for site in catalogue:
        edited = apply_change(catalogue, site, change, today=TODAY)
        assert edited.directory.may_print_address(TODAY)
        assert edited.directory.complement == ""
        assert not edited.kept_date


def test_values_are_stored_as_the_catalogue_writes_them() -> None:
    """Composed accents, ISO country, bare domains, yes and no, digits only."""
    change = parse_change(
        [
            "city= Orle\u0301ans ",
            "country=irlande",
            "aliases=https://WWW.a.fr/, b.fr",
            "has_reviews=Non",
            "siren=794 598 813",
        ],
        sources=SOURCES,
        checked_on=None,
    )
    assert dict(change.values) == {
        "city": "Orléans",
        "country": "IE",
        "aliases": "a.fr b.fr",
        "has_reviews": "no",
        "siren": "794598813",
    }


@pytest.mark.parametrize("value", ["…", "...", "NOM DE L'ÉDITEUR", "1 rue …"])
def test_the_words_of_an_example_are_no_values(value: str) -> None:
    """A command copied without being filled in changes nothing (exit 2)."""
    with pytest.raises(PlaceholderError, match="exemple"):
        parse_change([f"street={value}"], sources=SOURCES, checked_on=None)


def test_a_new_publisher_leaves_nothing_of_the_former_one(
    catalogue: Catalogue,
) -> None:
    """Neither its SIREN and legal form, nor the note that nobody knew it."""
    pairs = ["controller=Autre Éditeur", "street=1 rue X", "postcode=69001"]
    change = parse_change(
        [*pairs, "city=Lyon", "country=FR"], sources=SOURCES, checked_on=None
    )
    moved = apply_change(catalogue, "doctolib", change, today=TODAY).directory
    assert (moved.siren, moved.legal_form) == ("", "")
    known = apply_change(catalogue, "keskeces", change, today=TODAY).directory
    assert "inconnus" not in known.notes
