"""What is typed about a person, field by field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnil_requests.core.identity import (
    FIELDS,
    InvalidIdentityError,
    build_person,
    fields_of,
)
from cnil_requests.core.people import Disclosed

NAME = {"first_name": "Camille", "last_name": "Exemple"}
FULL = NAME | {
    "title": "Dr",
    "profession": "médecin généraliste",
    "street": "1 rue de l'Exemple",
    "complement": "Bâtiment B",
    "postcode": "69001",
    "city": "Lyon",
    "email": "camille@exemple.fr",
    "phone": "04 00 00 00 00 (secrétariat)",
    "rpps": "10003456786",
    "siren": "784 671 695",
    "siret": "784 671 695 00103",
}


def problems(**fields: str) -> dict[str, str]:
    """Return what is wrong with the fields, those of a good name added."""
    with pytest.raises(InvalidIdentityError) as caught:
        build_person(NAME | fields)
    assert caught.value.exit_code == 4
    return {item.field: item.message for item in caught.value.problems}


def warnings(**fields: str) -> dict[str, str]:
    """Return the warnings about fields that were accepted."""
    return {item.field: item.message for item in build_person(NAME | fields)[1]}


def test_a_whole_identity() -> None:
    """Numbers lose their blanks; the rest is kept as typed."""
    person, doubts = build_person(FULL)
    assert doubts == ()
    assert person.slug == "camille-exemple"
    assert person.titled_name == "Dr Camille Exemple"
    assert (person.siren, person.siret) == ("784671695", "78467169500103")
    assert person.phone == "04 00 00 00 00 (secrétariat)"
    assert person.practice
    assert person.practice.country == "FR"
    assert person.correspondence is None
    assert build_person(fields_of(person), current=person)[0] == person


def test_every_problem_is_told_at_once() -> None:
    """In French, with the field as the user knows it; nothing is kept."""
    with pytest.raises(InvalidIdentityError) as caught:
        build_person({"last_name": " ", "siren": "1", "rpps": "x", "email": "@"})
    text = str(caught.value)
    for name in ("prénom : à remplir", "nom : à remplir", "SIREN", "RPPS", "courriel"):
        assert f"  {name}" in text
    assert "rien n'a été enregistré" in text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("10003456786", "10003456786"),
        ("1000 345 678 6", "10003456786"),
        ("1000.345.6786", "10003456786"),
        ("810003456786", "10003456786"),
        ("8 10003456786", "10003456786"),
    ],
)
def test_rpps_numbers(typed: str, kept: str) -> None:
    """Eleven digits; the national identifier puts an 8 before them."""
    person, doubts = build_person(FULL | {"rpps": typed})
    assert person.rpps == kept
    assert not doubts


def test_a_wrong_rpps_key_is_only_a_doubt() -> None:
    """No official text gives the key's rule."""
    person, (doubt,) = build_person(FULL | {"rpps": "10003456787"})
    assert person.rpps == "10003456787"
    assert (doubt.field, doubt.is_warning) == ("rpps", True)


@pytest.mark.parametrize(
    "typed", ["1234", "910003456786", "١٠٠٠٣٤٥٦٧٨٣", "1000345678X"]
)
def test_what_is_no_rpps_number(typed: str) -> None:
    """Too few digits, another prefix, digits of other scripts, letters."""
    assert problems(rpps=typed) == {"rpps": "11 chiffres attendus"}


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("siren", "784671696"),
        ("siren", "12"),
        ("siren", "abc"),
        ("siret", "78467169500104"),
        ("siret", "784671695"),
    ],
)
def test_siren_and_siret_keys(field: str, typed: str) -> None:
    """The key is official: a wrong one is refused, and shown."""
    assert f"« {typed} »" in problems(**{field: typed})[field]


def test_siret_and_siren_are_of_one_company() -> None:
    """The first nine digits of the one are the other."""
    found = problems(siren="784671695", siret="732 829 320 00074")
    assert found == {"siret": "ne commence pas par votre SIREN"}


@pytest.mark.parametrize("prefix", ["", "correspondence_"])
def test_address_lines_hold_38_characters(prefix: str) -> None:
    """Both addresses; the message names the field and the limit."""
    address = {f"{prefix}postcode": "69001", f"{prefix}city": "Lyon"}
    fits = "1 rue " + "x" * 32
    assert build_person(NAME | address | {f"{prefix}street": fits})
    found = problems(**address, **{f"{prefix}street": f"{fits}x"})
    assert list(found) == [f"{prefix}street"]
    assert "39 caractères" in found[f"{prefix}street"]
    assert "38" in found[f"{prefix}street"]


def test_postcode_and_city_share_a_line() -> None:
    """Their sum is what has to fit."""
    found = problems(street="1 rue A", postcode="69001", city="x" * 33)
    assert "code postal et ville\u00a0: 39 caractères" in found["city"]


def test_half_an_address_is_refused() -> None:
    """Each missing part is named; a country alone is no address."""
    assert problems(street="1 rue A") == {"postcode": "à remplir", "city": "à remplir"}
    assert build_person(NAME | {"country": "Belgique"})[0].practice is None


def test_countries_are_read_in_french() -> None:
    """By name or code; an unknown one is shown."""
    abroad = {"street": "1 rue A", "postcode": "1000", "city": "Bruxelles"}
    person, _ = build_person(NAME | abroad | {"country": "belgique"})
    assert person.practice
    assert person.practice.country == "BE"
    assert problems(**abroad, country="Syldavie") == {
        "country": "« Syldavie » est inconnu"
    }
    assert "postcode" in problems(**abroad, country="FR")


@pytest.mark.parametrize("typed", ["x", "a@", "a@b", "a b@exemple.fr", "a@exemple..fr"])
def test_what_is_no_email_address(typed: str) -> None:
    """Checked by its form alone: no network."""
    assert problems(email=typed) == {"email": f"« {typed} » n'est pas une adresse"}


def test_an_accented_mailbox_is_only_a_doubt() -> None:
    """It exists, and some servers refuse it; an accented domain is fine."""
    assert "tous les serveurs" in warnings(email="élodie@exemple.fr")["email"]
    assert "email" not in warnings(email="elodie@cabinet-médical.fr")


@pytest.mark.parametrize("field", list(FIELDS))
@pytest.mark.parametrize("character", ["\x00", "\x07", "\x0b", "\x1f", "\ud800"])
def test_invisible_characters_are_refused(field: str, character: str) -> None:
    """In each field, at an edge too, under the field's French name."""
    with pytest.raises(InvalidIdentityError) as caught:
        build_person(FULL | {field: f"Lyon{character}"})
    message = str(caught.value)
    assert f"  {FIELDS[field]} : contient un caractère invisible" in message
    assert field == "rpps" or f"« {field} »" not in message


def test_pasted_line_breaks_are_folded() -> None:
    """An identity is made of single lines."""
    person, _ = build_person(NAME | {"profession": " chirurgien\u2028\r\n dentiste\t"})
    assert person.profession == "chirurgien dentiste"


def test_300_characters_and_no_more() -> None:
    """A name may be long; beyond, it is a paste that went wrong."""
    assert build_person(NAME | {"last_name": "x" * 300})[0].last_name == "x" * 300
    assert problems(last_name="x" * 301) == {"last_name": "plus de 300 caractères"}


def test_what_letters_show() -> None:
    """Practice and numbers by default; any choice; an unknown word is named."""
    assert build_person(FULL)[0].disclosed == {
        Disclosed.PRACTICE,
        Disclosed.RPPS,
        Disclosed.SIREN,
    }
    chosen, _ = build_person(FULL | {"disclose": "RPPS, correspondence"})
    assert chosen.disclosed == {Disclosed.RPPS, Disclosed.CORRESPONDENCE}
    assert build_person(FULL | {"disclose": ""})[0].disclosed == frozenset()
    assert "« home »" in problems(disclose="practice,home")["disclose"]


def test_letters_that_could_not_be_answered_are_doubted() -> None:
    """No address shown, and no e-mail: the site would not know where to write."""
    assert "ni aucun courriel" in warnings()["street"]
    assert "ni aucun courriel" not in warnings(email="a@exemple.fr")["street"]
    assert build_person(FULL)[1] == ()


def test_a_field_that_is_not_given_keeps_its_value() -> None:
    """And one given empty is emptied; the slug never changes."""
    before, _ = build_person(FULL)
    after, _ = build_person({"last_name": "Modèle", "phone": ""}, current=before)
    assert after.slug == "camille-exemple"
    assert after.last_name == "Modèle"
    assert after.phone == ""
    assert after.practice == before.practice
    assert after.rpps == before.rpps


NAMES = st.text(
    st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp", "Zs")), min_size=1
).filter(lambda text: text.strip() and len(text) <= 300)


@given(NAMES, NAMES)
def test_any_printable_name_is_kept(first: str, last: str) -> None:
    """Accents, emoji, right-to-left, braces: nothing is changed."""
    if "\ufffe" in first + last or "\uffff" in first + last:
        return
    person, _ = build_person({"first_name": first, "last_name": last})
    assert (person.first_name, person.last_name) == (first, last)
    assert build_person(fields_of(person), current=person)[0] == person


def test_a_number_cut_short_is_only_a_doubt() -> None:
    """It is kept as typed; somebody at a terminal sees the warning."""
    person, doubts = build_person({"first_name": "A", "last_name": "B", "phone": "01"})
    assert person.phone == "01"
    assert "phone" in [item.field for item in doubts]
