"""E-mail drafts: an .eml file that opens as a message to check and send.

``X-Unsent: 1`` makes Outlook open the file for writing; Thunderbird opens it and
edits it as new. The draft has no date and no identifier: the program that sends
it gives both, and the same letter gives the same bytes.
"""

from __future__ import annotations

import hashlib
import re
from email import policy
from email.charset import QP, Charset
from email.generator import BytesGenerator
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from io import BytesIO
from typing import TYPE_CHECKING

from cnil_requests.core.text import check_printable, one_kind_of_newline
from cnil_requests.errors import InvalidDataError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from email.message import Message

_WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"
_SUBTYPES = {".docx": _WORD, ".pdf": "pdf"}

#: Enough to keep headers apart; whether the address is real is checked elsewhere.
_ADDRESS = re.compile(r"[!#-'*+\-./0-9=?A-Z^_`a-z{|}~]+@[0-9A-Za-z.-]+")

_TEXT = Charset("utf-8")
_TEXT.body_encoding = QP


class BadAddressError(InvalidDataError):
    """An address that a mail program would read as something else."""

    def __init__(self, field: str, address: str) -> None:
        """Name the header as the user knows it, and the address."""
        super().__init__(
            f"{field}\u00a0: {address!r} n'est pas une adresse électronique (un nom, "
            "@ et un domaine, sans accent ni espace).",
            remedy="Corrigez l'adresse dans la fiche de la personne ou du site.",
        )


def draft_email(
    sender: str,
    to: str,
    *,
    subject: str,
    text: str,
    attachments: Sequence[tuple[str, bytes]] = (),
) -> bytes:
    """Return an unsent message as the bytes of an .eml file.

    ``sender`` and ``to`` are addresses and may be empty: the mail program then puts
    its own sender, and the draft has no recipient yet. A subject or a file name on
    several lines is joined into one. Raises BadAddressError, and
    UnprintableTextError for control characters.
    """
    message = MIMEMultipart("mixed", boundary=_boundary(text, attachments))
    message["X-Unsent"] = "1"
    if sender:
        message["From"] = _address("expéditeur", sender)
    if to:
        message["To"] = _address("destinataire", to)
    # Always in encoded words: only they give back every blank exactly.
    message["Subject"] = Header(  # type: ignore[assignment]
        _one_line("objet", subject), "utf-8"
    )
    message.attach(_body(text))
    for name, data in attachments:
        message.attach(_attachment(_one_line("pièce jointe", name), data))
    return _to_bytes(message)


def _address(field: str, address: str) -> str:
    """Refuse what would add a header or a second recipient."""
    if not _ADDRESS.fullmatch(address):
        raise BadAddressError(field, address)
    return address


def _one_line(field: str, value: str) -> str:
    return " ".join(one_kind_of_newline(check_printable(field, value)).splitlines())


def _body(text: str) -> MIMEText:
    printable = one_kind_of_newline(check_printable("texte du courriel", text))
    return MIMEText(printable, "plain", _TEXT)  # type: ignore[arg-type]


def _attachment(name: str, data: bytes) -> MIMEApplication:
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    part = MIMEApplication(data, _SUBTYPES.get(suffix, "octet-stream"))
    part.add_header("Content-Disposition", "attachment", filename=name)
    return part


def _boundary(text: str, attachments: Sequence[tuple[str, bytes]]) -> str:
    """Return a separator made from the content, so that no content can hold it."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass"))
    for _, data in attachments:
        digest.update(data)
    return f"=_cnilreq_{digest.hexdigest()[:32]}"


def _to_bytes(message: Message) -> bytes:
    stream = BytesIO()
    # Mail programs expect the line ends of RFC 5322 in an .eml file.
    rules = policy.compat32.clone(linesep="\r\n")
    BytesGenerator(stream, mangle_from_=False, policy=rules).flatten(message)
    return stream.getvalue()
