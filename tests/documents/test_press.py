"""One wording, three media: what is read back from each file is what was typed."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from io import BytesIO
from typing import TYPE_CHECKING

import pdfplumber
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from cnil_requests import shipped
from cnil_requests.core.directory import Confidence, Directory, Kind
from cnil_requests.core.letters import Letter, compose
from cnil_requests.core.people import Person
from cnil_requests.core.postal import PostalAddress
from cnil_requests.core.requests import Channel, Request
from cnil_requests.core.rights import Correction, Reason, Right, StatedReason
from cnil_requests.core.text import one_kind_of_newline
from cnil_requests.documents.press import Press, mailable
from cnil_requests.documents.templates import TemplateFolders

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage
    from pathlib import Path

DAY = date(2026, 6, 1)
PRESS = Press(TemplateFolders(None, shipped.letter_templates()))
PERSON = Person(
    slug="camille-exemple",
    first_name="Camille",
    last_name="Exemple",
    title="Dr",
    profession="médecin généraliste",
    practice=PostalAddress("1 rue de l'Exemple", "Bâtiment B", "69001", "Lyon"),
    email="camille@exemple.fr",
    phone="04 00 00 00 00",
    rpps="10003456786",
)
SITE = Directory(
    id="exemple",
    name="Exemple",
    domain="exemple.fr",
    has_reviews=True,
    controller="Exemple SAS",
    street="3 rue du Site",
    postcode="75001",
    city="Paris",
    country="FR",
    checked_on=DAY,
    confidence=Confidence.HIGH,
)
REQUEST = Request(
    id="2026-0001",
    person=PERSON.slug,
    directory=SITE,
    right=Right.ERASURE,
    channel=Channel.LETTER,
    drafted_on=DAY,
    folder="requests/2026-0001-exemple",
    urls=("https://www.exemple.fr/medecins/lyon-69001/dr-camille-exemple",),
    reasons=(StatedReason(Reason.SECRECY), StatedReason(Reason.NOT_INFORMED)),
    seen_on=DAY,
)
MAPS = replace(REQUEST, directory=replace(SITE, kind=Kind.MAP_LISTING))


def letter_of(request: Request = REQUEST, person: Person = PERSON) -> Letter:
    """Compose a letter, today."""
    return compose(request, person, today=DAY)


def word_text(letter: Letter) -> str:
    """Return all that the Word file says, breaks as newlines and tabs as tabs."""
    data = PRESS.word(letter, PRESS.text(letter))
    return "\n".join(item.text for item in Document(BytesIO(data)).paragraphs)


def email_of(letter: Letter, to: str = "dpo@exemple.fr") -> EmailMessage:
    """Return the draft as a mail program reads it."""
    data = PRESS.email(letter, PRESS.text(letter), to=to, sender=PERSON.email)
    return message_from_bytes(data, policy=policy.default)  # type: ignore[return-value]


def email_text(letter: Letter) -> str:
    """Return the text of the message, with its subject."""
    message = email_of(letter)
    body = message.get_body(("plain",))
    assert body
    text = body.get_content().replace("\r\n", "\n")  # the line ends of mail
    return f"{message['Subject']}\n{text}"


def form_text(letter: Letter) -> str:
    """Return what is pasted in a form."""
    return PRESS.form(letter, PRESS.text(letter))


VALUES = [
    "Zack & Tyler < Co > \"guillemets\" 'apostrophes' &amp; <b>",
    "Éléonore Œuvray-Ñandú \N{GRINNING FACE}\N{FAMILY} e\u0301",
    "{{ me.name }} {% include '_term.txt' %} {# rien #}",
    "- tiret",
    "## titre",
    "> bloc",
    "Objet : autre chose",
    "tab\tulation  et  blancs",
    "\u05d3\u05f4\u05e8 \u05db\u05d4\u05df مرحبا",
    "x" * 300,
    "une\ndeux\n\ntrois",
    "C:\\a\\1 $1 \\n %s %(x)s",
]


@pytest.mark.parametrize("value", VALUES)
def test_a_detail_is_read_back_from_every_file(value: str) -> None:
    """From the Word file, the e-mail and the text for a form, exactly."""
    stated = replace(REQUEST, reasons=(StatedReason(Reason.OTHER, value),))
    letter = letter_of(stated)
    assert value in word_text(letter)
    assert value in email_text(letter)
    assert value in form_text(letter)


@pytest.mark.parametrize("newline", ["\n", "\r", "\r\n", "\x85", "\u2028", "\u2029"])
def test_line_breaks_are_read_back_as_one_kind(newline: str) -> None:
    """In each file."""
    stated = StatedReason(Reason.SECURITY, f"un{newline}deux")
    letter = letter_of(replace(REQUEST, reasons=(stated,)))
    for text in (word_text(letter), email_text(letter), form_text(letter)):
        assert "un\ndeux." in text


@pytest.mark.parametrize("value", [item for item in VALUES if "\n" not in item])
def test_every_other_field_is_read_back(value: str) -> None:
    """Names, profession, corrections, names searched, site."""
    person = replace(PERSON, last_name=value, profession=value)
    fixed = replace(
        REQUEST, right=Right.RECTIFICATION, corrections=(Correction(value, value),)
    )
    engine = replace(SITE, kind=Kind.SEARCH_ENGINE, name=value)
    searched = replace(
        REQUEST, right=Right.DEREFERENCING, search_names=(value,), directory=engine
    )
    for request in (fixed, searched):
        text = word_text(letter_of(request, person))
        assert text.count(value) >= 4
    assert form_text(letter_of(searched, person)).count(value) >= 3


TYPED = st.text(
    st.characters(
        blacklist_categories=("Cc", "Cs"), blacklist_characters="\ufffe\uffff"
    ),
    min_size=1,
).map(str.strip)


@settings(max_examples=60)
@given(TYPED.filter(bool))
def test_any_text_is_read_back(value: str) -> None:
    """Whatever is typed: from option to file."""
    expected = one_kind_of_newline(value)
    letter = letter_of(replace(REQUEST, reasons=(StatedReason(Reason.OTHER, value),)))
    assert expected in word_text(letter)
    assert expected in form_text(letter)
    assert expected in email_text(letter)


def test_the_same_letter_gives_the_same_bytes() -> None:
    """A hash can tell whether somebody edited it."""
    letter = letter_of()
    text = PRESS.text(letter)
    assert PRESS.word(letter, text) == PRESS.word(letter, text)
    one = PRESS.email(letter, text, to="", sender="")
    assert one == PRESS.email(letter, text, to="", sender="")


def test_the_properties_of_the_word_file() -> None:
    """Author, title, day and language: Word shows and uses them."""
    letter = letter_of()
    document = Document(BytesIO(PRESS.word(letter, PRESS.text(letter))))
    properties = document.core_properties
    assert properties.author == "Dr Camille Exemple"
    assert properties.title.startswith("Opposition et demande d’effacement")
    assert properties.created
    assert properties.created.date() == DAY
    assert properties.language == "fr-FR"


def test_the_email_is_an_unsent_draft_with_the_letter() -> None:
    """It opens for writing; the attachment is the letter itself."""
    letter = letter_of(replace(REQUEST, channel=Channel.EMAIL))
    message = email_of(letter)
    assert message["X-Unsent"] == "1"
    assert message["To"] == "dpo@exemple.fr"
    assert message["From"] == "camille@exemple.fr"
    assert message["Date"] is None
    (attachment,) = message.iter_attachments()
    assert attachment.get_filename() == "lettre.docx"
    assert attachment.get_content() == PRESS.word(letter, PRESS.text(letter))
    text = email_text(letter)
    assert "Dr Camille Exemple\nmédecin généraliste\nBâtiment B" in text
    assert "Référence\u00a0: 2026-0001" in text
    assert "Par courriel" in word_text(letter)


@pytest.mark.parametrize(
    ("address", "mailed"),
    [
        ("a@exemple.fr", "a@exemple.fr"),
        ("o'neil+x@exemple.fr", "o'neil+x@exemple.fr"),
        ("a@médecin.fr", "a@xn--mdecin-bva.fr"),
        ("élodie@exemple.fr", ""),
        ("", ""),
    ],
)
def test_addresses_that_every_server_takes(address: str, mailed: str) -> None:
    """An accented domain has an ASCII form, an accented mailbox has none."""
    assert mailable(address) == mailed
    if address:
        assert email_of(letter_of(), to=address)["To"] == (mailed or None)


def test_a_form_gets_its_own_fields_or_the_whole_text() -> None:
    """Labelled blocks for a map listing; the signed letter elsewhere."""
    sheet = form_text(letter_of(MAPS))
    assert "Résidence\N{NO-BREAK SPACE}: France" in sheet
    assert REQUEST.urls[0] in sheet
    assert "Madame, Monsieur" not in sheet
    text = form_text(letter_of())
    assert text.startswith("Opposition et demande d’effacement")
    assert text.endswith("RPPS 10003456786\nRéférence\u00a0: 2026-0001\n")


LONG = Correction("12 rue de la République", "14 rue de la République")
PAGES = {
    "doctolib": (REQUEST, 1),
    "incomplete": (replace(REQUEST, directory=replace(SITE, controller="")), 1),
    "registry": (
        replace(REQUEST, directory=replace(SITE, kind=Kind.COMPANY_REGISTRY)),
        1,
    ),
    "objection": (replace(REQUEST, right=Right.OBJECTION), 1),
    "access": (replace(REQUEST, right=Right.ACCESS, reasons=()), 1),
    "marketing": (replace(REQUEST, right=Right.MARKETING, reasons=()), 1),
    "rectification": (
        replace(REQUEST, right=Right.RECTIFICATION, corrections=(LONG,)),
        1,
    ),
    "dereferencing": (
        replace(
            REQUEST,
            right=Right.DEREFERENCING,
            directory=replace(SITE, kind=Kind.SEARCH_ENGINE),
            search_names=("Camille Exemple",),
        ),
        1,
    ),
    "every-reason": (
        replace(
            REQUEST, reasons=tuple(StatedReason(item, "précision") for item in Reason)
        ),
        2,
    ),
}


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory, tool: Callable[[str], str]) -> Path:
    """Let LibreOffice print all letters, in one call with a profile of its own."""
    folder = tmp_path_factory.mktemp("letters")
    for name, (request, _) in PAGES.items():
        letter = letter_of(request)
        data = PRESS.word(letter, PRESS.text(letter))
        (folder / f"{name}.docx").write_bytes(data)
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [
            tool("soffice"),
            "--headless",
            f"-env:UserInstallation={profile}",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *(str(folder / f"{name}.docx") for name in PAGES),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder


@pytest.mark.parametrize("name", PAGES)
def test_letters_fit_their_page(pdfs: Path, name: str) -> None:
    """One sheet, with two reasons, the day seen and the whole sender's block."""
    with pdfplumber.open(pdfs / f"{name}.pdf") as document:
        assert len(document.pages) == PAGES[name][1]
        assert "Dr Camille Exemple" in document.pages[-1].extract_text()
