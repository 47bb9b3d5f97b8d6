"""The dossier: whole, in order, the same bytes; a proof that changed stops it."""

from __future__ import annotations

import hashlib
import json
import subprocess
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pdfplumber
import pytest
from openxml_audit import OpenXmlValidator

from cnil_requests import shipped
from cnil_requests.core.authority import authority_lines
from cnil_requests.core.case_fields import Case
from cnil_requests.core.complaints import compose_complaint
from cnil_requests.core.directory import Directory
from cnil_requests.core.mandating import compose_mandate
from cnil_requests.core.notices import compose_notice
from cnil_requests.core.requests import Event, EventKind
from cnil_requests.core.specimens import AGENCY, PERSON, REQUEST
from cnil_requests.core.standing import Standing
from cnil_requests.core.upstream import Operator, compose_operator_letter
from cnil_requests.documents.dossier import (
    CHRONOLOGY,
    COMPLAINT,
    EXHIBIT_LIST,
    ONLINE_TEXT,
    AlteredExhibitError,
    MissingExhibitError,
    dossier_parts,
    read_exhibits,
    zip_dossier,
)
from cnil_requests.documents.portable import one_pdf
from cnil_requests.documents.press import Press
from cnil_requests.documents.templates import TemplateFolders

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cnil_requests.core.exhibits import Exhibit

MM = 25.4 / 72
QUIET = (90, 44, 200, 90)
TODAY = date(2026, 9, 1)
PRESS = Press(TemplateFolders(None, shipped.letter_templates()))
CONTENTS = {
    "page.png": b"\x89PNG",
    "lettre.docx": b"PK letter",
    "recu.pdf": b"%PDF-1.4",
    "aujourd.html": b"<html>",
}
#: A site whose address may be printed, so that the window has something to show.
SITE = Directory(
    id="exemple",
    name="Exemple",
    domain="exemple.fr",
    controller="Exemple SAS",
    street="3 rue de l'Exemple",
    postcode="75001",
    city="Paris",
    country="FR",
)


@dataclass(frozen=True)
class File:
    """A kept file."""

    name: str
    kind: str
    event: int
    sealed: bool = True

    @property
    def sha256(self) -> str:
        """The hash of its content."""
        return hashlib.sha256(CONTENTS[self.name]).hexdigest()


def event(number: int, kind: EventKind, on: date, **data: str) -> Event:
    """Return an event recorded the day it happened."""
    return Event(kind, on=on, recorded_on=on, data=data, number=number)


EVENTS = (
    event(1, EventKind.DRAFTED, date(2026, 6, 1)),
    event(2, EventKind.SENT, date(2026, 6, 2), by="letter"),
    event(3, EventKind.RECEIVED, date(2026, 6, 4)),
    event(4, EventKind.SEEN, date(2026, 7, 10), what="online"),
    event(5, EventKind.SEEN, TODAY, what="online"),
)
FILES = (
    File("page.png", "capture", 4),
    File("lettre.docx", "letter", 2),
    File("recu.pdf", "delivery", 3),
    File("aujourd.html", "capture", 5),
)


def a_case(**changes: object) -> Case:
    """Return the case of a silent site with four exhibits."""
    request = replace(REQUEST, directory=SITE)
    case = Case(Standing(request, EVENTS), PERSON, FILES, TODAY, still_online=TODAY)
    return replace(case, **changes)  # type: ignore[arg-type]


def read(exhibit: Exhibit) -> bytes:
    """Give the content of an exhibit."""
    return CONTENTS[exhibit.file]


@pytest.fixture(scope="module")
def parts() -> dict[str, bytes]:
    """Give the parts of the dossier."""
    case = a_case()
    contents = read_exhibits(case.exhibits, read)
    return dossier_parts(PRESS, compose_complaint(case).letter, contents)


def test_everything_is_in_order(parts: dict[str, bytes]) -> None:
    """The complaint and its pages first, then the exhibits under their numbers."""
    with ZipFile(BytesIO(zip_dossier(parts))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            COMPLAINT,
            EXHIBIT_LIST,
            CHRONOLOGY,
            ONLINE_TEXT,
            "01-capture-de-la-page-du-10-juillet-2026.png",
            "02-ma-demande.docx",
            "03-preuve-de-reception-du-4-juin-2026.pdf",
            "04-capture-de-la-page-du-1er-septembre-2026.html",
        ]
        assert archive.read("02-ma-demande.docx") == CONTENTS["lettre.docx"]


def test_the_same_case_gives_the_same_bytes(parts: dict[str, bytes]) -> None:
    """No clock, no chance."""
    again = dossier_parts(
        PRESS,
        compose_complaint(a_case()).letter,
        read_exhibits(a_case().exhibits, read),
    )
    assert zip_dossier(again) == zip_dossier(parts)


def test_the_list_names_every_file_with_its_hash(
    parts: dict[str, bytes], lines: Callable[[bytes], list[str]]
) -> None:
    """Anybody can verify what he received."""
    text = "\n".join(lines(parts[EXHIBIT_LIST]))
    for exhibit in a_case().exhibits:
        assert exhibit.packed_name in text
        assert exhibit.sha256 in text


def test_the_online_text_is_in_blocks_to_paste(parts: dict[str, bytes]) -> None:
    """Headings in capitals, paragraphs on one line each, nothing to clean."""
    text = parts[ONLINE_TEXT].decode()
    blocks = text.split("\n\n")
    for heading in ("VOS COORDONNÉES", "DÉMARCHE DÉJÀ FAITE", "MANQUEMENTS"):
        assert heading in blocks
    assert "\t" not in text
    assert "\r" not in text
    assert "Pièce\N{NO-BREAK SPACE}n°\N{NO-BREAK SPACE}4" in text


def test_a_proof_that_changed_stops_it_with_its_name() -> None:
    """It is no proof any more."""
    with pytest.raises(AlteredExhibitError, match=r"Pièce n° 2.*lettre.docx.*modifié"):
        read_exhibits(a_case().exhibits, lambda item: b"x" * item.number
                      if item.number == 2 else read(item))  # fmt: skip


def test_a_proof_that_is_gone_stops_it_with_its_name() -> None:
    """Nothing is packed without it."""

    def gone(exhibit: Exhibit) -> bytes:
        raise FileNotFoundError(exhibit.file)

    with pytest.raises(MissingExhibitError, match=r"Pièce n° 1.*page.png.*disparu"):
        read_exhibits(a_case().exhibits, gone)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, parts: dict[str, bytes]) -> Path:
    """Write every new Word document of the escalation."""
    path = tmp_path_factory.mktemp("escalation")
    case, agency = a_case(), a_case(person=AGENCY)
    letters = {
        "notice": compose_notice(case, 15),
        "notice-agency": compose_notice(agency, 15),
        "operator": compose_operator_letter(
            PERSON, Operator("Opérateur Exemple"), "04 00 00 00 00", today=TODAY
        ),
    }
    assert AGENCY.mandate
    letters["mandate"] = compose_mandate(PERSON, AGENCY.mandate, today=TODAY)
    for name, letter in letters.items():
        (path / f"{name}.docx").write_bytes(PRESS.word(letter, PRESS.text(letter)))
    for name in (COMPLAINT, EXHIBIT_LIST, CHRONOLOGY):
        (path / name).write_bytes(parts[name])
    return path


def test_both_validators_have_nothing_to_say(
    folder: Path, tool: Callable[[str], str]
) -> None:
    """Microsoft's own, and the second one that sees other faults."""
    for file in sorted(folder.glob("*.docx")):
        result = OpenXmlValidator().validate(file)
        assert (result.is_valid, result.errors) == (True, []), file.name
    for file in sorted(folder.glob("*.docx")):
        done = subprocess.run(
            [tool("ooxml-validator"), file],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert json.loads(done.stdout)["errors"] == [], file.name


@pytest.fixture(scope="module")
def pdfs(folder: Path, tool: Callable[[str], str]) -> Path:
    """Let LibreOffice print them all."""
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


@pytest.mark.parametrize("name", [COMPLAINT, EXHIBIT_LIST, CHRONOLOGY])
def test_the_window_shows_the_cnil_alone(name: str, pdfs: Path) -> None:
    """Its postal address, in the DL window, and nothing else."""
    with pdfplumber.open((pdfs / name).with_suffix(".pdf")) as pdf:
        zone = tuple(edge / MM for edge in QUIET)
        shown = pdf.pages[0].crop(zone).extract_text_lines()
    assert tuple(line["text"] for line in shown) == authority_lines()
    assert authority_lines() == (
        "CNIL",
        "3 PLACE DE FONTENOY",
        "TSA 80715",
        "75334 PARIS CEDEX 07",
    )


def test_the_window_of_the_other_letters_shows_their_recipient(pdfs: Path) -> None:
    """Notice, operator letter, mandate; the agent's block stays out of it."""
    expected = {
        "notice": "Exemple SAS",
        "notice-agency": "Exemple SAS",
        "operator": "Opérateur Exemple",
        "mandate": "Syndicat Exemple",
    }
    for name, first in expected.items():
        with pdfplumber.open(pdfs / f"{name}.pdf") as pdf:
            zone = tuple(edge / MM for edge in QUIET)
            shown = pdf.pages[0].crop(zone).extract_text_lines()
        assert shown[0]["text"] == first, name


def test_the_whole_prints_as_one_pdf(tool: Callable[[str], str]) -> None:
    """Every part in order; what cannot be printed is named on a page of its own."""
    tool("soffice")
    case = a_case(files=FILES[3:])
    contents = read_exhibits(case.exhibits, read)
    parts = dossier_parts(PRESS, compose_complaint(case).letter, contents)
    with pdfplumber.open(BytesIO(one_pdf(parts))) as pdf:
        texts = [page.extract_text() for page in pdf.pages]
    assert "Réclamation (article 77 du RGPD)" in texts[0]
    assert "04-capture" not in texts[-1]
    assert "01-capture-de-la-page-du-1er-septembre-2026.html" in texts[-1]
    assert "joint à part" in texts[-1]
