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


_MENU = {
    Reason.SECRECY: "le secret professionnel m'empêche de répondre à des avis",
    Reason.ADVERTISING: "la fiche m'expose à un usage publicitaire que je refuse",
    Reason.WRONG_DATA: "la fiche contient des données fausses ou périmées",
    Reason.COMMERCIAL_USE: "la fiche sert les fins commerciales du site",
    Reason.NOT_INFORMED: "je n'ai rien demandé et je n'ai jamais reçu d'information",
    Reason.SECURITY: "ma sécurité ou ma vie privée est en cause",
    Reason.END_OF_PRACTICE: "j'ai cessé, déplacé ou restreint mon activité",
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
