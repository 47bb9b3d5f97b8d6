"""What a letter shows, before Word: the contract between wording and layout."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from cnil_requests.core.letters import RecipientLine


class ParagraphKind(StrEnum):
    """How a paragraph is set; each has its own style in the layout.

    ``ITEM`` and ``DATED`` print their label in the margin: a dash or a number for
    an item, a date for an entry of a chronology. ``BLOCK`` is an indented group of
    lines, such as an address or a list of web addresses. ``CLOSING`` stays on the
    page of the signature: a letter that ends with a text closes with it.
    """

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"
    DATED = "dated"
    BLOCK = "block"
    CLOSING = "closing"


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; a newline in ``text`` is a line break, never a new paragraph.

    The ``label`` of an item without one is an en dash; other kinds have none.
    """

    text: str
    kind: ParagraphKind = ParagraphKind.TEXT
    label: str = ""

    def context(self) -> dict[str, str]:
        """Return what a template sees of the paragraph."""
        bare_item = self.kind is ParagraphKind.ITEM and not self.label
        label = "–" if bare_item else self.label
        return {"kind": self.kind.value, "text": self.text, "label": label}


@dataclass(frozen=True)
class LetterPage:
    """Everything that one letter or complaint prints.

    ``sender`` starts with the name. ``recipient`` holds at most six lines, seven
    with a country; those to be completed are printed highlighted. ``subject`` goes
    without « Objet », ``enclosures`` and ``copies`` without their labels. An empty
    ``mention`` or ``reference`` prints nothing. ``drafted_on`` dates the file's
    properties: no clock is read.
    """

    sender: tuple[str, ...]
    recipient: tuple[RecipientLine, ...]
    place_date: str
    subject: str
    paragraphs: tuple[Paragraph, ...]
    signature: str
    author: str
    title: str
    drafted_on: date
    mention: str = ""
    reference: str = ""
    enclosures: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()

    def context(self) -> dict[str, object]:
        """Return the fields a Word template may print: text, lists and dicts only.

        A template can call methods of what it is given, so it is given no object.
        """
        return {
            "sender": list(self.sender),
            "recipient": [
                {"text": line.text, "todo": line.todo} for line in self.recipient
            ],
            "place_date": self.place_date,
            "mention": self.mention,
            "reference": self.reference,
            "subject": self.subject,
            "paragraphs": self._paragraphs(),
            "signature": self.signature,
            "enclosures": list(self.enclosures),
            "copies": list(self.copies),
            "author": self.author,
            "title": self.title,
            "created": f"{self.drafted_on.isoformat()}T00:00:00Z",
        }

    def _paragraphs(self) -> list[dict[str, str]]:
        paragraphs = [paragraph.context() for paragraph in self.paragraphs]
        if paragraphs and paragraphs[-1]["kind"] == ParagraphKind.TEXT:
            paragraphs[-1]["kind"] = ParagraphKind.CLOSING.value
        return paragraphs


#: What each field of the context is called in a message.
FIELD_NAMES = {
    "sender": "bloc de l'expéditeur",
    "recipient": "adresse du destinataire",
    "place_date": "lieu et date",
    "mention": "mention d'envoi",
    "reference": "référence",
    "subject": "objet",
    "paragraphs": "texte de la lettre",
    "signature": "signature",
    "enclosures": "pièces jointes",
    "copies": "copies",
    "author": "auteur du fichier",
    "title": "titre du fichier",
    "created": "date du fichier",
}

_RANKED = {
    "sender": "ligne",
    "recipient": "ligne",
    "paragraphs": "paragraphe",
    "enclosures": "n°",
    "copies": "n°",
}
_PATH = re.compile(r"(\w+)(?: (\d+))?(?:\.\w+)?")


def describe_field(path: str) -> str:
    """Return a path such as ``paragraphs 4.text`` as a user can find it.

    Ranks start at 1. An unknown path is returned as it is: it is the user's own.
    """
    match = _PATH.fullmatch(path)
    name = FIELD_NAMES.get(match[1]) if match else None
    if match is None or name is None:
        return path
    if match[2] is None or match[1] not in _RANKED:
        return name
    return f"{name}, {_RANKED[match[1]]}\u00a0{match[2]}"
