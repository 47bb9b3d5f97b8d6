"""Lay the register's answer beside the notice; tell where they differ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnil_requests.web.evidence import ADDRESS, Evidence
from cnil_requests.web.folding import fold, key
from cnil_requests.web.mentions import same_party

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cnil_requests.core.postal import PostalAddress
    from cnil_requests.web.register import Company

#: The group of the register's own address.
REGISTER = "register"


@dataclass(frozen=True)
class Difference:
    """A column on which the notice and the register do not agree."""

    column: str
    notice: str
    register: str


@dataclass(frozen=True)
class Merged:
    """Evidence of both, their differences, and what to tell the user (French)."""

    evidence: list[Evidence]
    differences: tuple[Difference, ...] = ()
    warnings: tuple[str, ...] = ()


def siren_to_ask(evidence: Iterable[Evidence]) -> str:
    """Return the one SIREN worth asking the register about, "" otherwise."""
    items = [item for item in evidence if item.column == "siren"]
    sure = {item.value for item in items if item.certain}
    all_of_them = {item.value for item in items if "clé" not in item.doubt}
    for found in (sure, all_of_them):
        if len(found) == 1:
            return found.pop()
    return ""


def merge(evidence: Sequence[Evidence], company: Company) -> Merged:
    """Join what the register says of the SIREN to what the notice says."""
    names = [item for item in evidence if item.column == "controller" and item.certain]
    is_sure = any(item.column == "siren" and item.certain for item in evidence)
    name = names[0].value if names else ""
    if not name or not same_party(name, company.name):
        return _other_name(evidence, company, name)
    if company.is_active is False:
        return _ceased(evidence, company)
    differences = _name_difference(name, company)
    if company.is_partial or company.address.missing():
        why = (
            "Le registre ne montre pas l'adresse (diffusion partielle) : celle des "
            "mentions légales n'a pas pu être comparée."
        )
        return Merged([*evidence, *_told(company, certain=False)], differences, (why,))
    return _with_seat(evidence, company, differences, is_sure=is_sure)


def _other_name(evidence: Sequence[Evidence], company: Company, name: str) -> Merged:
    doubt = "le registre donne ce numéro à une autre société"
    items = [
        item.doubted(doubt) if item.column == "siren" and item.certain else item
        for item in evidence
    ]
    told = f"« {name} »" if name else "aucun éditeur certain"
    why = (
        f"Le registre donne le SIREN {company.siren} à « {company.name} », les "
        f"mentions légales nomment {told} : vérifiez de qui il s'agit."
    )
    difference = (Difference("controller", name, company.name),)
    return Merged([*items, *_told(company, certain=False)], difference, (why,))


def _ceased(evidence: Sequence[Evidence], company: Company) -> Merged:
    doubt = "le registre dit que cette entreprise a cessé son activité"
    items = [
        item.doubted(doubt) if item.column in ADDRESS and item.certain else item
        for item in evidence
    ]
    why = (
        f"D'après le registre, « {company.name} » ({company.siren}) a cessé son "
        "activité ou fermé son siège : cherchez qui publie le site aujourd'hui."
    )
    return Merged([*items, *_told(company, certain=False)], (), (why,))


def _with_seat(
    evidence: Sequence[Evidence],
    company: Company,
    differences: tuple[Difference, ...],
    *,
    is_sure: bool,
) -> Merged:
    """Compare the two addresses; the register's is the current registered office."""
    notice = _address_of(evidence)
    told = _told(company, certain=is_sure)
    if not notice or same_place(notice, company.address):
        return Merged([*evidence, *told], differences)
    shown = (_line(notice), _line_of(company.address))
    differences = (*differences, Difference("street", *shown))
    if not is_sure:
        return Merged([*evidence, *told], differences)
    doubt = "le registre donne un autre siège"
    items = [
        item.doubted(doubt) if item.group and item.certain else item
        for item in evidence
    ]
    why = (
        f"Le siège actuel selon le registre est {shown[1]} ; les mentions légales "
        f"donnent {shown[0]}. Celui du registre est proposé."
    )
    return Merged([*items, *told], differences, (why,))


def _told(company: Company, *, certain: bool) -> list[Evidence]:
    """Return the register's address as evidence."""
    if company.is_partial or company.address.missing():
        return []
    sentence = f"Registre des entreprises : {company.name}, {_line_of(company.address)}"
    doubt = "" if certain else "donné par le registre pour un SIREN à vérifier"
    return [
        Evidence(column, value, sentence, company.url, certain, doubt, REGISTER)
        for column in ADDRESS
        if (value := getattr(company.address, column))
        and not (column == "complement" and key(company.name) in key(value))
    ]


def _name_difference(name: str, company: Company) -> tuple[Difference, ...]:
    if key(name) == key(company.name):
        return ()
    return (Difference("controller", name, company.name),)


def _address_of(evidence: Iterable[Evidence]) -> dict[str, str]:
    """Return the certain address of the notice, {} without one."""
    sure = [item for item in evidence if item.group and item.certain]
    return {item.column: item.value for item in sure if item.group == sure[0].group}


def _line(parts: dict[str, str]) -> str:
    town = f"{parts.get('postcode', '')} {parts.get('city', '')}"
    texts = (parts.get("complement", ""), parts.get("street", ""), town.strip())
    return ", ".join(text for text in texts if text)


def _line_of(address: PostalAddress) -> str:
    return _line({column: getattr(address, column) for column in ADDRESS})


def same_place(notice: dict[str, str], address: PostalAddress) -> bool:
    """Say whether two writings can be one address: number, last word, department."""
    one, other = fold(notice.get("street", "")), fold(address.street)
    numbers = [re.findall(r"\d+", text)[:1] for text in (one, other)]
    words = [re.findall(r"[a-z]+", text)[-1:] for text in (one, other)]
    towns = [notice.get("postcode", "")[:2], address.postcode[:2]]
    return numbers[0] == numbers[1] and words[0] == words[1] and towns[0] == towns[1]
