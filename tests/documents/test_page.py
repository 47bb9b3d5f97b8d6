"""What a letter hands to the layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cnil_requests.documents.page import (
    FIELD_NAMES,
    Paragraph,
    ParagraphKind,
    describe_field,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from cnil_requests.documents.page import LetterPage


def test_context_has_every_documented_field(page: Callable[..., LetterPage]) -> None:
    """The fields a template may print are exactly those that messages can name."""
    assert page().context().keys() == FIELD_NAMES.keys()


def test_context_holds_plain_values_only(page: Callable[..., LetterPage]) -> None:
    """A template is given text, flags, lists and dicts: nothing it could call."""

    def kinds(value: object) -> set[type]:
        if isinstance(value, dict):
            return set().union(*map(kinds, value.values()))
        if isinstance(value, list):
            return set().union(*map(kinds, value))
        return {type(value)}

    assert kinds(page().context()) == {str, bool}


def test_context_is_dated_by_the_letter(page: Callable[..., LetterPage]) -> None:
    """The file's properties carry the day of the letter, not of the machine."""
    assert page().context()["created"] == "2026-06-04T00:00:00Z"


@pytest.mark.parametrize(
    ("paragraph", "label"),
    [
        (Paragraph("un", ParagraphKind.ITEM), "–"),
        (Paragraph("un", ParagraphKind.ITEM, "1."), "1."),
        (Paragraph("un", ParagraphKind.DATED, "4 juin 2026"), "4 juin 2026"),
        (Paragraph("un"), ""),
    ],
)
def test_label_of_a_paragraph(paragraph: Paragraph, label: str) -> None:
    """An item without a label gets a dash; no other kind gets one."""
    assert paragraph.context()["label"] == label


def test_last_text_is_the_closing(page: Callable[..., LetterPage]) -> None:
    """A letter that ends with a text closes with it; one that ends otherwise not."""

    def kinds(*paragraphs: Paragraph) -> list[str]:
        letter = page(paragraphs=paragraphs).context()
        return [paragraph["kind"] for paragraph in letter["paragraphs"]]  # type: ignore[attr-defined]

    item = Paragraph("un", ParagraphKind.ITEM)
    assert kinds(Paragraph("un"), Paragraph("deux")) == ["text", "closing"]
    assert kinds(Paragraph("un"), item) == ["text", "item"]
    assert kinds() == []


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("paragraphs 4.text", "texte de la lettre, paragraphe\u00a04"),
        ("sender 1", "bloc de l'expéditeur, ligne\u00a01"),
        ("recipient 2.text", "adresse du destinataire, ligne\u00a02"),
        ("subject", "objet"),
        ("enclosures 3", "pièces jointes, n°\u00a03"),
        ("customer.name", "customer.name"),
        ("", ""),
    ],
)
def test_describe_field(path: str, words: str) -> None:
    """A path of the context is said in the words of the letter."""
    assert describe_field(path) == words
