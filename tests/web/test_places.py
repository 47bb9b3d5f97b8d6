"""Addresses in a text: whole and right, or doubted."""

from __future__ import annotations

import pytest

from cnil_requests.web.places import places


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "dont le siège social est situé au 150 avenue de l’espace, 59118 "
            "Wambrechies, en France.",
            ("150 avenue de l'espace", "", "59118", "Wambrechies", "FR"),
        ),
        (
            "sise Immeuble Le Cristal, 3e étage, 12 bis, rue de la Paix - 69003 LYON "
            "CEDEX 03 RCS Lyon",
            ("12 bis rue de la Paix", "Immeuble Le Cristal, 3e étage", "69003",
             "LYON CEDEX 03", "FR"),
        ),
        (
            "2 rue Test – BP 80157\n59053 ROUBAIX CEDEX 1 – France",
            ("2 rue Test", "BP 80157", "59053", "ROUBAIX CEDEX 1", "FR"),
        ),
        (
            "situé au 69bis-71 rue du Test 93100 Montreuil.",
            ("69bis-71 rue du Test", "", "93100", "Montreuil", "FR"),
        ),
        (
            "siège : 118-122 avenue du Test, 75013 Paris",
            ("118-122 avenue du Test", "", "75013", "Paris", "FR"),
        ),
        (
            "Siège : 12 et 14 rue du Test, 75013 Paris",
            ("12 et 14 rue du Test", "", "75013", "Paris", "FR"),
        ),
        (
            "Adresse : ZA des Prés, 24000 Périgueux",
            ("ZA des Prés", "", "24000", "Périgueux", "FR"),
        ),
        (
            "Place de l'Hôtel de Ville\n35000 Rennes",
            ("Place de l'Hôtel de Ville", "", "35000", "Rennes", "FR"),
        ),
        (
            "au capital de 10 000 Euros, 33 rue Test, 75002, Paris, RCS Paris",
            ("33 rue Test", "", "75002", "Paris", "FR"),
        ),
        (
            "situé au 55, boulevard Test, CS 22305 75610 Paris Cedex 12, téléphone",
            ("55 boulevard Test", "CS 22305", "75610", "Paris Cedex 12", "FR"),
        ),
        (
            "siège : 3 avenue du Test, F-97400 Saint-Denis Tél. 02",
            ("3 avenue du Test", "", "97400", "Saint-Denis", "FR"),
        ),
        (
            "12 boulevard du Test, 98000 Monaco",
            ("12 boulevard du Test", "", "98000", "Monaco", "MC"),
        ),
        (
            "située Testgatan 21, 113 21 Stockholm, Suède",
            ("Testgatan 21", "", "113 21", "Stockholm", "SE"),
        ),
        (
            "registered office is at 12 Test Street, Dublin 2, D02 X285, Ireland",
            ("12 Test Street", "", "D02 X285", "Dublin 2", "IE"),
        ),
        (
            "domiciliée 14 avenue Test, 20000 Casablanca, Maroc",
            ("14 avenue Test", "", "20000", "Casablanca", "MA"),
        ),
    ],
)  # fmt: skip
def test_addresses(text: str, expected: tuple[str, ...]) -> None:
    """Street, complement, postcode, town, country."""
    found = [place for place in places(text) if not place.doubt]
    address = found[0].address
    assert (
        address.street, address.complement, address.postcode, address.city,
        address.country,
    ) == expected  # fmt: skip
    assert len(found) == 1


@pytest.mark.parametrize(
    "text",
    [
        "SAS au capital de 10 000 Euros, RCS Paris 881 771 513",
        "siège social : Paris",
        "10 ruelle Essai, Sainte-Marie 97438\nNuméro d'immatriculation",
        "le 12 mai 2024, 75001 Visiteurs",
        "Plus de 12 000 Médecins, 35 000 Avis",
        "00123 Rome",
        "12 Calle Mayor, 28013 Madrid, Espagne",
        "Friedrichstraße 12, D-10117 Berlin",
    ],
)
def test_what_is_no_sure_address(text: str) -> None:
    """Numbers, half addresses, foreign ones without « situé »: none is sure."""
    assert [place for place in places(text) if not place.doubt] == []


def test_two_addresses_do_not_run_into_one() -> None:
    """The second starts where the first ends."""
    text = "1 rue du Nord, 75010 Paris\n2 rue du Sud, 75014 Paris"
    found = [(p.address.street, p.address.postcode) for p in places(text)]
    assert found == [("1 rue du Nord", "75010"), ("2 rue du Sud", "75014")]
