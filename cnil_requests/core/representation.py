"""Who signs a letter: the person, or the representative with a mandate."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnil_requests.core.french_dates import long_date
from cnil_requests.core.mandates import ReplyTo

if TYPE_CHECKING:
    from cnil_requests.core.mandates import Mandate


#: Titles that take the article.
_TITLES = ("Dr ", "Pr ", "Docteur ", "Professeur ")


@dataclass(frozen=True)
class Signatory:
    """What of a letter depends on who signs it."""

    lines: tuple[str, ...]
    city: str
    signature: str
    email: str
    enclosures: tuple[str, ...] = ()


def agent_signatory(
    mandate: Mandate, principal: str, address: tuple[str, ...]
) -> Signatory:
    """Return the agent as sender; ``address`` holds the lines of his address.

    Whether the mandate may be used is checked before (``core.mandates``).
    """
    agent = mandate.agent
    lines = (agent.name, agent.signatory, *address, agent.phone, agent.email)
    return Signatory(
        lines=(*filter(None, lines), f"Pour {principal}"),
        city=agent.address.city if agent.address else "",
        signature=f"{agent.signatory or agent.name}, pour {principal}",
        email=agent.email,
        enclosures=(f"Mandat signé le {_signed_on(mandate)}",),
    )


def agent_fields(mandate: Mandate | None, principal: str) -> dict[str, object]:
    """Return what the texts say of a representative; no name without one."""
    return {
        "name": mandate.agent.name if mandate else "",
        "principal": principal,
        "of_principal": after_de(principal),
        "signed_on": _signed_on(mandate) if mandate else "",
        "gets_replies": mandate is not None and mandate.reply_to is ReplyTo.AGENT,
    }


def after_de(name: str) -> str:
    """Return a name after « de »: « du Dr Exemple », « d'Anne », « de Camille »."""
    if name.startswith(_TITLES):
        return f"du {name}"
    plain = unicodedata.normalize("NFKD", name)[:1].upper()
    return f"d’{name}" if plain in tuple("AEIOU") else f"de {name}"


def _signed_on(mandate: Mandate) -> str:
    return long_date(mandate.signed_on) if mandate.signed_on else ""
