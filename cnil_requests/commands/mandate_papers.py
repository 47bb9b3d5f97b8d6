"""The paper that makes a mandate: composed from what is recorded, to be signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnil_requests.core.mandating import compose_mandate
from cnil_requests.store.values import PaperToSign

if TYPE_CHECKING:
    from datetime import date

    from cnil_requests.core.mandates import Mandate
    from cnil_requests.core.people import Person
    from cnil_requests.documents.press import Press

PAPER = "pouvoir.docx"


def paper_to_sign(press: Press, person: Person, *, today: date) -> PaperToSign | None:
    """Return the paper of a mandate that says all it must and is not signed."""
    mandate = person.mandate
    if mandate is None or mandate.missing() or mandate.signed_on:
        return None
    return PaperToSign(PAPER, lambda: _content(press, person, mandate, today))


def _content(press: Press, person: Person, mandate: Mandate, today: date) -> bytes:
    letter = compose_mandate(person, mandate, today=today)
    return press.word(letter, press.text(letter))
