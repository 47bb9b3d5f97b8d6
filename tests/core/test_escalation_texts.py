"""The French of notice, complaint, dossier, mandate and operator letter."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

import pytest
from cases import ASKED, DOCTOR, a_case, plain, wording
from lives import GOT, SENT, SITE, day

from cnil_requests.core.admissibility import notice_since
from cnil_requests.core.complaints import complaint_variables
from cnil_requests.core.directory import Kind
from cnil_requests.core.mandates import EVERY_SITE, Agent, AgentKind, Mandate, ReplyTo
from cnil_requests.core.mandating import mandate_variables
from cnil_requests.core.notices import open_identity_request
from cnil_requests.core.people import Person
from cnil_requests.core.postal import PostalAddress
from cnil_requests.core.rights import Correction, Reason, Right, StatedReason
from cnil_requests.core.upstream import Operator, operator_variables
from cnil_requests.errors import NotPossibleError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cnil_requests.core.case_fields import Case

NBSP = "\N{NO-BREAK SPACE}"
BARE = Person(slug="x", first_name="Anne", last_name="Exemple", email="a@exemple.fr")
MANDATE = Mandate(
    Agent(
        "Syndicat Exemple",
        AgentKind.UNION,
        "Dominique Modèle",
        PostalAddress("2 rue Exemple", "", "75001", "Paris"),
        "syndicat@exemple.fr",
    ),
    rights=tuple(Right),
    sites=(EVERY_SITE,),
    data="Fiches professionnelles.",
    start=day("01-01"),
    end=day("12-31"),
    reply_to=ReplyTo.AGENT,
    signed_on=day("01-02"),
    file="pouvoir.pdf",
    sha256="0" * 64,
)
UNION = replace(DOCTOR, mandate=MANDATE)
DIRECTLY = replace(
    DOCTOR,
    mandate=replace(
        MANDATE, reply_to=ReplyTo.PRINCIPAL, sites=("doctolib",), complaints=False
    ),
)

LIVES = (
    (SENT, GOT),
    ("sent 06-01 by=email",),
    ("sent 06-01 by=form reference=A1",),
    (SENT, "received 06-04 estimated=yes"),
    (SENT, "unclaimed 06-04 returned=06-22"),
    (SENT, "refused 06-04"),
    ("sent 06-01 by=email", "bounced 06-02", "sent 06-03 by=letter tracking=1A", GOT),
    (SENT, GOT, "answered 06-10 outcome=refused reasons=no remedies=no dated=06-09"),
    (SENT, GOT, "answered 07-10 outcome=refused"),
    (SENT, GOT, "answered 07-10 outcome=partial reasons=no"),
    (SENT, GOT, "answered 06-10 outcome=payment", "answered 06-12 outcome=account"),
    (SENT, GOT, "answered 06-10 outcome=identity reasons=no"),
    (SENT, GOT, "answered 06-10 outcome=identity", "supplied 06-12"),
    (SENT, GOT, "answered 06-10 outcome=extended"),
    (SENT, GOT, "answered 06-10 outcome=extended reasons=no dated=06-09"),
    (SENT, GOT, "answered 07-10 outcome=extended"),
    (SENT, GOT, "answered 06-10 outcome=other"),
    (
        *(SENT, GOT, "answered 06-10 outcome=granted promised=06-20"),
        *("seen 06-25 what=removed", "seen 07-25 what=back"),
    ),
    (
        *(SENT, GOT, "seen 07-10 what=online", "followed-up 07-11 term=15"),
        *("sent 07-12 by=letter tracking=1A", "received 07-14", "complained 08-02"),
        *("lodged 08-03 number=26", "cnil 08-05 step=acknowledged"),
        *("cnil 08-20 step=informed", "cnil 09-20 step=closed"),
    ),
)
ASKS = (
    ASKED,
    {**ASKED, "right": Right.OBJECTION, "seen_on": day("06-01")},
    {
        "urls": (*ASKED["urls"], "https://annuaire-exemple.fr/2"),
        "reasons": tuple(StatedReason(item, "précision") for item in Reason),
    },
    {"right": Right.MARKETING},
    {"right": Right.ACCESS},
    {
        "right": Right.RECTIFICATION,
        "urls": ASKED["urls"],
        "corrections": (Correction("a", "b"), Correction("c", "d")),
    },
    {**ASKED, "right": Right.DEREFERENCING, "search_names": ("Camille Exemple",)},
)
KNOWN = replace(
    SITE, controller="Exemple SAS", siren="732829320", dpo_email="dpo@exemple.fr"
)
SITES = (
    SITE,
    replace(KNOWN, has_reviews=True, country="IE"),
    replace(KNOWN, kind=Kind.COMPANY_REGISTRY, country="US"),
    replace(KNOWN, id="google-business-profile", kind=Kind.MAP_LISTING),
    replace(SITE, host="Hébergeur SA, 4 rue X, 59000 Lille"),
)


def every_case() -> Iterator[Case]:
    """Yield cases that differ in what happened, what was asked, and of whom."""
    on = {"today": "12-31", "still_online": "12-31"}
    for steps, asked in product(LIVES, ASKS):
        yield a_case(*steps, **on, **asked)
    for steps, site, person in product(LIVES[::4], SITES, (BARE, UNION, DIRECTLY)):
        yield a_case(*steps, **on, directory=site, person_given=person)
    for steps in LIVES:
        edited = [
            f"{step} edited=yes" if step.startswith("sent") else step for step in steps
        ]
        yield a_case(*edited, **on, with_files=False)


def texts_of(case: Case) -> Iterator[str]:
    """Yield every text that may be written for a case."""
    variables = {**complaint_variables(case), "term": "15"}
    names = ["complaint", "complaint_online", "chronology", "exhibits", "story"]
    try:
        notice_since(case.findings, case.today)
        names.append("notice")
    except NotPossibleError:
        pass
    asked = open_identity_request(case)
    if asked:
        variables["asked"] = case.reply_fields(asked)
        names.append("identity")
    for name in names:
        text = wording().render(name, variables)
        yield f"{text.subject}\n\n{text.plain()}"


@cache
def all_texts() -> frozenset[str]:
    """Return every text of every case."""
    found = {text for case in every_case() for text in texts_of(case)}
    for person, mandate in ((DOCTOR, MANDATE), (BARE, DIRECTLY.mandate)):
        text = wording().render("mandate", mandate_variables(person, mandate))
        found.add(f"{text.subject}\n\n{text.plain()}")
    for person, line in ((DOCTOR, "04 00 00 00 00"), (BARE, ""), (UNION, "")):
        variables = operator_variables(person, Operator("Opérateur Exemple"), line)
        text = wording().render("operator", variables)
        found.add(f"{text.subject}\n\n{text.plain()}")
    return frozenset(found)


def offenders(pattern: str) -> list[str]:
    """Return what is around each match of a pattern, in any text."""
    found = set()
    for text in all_texts():
        for match in re.finditer(pattern, text):
            start = max(0, match.start() - 30)
            found.add(text[start : match.end() + 30])
    return sorted(found)


def test_there_are_many_texts() -> None:
    """Enough for the patterns below to mean something."""
    assert len(all_texts()) > 500


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (r"articles?\s(?:38|39|40)\b", "LIL, repealed on 1 June 2019"),
        (r"\b6-(?:I|III|IV)\b", "LCEN, replaced by article 1-1"),
        (r"modifiée", "the law of 1978 as amended in 2004"),
        (r"deux mois|2 mois|trente jours|30\sjours", "not the period of an answer"),
        (r"R\. ?4127|R4127|modèle.{1,8}CNIL", "marked [M] or not to be cited"),
        (r"dommages|préjudice|indemnis|amende|euros", "no threat, no damages"),
        (r"C-\d+/\d+|Cass\.|CJUE|Conseil d.État|TGI|tribunal", "no other case law"),
        (r"\bNone\b|\bTrue\b|\bFalse\b|undefined", "no value of a program"),
        (r"\{\{|\}\}|\{%|%\}|\x1e|\x1f", "no code"),
        (r"  | \n|\n ", "no double, leading or trailing blank"),
        (r"\(\s*\)|«\s?»|:\s?\.|,\s?\.|;\.|\.\.(?!\.)|,,", "no empty place"),
        (r"\(e\)|\(s\)|·e|satisfaite?\b|inform[ée]e?\b|\bnée?\b", "no gender"),
        (r"contrôleur|commissaire", "the vocabulary of the Regulation"),
        (r"reçu le jour de son envoi", "an inference is not the law"),
        (r"de Anne|de Dr\b", "elision and article"),
    ],
)
def test_what_no_text_says(pattern: str, why: str) -> None:
    """Law and slips; the reason stands beside each pattern."""
    assert offenders(pattern) == [], why


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (r"(?<!l)'(?!adresse|est|a )", "apostrophes are curly"),
        (r" [:;!?»]", "a no-break space before : ; ! ? and »"),
        (r"« |«[^\u00a0]", "a no-break space after «"),
        (r"n° |n°\d", "a no-break space after n°"),
        (r"\barticles? \d", "a number stays with its article"),
        (r"\"|\.\.\.", "French quotes and ellipses"),
    ],
)
def test_typography_of_fixed_words(pattern: str, why: str) -> None:
    """In every text, titles of exhibits and reasons of the menu included."""
    assert offenders(pattern) == [], why


@pytest.mark.parametrize(
    ("words", "kept_to"),
    [
        ("SAN-2021-014", Kind.COMPANY_REGISTRY),
        ("Chambéry", Kind.MAP_LISTING),
        ("29 décembre 2025", Kind.DIRECTORY),
    ],
)
def test_doctrine_is_cited_for_its_own_sites(words: str, kept_to: Kind) -> None:
    """SIRENE-fed directories, one service of maps, sites with reviews."""
    for case in every_case():
        said = any(words in plain(text) for text in texts_of(case))
        site = case.standing.request.directory
        assert not said or site.kind is kept_to, site.id


def test_the_articles_of_each_letter() -> None:
    """Notice and complaint name the law they rest on."""
    texts = [plain(text) for text in all_texts()]
    complaints = [text for text in texts if text.startswith("Réclamation")]
    assert complaints
    for text in complaints:
        assert "article 77 du règlement (UE) 2016/679 (RGPD)" in text
        assert "article 8 (I, 2°, d) de la loi n° 78-17 du 6 janvier 1978" in text
        assert "article 20 (III) de la loi n° 78-17" in text
        assert "« De satisfaire aux demandes présentées par la personne" in text
    notices = [text for text in texts if text.startswith("Mise en demeure")]
    assert notices
    for text in notices:
        assert "Ce terme est une demande de ma part" in text
        assert "article 77 du RGPD" in text


def test_a_mandate_says_all_that_it_must() -> None:
    """Principal, agent, rights, sites, data, term, replies: CNIL 2021-070."""
    text = wording().render("mandate", mandate_variables(DOCTOR, MANDATE))
    said = plain(text.plain())
    for expected in (
        "Syndicat Exemple, représenté par Dominique Modèle, 2 rue Exemple",
        "- opposition et effacement ;",
        "Tout site ou service en ligne",
        "Fiches professionnelles.",
        "Du 1er janvier 2026 au 31 décembre 2026 inclus.",
        "Les réponses sont à adresser au mandataire.",
        "une réclamation auprès de la Commission nationale",
    ):
        assert expected in said


def test_an_operator_is_asked_for_what_the_code_gives() -> None:
    """CPCE art. L34 and R10; nothing is supposed of the line."""
    variables = operator_variables(DOCTOR, Operator("Opérateur Exemple"), "")
    said = plain(wording().render("operator", variables).plain())
    assert "article L34 du code des postes et des communications" in said
    assert "article R10 du même code" in said
    assert "La ligne" not in said
