"""What notice and complaint may cite beside the law, and how they tell reasons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cnil_requests.core.directory import Kind
from cnil_requests.core.findings import Ground
from cnil_requests.core.rights import Reason, Right

if TYPE_CHECKING:
    from cnil_requests.core.requests import Request
    from cnil_requests.core.rights import StatedReason

_REMOVALS = (Right.ERASURE, Right.OBJECTION)

#: The listing of CA Chambéry, 22 May 2025, RG n° 22/01814.
_CHAMBERY_SITE = "google-business-profile"

#: On these grounds an objection was refused or left without an answer.
_UNHEARD = frozenset({Ground.SILENCE, Ground.REFUSED})


def doctrine(request: Request) -> dict[str, bool]:
    """Say which decisions and pages are apt for the site.

    CNIL, SAN-2021-014, 15 September 2021: directories fed by SIRENE. CNIL, page of
    29 December 2025: sites with reviews.
    """
    site = request.directory
    removal = request.right in _REMOVALS
    processed = removal or request.right is Right.RECTIFICATION
    return {
        "sirene": site.kind is Kind.COMPANY_REGISTRY and processed,
        "chambery": site.id == _CHAMBERY_SITE and removal,
        "reviews": site.has_reviews is True and removal,
    }


def is_unheard(right: Right, grounds: frozenset[Ground]) -> bool:
    """Say whether C. pén. art. 226-18-1 may be named: an objection, unheeded."""
    objection = right in (*_REMOVALS, Right.MARKETING)
    return objection and Ground.OBSTACLE not in grounds and bool(grounds & _UNHEARD)


def told(stated: StatedReason) -> str:
    """Return a reason as the menu words it, with the facts that were added."""
    if stated.reason is Reason.OTHER:
        return stated.detail
    space = "\N{NO-BREAK SPACE}"
    menu = re.sub(r"(article) (?=\d)", rf"\1{space}", stated.reason.french)
    menu = menu.replace("'", "’")
    return f"{menu}{space}: {stated.detail}" if stated.detail else menu
