"""The letter engine against the plain docxtpl loop, from the same ready letters."""

from __future__ import annotations

from datetime import date
from functools import cache
from io import BytesIO

from docxtpl import DocxTemplate

from benchmarks.runner import Row
from cnil_requests import shipped
from cnil_requests.core.letters import RecipientLine
from cnil_requests.documents.page import LetterPage, Paragraph, ParagraphKind
from cnil_requests.documents.word import WordTemplate

OURS, THEIRS = 400, 12

SENTENCE = (
    "Je m’oppose à ce traitement (article\u00a021 du RGPD) & je demande « l’avis ». "
)


def rows() -> list[Row]:
    """Return the one comparison: letters in memory, one process, one template."""
    return [
        Row(
            "letters to bytes: docxtpl loop / engine",
            _engine,
            _docxtpl,
            at_least=30,
            ours_times=OURS,
            theirs_times=THEIRS,
            rounds=15,
        )
    ]


def _engine() -> None:
    template = WordTemplate(layout(), "letter.docx")
    for context in contexts()[:OURS]:
        template.render(context)


def _docxtpl() -> None:
    for context in contexts()[:THEIRS]:
        docx = DocxTemplate(BytesIO(layout()))
        docx.render(context, autoescape=True)
        docx.save(BytesIO())


@cache
def layout() -> bytes:
    """Return the shipped Word layout."""
    return (shipped.letter_templates() / "letter.docx").read_bytes()


@cache
def contexts() -> list[dict[str, object]]:
    """Return different letters of the usual length, ready to be set."""
    return [_page(rank).context() for rank in range(OURS)]


def _page(rank: int) -> LetterPage:
    name = f"Docteur Anne-Zoé Martin {rank}"
    return LetterPage(
        sender=(name, "Cardiologue", f"{rank} rue de l’Église", "69003 Lyon"),
        recipient=tuple(RecipientLine(f"LIGNE {line} {rank}") for line in range(5)),
        place_date="Lyon, le 4\u00a0juin 2026",
        subject="Opposition et demande d’effacement – annuaire-exemple.fr",
        paragraphs=_paragraphs(rank),
        signature=name,
        author=name,
        title=f"Demande {rank}",
        drafted_on=date(2026, 6, 4),
        mention="Lettre recommandée avec avis de réception",
        reference=f"2026-{rank:04}",
        enclosures=("Capture de la fiche",),
    )


def _paragraphs(rank: int) -> tuple[Paragraph, ...]:
    address = (
        f"https://annuaire-exemple.fr/{rank}\nhttps://annuaire-exemple.fr/a/{rank}"
    )
    items = (Paragraph(f"{rank} {SENTENCE}", ParagraphKind.ITEM) for _ in range(6))
    texts = (Paragraph(f"{rank} {SENTENCE * 3}") for _ in range(10))
    return (Paragraph(address, ParagraphKind.BLOCK), *items, *texts)
