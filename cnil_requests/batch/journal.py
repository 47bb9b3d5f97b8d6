"""A line of ``sent --from`` or ``received --from``: a request, what happened."""

from __future__ import annotations

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
_DELIVERED = frozenset(
    map(fold, ("DI1", "distribué", "distribue au destinataire", "livré", "delivered"))
)


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
    if not status or fold(status) in _DELIVERED:
        return []
    return [
        (
            "status",
            f"« {status} » n'est pas une distribution au destinataire : enregistrez "
            "ce pli à part (cnilreq received NUMÉRO --refused ou --unclaimed)",
        )
    ]
