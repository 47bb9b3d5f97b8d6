"""Letters are valid for Word, open in LibreOffice, and fit the window envelope."""

from __future__ import annotations

import json
import subprocess
from itertools import pairwise
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pdfplumber
import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from cnil_requests.core.letters import RecipientLine
from cnil_requests.core.text import strings_in
from cnil_requests.documents.page import Paragraph, ParagraphKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cnil_requests.documents.page import LetterPage
    from cnil_requests.documents.word import WordTemplate

MM = 25.4 / 72
#: Sheet coordinates in mm, left, top, right, bottom. An A4 sheet folded in three
#: moves by 10 mm sideways and 11 mm up and down in a DL envelope, whose window
#: (100 x 35 mm) is 20 mm from the right and bottom edges, by common practice.
SAFE = (100, 55, 190, 79)
QUIET = (90, 44, 200, 90)

#: 38 characters, the most that NF Z 10-011 allows, of a usual width in capitals.
CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ ABCDEFGHIJK"
LONG_NAME = ("Docteur " + "Anne-Charlotte de la Tour-Maubourg " * 9)[:300]
URL = "https://www.annuaire-exemple.fr/medecins/lyon-69003/docteur-anne-martin-1234"


def main_letter() -> tuple[Paragraph, ...]:
    """Return 450 words set as the main letter is."""
    ten = "Je vous demande donc de retirer cette fiche sans retard. "
    item = ParagraphKind.ITEM
    return (
        Paragraph("Madame, Monsieur,"),
        Paragraph("Votre site publie une fiche à mon nom :"),
        Paragraph(URL, ParagraphKind.BLOCK),
        *(Paragraph(ten * 5) for _ in range(6)),
        *(Paragraph(ten * 2, item) for _ in range(4)),
        Paragraph(ten * 5),
        Paragraph("Je vous prie d’agréer, Madame, Monsieur, mes salutations."),
    )


def complaint() -> tuple[Paragraph, ...]:
    """Return a complaint of several pages, with every kind of paragraph."""
    kind = ParagraphKind
    fact = "J’ai adressé ma demande, restée sans réponse dans le mois. "
    return (
        Paragraph("Madame la Présidente,"),
        Paragraph("1. Les parties", kind.HEADING),
        Paragraph("Exemple SAS\n54 quai de l’Exemple\n92300 Levallois", kind.BLOCK),
        Paragraph("2. Chronologie", kind.HEADING),
        *(Paragraph(fact * 2, kind.DATED, f"{day} juin 2026") for day in range(10, 30)),
        Paragraph("3. Griefs", kind.HEADING),
        *(Paragraph(fact * 4, kind.ITEM, f"{rank}.") for rank in range(1, 15)),
        Paragraph("Je vous prie d’agréer mes salutations."),
    )


def capitals(count: int) -> tuple[RecipientLine, ...]:
    """Return the widest address of ``count`` lines."""
    return tuple(RecipientLine(f"{rank}{CAPITALS[1:]}") for rank in range(1, count + 1))


CASES: dict[str, dict[str, object]] = {
    "main": {"paragraphs": main_letter(), "copies": ()},
    "six-lines": {
        "recipient": capitals(6),
        "sender": (LONG_NAME, *(f"Ligne {rank} de l’expéditeur" for rank in range(8))),
    },
    "seven-lines": {"recipient": capitals(7), "sender": ("Anne Martin",)},
    "todo": {
        "recipient": (
            RecipientLine("annuaire-exemple.fr"),
            RecipientLine("Délégué à la protection des données"),
            RecipientLine("adresse à compléter", todo=True),
        ),
        "mention": "",
        "reference": "",
        "enclosures": (),
        "copies": (),
    },
    "long-mention": {
        "mention": "Lettre recommandée avec avis de réception n° 1A 123 456 7890 5",
        "subject": "Objet long " * 30,
        "place_date": "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson, le 1er mai 2026",
    },
    "complaint": {"paragraphs": complaint(), "enclosures": ("Pièce",) * 12},
    "odd-text": {
        "subject": "R&D <b>gras</b> {{ 7*7 }} — éte\u0301",
        "paragraphs": (Paragraph("a\nb\tc\r\nd"), Paragraph("x" * 300)),
    },
}


ODD = ("odd-text",)


@pytest.fixture(scope="module")
def letters(page: Callable[..., LetterPage]) -> dict[str, LetterPage]:
    """Give the cases as letters."""
    return {name: page(**changes) for name, changes in CASES.items()}


@pytest.fixture(scope="module")
def folder(
    tmp_path_factory: pytest.TempPathFactory,
    layout: WordTemplate,
    letters: dict[str, LetterPage],
) -> Path:
    """Write each letter as a Word file."""
    path = tmp_path_factory.mktemp("letters")
    for name, letter in letters.items():
        (path / f"{name}.docx").write_bytes(layout.render(letter.context()))
    return path


@pytest.fixture(scope="module")
def pdfs(folder: Path, tool: Callable[[str], str]) -> Path:
    """Let LibreOffice print all letters, in one call with a profile of its own."""
    subprocess.run(
        [
            tool("soffice"),
            "--headless",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            *sorted(folder.glob("*.docx")),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder


def printed(docx: Path) -> str:
    """Return the text of a letter, its footer included, breaks as newlines."""
    with ZipFile(docx) as archive:
        parts = [archive.read(f"word/{name}.xml") for name in ("document", "footer1")]
    return "\n".join(text_of(etree.fromstring(part)) for part in parts)


def text_of(part: etree._Element) -> str:
    """Return the text of a part: runs joined, a newline after each paragraph."""
    kinds = {"t": lambda e: e.text or "", "br": lambda _: "\n", "tab": lambda _: "\t"}
    names = ((etree.QName(element).localname, element) for element in part.iter())
    return "".join(
        "\n" if name == "p" else kinds[name](element)
        for name, element in names
        if name == "p" or (name in kinds and element.getparent().tag.endswith("}r"))
    )


@pytest.mark.parametrize("name", CASES)
def test_sdk_finds_the_letter_valid(
    name: str, folder: Path, tool: Callable[[str], str]
) -> None:
    """Microsoft's own validator has nothing to say."""
    done = subprocess.run(
        [tool("ooxml-validator"), folder / f"{name}.docx"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert json.loads(done.stdout)["errors"] == []
    assert done.returncode == 0


@pytest.mark.parametrize("name", CASES)
def test_audit_finds_the_letter_valid(name: str, folder: Path) -> None:
    """The second validator, which sees other faults, has nothing to say either."""
    result = OpenXmlValidator().validate(folder / f"{name}.docx")
    assert result.is_valid
    assert result.errors == []


@pytest.mark.parametrize("name", CASES)
def test_every_value_is_in_the_text(
    name: str, folder: Path, letters: dict[str, LetterPage]
) -> None:
    """Nothing that a letter says is lost on the way."""
    text = printed(folder / f"{name}.docx")
    unprinted = ("author", "title", "created")
    for path, value in strings_in(letters[name].context()):
        if path not in unprinted and not path.endswith(".kind"):
            assert value.replace("\r\n", "\n") in text, path


@pytest.mark.parametrize("name", sorted(CASES.keys() - set(ODD)))
def test_no_tag_is_left(name: str, folder: Path) -> None:
    """No template tag is printed."""
    text = printed(folder / f"{name}.docx")
    assert not any(mark in text for mark in ("{{", "{%", "}}", "%}"))


@pytest.mark.parametrize("name", CASES)
def test_window_shows_the_address_alone(
    name: str, pdfs: Path, letters: dict[str, LetterPage]
) -> None:
    """The address shows whole wherever the sheet slides, and nothing else does."""
    with pdfplumber.open(pdfs / f"{name}.pdf") as pdf:
        zone = tuple(edge / MM for edge in QUIET)
        shown = pdf.pages[0].crop(zone).extract_text_lines()
    assert [line["text"] for line in shown] == [
        line.text for line in letters[name].recipient
    ]
    for line in shown:
        assert line["x0"] * MM >= SAFE[0]
        assert line["x1"] * MM <= SAFE[2]
        assert line["top"] * MM >= SAFE[1]
        assert line["bottom"] * MM <= SAFE[3]


@pytest.mark.parametrize("name", sorted(CASES.keys() - set(ODD)))
def test_font_is_the_metric_twin_of_arial(
    name: str, pdfs: Path, tool: Callable[[str], str]
) -> None:
    """The positions measured here are those of Arial, as Word will have them."""
    listing = subprocess.run(
        [tool("pdffonts"), pdfs / f"{name}.pdf"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    fonts = [line.split()[0] for line in listing.splitlines()[2:]]
    assert fonts
    assert all("LiberationSans" in font for font in fonts), fonts


def test_main_letter_fits_one_page(pdfs: Path) -> None:
    """450 words, with a list and an enclosure, take one page."""
    assert sum(len(part.text.split()) for part in main_letter()) >= 450
    with pdfplumber.open(pdfs / "main.pdf") as pdf:
        assert len(pdf.pages) == 1
        assert "page 1 / 1" in pdf.pages[0].extract_text()


def test_pages_of_a_complaint_are_numbered(pdfs: Path) -> None:
    """Each page says whose it is, of which request, and how many there are."""
    with pdfplumber.open(pdfs / "complaint.pdf") as pdf:
        pages = [page.extract_text().splitlines()[-1] for page in pdf.pages]
    assert len(pages) >= 2
    for rank, footer in enumerate(pages, start=1):
        assert footer.startswith("Docteur Anne Martin – N/Réf. 2026-0001")
        assert footer.endswith(f"page {rank} / {len(pages)}")


def test_closing_and_signature_stay_together(pdfs: Path) -> None:
    """A signature never stands on a page without the words it signs."""
    with pdfplumber.open(pdfs / "complaint.pdf") as pdf:
        pages = [page.extract_text().splitlines()[:-1] for page in pdf.pages]
    signed = [page for page in pages if "Docteur Anne Martin" in page[1:]]
    assert any("Je vous prie d’agréer" in line for line in signed[-1])


@pytest.mark.parametrize("name", CASES)
def test_lines_do_not_overlap(name: str, pdfs: Path) -> None:
    """The sender's block, however long, pushes the body down and covers nothing."""
    with pdfplumber.open(pdfs / f"{name}.pdf") as pdf:
        page = pdf.pages[0].crop((0, 0, 90 / MM, pdf.pages[0].height))
        lines = page.extract_text_lines()
    for upper, lower in pairwise(sorted(lines, key=lambda line: line["top"])):
        assert lower["top"] > upper["bottom"] - 1.5
