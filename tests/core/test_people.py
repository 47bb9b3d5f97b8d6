"""A person: the name on the letter, the address shown, the slug."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnil_requests.core.people import Disclosed, Person, slug_of
from cnil_requests.core.postal import PostalAddress

PRACTICE = PostalAddress("1 rue de l'Exemple", "", "69001", "Lyon")
ELSEWHERE = PostalAddress("2 rue de la Maison", "", "69002", "Lyon")


def person(*disclosed: Disclosed, **changes: object) -> Person:
    """Return a person with both addresses."""
    fields: dict[str, object] = {
        "slug": "camille-exemple",
        "first_name": "Camille",
        "last_name": "Exemple",
        "practice": PRACTICE,
        "correspondence": ELSEWHERE,
        **changes,
    }
    if disclosed:
        fields["disclosed"] = frozenset(disclosed)
    return Person(**fields)  # type: ignore[arg-type]


def test_names_have_no_stray_blank() -> None:
    """With a title or without."""
    assert person(title="Dr").titled_name == "Dr Camille Exemple"
    assert person().titled_name == "Camille Exemple"
    assert person(first_name="").full_name == "Exemple"


def test_the_other_address_is_never_shown_by_default() -> None:
    """It may be a home: only a choice prints it."""
    assert person().letter_address == PRACTICE
    assert person(practice=None).letter_address is None


@pytest.mark.parametrize(
    ("disclosed", "shown"),
    [
        ((Disclosed.CORRESPONDENCE,), ELSEWHERE),
        ((Disclosed.PRACTICE, Disclosed.CORRESPONDENCE), ELSEWHERE),
        ((Disclosed.PRACTICE,), PRACTICE),
        ((Disclosed.RPPS,), None),
    ],
)
def test_the_address_shown_is_the_one_chosen(
    disclosed: tuple[Disclosed, ...], shown: PostalAddress | None
) -> None:
    """The other address wins when it is chosen; none when neither is."""
    assert person(*disclosed).letter_address == shown


def test_a_chosen_address_that_does_not_exist_is_the_practice() -> None:
    """Choosing an address that was never given hides nothing else."""
    both = (Disclosed.PRACTICE, Disclosed.CORRESPONDENCE)
    assert person(*both, correspondence=None).letter_address == PRACTICE


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Camille Exemple", "camille-exemple"),
        ("Élodie D'Été-Ñandú", "elodie-d-ete-nandu"),
        ("Œuvrard Læticia Strauß", "oeuvrard-laeticia-strauss"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "con-x"),
        ("lpt1", "lpt1-x"),
        ("\N{GRINNING FACE}", "sans-nom"),
        ("", "sans-nom"),
        ("x" * 300, "x" * 40),
        ("a" * 39 + " b", "a" * 39),
    ],
)
def test_slugs(text: str, slug: str) -> None:
    """Plain letters, no path, no name that Windows reserves, never empty."""
    assert slug_of(text) == slug


@given(st.text())
def test_a_slug_is_a_safe_file_name(text: str) -> None:
    """Whatever somebody is called."""
    slug = slug_of(text)
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug)
    assert len(slug) <= 42
    assert slug_of(slug) in (slug, f"{slug}-x")
