"""Which links lead to a legal notice, and which are never followed."""

from __future__ import annotations

import pytest

from cnil_requests.web import links
from cnil_requests.web.prose import Link

BASE = "https://www.exemple.fr/ville/lyon"


@pytest.mark.parametrize(
    ("words", "href", "kind"),
    [
        ("Mentions légales", "/ml", "notice"),
        ("MENTIONS LEGALES", "?p=3", "notice"),
        ("Infos légales", "/x", "notice"),
        ("Impressum", "/x", "notice"),
        ("Legal", "/fr/legal-notices", "notice"),
        ("", "/mentions_legales.php", "notice"),
        ("Supprimer ma fiche", "/x", "removal"),
        ("Demander la suppression de mes données", "/x", "removal"),
        ("Exercer mes droits", "/x", "removal"),
        ("Droit à l’oubli", "/x", "removal"),
        ("Politique de confidentialité", "/x", "privacy"),
        ("RGPD", "/x", "privacy"),
        ("CGU", "/x", "terms"),
        ("Conditions générales d'utilisation", "/x", "terms"),
        ("Contactez-nous", "/x", "contact"),
        ("Trouver un médecin", "/lyon", ""),
        ("Actualités", "/blog", ""),
    ],
)
def test_what_a_link_leads_to(words: str, href: str, kind: str) -> None:
    """Words first, then the path."""
    found = links.leads([Link(words, href)], BASE)
    assert [lead.kind for lead in found] == ([kind] if kind else [])


@pytest.mark.parametrize(
    "href",
    [
        "file:///etc/passwd",
        "javascript:void(0)",
        "mailto:contact@exemple.fr",
        "http://127.0.0.1/",
        "https://autre.example/mentions-legales",
        "//autre.example/mentions-legales",
        "https://exemple.fr.autre.example/",
        "/mentions-legales.pdf",
        "http://[bad/",
    ],
)
def test_links_that_are_never_followed(href: str) -> None:
    """Other schemes, other sites, files."""
    assert links.leads([Link("Mentions légales", href)], BASE) == []


def test_the_best_come_first_and_each_page_once() -> None:
    """The notice before the contact; the same page by two links is one."""
    found = links.leads(
        [
            Link("Contact", "/contact"),
            Link("CGU", "/legal#cgu"),
            Link("Mentions légales", "/legal/"),
            Link("Confidentialité", "https://exemple.fr/vie-privee"),
        ],
        BASE,
    )
    assert [(lead.kind, lead.url) for lead in found] == [
        ("notice", "https://www.exemple.fr/legal/"),
        ("privacy", "https://exemple.fr/vie-privee"),
        ("contact", "https://www.exemple.fr/contact"),
    ]


def test_subdomains_are_the_same_site() -> None:
    """With or without www, above or below; a suffix of letters is not."""
    assert links.is_same_site("https://aide.exemple.fr/", "https://exemple.fr")
    assert links.is_same_site("https://exemple.fr/", "https://fr.exemple.fr/")
    assert not links.is_same_site("https://monexemple.fr/", "https://exemple.fr")
