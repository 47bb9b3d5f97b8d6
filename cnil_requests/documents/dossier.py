"""The dossier of a complaint: one zip, the same bytes for the same case.

The complaint, the list of exhibits with their hashes, the chronology, then every
exhibit under a numbered name. What goes in is hashed on the way: a proof that
changed or is gone stops the whole.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from cnil_requests.documents.package import pack
from cnil_requests.documents.press import page_of
from cnil_requests.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cnil_requests.core.exhibits import Exhibit
    from cnil_requests.core.letters import Letter
    from cnil_requests.documents.press import Press

    Read = Callable[[Exhibit], bytes]

COMPLAINT = "00-plainte.docx"
EXHIBIT_LIST = "00-bordereau.docx"
CHRONOLOGY = "00-chronologie.docx"
ONLINE_TEXT = "00-plainte-en-ligne.txt"


class MissingExhibitError(StoreError):
    """An exhibit is no longer where it was kept."""

    def __init__(self, exhibit: Exhibit) -> None:
        """Name the exhibit and its file."""
        super().__init__(
            f"Pièce n° {exhibit.number} ({exhibit.title}) : le fichier "
            f"« {exhibit.file} » a disparu.",
            remedy="Reprenez-le d'une sauvegarde ; la plainte n'a pas été préparée.",
        )


class AlteredExhibitError(StoreError):
    """An exhibit is not what was recorded."""

    def __init__(self, exhibit: Exhibit) -> None:
        """Name the exhibit and its file."""
        super().__init__(
            f"Pièce n° {exhibit.number} ({exhibit.title}) : le fichier "
            f"« {exhibit.file} » a été modifié depuis son enregistrement.",
            remedy="Reprenez l'original d'une sauvegarde, ou joignez la nouvelle "
            "version avec : cnilreq attach. La plainte n'a pas été préparée.",
        )


def read_exhibits(exhibits: Sequence[Exhibit], read: Read) -> dict[str, bytes]:
    """Return the content of each exhibit under its numbered name.

    Raises MissingExhibitError and AlteredExhibitError.
    """
    contents = {}
    for exhibit in exhibits:
        try:
            data = read(exhibit)
        except (FileNotFoundError, IsADirectoryError):
            raise MissingExhibitError(exhibit) from None
        if hashlib.sha256(data).hexdigest() != exhibit.sha256:
            raise AlteredExhibitError(exhibit)
        contents[exhibit.packed_name] = data
    return contents


def dossier_parts(
    press: Press, letter: Letter, exhibits: dict[str, bytes]
) -> dict[str, bytes]:
    """Return every file of the dossier, in order."""
    text = press.text(letter)
    return {
        COMPLAINT: press.word(letter, text),
        EXHIBIT_LIST: _annex(press, letter, "exhibits"),
        CHRONOLOGY: _annex(press, letter, "chronology"),
        ONLINE_TEXT: press.form(letter, text).encode(),
        **exhibits,
    }


def _annex(press: Press, letter: Letter, template: str) -> bytes:
    """Return a page that goes with the complaint: signed, without enclosures."""
    annex = replace(letter, template=template, enclosures=())
    page = page_of(annex, press.text(annex))
    return press.layout.render(page.context())


def zip_dossier(parts: dict[str, bytes]) -> bytes:
    """Return the archive; the same parts give the same bytes."""
    return pack(parts)
