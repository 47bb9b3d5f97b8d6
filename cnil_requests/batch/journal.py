"""A line of ``sent --from`` or ``received --from``: a request, what happened."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnil_requests.batch.columns import Column, fold
from cnil_requests.batch.days import read_day
from cnil_requests.batch.wishes import read_channel
from cnil_requests.core.tracking import squeeze

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from cnil_requests.core.requests import Channel

_REQUEST = (
    "référence",
    "reference",
    "id",
    "n/réf",
    "votre référence",
    "référence client",
    "numéro de demande",
)
_TRACKING = (
    "numéro de suivi",
    "recommandé",
    "numéro de recommandé",
    "n° de recommandé",
    "n° recommandé",
    "numéro d'envoi",
    "registered number",
    "lrar",
)

SENT = (
    Column("request", "demande", _REQUEST, needed="request"),
    Column("tracking", "suivi", _TRACKING),
    Column("on", "date", ("date d'envoi", "date de dépôt", "posted on")),
    Column("by", "envoi", ("voie",)),
    Column("sha256", "empreinte"),
    # Of the posting list of ``print``, for those who read it.
    Column("rank", "numéro"),
    Column("file", "fichier"),
    Column("recipient", "destinataire"),
    Column("address", "adresse"),
)

RECEIVED = (
    Column("request", "demande", _REQUEST, needed="request"),
    Column("tracking", "suivi", _TRACKING, needed="request"),
    Column(
        "on",
        "date",
        ("date de distribution", "distribué le", "date de livraison", "delivered on"),
    ),
    Column("status", "statut", ("état", "situation", "libellé", "code")),
)

#: What the post says when the addressee has it: La Poste's code and its words.
_DELIVERED = re.compile(
    "(votre(courrier|envoi|colis))?(aete)?(distribuee?|livree?|remise?|delivered|di1)"
    "((au|ason)destinataire)?((contre|avec)(sa)?signature)?"
)
#: What it says when the letter comes back; « à l'expéditeur » too (code DI2).
_RETURNED = re.compile("retour|nonreclame|refuse|expediteur|renvoy|^di2$|^re1$")


@dataclass(frozen=True)
class Line:
    """One line; a cell that is empty or bad gives None or ""."""

    request: str
    tracking: str
    on: date | None
    by: Channel | None
    sha256: str = ""
    faults: tuple[tuple[str, str], ...] = ()


def read_line(values: Mapping[str, str], usual_day: date | None) -> Line:
    """Read one line by column; ``usual_day`` stands for an empty date."""
    faults: list[tuple[str, str]] = []
    day, channel = usual_day, None
    try:
        day = read_day(values["on"]) if values["on"] else usual_day
        if day is None:
            faults.append(("on", "à remplir, ou à donner avec --on"))
    except ValueError as error:
        faults.append(("on", str(error)))
    try:
        channel = read_channel(values.get("by", ""))
    except ValueError as error:
        faults.append(("by", str(error)))
    if not values["request"] and not values["tracking"]:
        faults.append(("request", "à remplir"))
    faults += _not_delivered(values.get("status", ""))
    return Line(
        values["request"],
        squeeze(values["tracking"]),
        day,
        channel,
        values.get("sha256", ""),
        tuple(faults),
    )


def _not_delivered(status: str) -> list[tuple[str, str]]:
    """Refuse every state that is not a delivery: the period must not start from it.

    « Distribué à l'expéditeur » (DI2) is a return.
    """
    words = fold(status)
    if not status or _DELIVERED.fullmatch(words):
        return []
    if _RETURNED.search(words):
        why = (
            "est un retour : enregistrez ce pli à part (cnilreq received NUMÉRO "
            "--refused ou --unclaimed)"
        )
    else:
        why = (
            "n'est pas connu comme une remise au destinataire : si le pli est remis, "
            "écrivez « distribué » ; sinon, ôtez la ligne"
        )
    return [("status", f"« {status} » {why}")]
