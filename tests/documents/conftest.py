"""Letters and Word files that the tests of documents share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from docx import Document

from cnil_requests import shipped
from cnil_requests.core.letters import RecipientLine
from cnil_requests.documents.page import LetterPage, Paragraph, ParagraphKind
from cnil_requests.documents.word import WordTemplate

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = LetterPage(
    sender=(
        "Docteur Anne Martin",
        "Cardiologue",
        "12 rue de la République",
        "69003 Lyon",
        "04 72 00 00 00",
        "anne.martin@exemple.fr",
        "RPPS 10001234567",
    ),
    recipient=(
        RecipientLine("SOCIETE EXEMPLE SAS"),
        RecipientLine("Délégué à la protection des données"),
        RecipientLine("54 QUAI DE L'EXEMPLE"),
        RecipientLine("92300 LEVALLOIS PERRET"),
    ),
    place_date="Lyon, le 4 juin 2026",
    subject="Opposition et demande d’effacement – annuaire-exemple.fr",
    paragraphs=(
        Paragraph("Madame, Monsieur,"),
        Paragraph("Votre site publie une fiche à mon nom à l’adresse suivante :"),
        Paragraph("https://www.annuaire-exemple.fr/fiche/123", ParagraphKind.ITEM),
        Paragraph("Je vous prie d’agréer mes salutations distinguées."),
    ),
    signature="Docteur Anne Martin",
    author="Docteur Anne Martin",
    title="Opposition et demande d’effacement",
    drafted_on=date(2026, 6, 4),
    mention="Lettre recommandée avec avis de réception",
    reference="2026-0001",
    enclosures=("Capture de la fiche du 3 juin 2026",),
    copies=("Dossier",),
)


@pytest.fixture(scope="session")
def page() -> Callable[..., LetterPage]:
    """Make a letter; what is named replaces the sample's own."""

    def make(**changes: object) -> LetterPage:
        return replace(PAGE, **changes)  # type: ignore[arg-type]

    return make


@pytest.fixture(scope="session")
def layout_bytes() -> bytes:
    """Give the shipped letter.docx."""
    return (shipped.letter_templates() / "letter.docx").read_bytes()


@pytest.fixture(scope="session")
def layout(layout_bytes: bytes) -> WordTemplate:
    """Give the shipped layout, ready to be filled in."""
    return WordTemplate(layout_bytes, "letter.docx")


@pytest.fixture(scope="session")
def lines() -> Callable[[bytes], list[str]]:
    """Read the paragraphs of a Word file, breaks as newlines and tabs as tabs."""

    def read(docx: bytes) -> list[str]:
        return [paragraph.text for paragraph in Document(BytesIO(docx)).paragraphs]

    return read


@pytest.fixture(scope="session")
def with_part() -> Callable[..., bytes]:
    """Copy a Word file with one part replaced or added."""

    def copy(docx: bytes, name: str, content: bytes) -> bytes:
        target = BytesIO()
        with ZipFile(BytesIO(docx)) as old, ZipFile(target, "w") as new:
            for entry in old.namelist():
                if entry != name:
                    new.writestr(entry, old.read(entry))
            new.writestr(name, content)
        return target.getvalue()

    return copy


@pytest.fixture(scope="session")
def word_file() -> Callable[..., bytes]:
    """Make a Word file of plain paragraphs, as a user's own template."""

    def make(*paragraphs: str) -> bytes:
        document = Document()
        for text in paragraphs:
            document.add_paragraph(text)
        stream = BytesIO()
        document.save(stream)
        return stream.getvalue()

    return make
