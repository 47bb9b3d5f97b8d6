"""E-mail drafts: exact, safe, and the same every time."""

from __future__ import annotations

import email
from email import policy
from typing import TYPE_CHECKING

import pytest

from cnil_requests.core.text import UnprintableTextError
from cnil_requests.documents.email import BadAddressError, draft_email

if TYPE_CHECKING:
    from email.message import EmailMessage


def draft(**changes: object) -> bytes:
    """Return the sample draft; what is named replaces its own."""
    given: dict[str, object] = {
        "sender": "anne.martin@exemple.fr",
        "to": "dpo@exemple.fr",
        "subject": "Opposition et demande d’effacement",
        "text": "Madame, Monsieur,\n\nVoir « pièce jointe ».\n",
        "attachments": [("lettre.docx", b"PK\x03\x04\x00\xff\r\n.\r\n" * 99)],
        **changes,
    }
    return draft_email(given.pop("sender"), given.pop("to"), **given)  # type: ignore[arg-type]


def read(data: bytes) -> EmailMessage:
    """Read a message as a mail program does."""
    message = email.message_from_bytes(data, policy=policy.default)
    assert not message.defects
    return message


def test_draft_is_unsent_and_undated() -> None:
    """The file opens for writing; whoever sends it gives date and identifier."""
    message = read(draft())
    assert message["X-Unsent"] == "1"
    assert message["From"] == "anne.martin@exemple.fr"
    assert message["To"] == "dpo@exemple.fr"
    assert message["Date"] is None
    assert message["Message-ID"] is None


def test_attachment_round_trips() -> None:
    """The letter comes out of the message byte for byte, as a Word document."""
    (attachment,) = read(draft()).iter_attachments()
    assert attachment.get_filename() == "lettre.docx"
    assert attachment.get_content() == b"PK\x03\x04\x00\xff\r\n.\r\n" * 99
    assert attachment.get_content_type() == (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("pièce n° 1 – « fiche ».PDF", "application/pdf"),
        ("capture.png", "application/octet-stream"),
        ("sans suffixe", "application/octet-stream"),
    ],
)
def test_attachment_names(name: str, kind: str) -> None:
    """Any file name comes out as it went in."""
    (attachment,) = read(draft(attachments=[(name, b"x")])).iter_attachments()
    assert attachment.get_filename() == name
    assert attachment.get_content_type() == kind


@pytest.mark.parametrize(
    "subject",
    [
        "Opposition et demande d’effacement – un très long objet accentué, qui passe "
        "par-dessus la fin de la ligne d’un en-tête",
        "  deux  blancs  ",
        "insécable\u00a0: oui",
        "x" * 300,
        "é" * 300,
        "e\u0301" * 100,
        "=?utf-8?q?piège?=",
        'a: b, c; <d> "e"',
        "🙂 العربية 日本",
        "",
    ],
)
def test_subject_is_exact(subject: str) -> None:
    """An accented subject decodes exactly, however long it is."""
    assert read(draft(subject=subject))["Subject"] == subject


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028"])
def test_subject_on_several_lines_starts_no_header(newline: str) -> None:
    """A line break in a value cannot add a hidden recipient."""
    message = read(draft(subject=f"Objet{newline}Bcc: autre@exemple.fr"))
    assert message["Subject"] == "Objet Bcc: autre@exemple.fr"
    assert message["Bcc"] is None


@pytest.mark.parametrize(
    "text",
    ["", "accents é\n", "From moi\n.\n..\n", "x" * 3000, "a\tb {{ x }} =20 \n", "🙂"],
)
def test_text_is_exact(text: str) -> None:
    """The body reads back as it was written, line ends apart."""
    content = read(draft(text=text)).get_body().get_content()  # type: ignore[union-attr]
    assert content.replace("\r\n", "\n") == text


def test_lines_are_those_of_mail() -> None:
    """No line is too long for mail, and all end as RFC 5322 wants."""
    data = draft(text="é" * 5000, subject="é" * 500)
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_draft_without_addresses() -> None:
    """The recipient may still be unknown, and the mail program knows the sender."""
    message = read(draft(sender="", to=""))
    assert message["To"] is None
    assert message["From"] is None


@pytest.mark.parametrize(
    "address",
    [
        "a@b.fr\r\nBcc: c@d.fr",
        "a@b.fr\n",
        "a@b.fr, c@d.fr",
        "Nom <a@b.fr>",
        "é@b.fr",
        "sans-arobase",
        " a@b.fr",
    ],
)
def test_bad_address_is_refused(address: str) -> None:
    """What is more or less than one address is refused, with the field's name."""
    with pytest.raises(BadAddressError, match="destinataire") as error:
        draft(to=address)
    assert error.value.exit_code == 4
    with pytest.raises(BadAddressError, match="expéditeur"):
        draft(sender=address)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"subject": "a\x07"}, "objet"),
        ({"text": "a\ud800"}, "texte du courriel"),
        ({"attachments": [("a\x00.pdf", b"")]}, "pièce jointe"),
    ],
)
def test_control_character_is_refused(changes: dict[str, object], field: str) -> None:
    """A character that cannot be shown is refused with the field that holds it."""
    with pytest.raises(UnprintableTextError, match=field):
        draft(**changes)


def test_same_letter_same_bytes() -> None:
    """The same draft gives the same bytes; another text, another separator."""
    assert draft() == draft()
    first, second = (read(draft(text=text)).get_boundary() for text in ("a", "b"))
    assert first != second
