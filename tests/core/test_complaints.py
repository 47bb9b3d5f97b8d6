"""The complaint: possible or not yet, and each grievance with the facts it needs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from cases import ASKED, DOCTOR, a_case, text_of
from lives import GOT, SENT, SITE, day

from cnil_requests.core.admissibility import (
    BadDeclarationError,
    NoGroundError,
    NotYetError,
    SeenRemovedError,
    StillOnlineNeededError,
    check_declaration,
    complaint_since,
    notice_since,
)
from cnil_requests.core.complaints import NoContactError, compose_complaint
from cnil_requests.core.grievances import grievances_of
from cnil_requests.core.mandates import Agent, AgentKind, Mandate
from cnil_requests.core.rights import Correction, Reason, Right, StatedReason

if TYPE_CHECKING:
    from datetime import date

EMAIL = "sent 06-01 by=email"


def since(*steps: str, on: str = "12-31") -> date:
    """Return the first admissible day of a life."""
    return complaint_since(a_case(*steps, today=on).findings, day(on))


@pytest.mark.parametrize(
    ("steps", "first"),
    [
        ((SENT, GOT), "07-07"),
        ((EMAIL,), "07-02"),
        ((SENT, GOT, "answered 06-10 outcome=refused"), "06-10"),
        ((SENT, GOT, "answered 07-10 outcome=refused"), "07-10"),
        ((SENT, "answered 06-10 outcome=partial"), "06-10"),
        ((SENT, GOT, "answered 06-10 outcome=payment"), "07-07"),
        ((SENT, GOT, "answered 06-10 outcome=account"), "07-07"),
        ((SENT, GOT, "answered 06-10 outcome=other"), "07-07"),
        ((SENT, GOT, "answered 06-10 outcome=identity reasons=no"), "07-07"),
        ((SENT, GOT, "answered 06-10 outcome=identity", "supplied 06-15"), "07-10"),
        ((SENT, GOT, "answered 06-10 outcome=extended"), "09-05"),
        ((SENT, GOT, "answered 06-10 outcome=extended reasons=no"), "07-07"),
        ((SENT, GOT, "answered 06-10 outcome=granted"), "07-07"),
        ((SENT, GOT, "answered 06-10 outcome=granted promised=08-01"), "08-02"),
        ((SENT, "answered 06-10 outcome=granted"), "07-11"),
        ((SENT, "unclaimed 06-04 returned=06-22"), "07-23"),
        ((SENT, GOT, "followed-up 07-07 term=15", "sent 07-08 by=letter"), "07-07"),
    ],
)
def test_a_complaint_is_possible_from_its_day(
    steps: tuple[str, ...], first: str
) -> None:
    """The day itself works, the day before names it."""
    assert since(*steps) == day(first)
    findings = a_case(*steps, today="12-31").findings
    before = day(first).replace(day=1) if day(first).day > 1 else day("05-31")
    last = max(event.on for event in findings.standing.events)
    if before > last:
        with pytest.raises(NotYetError) as refused:
            complaint_since(findings, before)
        assert refused.value.since == day(first)
        assert refused.value.exit_code == 6


@pytest.mark.parametrize("asked", ["payment", "account"])
def test_an_obstacle_opens_the_notice_not_the_complaint(asked: str) -> None:
    """A breach of GDPR art. 12 is no refusal; the message names what is possible."""
    case = a_case(SENT, GOT, f"answered 06-10 outcome={asked}", today="06-11")
    assert notice_since(case.findings, case.today) == day("06-10")
    with pytest.raises(NotYetError) as refused:
        complaint_since(case.findings, case.today)
    assert "Dès maintenant : cnilreq follow-up 2026-0001" in str(refused.value.remedy)


def test_an_obstacle_by_the_host_leads_to_no_notice() -> None:
    """The host is no controller; the refusal names the day and no such letter."""
    site = replace(SITE, host="Hébergeur Exemple, 1 rue X, 75001 Paris")
    steps = (SENT, GOT, "answered 06-10 outcome=payment")
    case = a_case(*steps, today="06-11", directory=site)
    with pytest.raises(NotYetError) as refused:
        complaint_since(case.findings, case.today)
    assert refused.value.since == day("07-07")
    assert "follow-up" not in str(refused.value.remedy)


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        ((), "n'est pas enregistrée comme envoyée"),
        ((SENT,), "aucune date de réception"),
        ((EMAIL, "bounced 06-02"), "revenu en erreur le 2 juin 2026"),
        ((SENT, GOT, "answered 06-10 outcome=identity"), "justifiiez de votre"),
        (
            (SENT, GOT, "complained 07-08", "lodged 07-09"),
            "une plainte est déjà déposée depuis le 9 juillet 2026",
        ),
    ],
)
def test_without_ground_the_reason_is_told(steps: tuple[str, ...], why: str) -> None:
    """No day can be named; the message says what is missing."""
    with pytest.raises(NoGroundError) as refused:
        since(*steps)
    assert why in str(refused.value).replace("\N{NO-BREAK SPACE}", " ")


def test_a_page_seen_removed_is_no_complaint() -> None:
    """The user's own sighting stands against it."""
    with pytest.raises(SeenRemovedError, match="seen 2026-0001 back"):
        since(SENT, GOT, "seen 07-10 what=removed")
    assert since(SENT, GOT, "seen 07-10 what=removed", "seen 07-20 what=back") == day(
        "07-07"
    )


def test_after_the_cnil_closed_a_new_complaint_is_possible() -> None:
    """It tells of the first one, with its number and its closure."""
    case = a_case(
        SENT,
        GOT,
        "complained 07-08",
        "lodged 07-09 number=26012345",
        "cnil 07-12 step=acknowledged",
        "cnil 08-20 step=closed",
        "seen 09-01 what=online",
        today="09-02",
        still_online="09-02",
    )
    assert complaint_since(case.findings, case.today) == day("07-07")
    text = text_of(case)
    assert "9 juillet 2026 : Dépôt d'une première réclamation à la CNIL, n°" in text
    assert "20 août 2026 : Clôture de cette réclamation par la CNIL" in text


@pytest.mark.parametrize("declared", ["07-06", "07-11"])
def test_the_declared_day_lies_between_the_first_and_today(declared: str) -> None:
    """Before the first admissible day, or tomorrow, it says nothing useful."""
    standing = a_case(SENT, GOT, today="07-10").standing
    with pytest.raises(BadDeclarationError, match="7 juillet 2026"):
        check_declaration(
            standing, day(declared), first=day("07-07"), today=day("07-10")
        )


def test_a_complaint_about_a_page_needs_its_day_and_no_other_does() -> None:
    """Access and marketing are not about what is online."""
    page = a_case(SENT, GOT, today="07-10").standing
    with pytest.raises(StillOnlineNeededError, match="--still-online 2026-07-10"):
        check_declaration(page, None, first=day("07-07"), today=day("07-10"))
    access = replace(page, request=replace(page.request, right=Right.ACCESS, urls=()))
    check_declaration(access, None, first=day("07-07"), today=day("07-10"))


SILENCE = (
    "Article 12(3) du RGPD : je déclare n'avoir reçu aucune réponse dans le délai, "
    "qui a pris fin le 6 juillet 2026."
)
OBJECTION = (
    "Articles 21(1) et 17(1)(c) du RGPD : mon opposition est restée sans effet ; la "
    "publication se poursuivait le 31 décembre 2026."
)
REFUSED = "answered 06-10 outcome=refused"


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ((SENT, GOT), SILENCE),
        ((SENT, GOT), OBJECTION),
        (
            (SENT, GOT, "answered 06-10 outcome=extended"),
            "aucune décision sur ma demande dans le délai prolongé, qui a pris fin le "
            "4 septembre 2026.",
        ),
        (
            (SENT, GOT, "answered 07-10 outcome=extended"),
            "la prolongation annoncée par la réponse reçue le 10 juillet 2026 (pièce "
            "n° 4) l'a été après le délai d'un mois",
        ),
        (
            (SENT, GOT, "answered 06-10 outcome=extended reasons=no dated=06-09"),
            "la prolongation annoncée le 9 juin 2026 (pièce n° 4) n'indique aucun "
            "motif",
        ),
        (
            (SENT, GOT, "answered 07-10 outcome=granted"),
            "Article 12(3) du RGPD : la réponse reçue le 10 juillet 2026 (pièce n° 4) "
            "est postérieure au dernier jour du délai, le 6 juillet 2026.",
        ),
        (
            (SENT, GOT, "answered 07-10 outcome=refused"),
            "Article 12(4) du RGPD : la réponse reçue le 10 juillet 2026 (pièce n° 4), "
            "qui porte refus, est postérieure",
        ),
        ((SENT, GOT, f"{REFUSED} reasons=no"), "n'indique pas les motifs du refus."),
        (
            (SENT, GOT, f"{REFUSED} remedies=no"),
            "n'indique pas la possibilité d'introduire une réclamation",
        ),
        (
            (SENT, GOT, "answered 06-10 outcome=account"),
            "Article 12(2) du RGPD : par la réponse reçue le 10 juin 2026 (pièce n° 4)",
        ),
        (
            (SENT, GOT, "answered 06-10 outcome=payment"),
            "Article 12(5) du RGPD : par la réponse reçue le 10 juin 2026 (pièce n° 4)",
        ),
        (
            (SENT, GOT, "answered 06-10 outcome=identity reasons=no"),
            "Article 12(6) du RGPD : par la réponse reçue le 10 juin 2026 (pièce n° 4)",
        ),
        ((SENT, GOT), "Article 14 du RGPD : je déclare n'avoir pas reçu"),
        ((SENT, GOT, REFUSED), "mon opposition est refusée ; la publication"),
        (
            (SENT, GOT, "answered 06-10 outcome=granted"),
            "ma demande a été acceptée et n'est pas exécutée ; la publication",
        ),
        ((SENT, GOT), "Article 5(1)(d) du RGPD : les données que j'ai signalées"),
    ],
)
def test_each_grievance_has_its_sentence(steps: tuple[str, ...], sentence: str) -> None:
    """Article, day and exhibit, as the facts have them."""
    text = text_of(a_case(*steps, today="12-31", still_online="12-31"))
    assert sentence in text


def test_a_refusal_with_reasons_and_remedies_in_time_breaks_no_form() -> None:
    """Only what is left: the objection, and the person's own word."""
    case = a_case(SENT, GOT, REFUSED, today="12-31", still_online="12-31")
    assert [item.key for item in grievances_of(case)] == [
        "not-informed",
        "objection",
        "wrong-data",
    ]


def test_marketing_and_rectification_have_their_own_articles() -> None:
    """GDPR art. 21(3); art. 16 with 5(1)(d)."""
    marketing = a_case(SENT, GOT, today="12-31", right=Right.MARKETING, reasons=())
    assert "Article 21(3) du RGPD : mon opposition à la prospection" in text_of(
        marketing
    )
    wrong = a_case(
        SENT,
        GOT,
        today="12-31",
        still_online="12-31",
        right=Right.RECTIFICATION,
        reasons=(),
        corrections=(Correction("faux", "exact"),),
    )
    text = text_of(wrong)
    assert "Articles 16 et 5(1)(d) du RGPD" in text
    assert "au lieu de : « faux », indiquer : « exact »." in text


def test_a_letter_to_the_host_leads_to_articles_12_2_and_14() -> None:
    """The publisher was never reached: it is not said to have been silent."""
    site = replace(SITE, host="Hébergeur Exemple, 1 rue X, 75001 Paris")
    case = a_case(SENT, GOT, today="12-31", still_online="12-31", directory=site)
    assert [item.key for item in grievances_of(case)] == ["no-contact", "not-informed"]
    text = text_of(case)
    assert "Envoi de ma demande à l'hébergeur du site" in text
    assert "- Hébergeur du site : Hébergeur Exemple" in text
    with pytest.raises(NoGroundError, match="n'est pas le responsable"):
        notice_since(case.findings, case.today)
    assert "- Responsable : je n'en connais pas le nom" in text
    assert "Ne disposant d'aucune coordonnée" in text
    told = compose_complaint(case).warnings
    assert any("regardez-le de nouveau avant de signer" in item for item in told)
    assert not any(
        "regardez-le de nouveau" in item
        for item in compose_complaint(a_case(SENT, GOT, today="12-31")).warnings
    )


def test_the_letter_to_the_host_claims_no_search_nobody_recorded() -> None:
    """It says what its writer lacks; a publisher may lawfully stay unnamed."""
    site = replace(SITE, host="Hébergeur Exemple, 1 rue X, 75001 Paris")
    text = text_of(a_case(SENT, GOT, today="12-31", directory=site), "host")
    assert "Je ne dispose d'aucune coordonnée" in text
    assert "trouvé" not in text
    assert "oblige en principe à se faire connaître" in text


def test_silence_is_declared_and_never_after_an_answer() -> None:
    """An empty answer is no silence."""
    case = a_case(
        SENT, GOT, "answered 06-10 outcome=other", today="12-31", still_online="12-31"
    )
    text = text_of(case)
    assert "aucune réponse" not in text
    assert "Je déclare n'avoir reçu à ce jour aucune décision" in text
    assert "elle ne se prononce pas sur ma demande" in text


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ((SENT, GOT), "Cette demande a été reçue le 4 juin 2026 (pièce n° 3)."),
        ((EMAIL,), "sans message d'erreur en retour"),
        ((SENT, "received 06-04 estimated=yes"), "je n'en ai pas de preuve postale"),
        (
            ("sent 06-01 by=form",),
            "je tiens le 1er juin 2026 pour la date de sa réception",
        ),
        ((SENT, "unclaimed 06-04"), "n'a pas été réclamé par son destinataire"),
        ((SENT, "refused 06-04"), "Le pli a été refusé par son destinataire"),
    ],
)
def test_what_proof_there_is_of_the_receipt_is_told(
    steps: tuple[str, ...], sentence: str
) -> None:
    """Never more than what was recorded."""
    assert sentence in text_of(a_case(*steps, today="12-31", still_online="12-31"))


def test_a_receipt_without_proof_is_said_to_be_so() -> None:
    """The date is the user's, and no exhibit is cited for it."""
    case = a_case(SENT, GOT, today="12-31", still_online="12-31", with_files=False)
    text = text_of(case)
    assert "Cette demande a été reçue le 4 juin 2026 ; je n'en joins pas de" in text
    assert "suivi" not in text
    assert "pièce" not in text
    warnings = compose_complaint(case).warnings
    assert len(warnings) == 3


def test_the_minimum_of_the_procedural_regulation_is_always_there() -> None:
    """Regulation (EU) 2025/2518 art. 4(1): who, against whom, of what."""
    case = a_case(SENT, GOT, today="12-31", still_online="12-31")
    text = text_of(case)
    for expected in (
        "Dr Camille Exemple",
        "camille@exemple.fr",
        "- Responsable : je n'en connais pas le nom",
        "- Adresse : je n'en connais pas qui soit vérifiée",
        "- Site : Annuaire Exemple (annuaire-exemple.fr)",
        "5. MANQUEMENTS ALLÉGUÉS",
    ):
        assert expected in text
    nowhere = replace(DOCTOR, practice=None, email="", phone="")
    with pytest.raises(NoContactError, match="people edit camille-exemple"):
        compose_complaint(replace(case, person=nowhere))


@pytest.mark.parametrize(
    ("country", "sentence"),
    [
        ("FR", ""),
        ("", ""),
        ("IE", "hors de France (Irlande)"),
        ("US", "hors de l'Union européenne (États-Unis)"),
    ],
)
def test_a_controller_abroad_is_told(country: str, sentence: str) -> None:
    """The CNIL passes the case on (GDPR art. 56)."""
    site = replace(SITE, country=country)
    text = text_of(
        a_case(SENT, GOT, today="12-31", still_online="12-31", directory=site)
    )
    assert sentence in text
    assert ("hors de" in text) is bool(sentence)


def test_a_union_is_told_of_its_doubtful_standing() -> None:
    """LIL art. 38 is shown to the user, never printed."""
    mandate = Mandate(Agent("Syndicat", AgentKind.UNION), signed_on=day("05-01"))
    case = a_case(
        SENT,
        GOT,
        today="12-31",
        still_online="12-31",
        person_given=replace(DOCTOR, mandate=mandate),
    )
    warnings = " ".join(compose_complaint(case).warnings)
    assert "article 38 de la loi n° 78-17" in warnings
    text = text_of(case)
    assert "article 38" not in text
    assert "agissant au nom et pour le compte du Dr Camille Exemple" in text


def test_doctrine_is_cited_where_it_is_apt() -> None:
    """One decision for registers, one for one service, one page for reviews."""
    on = {"today": "12-31", "still_online": "12-31"}
    plain = text_of(a_case(SENT, GOT, **on))
    reviews = text_of(
        a_case(SENT, GOT, directory=replace(SITE, has_reviews=True), **on)
    )
    maps = text_of(
        a_case(SENT, GOT, directory=replace(SITE, id="google-business-profile"), **on)
    )
    assert "devrait, en général, accepter votre demande" in reviews
    assert "RG n° 22/01814" in maps
    for text in (plain, reviews):
        assert "Chambéry" not in text
        assert "SAN-2021-014" not in text
    assert "29 décembre 2025" not in plain


def test_reasons_of_the_persons_own_are_told_as_they_are() -> None:
    """``other`` has no menu wording."""
    reasons = (StatedReason(Reason.OTHER, "Je quitte la France."),)
    text = text_of(
        a_case(
            SENT,
            GOT,
            today="12-31",
            still_online="12-31",
            **{**ASKED, "reasons": reasons},
        )
    )
    assert "- Je quitte la France.\n" in text
    assert "avec vos mots" not in text


def test_a_general_mailbox_is_not_called_the_officer_s() -> None:
    """Only an address sourced as the officer's stands under that name."""
    on = {"today": "12-31", "still_online": "12-31"}
    general = replace(SITE, email="contact@exemple.fr")
    text = text_of(a_case(SENT, GOT, directory=general, **on))
    assert "- Délégué à la protection des données : contact inconnu" in text
    assert "- Autre contact : contact@exemple.fr" in text
    officer = replace(general, dpo_email="dpo@exemple.fr")
    text = text_of(a_case(SENT, GOT, directory=officer, **on))
    assert "- Délégué à la protection des données : dpo@exemple.fr" in text
    assert "Autre contact" not in text
