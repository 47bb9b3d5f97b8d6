"""The letters in between: each paragraph with its fact, and no earlier than it can."""

from __future__ import annotations

import pytest
from cases import DOCTOR, a_case, text_of
from lives import GOT, SENT, day

from cnil_requests.core.admissibility import (
    NoGroundError,
    NotYetError,
    complaint_since,
    notice_since,
)
from cnil_requests.core.grievances import grievances_of
from cnil_requests.core.notices import (
    compose_identity,
    compose_notice,
    open_identity_request,
)
from cnil_requests.core.rights import Right

REFUSED = "answered 06-10 outcome=refused"


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        (
            (SENT, GOT),
            "Vous deviez me répondre au plus tard le 6 juillet 2026 (article 12(3) du "
            "RGPD). Je n'ai reçu aucune réponse.",
        ),
        (
            (SENT, GOT, f"{REFUSED} reasons=no dated=06-09"),
            "Par votre réponse datée du 9 juin 2026 et reçue le 10 juin 2026 (pièce "
            "n° 4), vous avez refusé ma demande. Cette réponse n'indique pas les "
            "motifs du refus, alors que l'article 12(4) du RGPD l'exige. Je maintiens "
            "ma demande.",
        ),
        (
            (SENT, GOT, "answered 06-10 outcome=partial"),
            "vous n'avez accepté ma demande qu'en partie. Je maintiens ma demande pour "
            "le surplus.",
        ),
        (
            (SENT, GOT, "answered 06-10 outcome=extended reasons=no"),
            "Annoncée sans motif, elle n'a pas pu le prolonger",
        ),
        (
            (SENT, GOT, "answered 07-10 outcome=extended"),
            "Annoncée après le délai d'un mois, elle n'a pas pu le prolonger",
        ),
        ((SENT, GOT, "answered 06-10 outcome=payment"), "m'avez demandé un paiement"),
        (
            (SENT, GOT, "answered 06-10 outcome=account"),
            "vous m'avez demandé de créer un compte",
        ),
        (
            (SENT, GOT, "answered 06-10 outcome=identity reasons=no"),
            "sans exposer de doute raisonnable, alors que l'article 12(6) du RGPD "
            "suppose un tel doute.",
        ),
        (
            (SENT, GOT, "answered 06-10 outcome=granted", "seen 06-20 what=online"),
            "vous avez accepté ma demande.\n\nJ'ai constaté le 20 juin 2026 (pièce "
            "n° 1) que cette publication était toujours en ligne.",
        ),
    ],
)
def test_each_fact_has_its_paragraph(steps: tuple[str, ...], sentence: str) -> None:
    """Dates and exhibits are those of the ledger."""
    case = a_case(*steps, today="12-31")
    assert notice_since(case.findings, case.today) <= case.today
    assert sentence in text_of(case, "notice")


@pytest.mark.parametrize(
    ("answer", "undecided"),
    [
        (None, False),
        ("answered 06-10 outcome=other", True),
        ("answered 06-10 outcome=extended", True),
        ("answered 06-10 outcome=extended reasons=no", True),
        ("answered 06-10 outcome=identity reasons=no", True),
        ("answered 06-10 outcome=payment", True),
        ("answered 06-10 outcome=account", True),
        ("answered 06-10 outcome=partial", False),
        ("answered 06-10 outcome=refused", False),
        ("answered 07-10 outcome=refused", False),
    ],
)
def test_silence_is_told_only_when_nothing_was_answered(
    answer: str | None, undecided: bool
) -> None:
    """An acknowledgement, a delay or a condition is an answer, not a decision."""
    case = a_case(SENT, GOT, *([answer] if answer else []), today="12-31")
    notice_since(case.findings, case.today)
    text = text_of(case, "notice")
    assert ("Je n'ai reçu aucune réponse" in text) is (answer is None)
    assert ("Je n'ai reçu aucune décision" in text) is undecided


def test_an_answer_that_is_kept_unread_is_no_silence() -> None:
    """The dossier would hold what the letter denies: what it says is asked first."""
    steps = (SENT, GOT, "attached 06-20 kind=answer file=reponse.pdf")
    case = a_case(*steps, today="12-31")
    for check in (notice_since, complaint_since):
        with pytest.raises(NoGroundError, match="cnilreq answered 2026-0001"):
            check(case.findings, case.today)
    told = a_case(*steps, "answered 06-20 outcome=other", today="12-31")
    assert notice_since(told.findings, told.today) == day("07-07")


def test_two_bad_extensions_are_each_told_for_their_own_fault() -> None:
    """One came in time without reasons, the other with reasons and too late."""
    steps = (
        SENT,
        GOT,
        "answered 06-10 outcome=extended reasons=no",
        "answered 07-10 outcome=extended",
    )
    case = a_case(*steps, today="12-31")
    text = text_of(case, "notice")
    assert text.count("Annoncée sans motif") == 1
    assert text.count("Annoncée après le délai d'un mois") == 1
    keys = [item.key for item in grievances_of(case)]
    assert keys.count("extension-unreasoned") == keys.count("extension-late") == 1


def test_the_term_is_a_request_and_names_the_cnil() -> None:
    """It is not presented as a period of the law."""
    text = text_of(a_case(SENT, GOT, today="12-31"), "notice", term="8")
    assert "dans les 8 jours suivant la réception de la présente lettre" in text
    assert "Ce terme est une demande de ma part" in text
    assert "Commission nationale de l'informatique et des libertés (CNIL)" in text


@pytest.mark.parametrize(
    ("steps", "changes", "there"),
    [
        ((SENT, GOT), {}, True),
        ((SENT, GOT, REFUSED), {}, True),
        ((SENT, GOT), {"right": Right.MARKETING, "reasons": ()}, True),
        ((SENT, GOT), {"right": Right.ACCESS, "reasons": ()}, False),
        ((SENT, GOT, "answered 06-10 outcome=payment"), {}, False),
        ((SENT, GOT, "answered 06-10 outcome=partial"), {}, False),
        ((SENT, "unclaimed 06-04"), {}, False),
    ],
)
def test_the_penal_code_is_named_for_an_ignored_or_refused_objection(
    steps: tuple[str, ...], changes: dict[str, object], there: bool
) -> None:
    """One neutral sentence, and not when nobody knows that it arrived."""
    text = text_of(a_case(*steps, today="12-31", **changes), "notice")
    assert text.count("226-18-1") == int(there)


def test_not_before_silence_is_established() -> None:
    """The day is named; on that day it works."""
    case = a_case(SENT, GOT, today="07-06")
    with pytest.raises(NotYetError) as refused:
        notice_since(case.findings, day("07-06"))
    assert refused.value.since == day("07-07")
    assert notice_since(case.findings, day("07-07")) == day("07-07")


def test_after_a_yes_the_page_is_looked_at_first() -> None:
    """Nothing is reproached to a site that accepted and may have acted."""
    case = a_case(SENT, GOT, "answered 06-10 outcome=granted", today="12-31")
    with pytest.raises(NoGroundError, match="seen 2026-0001 online"):
        notice_since(case.findings, case.today)


def test_exhibits_of_the_notice_are_enclosed() -> None:
    """What it cites goes with it, under the same numbers."""
    letter = compose_notice(a_case(SENT, GOT, today="12-31"), 15)
    assert [item.replace("\N{NO-BREAK SPACE}", " ") for item in letter.enclosures] == [
        "Pièce n° 1 – Ma demande, lettre du 1er juin 2026",
        "Pièce n° 2 – Preuve d’envoi du 1er juin 2026",
        "Pièce n° 3 – Preuve de réception du 4 juin 2026",
    ]


@pytest.mark.parametrize(
    ("steps", "is_open"),
    [
        ((SENT, GOT), False),
        ((SENT, GOT, "answered 06-10 outcome=identity"), True),
        ((SENT, GOT, "answered 06-10 outcome=identity", "supplied 06-12"), False),
        ((SENT, GOT, "answered 06-10 outcome=identity", REFUSED), False),
    ],
)
def test_the_last_open_fact_may_be_an_identity_request(
    steps: tuple[str, ...], is_open: bool
) -> None:
    """Answered, or overtaken by another answer, it is none any more."""
    case = a_case(*steps, today="06-20")
    assert (open_identity_request(case) is not None) is is_open


def test_the_answer_on_identity_offers_light_proofs_and_encloses_nothing() -> None:
    """Law: GDPR art. 12(6), 5(1)(c); décret n° 2019-536, art. 77."""
    case = a_case(SENT, GOT, "answered 06-10 outcome=identity", today="06-12")
    asked = open_identity_request(case)
    assert asked
    letter = compose_identity(case, asked)
    assert letter.enclosures == ()
    text = text_of(case, "identity", asked=case.reply_fields(asked))
    assert "Pour lever le doute que vous exposez" in text
    assert "je ne joins pas de copie de pièce d'identité" in text
    assert f"par mon numéro RPPS, {DOCTOR.rpps}" in text
    assert f"en m'appelant au {DOCTOR.phone}" in text


def test_without_a_stated_doubt_the_copy_is_refused() -> None:
    """The clock was never stopped."""
    steps = (SENT, GOT, "answered 06-10 outcome=identity reasons=no")
    case = a_case(*steps, today="06-12")
    asked = open_identity_request(case)
    assert asked
    text = text_of(case, "identity", asked=case.reply_fields(asked))
    assert "Votre réponse n'expose aucun doute sur mon identité." in text
    assert "Je ne joins donc aucune copie de pièce d'identité." in text
    assert "le délai de réponse de l'article 12(3) continue de courir" in text
