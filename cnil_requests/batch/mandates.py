"""The columns of ``people import`` that say who writes for somebody, and how far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cnil_requests.batch.columns import Column
from cnil_requests.batch.days import read_day
from cnil_requests.batch.wishes import RIGHTS, read_word, split_cell
from cnil_requests.core.drafting import parse_text
from cnil_requests.core.mandate_lines import Said
from cnil_requests.core.mandates import EVERY_SITE, AgentKind, ReplyTo
from cnil_requests.errors import CnilreqError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cnil_requests.core.rights import Right

#: Columns of the agent -> the field of ``core.agents.revised_agent``.
_AGENT = {
    "agent": "name",
    "agent_kind": "kind",
    "signatory": "signatory",
    "agent_street": "street",
    "agent_complement": "complement",
    "agent_postcode": "postcode",
    "agent_city": "city",
    "agent_country": "country",
    "agent_email": "email",
    "agent_phone": "phone",
}

COLUMNS = (
    Column("agent", "mandataire", ("nom du mandataire",)),
    Column("agent_kind", "type de mandataire", ("qualité du mandataire",)),
    Column("signatory", "signataire", ("représentant du mandataire",)),
    Column("agent_street", "rue du mandataire", ("adresse du mandataire",)),
    Column("agent_complement", "complément du mandataire"),
    Column("agent_postcode", "code postal du mandataire", ("cp du mandataire",)),
    Column("agent_city", "ville du mandataire"),
    Column("agent_country", "pays du mandataire"),
    Column("agent_email", "courriel du mandataire", ("e-mail du mandataire",)),
    Column("agent_phone", "téléphone du mandataire", ("tél du mandataire",)),
    Column("rights", "droits", ("droit", "right", "droits confiés")),
    Column("sites", "sites", ("site", "sites concernés")),
    Column("data", "données", ("données concernées",)),
    Column("start", "début", ("date de début", "début du mandat")),
    Column("end", "fin", ("date de fin", "fin du mandat")),
    Column("reply_to", "réponses", ("réponse", "destinataire des réponses")),
    Column("complaints", "plainte", ("plaintes", "plainte cnil", "réclamation")),
    Column("signed_on", "signé le", ("signature", "date de signature")),
    Column("scan", "fichier signé", ("mandat signé", "signed file")),
    Column("withdrawn_on", "retiré le", ("date de retrait", "retrait")),
)

FRENCH_KINDS = {
    "personne": AgentKind.PERSON,
    "avocat": AgentKind.LAWYER,
    "avocate": AgentKind.LAWYER,
    "syndicat": AgentKind.UNION,
    "association": AgentKind.ASSOCIATION,
    "societe": AgentKind.COMPANY,
    "société": AgentKind.COMPANY,
}
KINDS = FRENCH_KINDS | {kind.value: kind for kind in AgentKind}
REPLIES = {
    "personne": ReplyTo.PRINCIPAL,
    "client": ReplyTo.PRINCIPAL,
    "cliente": ReplyTo.PRINCIPAL,
    "mandant": ReplyTo.PRINCIPAL,
    "mandante": ReplyTo.PRINCIPAL,
    "mandataire": ReplyTo.AGENT,
} | {reply.value: reply for reply in ReplyTo}
ANSWERS = {"oui": True, "non": False, "yes": True, "no": False}
_EVERYWHERE = frozenset({"tous", "tous les sites", EVERY_SITE})


@dataclass(frozen=True)
class MandateLine:
    """What one line says; ``scan`` is the path as typed, relative to the list.

    ``faults`` are pairs of column and message, empty when every cell can be read.
    """

    said: Said
    scan: str = ""
    faults: tuple[tuple[str, str], ...] = ()


def read_mandate(values: Mapping[str, str]) -> MandateLine:
    """Read the cells of a mandate; everything wrong in them is told at once."""
    found: dict[str, Any] = {}
    faults: list[tuple[str, str]] = []
    for column, parse in _PARSERS.items():
        try:
            if values[column]:
                found[column] = parse(parse_text(column, values[column]))
        except CnilreqError as error:
            faults.append((column, error.message))
        except ValueError as error:
            faults.append((column, str(error)))
    said = Said(
        {field: found[column] for column, field in _AGENT.items() if column in found},
        {column: found[column] for column in _TERMS if column in found},
        signed_on=found.get("signed_on"),
        withdrawn_on=found.get("withdrawn_on"),
    )
    return MandateLine(said, found.get("scan", ""), tuple(faults))


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _rights(text: str) -> tuple[Right, ...]:
    words = (read_word(RIGHTS, word) for word in split_cell(text))
    return tuple(dict.fromkeys(right for right in words if right))


def _sites(text: str) -> tuple[str, ...]:
    sites = tuple(
        dict.fromkeys(
            EVERY_SITE if site.lower() in _EVERYWHERE else site
            for site in split_cell(text)
        )
    )
    if EVERY_SITE in sites and len(sites) > 1:
        raise ValueError("« tous » comprend déjà les autres sites")
    return sites


def _word(words: Mapping[str, Any]) -> Callable[[str], Any]:
    return lambda text: read_word(words, text)


_TERMS: dict[str, Callable[[str], Any]] = {
    "rights": _rights,
    "sites": _sites,
    "data": _in_one_line,
    "start": read_day,
    "end": read_day,
    "reply_to": _word(REPLIES),
    "complaints": _word(ANSWERS),
}
_PARSERS: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(_AGENT, _in_one_line),
    "agent_kind": _word(KINDS),
    **_TERMS,
    "signed_on": read_day,
    "scan": str,
    "withdrawn_on": read_day,
}
