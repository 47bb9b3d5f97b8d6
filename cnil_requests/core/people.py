"""The data subject: who he is, where he practises, what his letters may show."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from cnil_requests.core.mandates import Mandate
    from cnil_requests.core.postal import PostalAddress


class Disclosed(StrEnum):
    """What may appear in a letter; a controller may ask for nothing more.

    C. pén. art. R625-12 protects the request of a person who justifies his
    identity: some identifying element stays in each letter.
    """

    PRACTICE = "practice"
    CORRESPONDENCE = "correspondence"
    RPPS = "rpps"
    SIREN = "siren"


#: Never the correspondence address, which may be a home, unless it is chosen.
DISCLOSED_BY_DEFAULT = frozenset({Disclosed.PRACTICE, Disclosed.RPPS, Disclosed.SIREN})


@dataclass(frozen=True)
class Person:
    """A data subject, in canonical form (numbers without blanks).

    ``practice`` is the professional address; ``correspondence`` another one, or
    None when letters come to the practice. Empty text means not given. With a
    ``mandate`` the letters are written by its agent. ``withdrew_on`` is the day the
    last one was withdrawn: what was signed until then is worth nothing any more.
    """

    slug: str
    first_name: str
    last_name: str
    title: str = ""
    profession: str = ""
    practice: PostalAddress | None = None
    correspondence: PostalAddress | None = None
    email: str = ""
    phone: str = ""
    rpps: str = ""
    siren: str = ""
    siret: str = ""
    disclosed: frozenset[Disclosed] = field(default=DISCLOSED_BY_DEFAULT)
    mandate: Mandate | None = None
    withdrew_on: date | None = None

    @property
    def full_name(self) -> str:
        """First and last name, without the title."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def titled_name(self) -> str:
        """Title, first and last name, as a letter is signed."""
        return f"{self.title} {self.full_name}".strip()

    @property
    def letter_address(self) -> PostalAddress | None:
        """The address that letters show and where answers are to be sent."""
        if Disclosed.CORRESPONDENCE in self.disclosed and self.correspondence:
            return self.correspondence
        return self.practice if Disclosed.PRACTICE in self.disclosed else None


def slug_of(text: str) -> str:
    """Return ``text`` in lower-case ASCII letters, digits and single hyphens.

    Safe as a file name on every system: at most 40 characters, never empty,
    never a name that Windows reserves.
    """
    plain = unicodedata.normalize("NFKD", text.lower().translate(_SPELT_OUT))
    ascii_only = plain.encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:40].strip("-")
    if not slug:
        return "sans-nom"
    return f"{slug}-x" if slug in _RESERVED else slug


#: Letters of names that Unicode does not take apart.
_SPELT_OUT = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i"}
)
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul"]
    + [f"com{digit}" for digit in range(10)]
    + [f"lpt{digit}" for digit in range(10)]
)
