"""Addresses come out as NF Z 10-011 wants them, and nothing is cut in silence."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnil_requests.core import street
from cnil_requests.core.countries import CODES
from cnil_requests.core.postal import (
    DPO_SERVICE,
    LINE_LENGTH,
    PostalAddress,
    country_line,
    person_address_problems,
    recipient_lines,
)

DOCTOLIB = PostalAddress("54 quai Charles Pasqua", "", "92300", "Levallois-Perret")


def test_a_french_company_takes_four_lines() -> None:
    """Company, service, street, postcode and city; no country within France."""
    assert recipient_lines("Doctolib", DPO_SERVICE, DOCTOLIB).lines == (
        "Doctolib",
        "Délégué à la protection des données",
        "54 QUAI CHARLES PASQUA",
        "92300 LEVALLOIS PERRET",
    )


def test_the_service_line_fits() -> None:
    """The line that stands in every letter needs no abbreviation."""
    assert len(DPO_SERVICE) <= LINE_LENGTH


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        (
            PostalAddress("2-10 rue d'Oradour-sur-Glane", "", "75015", "Paris"),
            ("2 RUE D ORADOUR SUR GLANE", "75015 PARIS"),
        ),
        (
            PostalAddress("4 rue Léon Jost", "", "75855", "Paris Cedex 17"),
            ("4 RUE LEON JOST", "75855 PARIS CEDEX 17"),
        ),
        (
            PostalAddress(
                "3 place de Fontenoy", "TSA 80715", "75334", "Paris Cedex 07"
            ),
            ("3 PLACE DE FONTENOY", "TSA 80715", "75334 PARIS CEDEX 07"),
        ),
        (
            PostalAddress(
                "5 bis, rue de l'Œuvre", "Bâtiment B, C.S. 40001", "69003", "Lyon"
            ),
            ("Bâtiment B", "5 B RUE DE L OEUVRE", "CS 40001", "69003 LYON"),
        ),
        (
            PostalAddress(
                "1600 Amphitheatre Parkway", "", "94043", "Mountain View CA", "US"
            ),
            ("1600 AMPHITHEATRE PARKWAY", "MOUNTAIN VIEW CA 94043", "ETATS-UNIS"),
        ),
        (
            PostalAddress("Merrion Road", "", "D04 X2K5", "Dublin 4", "IE"),
            ("MERRION ROAD", "DUBLIN 4", "D04 X2K5", "IRLANDE"),
        ),
        (
            PostalAddress("5-7 Point Square", "North Wall Quay", "", "Dublin 1", "IE"),
            ("5-7 POINT SQUARE", "NORTH WALL QUAY", "DUBLIN 1", "IRLANDE"),
        ),
        (
            PostalAddress("70 Sir John Rogerson's Quay", "", "", "Dublin 2", "IE"),
            ("70 SIR JOHN ROGERSONS QUAY", "DUBLIN 2", "IRLANDE"),
        ),
        (
            PostalAddress("7 Bell Yard", "", "WC2A 2JR", "London", "GB"),
            ("7 BELL YARD", "LONDON", "WC2A 2JR", "ROYAUME-UNI"),
        ),
        (
            PostalAddress("Torsgatan 21", "", "113 21", "Stockholm", "SE"),
            ("TORSGATAN 21", "113 21 STOCKHOLM", "SUEDE"),
        ),
        (
            PostalAddress("Rue J.-Imbert-Galloix 2", "", "1205", "Genève", "CH"),
            ("RUE J IMBERT GALLOIX 2", "1205 GENEVE", "SUISSE"),
        ),
        (
            PostalAddress("Sat Palota, nr. 119/A", "", "417516", "Palota", "RO"),
            ("SAT PALOTA NR 119/A", "417516 PALOTA", "ROUMANIE"),
        ),
        (
            PostalAddress("ul. Łąkowa 3", "", "00-950", "Warszawa", "PL"),
            ("UL LAKOWA 3", "00-950 WARSZAWA", "POLOGNE"),
        ),
    ],
)
def test_addresses_of_the_catalogue(
    address: PostalAddress, lines: tuple[str, ...]
) -> None:
    """Each country's order, in plain capitals, nothing changed in silence."""
    printed = recipient_lines("", "", address)
    assert printed.lines == lines
    assert printed.notes == ()


@pytest.mark.parametrize(
    ("given_number", "printed"),
    [
        ("2-10 rue X", "2 rue X"),
        ("4 à 8 rue X", "4 rue X"),
        ("118 – 122 avenue X", "118 avenue X"),
        ("2, 4 et 6 rue X", "2 rue X"),
        ("3/5 place X", "3 place X"),
        ("12-14-16 rue X", "12 rue X"),
        ("5 bis rue X", "5 B rue X"),
        ("5bis rue X", "5 B rue X"),
        ("5 ter rue X", "5 T rue X"),
        ("5 quater - 9 rue X", "5 Q rue X"),
        ("10, 4e étage", "10, 4e étage"),
        ("12 rue du 8-Mai-1945", "12 rue du 8-Mai-1945"),
        ("rue du 4-Septembre", "rue du 4-Septembre"),
        ("8 bistrot X", "8 bistrot X"),
    ],
)
def test_a_range_keeps_its_first_number(given_number: str, printed: str) -> None:
    """La Poste, rubrique 83; a number inside the street's name is not touched."""
    assert street.first_number(given_number) == printed


@pytest.mark.parametrize(
    ("line", "short"),
    [
        ("26 AVENUE DE PARIS", "26 AVENUE DE PARIS"),
        (
            "26 AVENUE DU PROFESSEUR ANDRE LEMIERRE",
            "26 AV DU PR ANDRE LEMIERRE",
        ),
        ("12 BOULEVARD DE LA REPUBLIQUE SUD", "12 BD DE LA REPUBLIQUE SUD"),
        ("3 CHEMIN DU MOULIN DE LA CHAUSSEE NEUVE", "3 CHE DU MOULIN DE LA CHS NEUVE"),
    ],
)
def test_a_street_is_abbreviated_only_above_32(line: str, short: str) -> None:
    """The kind of way goes first, then titles, and only while it is needed."""
    assert street.abbreviate(line) == short


def test_an_abbreviation_is_told() -> None:
    """The user sees both forms before the letter is printed."""
    address = PostalAddress(
        "26-50 avenue du Professeur André Lemierre", "", "75986", "Paris Cedex 20"
    )
    printed = recipient_lines("Cnam", "", address)
    assert printed.lines[1] == "26 AV DU PR ANDRE LEMIERRE"
    assert len(printed.notes) == 1
    assert "26 AVENUE DU PROFESSEUR ANDRE LEMIERRE" in printed.notes[0]


def test_a_long_name_is_split_between_words() -> None:
    """A name is never cut short; the note shows where it is divided."""
    name = "Direction interministérielle du numérique (DINUM)"
    printed = recipient_lines(name, DPO_SERVICE, DOCTOLIB)
    assert printed.lines[:2] == ("Direction interministérielle du", "numérique (DINUM)")
    assert "coupé" in printed.notes[0]


def test_a_long_complement_abroad_is_cut_at_its_comma() -> None:
    """Bing's address takes exactly the seven lines of foreign mail."""
    address = PostalAddress(
        "One Microsoft Place",
        "South County Business Park, Leopardstown",
        "",
        "Dublin 18",
        "IE",
    )
    name = "Microsoft Ireland Operations Limited"
    printed = recipient_lines(name, DPO_SERVICE, address)
    assert printed.lines == (
        "Microsoft Ireland Operations Limited",
        "Délégué à la protection des données",
        "ONE MICROSOFT PLACE",
        "SOUTH COUNTY BUSINESS PARK",
        "LEOPARDSTOWN",
        "DUBLIN 18",
        "IRLANDE",
    )
    assert len(printed.notes) == 1


def test_too_many_lines_are_told() -> None:
    """Nothing is dropped to make the address fit."""
    address = PostalAddress(
        "1 rue X", "Bâtiment A du Centre d'affaires de la Gare Sud, BP 1", "75001", "P"
    )
    printed = recipient_lines("Une société", DPO_SERVICE, address)
    assert len(printed.lines) == 7
    assert "la norme en admet 6" in printed.notes[-1]


@pytest.mark.parametrize(
    ("code", "line"),
    [("US", "ETATS-UNIS"), ("NL", "PAYS-BAS"), ("IE", "IRLANDE"), ("HK", "HONG KONG")],
)
def test_the_country_is_in_french_capitals(code: str, line: str) -> None:
    """Hyphens stay, accents go."""
    assert country_line(code) == line


_TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc")), max_size=120
) | st.from_regex(r"[0-9]{1,3}(-[0-9]{1,3})? (rue|avenue) [A-Za-zé' -]{1,60}")


@given(
    name=_TEXT,
    way=_TEXT,
    complement=_TEXT,
    city=_TEXT,
    country=st.sampled_from([*CODES, ""]),
)
def test_every_line_fits_whatever_is_typed(
    name: str, way: str, complement: str, city: str, country: str
) -> None:
    """No line is empty or longer than 38 characters."""
    address = PostalAddress(way, complement, "75001", city, country)
    for line in recipient_lines(name, DPO_SERVICE, address).lines:
        assert 0 < len(line) <= LINE_LENGTH


@given(
    way=st.from_regex(r"\A[A-Z]{1,12}( [A-Z]{1,12}){0,12}\Z"),
    complement=st.from_regex(r"\A[a-z]{1,12}( [a-z]{1,12}){0,12}\Z"),
)
def test_no_word_is_lost(way: str, complement: str) -> None:
    """Words are abbreviated or moved to another line, never dropped."""
    address = PostalAddress(way, complement, "1205", "Genève", "CH")
    printed = " ".join(recipient_lines("", "", address).lines)
    words = f"{way} {complement}".upper().split()
    assert re.sub(" ", "", printed).startswith("".join(words))


def test_a_persons_address_that_fits_has_no_problem() -> None:
    """An ordinary practice address passes."""
    assert person_address_problems(DOCTOLIB) == ()


@pytest.mark.parametrize(
    ("address", "field", "words"),
    [
        (PostalAddress("1 " + "x" * 40), "street", ["42", "38"]),
        (PostalAddress(complement="y" * 39), "complement", ["39", "38"]),
        (PostalAddress(postcode="75001", city="z" * 33), "city", ["39", "38"]),
        (PostalAddress(postcode="7500", city="Paris"), "postcode", ["7500", "75001"]),
        (PostalAddress(country="ZZ"), "country", ["ZZ"]),
        (PostalAddress(postcode="1", country="HK"), "postcode", ["pas de code"]),
    ],
)
def test_a_persons_address_problem_names_field_and_limit(
    address: PostalAddress, field: str, words: list[str]
) -> None:
    """Each message says which field, what was found and what is admitted."""
    ((found, message),) = person_address_problems(address)
    assert found == field
    assert all(word in message for word in words)
