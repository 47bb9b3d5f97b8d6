"""Ask, field by field, what to keep of a look-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnil_requests.commands.lookup_fields import FIELDS, chosen, one_line, pick
from cnil_requests.console import confirm, say

if TYPE_CHECKING:
    from cnil_requests.commands.lookup_survey import Inquiry
    from cnil_requests.web.evidence import Evidence


def ask(inquiry: Inquiry) -> dict[str, str]:
    """Ask field by field; uncertain values are offered too, « non » by default."""
    kept: dict[str, str] = {}
    say()
    for label, columns in FIELDS:
        found = chosen(inquiry, columns)
        if found:
            if confirm(f"{label} : {one_line(found)}. Retenir ?", default=True):
                kept |= {item.column: item.value for item in found}
            continue
        for items in _candidates(inquiry, columns):
            question = f"{label} (incertain) : {one_line(items)}. Retenir ?"
            if confirm(question, default=False):
                kept |= {item.column: item.value for item in items}
                break
    return kept


def _candidates(inquiry: Inquiry, columns: tuple[str, ...]) -> list[list[Evidence]]:
    groups: dict[str, list[Evidence]] = {}
    for item in pick(inquiry, columns, certain=False):
        groups.setdefault(item.group or item.value, []).append(item)
    return list(groups.values())
