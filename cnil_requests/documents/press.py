"""Print a composed letter in its three media, from one wording."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cnil_requests.documents.page import LetterPage
from cnil_requests.documents.wording import Wording

if TYPE_CHECKING:
    from cnil_requests.core.letters import Letter
    from cnil_requests.documents.templates import TemplateFolders
    from cnil_requests.documents.word import WordTemplate
    from cnil_requests.documents.wording import Text


@dataclass(frozen=True)
class Press:
    """The templates, read and compiled once, for as many letters as wanted."""

    folders: TemplateFolders

    @cached_property
    def wording(self) -> Wording:
        """The texts."""
        return Wording(self.folders.text)

    @cached_property
    def layout(self) -> WordTemplate:
        """The Word layout."""
        from cnil_requests.documents.word import WordTemplate

        return WordTemplate(*self.folders.word())

    def text(self, letter: Letter) -> Text:
        """Return the wording of a letter. Raises BadWordingError."""
        return self.wording.render(letter.template, letter.variables)

    def word(self, letter: Letter, text: Text) -> bytes:
        """Return the Word file of a letter."""
        return self.layout.render(page_of(letter, text).context())

    def email(self, letter: Letter, text: Text, *, to: str, sender: str) -> bytes:
        """Return the e-mail of a letter as an unsent draft, the letter attached.

        ``to`` and ``sender`` are addresses, empty when they are not known.
        """
        from cnil_requests.documents.email import draft_email

        return draft_email(
            mailable(sender),
            mailable(to),
            subject=text.subject,
            text=signed(letter, text),
            attachments=[("lettre.docx", self.word(letter, text))],
        )

    def form(self, letter: Letter, text: Text) -> str:
        """Return what to paste in the site's form: its own fields, or the text."""
        if letter.form_sheet:
            sheet = self.wording.render(letter.form_sheet, letter.variables)
            return f"{sheet.subject}\n\n{sheet.plain()}"
        return f"{text.subject}\n\n{signed(letter, text)}"


def mailable(address: str) -> str:
    """Return an address as every mail server takes it: its domain in ASCII.

    One whose name itself is accented gives "": the mail program then asks for it.
    """
    name, at, domain = address.rpartition("@")
    try:
        return f"{name}{at}{domain.encode('idna').decode()}" if name.isascii() else ""
    except UnicodeError:
        return ""


def page_of(letter: Letter, text: Text) -> LetterPage:
    """Return what the Word page shows."""
    return LetterPage(
        sender=letter.sender,
        recipient=letter.recipient,
        place_date=letter.place_and_date,
        subject=text.subject,
        paragraphs=text.paragraphs,
        signature=letter.signature,
        author=letter.signature,
        title=text.subject,
        drafted_on=letter.written_on,
        mention=letter.mention,
        reference=letter.reference,
        enclosures=letter.enclosures,
    )


def signed(letter: Letter, text: Text) -> str:
    """Return the text with the sender below, as an e-mail or a form needs it."""
    sender = "\n".join(letter.sender)
    return f"{text.plain()}\n{sender}\nRéférence\u00a0: {letter.reference}\n"
