"""Whose mailbox it is, and whether it serves for data rights."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cnil_requests.web.cues import Role
from cnil_requests.web.folding import fold, key

if TYPE_CHECKING:
    from cnil_requests.web.publishers import Source
    from cnil_requests.web.segments import Segment


_DPO_MAILBOX = re.compile(r"dpo|rgpd|gdpr|privacy|dataprotection|donnees|cnil|dpd")
_ROLE_MAILBOX = re.compile(
    r"^(?:sales|commercial|marketing|webmaster|postmaster|no-?reply|api|jobs|"
    r"recrutement|"
    r"presse?|ne-?pas-?repondre|abuse|support-?technique|pub|publicite)@"
)
_NOT_THE_DPO = "rien ne dit que c'est l'adresse du délégué du site"
_NOT_THEIRS = "l'adresse n'est pas au nom du site ni de l'éditeur"


def mailbox(
    segment: Segment, address: str, source: Source, publisher: str
) -> tuple[str, str]:
    """Return the column of a mailbox, and the doubt about it.

    ``publisher`` is the certain publisher's name, "" without one.
    """
    local = address.partition("@")[0].lower()
    own = _is_own(address, source, publisher)
    if segment.role is Role.DPO or _DPO_MAILBOX.search(local):
        plain = fold(segment.text)
        says = "delegue" in plain or "dpo" in plain or _DPO_MAILBOX.search(local)
        return "dpo_email", "" if own and says else _NOT_THE_DPO
    if _ROLE_MAILBOX.search(address.lower()):
        return "email", "boîte de service"
    if own or (segment.role is Role.PUBLISHER and publisher):
        return "email", ""
    return "email", _NOT_THEIRS


def _is_own(address: str, source: Source, publisher: str) -> bool:
    """Say whether a mailbox is in the site's name, or in its publisher's."""
    domain = address.partition("@")[2]
    if domain == source.domain or domain.endswith(f".{source.domain}"):
        return True
    name = key(publisher)
    return bool(name) and (
        name in key(domain) or key(domain.rpartition(".")[0]) in name
    )
