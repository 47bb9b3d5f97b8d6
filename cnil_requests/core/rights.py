"""The rights a letter can exercise, and the reasons a doctor can give.

Articles: Regulation (EU) 2016/679 (GDPR) and loi n° 78-17 (LIL) in its numbering
since 1 June 2019, read in the consolidated state of 25 February 2026.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Right(StrEnum):
    """What a request asks for; the value is the word of ``--right``."""

    ERASURE = "erasure"
    OBJECTION = "objection"
    MARKETING = "marketing"
    ACCESS = "access"
    RECTIFICATION = "rectification"
    DEREFERENCING = "dereferencing"

    @property
    def rule(self) -> RightRule:
        """The articles, the French name and what a letter of this right needs."""
        return _RULES[self]


@dataclass(frozen=True)
class RightRule:
    """What the law and the letter need for one right.

    ``needs_reason`` follows GDPR art. 21(1): « raisons tenant à sa situation
    particulière ». An objection to direct marketing (21(2)) needs none.
    """

    french: str
    gdpr: str
    lil: str
    needs_url: bool
    needs_reason: bool


_RULES = {
    Right.ERASURE: RightRule(
        "opposition et effacement", "21(1) et 17(1)", "56 et 51", True, True
    ),
    Right.OBJECTION: RightRule("opposition", "21(1)", "56", True, True),
    Right.MARKETING: RightRule(
        "opposition à la prospection", "21(2) et 21(3)", "56", False, False
    ),
    Right.ACCESS: RightRule("accès", "15", "49", False, False),
    Right.RECTIFICATION: RightRule("rectification", "16", "50", True, False),
    Right.DEREFERENCING: RightRule(
        "déréférencement", "21(1) et 17(1)", "56 et 51", True, True
    ),
}


class Reason(StrEnum):
    """The menu of reasons tied to the doctor's situation (``--because``)."""

    SECRECY = "secrecy"
    ADVERTISING = "advertising"
    WRONG_DATA = "wrong-data"
    COMMERCIAL_USE = "commercial-use"
    NOT_INFORMED = "not-informed"
    SECURITY = "security"
    END_OF_PRACTICE = "end-of-practice"
    OTHER = "other"

    @property
    def french(self) -> str:
        """The reason as the menu shows it."""
        return _MENU[self]


#: In the very sense of the letters: who picks a line signs that sentence.
_MENU = {
    Reason.SECRECY: (
        "le secret professionnel m'empêche de répondre à tout avis qui serait publié"
    ),
    Reason.ADVERTISING: (
        "la publication me place dans un environnement publicitaire que je refuse"
    ),
    Reason.WRONG_DATA: "des données publiées sont inexactes ou périmées",
    Reason.COMMERCIAL_USE: "la publication sert des fins commerciales propres au site",
    Reason.NOT_INFORMED: (
        "je n'ai ni demandé cette publication, ni reçu l'information de l'article 14 "
        "du RGPD"
    ),
    Reason.SECURITY: "la publication porte atteinte à ma sécurité ou à ma vie privée",
    Reason.END_OF_PRACTICE: (
        "l'activité décrite a cessé, a changé de lieu ou s'est restreinte"
    ),
    Reason.OTHER: "une autre raison, avec vos mots",
}


@dataclass(frozen=True)
class StatedReason:
    """A reason the doctor asserts, with his own facts in ``detail`` (may be empty).

    ``other`` always carries a detail: it has no wording of its own.
    """

    reason: Reason
    detail: str = ""


@dataclass(frozen=True)
class Correction:
    """One wrong item of a listing and the right one (GDPR art. 16)."""

    wrong: str
    right: str
