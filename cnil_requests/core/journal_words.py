"""Each recorded event in one French sentence, as the history shows it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cnil_requests.core.french_dates import long_date
from cnil_requests.core.requests import EventKind
from cnil_requests.core.tracking import spaced

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cnil_requests.core.requests import Event


def describe(event: Event) -> str:
    """Return what happened, without its date."""
    return _WORDS[event.kind](event.data)


_CHANNELS = {
    "letter": "par lettre",
    "email": "par courriel",
    "form": "par formulaire en ligne",
}

_OUTCOMES = {
    "granted": "acceptation",
    "partial": "acceptation partielle",
    "refused": "refus",
    "extended": "prolongation du délai",
    "identity": "justificatif d'identité demandé",
    "payment": "paiement demandé",
    "account": "compte exigé",
    "other": "autre",
}

_KINDS = {
    "capture": "capture de la page",
    "letter": "lettre signée",
    "notice": "mise en demeure signée",
    "posting": "preuve de dépôt",
    "delivery": "preuve de réception",
    "answer": "réponse du site",
    "identity": "échange sur l'identité",
    "other": "autre pièce",
}

_SIGHTS = {
    "removed": "fiche vue retirée",
    "online": "fiche vue en ligne",
    "back": "fiche vue de nouveau en ligne",
}

_CNIL_STEPS = {
    "acknowledged": "accusé de réception de la CNIL",
    "informed": "information de la CNIL sur la plainte",
    "closed": "clôture par la CNIL",
}

_CLOSINGS = {
    "removed": "fiche retirée",
    "withdrawn": "demande abandonnée",
    "moot": "devenue sans objet",
}


_NOTICE = "mise en demeure"


def _sent(data: Mapping[str, str]) -> str:
    what = f"{_NOTICE} envoyée" if data.get("what") else "envoyée"
    text = f"{what} {_CHANNELS[data['by']]}"
    if data.get("tracking"):
        text += f", n° {spaced(data['tracking'])}"
    if data.get("reference"):
        text += f", référence {data['reference']}"
    if data.get("edited"):
        text += " (modifiée depuis sa rédaction)"
    return text


def _received(data: Mapping[str, str]) -> str:
    what = f"{_NOTICE} reçue" if data.get("what") else "reçue"
    return f"{what}, à une date estimée" if data.get("estimated") else what


def _bounced(data: Mapping[str, str]) -> str:
    of_notice = f" ({_NOTICE})" if data.get("what") else ""
    return f"courriel revenu en erreur{of_notice}"


def _refused(data: Mapping[str, str]) -> str:
    what = _NOTICE if data.get("what") else "lettre"
    return f"{what} refusée par le destinataire"


def _drafted(data: Mapping[str, str]) -> str:
    if not data.get("mandate"):
        return "rédigée"
    return f"rédigée par {data['agent']}, mandat signé le {_day(data['mandate'])}"


def _unclaimed(data: Mapping[str, str]) -> str:
    of_notice = f" ({_NOTICE})" if data.get("what") else ""
    text = f"première présentation d'un pli non réclamé{of_notice}"
    if data.get("returned"):
        text += f", retourné le {_day(data['returned'])}"
    return text


def _answered(data: Mapping[str, str]) -> str:
    text = f"réponse : {_OUTCOMES[data['outcome']]}"
    if data.get("dated"):
        text += f", datée du {_day(data['dated'])}"
    if data.get("promised"):
        text += f", action promise pour le {_day(data['promised'])}"
    if data.get("reasons"):
        asked = data["outcome"] == "identity"
        text += ", sans dire pourquoi il en doute" if asked else ", sans motif"
    if data.get("remedies"):
        text += ", sans voies de recours"
    return text


def _lodged(data: Mapping[str, str]) -> str:
    number = f", n° {data['number']}" if data.get("number") else ""
    return f"plainte déposée à la CNIL{number}"


def _day(iso: str) -> str:
    return long_date(date.fromisoformat(iso))


_WORDS: dict[EventKind, Callable[[Mapping[str, str]], str]] = {
    EventKind.DRAFTED: _drafted,
    EventKind.SENT: _sent,
    EventKind.RECEIVED: _received,
    EventKind.BOUNCED: _bounced,
    EventKind.REFUSED: _refused,
    EventKind.UNCLAIMED: _unclaimed,
    EventKind.RETURNED: lambda _: "pli non réclamé revenu à l'expéditeur",
    EventKind.ANSWERED: _answered,
    EventKind.SUPPLIED: lambda _: "justificatif d'identité fourni",
    EventKind.SEEN: lambda data: _SIGHTS[data["what"]],
    EventKind.FOLLOWED_UP: lambda data: (
        f"mise en demeure rédigée, terme de {data['term']} jours"
    ),
    EventKind.COMPLAINED: lambda _: "plainte rédigée",
    EventKind.LODGED: _lodged,
    EventKind.CNIL: lambda data: _CNIL_STEPS[data["step"]],
    EventKind.ATTACHED: lambda data: (
        f"pièce gardée : {_KINDS[data['kind']]} ({data['file']})"
    ),
    EventKind.CLOSED: lambda data: f"close ({_CLOSINGS[data['because']]})",
    EventKind.UNDONE: lambda data: f"événement {data['undoes']} annulé",
}
