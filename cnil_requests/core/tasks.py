"""The kinds of things to do, and one thing to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class What(StrEnum):
    """The kinds of things to do."""

    POST_LETTER = "post-letter"
    RECORD_RECEIPT = "record-receipt"
    RESEND = "resend"
    SUPPLY_IDENTITY = "supply-identity"
    CHECK_LISTING = "check-listing"
    FOLLOW_UP = "follow-up"
    COMPLAIN = "complain"
    FOLLOW_CNIL = "follow-cnil"


@dataclass(frozen=True)
class Task:
    """One thing to do, from ``on`` (inclusive); ``why`` names the reason.

    ``why`` is a key of the sentences in ``core.advice_texts``.
    """

    what: What
    on: date
    why: str
