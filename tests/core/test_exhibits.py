"""Exhibits: what counts, in which order, and what each one proves."""

from __future__ import annotations

from cases import File, a_case
from lives import GOT, SENT, day, live

from cnil_requests.core.exhibits import exhibits_of, pieces
from cnil_requests.core.mandates import Agent, Mandate

STORY = (
    SENT,
    GOT,
    "answered 06-10 outcome=identity",
    "supplied 06-12",
    "seen 07-10 what=online",
    "followed-up 07-14 term=15",
    "sent 07-15 by=letter",
    "received 07-17",
    "seen 08-03 what=online",
)


def titles(*files: File, steps: tuple[str, ...] = STORY) -> list[str]:
    """Return the titles of the exhibits of a life."""
    found = exhibits_of(live(*steps).events, files)
    return [item.title.replace("’", "'") for item in found]


def test_exhibits_follow_the_order_of_the_authority() -> None:
    """Page, request, its proofs, answers, identity, notice; the declared day last."""
    case = a_case(*STORY, today="08-03", still_online="08-03")
    assert [
        item.label.replace("\N{NO-BREAK SPACE}", " ") for item in case.exhibits
    ] == [
        "Pièce n° 1 – Capture de la page du 10 juillet 2026",
        "Pièce n° 2 – Ma demande, lettre du 1er juin 2026",
        "Pièce n° 3 – Preuve d’envoi du 1er juin 2026",
        "Pièce n° 4 – Preuve de réception du 4 juin 2026",
        "Pièce n° 5 – Réponse reçue le 10 juin 2026",
        "Pièce n° 6 – Ma réponse du 12 juin 2026 sur mon identité",
        "Pièce n° 7 – Ma mise en demeure du 15 juillet 2026",
        "Pièce n° 8 – Preuve d’envoi de la mise en demeure",
        "Pièce n° 9 – Preuve de réception (mise en demeure)",
        "Pièce n° 10 – Capture de la page du 3 août 2026",
    ]


def test_names_in_the_dossier_are_numbered_and_plain() -> None:
    """They sort in order and every system takes them."""
    names = [item.packed_name for item in a_case(*STORY, today="08-03").exhibits]
    assert names[:3] == [
        "01-capture-de-la-page-du-10-juillet-2026.pdf",
        "02-capture-de-la-page-du-3-aout-2026.pdf",
        "03-ma-demande.docx",
    ]


def test_drafts_and_undone_facts_are_no_exhibits() -> None:
    """Only what was sealed with a standing event counts."""
    steps = (SENT, GOT, "answered 06-10 outcome=refused", "undo")
    draft = File("lettre.docx", "letter", 1, sealed=False)
    undone = File("refus.pdf", "answer", 4)
    assert titles(draft, undone, steps=steps) == []


def test_the_signed_scan_takes_the_place_of_the_word_file() -> None:
    """``attach --as letter``; it proves every sending of the request."""
    events = live(SENT, GOT, "attached 06-02 kind=letter file=scan.pdf sha256=0").events
    files = (File("lettre.docx", "letter", 2), File("scan.pdf", "letter", 4))
    found = exhibits_of(events, files)
    assert [(item.file, item.title) for item in found] == [
        ("scan.pdf", "Ma demande, lettre signée")
    ]
    assert pieces(found, 2) == "pièce\N{NO-BREAK SPACE}n°\N{NO-BREAK SPACE}1"


def test_a_form_is_not_proved_by_a_letter_that_was_not_sent() -> None:
    """What was typed in the form is told as text, not as a letter."""
    events = live("sent 06-01 by=form").events
    assert [
        item.title for item in exhibits_of(events, [File("a.docx", "letter", 2)])
    ] == ["Texte de ma demande du 1er juin 2026"]


def test_a_proof_attached_later_is_told_without_guessing() -> None:
    """After the notice went out nobody knows whose receipt it is."""
    late = (*STORY[:8], "attached 07-20 kind=delivery file=a.pdf sha256=0")
    early = (SENT, GOT, "attached 06-05 kind=delivery file=a.pdf sha256=0")
    assert titles(File("a.pdf", "delivery", 10), steps=late) == ["Preuve de réception"]
    events = live(*early).events
    (found,) = exhibits_of(events, [File("a.pdf", "delivery", 4)])
    assert found.events == frozenset({3})


def test_an_answer_attached_later_is_tied_only_to_the_only_answer() -> None:
    """With two answers the file proves neither by itself."""
    first, second = "answered 06-10 outcome=other", "answered 06-12 outcome=refused"
    later = "attached 06-13 kind=answer file=a.pdf sha256=0"
    one = live(SENT, GOT, first, later).events
    two = live(SENT, GOT, first, second, later).events
    assert exhibits_of(one, [File("a.pdf", "answer", 5)])[0].events == {4}
    assert exhibits_of(two, [File("a.pdf", "answer", 6)])[0].events == frozenset()


def test_the_mandate_is_an_exhibit_of_the_persons_own() -> None:
    """It lies with the person, not in the request's folder."""
    mandate = Mandate(
        Agent("Syndicat"), signed_on=day("05-01"), file="pouvoir.pdf", sha256="0" * 64
    )
    (found,) = exhibits_of(live(SENT).events, (), mandate=mandate)
    assert found.title == "Mandat signé le 1er mai 2026"
    assert found.is_persons


def test_the_same_file_proves_every_fact_it_came_with() -> None:
    """A receipt kept twice is one exhibit."""
    events = live(SENT, GOT).events
    files = (File("a.pdf", "posting", 2), File("a.pdf", "delivery", 3))
    (found,) = exhibits_of(events, files)
    assert found.events == {2, 3}
    assert pieces((found,), 4) == ""
