"""The French of every letter, in every case: law, typography, no gap, no slip."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

import pytest

from cnil_requests import shipped
from cnil_requests.core.directory import Directory, Kind
from cnil_requests.core.drafting import right_for
from cnil_requests.core.letters import compose
from cnil_requests.core.people import Person
from cnil_requests.core.postal import PostalAddress
from cnil_requests.core.requests import Channel, Request
from cnil_requests.core.rights import Correction, Reason, Right, StatedReason
from cnil_requests.documents.press import Press
from cnil_requests.documents.templates import TemplateFolders
from cnil_requests.errors import NotPossibleError

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = date(2026, 6, 1)
NBSP = "\N{NO-BREAK SPACE}"
PRESS = Press(TemplateFolders(None, shipped.letter_templates()))

DOCTOR = Person(
    slug="camille-exemple",
    first_name="Camille",
    last_name="Exemple",
    title="Dr",
    profession="médecin généraliste",
    practice=PostalAddress("1 rue Exemple", "", "69001", "Lyon"),
    email="camille@exemple.fr",
    phone="04 00 00 00 00",
    rpps="10003456786",
)
LAWYER = replace(DOCTOR, profession="avocat", rpps="", siren="784671695")
BARE = Person(slug="x", first_name="Camille", last_name="Exemple")

SITE = Directory(id="exemple", name="Exemple", domain="exemple.fr")
HOSTED = replace(SITE, host="Hébergeur SA, 4 rue du Serveur, 59000 Lille")
ALL_REASONS = tuple(StatedReason(reason, "précision") for reason in Reason)


def request(right: Right, directory: Directory = SITE) -> Request:
    """Return a request for one reason, about one page that nobody said he saw."""
    return Request(
        id="2026-0001",
        person="x",
        directory=directory,
        right=right,
        channel=Channel.LETTER,
        drafted_on=DAY,
        folder="",
        urls=("https://exemple.fr/1",),
        reasons=(StatedReason(Reason.SECRECY),),
        corrections=(Correction("rue A", "rue B"),),
        search_names=("Camille Exemple",),
    )


def full(one: Request) -> Request:
    """Return the request with all that can be said."""
    return replace(
        one,
        urls=("https://exemple.fr/1", "https://exemple.fr/2"),
        reasons=ALL_REASONS,
        seen_on=DAY,
        corrections=(Correction("a", "b"), Correction("c", "d")),
        search_names=("Camille Exemple", "C. Exemple"),
    )


def sites() -> Iterator[Directory]:
    """Yield each kind of site, with reviews, without, unknown; and a hosted one."""
    for kind, reviews in product(Kind, (True, False, None)):
        yield replace(SITE, kind=kind, has_reviews=reviews)
    yield HOSTED


def requests() -> Iterator[Request]:
    """Yield every request that the law allows, bare and full; each reason alone."""
    for right, site in product(Right, sites()):
        try:
            right_for(site, right)
        except NotPossibleError:
            continue
        yield from (request(right, site), full(request(right, site)))
    engine = replace(SITE, kind=Kind.SEARCH_ENGINE)
    for stated in ALL_REASONS:
        yield replace(request(Right.ERASURE), reasons=(stated,))
        yield replace(request(Right.DEREFERENCING, engine), reasons=(stated,))


def texts_of(one: Request, person: Person = DOCTOR) -> Iterator[str]:
    """Yield the letter, subject first, then the sheet for the controller's form."""
    letter = compose(one, person, today=DAY)
    text = PRESS.text(letter)
    yield f"{text.subject}\n\n{text.plain()}"
    if letter.form_sheet:
        yield PRESS.form(letter, text)


def text_of(one: Request, person: Person = DOCTOR) -> str:
    """Return the letter in plain blanks, to be searched."""
    return next(texts_of(one, person)).replace(NBSP, " ")


@cache
def all_texts() -> frozenset[str]:
    """Return every text that can be drafted."""
    return frozenset(
        text
        for one, person in product(requests(), (DOCTOR, LAWYER, BARE))
        for text in texts_of(one, person)
    )


def offenders(pattern: str) -> list[str]:
    """Return where a pattern stands, in any text."""
    found = re.finditer(pattern, "\f".join(sorted(all_texts())), re.IGNORECASE)
    return sorted({_around(match) for match in found})[:5]


def _around(match: re.Match[str]) -> str:
    start, end = match.span()
    return match.string[max(start - 40, 0) : end + 40]


def test_there_are_many_texts() -> None:
    """Each right, kind, person and reason makes its own."""
    assert len(all_texts()) > 150


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (r"articles? (?:38|39|40)\b", "LIL, repealed on 1 June 2019"),
        (r"\b6-(?:I|III|IV)\b", "LCEN, replaced by article 1-1"),
        (r"modifiée", "the law of 1978 as amended in 2004"),
        (r"articles? (?:10[4-7]|117|119)\b", "LIL, police and justice"),
        (r"deux mois|2 mois|trente jours|30 jours", "not the period of an answer"),
        (r"R\. ?4127|R4127", "not to be cited"),
        (r"226-18", "a first letter threatens nobody"),
        (r"dommages|préjudice|indemnis", "no boilerplate of damages"),
        (r"arrêt|cour d.appel|cour de|tribunal|jurisprudence|SAN-20", "no case law"),
        (r"pièce d.identité (?:ci-jointe|jointe)|copie de ma", "no identity document"),
        (r"ci-joint|en pièce jointe", "nothing that nobody recorded"),
        (r"mise en demeure", "that is the formal notice"),
        (r"\(e\)|\(s\)|\.e\.s?\b|·e", "no agreement in gender by brackets"),
        (r"\bné\b|\bnée\b|satisfaite?\b de|inform[ée]e?\b", "no agreement in gender"),
        (r"\bNone\b|\bTrue\b|\bFalse\b|undefined", "no value of a program"),
        (r"\{\{|\}\}|\{%|%\}|\x1e|\x1f", "no code"),
        (r"  | \n|\n ", "no double, leading or trailing blank"),
        (r"\(\s*\)|« ?»|: ?\.|, ?\.|;\.|\.\.(?!\.)|,,", "no empty place"),
        (r"contrôleur", "the vocabulary of the Regulation"),
    ],
)
def test_what_no_letter_says(pattern: str, why: str) -> None:
    """Law and slips; the reason stands beside each pattern."""
    assert offenders(pattern) == [], why


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (r"'", "apostrophes are curly"),
        (r" [:;!?»]", "a no-break space before : ; ! ? and »"),
        (r"[^\s:/\u00a0][;!?»](?=\s)", "never nothing before them"),
        (r"« |«[^\u00a0]", "a no-break space after «"),
        (r"n° |n°\d", "a no-break space after n°"),
        (r"\barticles? \d", "a number stays with its article"),
        (r"\d (?:janvier|juin|mois)\b", "a day stays with its month"),
        (r"\"|\.\.\.", "French quotes and ellipses"),
    ],
)
def test_typography_of_fixed_words(pattern: str, why: str) -> None:
    """In every text; dates and names are the user's own or values."""
    del why
    found = [text for text in offenders(pattern) if "juin 2026" not in text]
    assert found == []


def test_no_paragraph_is_empty() -> None:
    """In no case is a place left open."""
    for one, person in product(requests(), (DOCTOR, BARE)):
        text = PRESS.text(compose(one, person, today=DAY))
        assert all(paragraph.text.strip() for paragraph in text.paragraphs)
        assert len(text.subject) > 20


def test_every_request_has_an_end() -> None:
    """The closing formula, after the CNIL; not in the sheets for forms."""
    for text in all_texts():
        if "À VÉRIFIER AVANT" not in text:
            assert text.endswith("mes salutations distinguées.\n")
            assert "Commission nationale de l’informatique et des libertés" in text


POINTS = {
    "3 the exact pages": "https://exemple.fr/1\n\nhttps://exemple.fr/2",
    "3 the day they were seen": "J’ai constaté ces publications le 1er juin 2026.",
    "4 the data": "identité, profession, coordonnées",
    "5 objection": "En application de l’article 21(1) du règlement (UE) 2016/679 "
    "(RGPD) et de l’article 56 de la loi n° 78-17 du 6 janvier 1978, je m’oppose",
    "5 reasons of one's own": "raisons tenant à ma situation particulière",
    "6 erasure": "article 17(1)(c) du RGPD, article 51 de la même loi",
    "6 subsidiarily": "À titre subsidiaire, je fonde cette demande sur l’article "
    "17(1)(d)",
    "7 restriction": "limitation du traitement (article 18(1)",
    "7 restriction in French law": "article 53 de la même loi",
    "8 canvassing": "prospection, à laquelle je m’oppose (article 21(2) et (3))",
    "9 recipients": "article 19 du RGPD, article 54 de la même loi",
    "9 other controllers": "article 17(2)",
    "10 no new listing": "de ne pas recréer de fiche à mon nom",
    "10 the least to that end": "le strict nécessaire",
    "11 source": "la source de ces données (article 14(2)(f))",
    "12 one month from receipt": "au plus tard un mois après la réception de cette "
    "demande (article 12(3))",
    "12 reasons and remedies": "les motifs et les voies de recours (article 12(4))",
    "12 free of charge": "sans frais (article 12(5) du RGPD)",
    "13 identity": "Mon numéro RPPS (10003456786)",
    "13 a stated doubt alone": "je vous prie d’en exposer les raisons (article 12(6))",
    "14 the complaint": "réclamation auprès de la Commission nationale de "
    "l’informatique et des libertés (CNIL), en application de l’article 77 du RGPD",
}


@pytest.mark.parametrize("point", POINTS)
def test_the_points_of_the_main_letter(point: str) -> None:
    """Each of the checklist, in the erasure letter with all that can be said."""
    assert POINTS[point] in text_of(full(request(Right.ERASURE)))


def test_the_points_outside_the_text() -> None:
    """1 sender, 2 addressee, 15 place, date and signature: around the text."""
    letter = compose(request(Right.ERASURE), DOCTOR, today=DAY)
    assert letter.sender[:2] == ("Dr Camille Exemple", "médecin généraliste")
    assert letter.recipient[1].text == "Délégué à la protection des données"
    assert letter.place_and_date == "Lyon, le 1er juin 2026"
    assert letter.signature == "Dr Camille Exemple"
    assert letter.enclosures == ()


def test_nothing_is_said_to_be_seen_without_a_day() -> None:
    """No event, no statement."""
    for right in Right:
        kind = Kind.SEARCH_ENGINE if right is Right.DEREFERENCING else Kind.DIRECTORY
        one = request(right, replace(SITE, kind=kind))
        assert "constaté" not in text_of(one)
        seen = text_of(full(one))
        assert ("constaté" in seen) is right.rule.needs_url


def test_company_registries() -> None:
    """For the person, not a company; never on mere illegality (17(1)(d))."""
    for right in (Right.ERASURE, Right.OBJECTION):
        text = text_of(request(right, replace(SITE, kind=Kind.COMPANY_REGISTRY)))
        assert "17(1)(d)" not in text
        assert "J’écris en mon nom propre" in text
        assert "non pour une société" in text
    assert "J’écris en mon nom propre" not in text_of(request(Right.ERASURE))


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.RETIRED])
def test_reviews_are_stated_only_where_they_are_known(kind: Kind) -> None:
    """Never of an engine: the reviews are on somebody else's page."""
    right = {
        Kind.SEARCH_ENGINE: Right.DEREFERENCING,
        Kind.LEGAL_REGISTER: Right.RECTIFICATION,
    }.get(kind, Right.ERASURE)
    for known in (True, False, None):
        text = text_of(request(right, replace(SITE, kind=kind, has_reviews=known)))
        said = "votre site publie des avis" in text
        assert said == (known is True and right is Right.ERASURE)


def test_secrecy_is_conditional() -> None:
    """It claims no review; the code is cited for those whom it binds."""
    text = text_of(request(Right.ERASURE))
    assert "m’empêche de répondre à tout avis qui serait publié sur cette fiche" in text
    assert "article L1110-4 du code de la santé publique" in text
    assert "L1110-4" not in text_of(request(Right.ERASURE), LAWYER)


def test_public_directories_of_doctors_are_for_doctors() -> None:
    """The Ordre's is not a lawyer's."""
    one = replace(request(Right.ERASURE), reasons=(StatedReason(Reason.NOT_INFORMED),))
    assert "annuaires des médecins" in text_of(one)
    assert "annuaires des médecins" not in text_of(one, LAWYER)


def test_an_engine_is_not_told_of_its_own_listing() -> None:
    """The page is another site's: results, links, the site that publishes it."""
    one = full(request(Right.DEREFERENCING, replace(SITE, kind=Kind.SEARCH_ENGINE)))
    for text in texts_of(one):
        assert "cette fiche" not in text
        assert "votre site" not in text
        assert "propres au site qui l’édite" in text


def test_one_link_and_several() -> None:
    """The letter agrees in number."""
    engine = replace(SITE, kind=Kind.SEARCH_ENGINE)
    one = text_of(request(Right.DEREFERENCING, engine))
    assert "un lien vers une page qui comporte des données" in one
    assert "publié sur cette page" in one
    several = text_of(full(request(Right.DEREFERENCING, engine)))
    assert "des liens vers des pages qui comportent" in several
    assert "publié sur ces pages" in several
    assert "« Camille Exemple » ou « C. Exemple » :" in several
    assert "le retrait de la fiche" in text_of(request(Right.ERASURE))
    assert "le retrait des fiches" in text_of(full(request(Right.ERASURE)))


def test_access_is_a_letter_of_its_own() -> None:
    """Article 15, nothing of an objection, no reason."""
    text = text_of(request(Right.ACCESS))
    assert "article 15 du règlement (UE) 2016/679" in text
    assert "article 49 de la loi n° 78-17" in text
    assert "oppose" not in text
    assert "leur source" in text
    assert "l’identité des destinataires" in text


def test_marketing_needs_no_reason() -> None:
    """Article 21(2): it says so, and gives none."""
    text = text_of(full(request(Right.MARKETING)))
    assert "article 21(2) et (3)" in text
    assert "n’a pas à être motivée" in text
    assert "situation particulière" not in text
    assert "précision" not in text


def test_rectification_says_both_sides() -> None:
    """Of these data alone; restriction meanwhile, except at a legal register."""
    text = text_of(full(request(Right.RECTIFICATION)))
    assert "au lieu de : « a », indiquer : « b » ;" in text
    assert "au lieu de : « c », indiquer : « d »." in text
    assert "article 18(1)(a)" in text
    assert "toutes ces données" not in text
    register = replace(SITE, kind=Kind.LEGAL_REGISTER)
    assert "18(1)" not in text_of(request(Right.RECTIFICATION, register))


def test_the_letter_to_a_host() -> None:
    """It passes on the request; it is a notice (DSA art. 16) when it is complete."""
    text = text_of(request(Right.ERASURE, HOSTED))
    assert "l’article 1-1 de la loi n° 2004-575" in text
    assert "article 16 du règlement (UE) 2022/2065" in text
    assert "vous hébergez" in text
    bare = text_of(request(Right.ERASURE, HOSTED), BARE)
    assert "2022/2065" not in bare


def test_the_end_of_practice_adds_its_ground() -> None:
    """17(1)(a) only with the facts that carry it; 18(1)(a) is for wrong data."""
    one = request(Right.ERASURE)
    assert "17(1)(a)" not in text_of(one)
    assert "18(1)(d) du RGPD" in text_of(one)
    ended = replace(one, reasons=(StatedReason(Reason.END_OF_PRACTICE, "en 2025"),))
    assert "n’étant en outre plus nécessaires (article 17(1)(a))" in text_of(ended)


@pytest.mark.parametrize("reason", list(Reason))
def test_details_are_the_doctor_s_own_words(reason: Reason) -> None:
    """As typed, in a sentence that ends once."""
    one = request(Right.ERASURE)
    for words, ending in (
        ("mes l'mots", "mes l'mots."),
        ("non ?", "non ?"),
        ("Oui.", "Oui."),
    ):
        stated = replace(one, reasons=(StatedReason(reason, words),))
        item = next(
            line for line in text_of(stated).splitlines() if line.startswith("- ")
        )
        assert item.endswith(ending)
        assert not item.endswith((f"{ending}.", "?."))


def test_identity_of_each_person() -> None:
    """A number that the letter shows, or a request for reasons alone."""
    one = request(Right.ACCESS)
    assert "Mon numéro SIREN (784671695)" in text_of(one, LAWYER)
    bare = text_of(one, BARE)
    assert "Mon numéro" not in bare
    assert "En cas de doute raisonnable sur mon identité" in bare


def test_the_country_of_a_form_is_never_supposed() -> None:
    """Unknown, it is to be completed."""
    engine = request(Right.DEREFERENCING, replace(SITE, kind=Kind.SEARCH_ENGINE))
    assert "PAYS DE RÉSIDENCE\n\nFrance" in list(texts_of(engine))[1]
    assert "PAYS DE RÉSIDENCE\n\n(à compléter)" in list(texts_of(engine, BARE))[1]
