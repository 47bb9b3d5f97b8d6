"""Legal notices: what each truly says, and no wrong value shown as certain.

The notices under ``tests/data/legal-notices`` are real, trimmed; those under
``fictional`` are invented after the forms that French sites use.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cnil_requests.web import prose
from cnil_requests.web.evidence import proposal, settle
from cnil_requests.web.notice import read_notice
from cnil_requests.web.publishers import Source

if TYPE_CHECKING:
    from cnil_requests.web.evidence import Evidence

NOTICES = Path(__file__).resolve().parents[1] / "data" / "legal-notices"
URL = "https://exemple.fr/mentions-legales"

#: file -> (domain, everything that is certain).
REAL: dict[str, tuple[str, dict[str, str]]] = {
    "heloa.app": (
        "heloa.app",
        {
            "controller": "Kelindi",
            "legal_form": "SAS",
            "siren": "881771513",
            "street": "150 avenue de l'espace",
            "postcode": "59118",
            "city": "Wambrechies",
            "country": "FR",
            "email": "hello@heloa.app",
            "host": "Kelindi SAS",
        },
    ),
    "livi.fr": (
        "livi.fr",
        {
            "controller": "Kry International AB",
            "legal_form": "AB",
            "street": "Torsgatan 21",
            "postcode": "113 21",
            "city": "Stockholm",
            "country": "SE",
            "email": "contact@livi.fr",
            "host": "Amazon Web Services EMEA SARL (AWS), 5 Rue Plaetis, "
            "L-2338 Luxembourg",
        },
    ),
    "petitbambou.com": (
        "petitbambou.com",
        {
            "controller": "FEELVERYBIEN",
            "legal_form": "SAS",
            "street": "28 Rue Parmentier",
            "complement": "Urban Lodge, Bâtiment A",
            "postcode": "59650",
            "city": "Villeneuve-d'Ascq",
            "country": "FR",
            "email": "info@petitbambou.com",
            "host": "OVH",
        },
    ),
    "mon.aphp.fr": (
        "mon.aphp.fr",
        {
            "controller": "AP-HP",
            "siren": "267500452",
            "street": "55 boulevard Diderot",
            "complement": "CS 22305",
            "postcode": "75610",
            "city": "Paris Cedex 12",
            "country": "FR",
            "host": "Direction des services numériques (DSN) de l'AP-HP, CS 22305, "
            "55 boulevard Diderot, 75610 Paris Cedex 12",
        },
    ),
}

FICTIONAL: dict[str, tuple[str, dict[str, str]]] = {
    "agence-et-hebergeur": (
        "annuaire-exemple.fr",
        {
            "controller": "Répertoire Exemple",
            "legal_form": "SAS",
            "siren": "999100019",
            "street": "18 rue de l'Invention",
            "postcode": "33000",
            "city": "Bordeaux",
            "country": "FR",
            "email": "contact@annuaire-exemple.fr",
            "host": "OVH SAS, 2 rue Kellermann, 59100 Roubaix",
        },
    ),
    "entrepreneur-individuel": (
        "trouve-un-soignant.fr",
        {
            "controller": "Dominique Inventé",
            "legal_form": "entreprise individuelle",
            "siren": "999100357",
            "street": "9 bis chemin des Essais",
            "postcode": "35000",
            "city": "Rennes",
            "country": "FR",
            "email": "dominique.invente@trouve-un-soignant.fr",
            "host": "o2switch SARL, Chemin des Pardiaux, 63000 Clermont-Ferrand",
        },
    ),
    "association": (
        "usagers-imaginaires.fr",
        {
            "controller": "Association des Usagers Imaginaires",
            "legal_form": "association",
            "street": "12 avenue du Spécimen",
            "complement": "Maison des associations",
            "postcode": "44000",
            "city": "Nantes",
            "country": "FR",
            "host": "Infomaniak Network SA",
        },
    ),
    "tableau": (
        "trouvtoubib-exemple.fr",
        {
            "controller": "TROUVTOUBIB EXEMPLE",
            "legal_form": "SAS",
            "siren": "999100522",
            "street": "40 boulevard de la Maquette",
            "complement": "Bâtiment B, 3e étage",
            "postcode": "13008",
            "city": "Marseille",
            "country": "FR",
            "email": "equipe@trouvtoubib-exemple.fr",
            "host": "Scaleway SAS, 8 rue de la Ville-l'Évêque, 75008 Paris",
        },
    ),
    "hebergeur-en-premier": (
        "horaires-imaginaires.fr",
        {
            "controller": "Horaires Imaginaires",
            "legal_form": "SARL",
            "siren": "999100860",
            "street": "25 rue du Gabarit",
            "postcode": "67000",
            "city": "Strasbourg",
            "country": "FR",
            "email": "info@horaires-imaginaires.fr",
            "host": "PlanetHoster",
        },
    ),
    "anglais-melange": (
        "fictional-listings.com",
        {
            "controller": "Fictional Listings Ltd",
            "legal_form": "Ltd",
            "street": "12 Sample Street",
            "postcode": "D02 X285",
            "city": "Dublin 2",
            "country": "IE",
            "dpo_email": "privacy@fictional-listings.com",
            "host": "Amazon Web Services EMEA SARL, 38 avenue John F. Kennedy, "
            "L-1855 Luxembourg",
        },
    ),
    "selarl": (
        "cabinet-tilleuls.fr",
        {
            "controller": "Cabinet des Tilleuls Fictifs",
            "legal_form": "SELARL",
            "siren": "999101207",
            "street": "5 promenade de l'Échantillon",
            "postcode": "06000",
            "city": "Nice",
            "country": "FR",
            "host": "OVH, 2 rue Kellermann, 59100 Roubaix",
        },
    ),
    "deux-societes": (
        "alphabeta.fr",
        {
            "host": "Gandi SAS, 63-65 boulevard Masséna, 75013 Paris",
        },
    ),
    "pied-de-page": (
        "pied-de-page.fr",
        {},
    ),
    "lignes-eclatees": (
        "guide-sante-fictif.fr",
        {
            "controller": "GUIDE SANTÉ FICTIF",
            "legal_form": "SASU",
            "siren": "999102056",
            "street": "112 route de la Planche d'Essai",
            "complement": "Résidence Les Épreuves",
            "postcode": "38000",
            "city": "GRENOBLE",
            "country": "FR",
            "email": "bonjour@guide-sante-fictif.fr",
            "host": "Hostinger International Ltd, 61 Lordou Vironos Street, 6023 "
            "Larnaca, Chypre",
        },
    ),
    "cgu-et-dpo": (
        "monpraticien-fictif.fr",
        {
            "controller": "Praticien Fictif Groupe",
            "legal_form": "SA",
            "siren": "999102395",
            "street": "77 rue de la Démonstration",
            "complement": "CS 40000",
            "postcode": "75443",
            "city": "PARIS CEDEX 09",
            "country": "FR",
            "dpo_email": "dpo@monpraticien-fictif.fr",
            "host": "Claranet SAS, 2 rue Breguet, 75011 Paris",
        },
    ),
    "groupe": (
        "annudemo.fr",
        {
            "controller": "Annu Demo",
            "legal_form": "SAS",
            "host": "Ikoula, 175-177 rue d'Aguesseau, 92100 Boulogne-Billancourt",
        },
    ),
    "cle-fausse": (
        "chiffres-meles.fr",
        {
            "controller": "Chiffres Mêlés",
            "legal_form": "SARL",
            "street": "6 rue de l'Erreur",
            "postcode": "21000",
            "city": "Dijon",
            "country": "FR",
            "email": "contact@chiffres-meles.fr",
            "host": "IONOS SARL, 7 place de la Gare, 57200 Sarreguemines",
        },
    ),
    "agence-sans-le-dire": (
        "dr-supposee.fr",
        {
            "controller": "Docteur Lou Supposée",
            "street": "3 place du Témoin",
            "postcode": "31000",
            "city": "Toulouse",
            "country": "FR",
            "host": "AGENCE TOUTWEB INVENTEE",
        },
    ),
    "autre-chose-est-edite": (
        "fiches-exemple.fr",
        {},
    ),
    "modele-gratuit": (
        "calque-medical.fr",
        {
            "controller": "Calque Médical",
            "legal_form": "SAS",
            "street": "31 rue du Patron",
            "postcode": "80000",
            "city": "Amiens",
            "country": "FR",
            "email": "sacha@calque-medical.fr",
            "dpo_email": "dpo@calque-medical.fr",
            "host": "OVH, 2 rue Kellermann, 59100 Roubaix",
        },
    ),
    "editeur-et-hebergeur": (
        "toutenun.fr",
        {},
    ),
    "ancienne-adresse": (
        "demenagement-temoin.fr",
        {
            "controller": "Déménagement Témoin",
            "legal_form": "SARL",
            "siren": "999103922",
            "street": "2 rue d'Après",
            "postcode": "14000",
            "city": "Caen",
            "country": "FR",
        },
    ),
    "siege-et-bureaux": (
        "deuxtoits.fr",
        {
            "controller": "Deux Toits Exemple",
            "legal_form": "SAS",
            "siren": "999100019",
            "street": "10 rue du Siège",
            "postcode": "63000",
            "city": "Clermont-Ferrand",
            "country": "FR",
            "host": "Alwaysdata SARL, 91 rue du Faubourg Saint-Honoré, 75008 Paris",
        },
    ),
    "impressum": (
        "muster-oeffnungszeiten.de",
        {
            "controller": "Muster Öffnungszeiten GmbH",
            "legal_form": "GmbH",
            "email": "info@muster-oeffnungszeiten.de",
        },
    ),
    "script-seulement": (
        "vide.fr",
        {},
    ),
}


def evidence(html: str, domain: str = "exemple.fr") -> list[Evidence]:
    """Read a page as the legal notice of a site."""
    return settle(read_notice(prose.read(html), Source(URL, domain)))


def certain(html: str, domain: str = "exemple.fr") -> dict[str, str]:
    """Return what is certain on a page."""
    return proposal(evidence(html, domain))


def read(name: str) -> str:
    """Return the text of a notice."""
    return (NOTICES / f"{name}.html").read_text("utf-8")


@pytest.mark.parametrize("name", REAL)
def test_real_notices(name: str) -> None:
    """The whole of what is certain is what the page truly says."""
    domain, expected = REAL[name]
    assert certain(read(name), domain) == expected


@pytest.mark.parametrize("name", FICTIONAL)
def test_notices_never_seen(name: str) -> None:
    """Agencies, hosts, tables, footers: nothing wrong is ever certain."""
    domain, expected = FICTIONAL[name]
    assert certain(read(f"fictional/{name}"), domain) == expected


def test_every_fictional_notice_is_expected() -> None:
    """No notice lies there untested."""
    files = {path.stem for path in (NOTICES / "fictional").glob("*.html")}
    assert files == set(FICTIONAL)


def test_a_malformed_number_leaves_only_the_vat_as_a_lead() -> None:
    """Petit BamBou: both numbers are shown with the reason, none is certain."""
    found = {
        item.column: (item.value, item.certain, item.doubt)
        for item in evidence(read("petitbambou.com"), "petitbambou.com")
        if item.column in ("siren", "register_number")
    }
    assert found == {
        "siren": ("922300538", False, "déduit du numéro de TVA seulement"),
        "register_number": (
            "922 300 58 000 35",
            False,
            "ce numéro n'a pas le nombre de chiffres voulu",
        ),
    }


def test_a_foreign_register_number_is_no_siren() -> None:
    """Livi: the Swedish number is shown; the French firm of the footer is a doubt."""
    found = evidence(read("livi.fr"), "livi.fr")
    numbers = [item for item in found if item.column == "register_number"]
    assert [(item.value, item.certain) for item in numbers] == [("556967-0820", True)]
    sirens = [(i.value, i.certain) for i in found if i.column == "siren"]
    assert sirens == [("830543088", False)]


def test_each_value_comes_with_its_sentence() -> None:
    """The sentence is the page's own, and holds the value."""
    found = evidence(read("heloa.app"), "heloa.app")
    siren = next(item for item in found if item.column == "siren")
    assert siren.sentence == (
        "Le présent site et l’application qu’il désigne sont exploités par la société "
        "Kelindi, SAS au capital de 16 601,21 € immatriculée sous le numéro 881 771 "
        "513 au RCS de Lille Métropole dont le siège social est situé au 150 avenue de "
        "l’espace, 59118 Wambrechies, en France."
    )
    assert siren.url == URL


def test_phone_and_director_are_shown() -> None:
    """They have no column, and are evidence all the same."""
    found = {
        item.column: item.value
        for item in evidence(read("mon.aphp.fr"), "mon.aphp.fr")
        if item.column in ("phone", "publication_director")
    }
    assert found == {
        "phone": "01 40 27 30 00",
        "publication_director": "Nicolas REVEL",
    }


def test_a_page_of_another_site_is_never_certain() -> None:
    """A redirect to another domain tells who is there, not who publishes here."""
    source = Source(URL, "heloa.app", is_own=False)
    found = read_notice(prose.read(read("heloa.app")), source)
    assert found
    assert not any(item.certain for item in found)


@pytest.mark.parametrize(
    "html",
    [
        # The name of a template's blanks.
        "<h2>Éditeur</h2><p>[Raison sociale], [forme juridique]<br>Siège : [adresse]",
        "<p>Le site est édité par <b>[Raison sociale à compléter]</b>, [adresse]</p>",
        # A glossary.
        "<h2>Lexique</h2><p>Propriétaire du site : Responsable légal des informations "
        "contenues dans le site</p>",
        # « Éditeurs » can be people who edit.
        "<p>Éditeurs : Alix Premier, Claude Second</p>",
        # The host's own company name, on the host's page.
        "<div>Notre hébergement</div><div>Raison sociale</div>"
        "<div>Raison sociale : Nuage Inventé SAS</div>"
        "<div>Siège social : 4 rue du Nuage, 59100 Roubaix</div>",
        # A sentence about something else.
        "<p>Les textes du site sont la propriété de Plume Fictive SARL.</p>",
        # The duty itself, quoted.
        "<p>L'éditeur du site est tenu d'indiquer son nom et son siège social.</p>",
        # A known host that a careless notice calls the publisher.
        "<p>Éditeur du site : OVH SAS, 2 rue Kellermann, 59100 Roubaix, "
        "RCS Lille 424 761 419</p>",
    ],
)
def test_no_publisher_is_certain(html: str) -> None:
    """Better nothing than a wrong name."""
    found = certain(f"<h1>Mentions légales</h1>{html}")
    assert "controller" not in found
    assert not {"street", "siren"} & set(found)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<h5>Éditeur du site</h5><p>Ce site est édité par :</p><div><p>Raison "
            "sociale : ODIA TEST</p><p>Adresse du siège social : 10 ruelle Essai, "
            "Sainte-Marie 97438</p><p>Numéro d'immatriculation : RCS de Saint-Denis, "
            "999 100 019</p></div>",
            {"controller": "ODIA TEST", "siren": "999100019"},
        ),
        (
            "<h2>Éditeur</h2><address><acronym>SAS</acronym> <em>Open-Test</em><br><br>"
            "Cap Modèle - <acronym>CS</acronym> 39521<br>Rond point du Test<br>34960 "
            "Montpellier Cedex 2 FRANCE</address>",
            {
                "controller": "Open-Test",
                "legal_form": "SAS",
                "street": "Rond point du Test",
                "complement": "Cap Modèle, CS 39521",
                "postcode": "34960",
                "city": "Montpellier Cedex 2",
                "country": "FR",
            },
        ),
        (
            "<p>Ce site est édité par l'association <b>Club Modèle</b>, dont le siège "
            "est au 2 boulevard du Test, 44100 Nantes (SIRET 999 100 183 00014).</p>",
            {
                "controller": "Club Modèle",
                "legal_form": "association",
                "siren": "999100183",
                "street": "2 boulevard du Test",
                "postcode": "44100",
                "city": "Nantes",
                "country": "FR",
            },
        ),
        (
            "<h2>Éditeur</h2><p>Test Connexion SAS - Capital social : 50 000€<br>"
            "18 avenue des Tests, 75010 Paris, France<br>Contact : a@autre.example</p>"
            "<p>Raison sociale de l'hébergeur : Autre SAS, 1 rue Z, 69001 Lyon</p>",
            {
                "controller": "Test Connexion",
                "legal_form": "SAS",
                "street": "18 avenue des Tests",
                "postcode": "75010",
                "city": "Paris",
                "country": "FR",
                "email": "a@autre.example",
                "host": "Autre SAS, 1 rue Z, 69001 Lyon",
            },
        ),
    ],
)
def test_forms_met_in_the_wild(html: str, expected: dict[str, str]) -> None:
    """Short notices after the patterns of real ones."""
    assert certain(f"<h1>Mentions légales</h1>{html}") == expected


def test_two_sites_of_one_company_do_not_mix_their_addresses() -> None:
    """Without « siège », two addresses of the publisher leave both uncertain."""
    found = certain(
        "<h1>Mentions légales</h1><p>Éditeur : Deux Lieux SAS, RCS Paris 999 100 019"
        "<br>1 rue du Nord, 75010 Paris<br>2 rue du Sud, 75014 Paris</p>"
    )
    assert found["controller"] == "Deux Lieux"
    assert "street" not in found
