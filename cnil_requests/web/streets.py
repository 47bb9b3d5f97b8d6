"""The street and the complement that stand before a postcode in France."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cnil_requests.web.addressing import LEAD, MAX_LINE, straight
from cnil_requests.web.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator


_WAY = (
    r"(?:rue|avenue|ave|av|boulevard|boul|bld|bvd|bd|blvd|place|pl|allees?|all|"
    r"chemin|che|"
    r"impasse|imp|cours|quai|route|rte|square|sq|passage|voie|villa|cite|esplanade|"
    r"promenade|rond[- ]point|faubourg|fbg|sentier|ruelle|traverse|montee|parvis|"
    r"galerie|hameau|lieu[- ]?dit|mail|terrasses?|carrefour|chaussee|clos|corniche|"
    r"cote|cour|levee|port|pont|porte|quartier|rampe|venelle|vallee|via|sente|jardins?|"
    r"parc|domaine|zone|z\.?a\.?c?\.?|z\.?i\.?|zae|residence|mas|lotissement|centre|"
    r"espace|hotel|cloitre|degres|dreve|enclos|grand[- ]rue|grande rue)"
)
_INDEX = r"(?: ?(?:bis|ter|quater|[a-f])\b)?"
_HOUSE = rf"\d{{1,4}}{_INDEX}(?: ?(?:[-/à,&]|et) ?\d{{1,4}}{_INDEX}){{0,3}}"
_STREET = re.compile(rf"(?<![\w./-])(?:{_HOUSE} ?,? ?(?:{_WAY})\b\.?[^,;()]*)$")
_BARE_STREET = re.compile(
    r"^(?:place|lieu[- ]?dit|rue|avenue|boulevard|parvis|cours|"
    r"route|chemin|hameau|z\.?[ai]\.?c?\b|zone|quartier|esplanade|allee|impasse|quai|"
    r"square|rond[- ]point)\b.{3,}"
)
_NUMBER_COMMA = re.compile(rf"((?<![\w./-]){_HOUSE}) ?, ?(?={_WAY}\b)")
_COMPLEMENT = re.compile(
    r"^(?:batiment|bat\b|immeuble|imm\b|tour\b|residence|res\b|\d{1,2}(?:er|e|eme) "
    r"etage|etage|escalier|esc\b|appartement|appt?\b|b\.?p\.?\b|c\.?s\.?\b|"
    r"t\.?s\.?a\.?\b|hall|entree|porte\b|bureau|lot\b|le \w+|les \w+|la \w+|l'\w+|"
    r"parc|z\.?[ai]\.?c?\b|zone|centre|espace|technopole|pole|campus|villa|chateau|"
    r"domaine|urban|cite|hotel d'|c/o|boite|maison|ecole|hopital|clinique|faculte|"
    r"mairie|"
    r"ferme|palais|gare|aeroport|galerie|pepiniere|incubateur|technoparc|europarc|cap )"
)
_SPLIT = re.compile(r"[,\n;(]|\s[-/|•·]\s|:\s")
_ARTICLE = re.compile(r"^(?:est )?(?:situe |sis )?(?:au|a l'adresse|a|aux|:|-|at) ")
_FAR = 3


def walk_back(before: str) -> tuple[str, str, int, str, bool] | None:
    """Find street and complement before a postcode.

    Returns street, complement, how many characters they take, the doubt, and
    whether words like « situé au » lead to them.
    """
    text = _NUMBER_COMMA.sub(r"\1 ", _same_length(before))
    parts, starts = _parts(text)
    after: list[str] = []
    for index in range(len(parts) - 1, -1, -1):
        part = parts[index]
        if not part:
            continue
        street, lead = _street(part)
        if street:
            front, start = _front(parts, starts, index, lead)
            doubt = "; ".join(_doubts([*front, *after]))
            words = ", ".join([*front, *reversed(after)])
            has_lead = bool(LEAD.search(fold(before[: len(before)])))
            length = len(before) - (start if front else starts[index] + len(lead))
            return straight(street), straight(words), length, doubt, has_lead
        if len(after) >= _FAR or len(part) > MAX_LINE:
            return None
        after.append(part)
    return None


def _same_length(text: str) -> str:
    return re.sub("[\u2010-\u2015]", "-", re.sub("[\xa0\u202f]", " ", text))


def _parts(text: str) -> tuple[list[str], list[int]]:
    parts, starts, at = [], [], 0
    for match in _SPLIT.finditer(text):
        parts.append(text[at : match.start()].strip(" .-–"))
        starts.append(at)
        at = match.end()
    parts.append(text[at:].strip(" .-–"))
    starts.append(at)
    return parts, starts


def _street(part: str) -> tuple[str, str]:
    """Return the street at the end of a part, and what stands before it there."""
    found = _STREET.search(fold(part))
    if found:
        return part[found.start() :].strip(), part[: found.start()]
    plain = fold(part)
    lead = list(LEAD.finditer(plain))
    at = lead[-1].end() if lead else 0
    article = _ARTICLE.match(plain[at:])
    at += article.end() if article else 0
    if _BARE_STREET.match(plain[at:]) and len(part) - at <= MAX_LINE:
        return part[at:].strip(), part[:at]
    return "", ""


def _front(
    parts: list[str], starts: list[int], index: int, lead: str
) -> tuple[list[str], int]:
    """Return the complements that precede the street, and where they start."""
    words = lead.strip(" ,")
    if words:
        rest = _after_lead(words)
        if rest is None and _COMPLEMENT.match(fold(words)):
            rest = words
        return ([rest] if rest and len(rest) <= MAX_LINE else []), starts[index]
    found: list[str] = []
    start = starts[index]
    for before in range(index - 1, -1, -1):
        rest = _after_lead(parts[before])
        part = parts[before] if rest is None else rest
        known = rest is not None or _COMPLEMENT.match(fold(part))
        if not part or not known or len(part) > MAX_LINE:
            break
        found.insert(0, part)
        start = starts[before]
        if rest is not None:
            break
    return found, start


def _after_lead(part: str) -> str | None:
    """Return what follows « situé au » or the like; None without such words."""
    lead = list(LEAD.finditer(fold(part)))
    if not lead:
        return None
    rest = part[lead[-1].end() :].strip(" :,")
    article = _ARTICLE.match(fold(rest) + " ")
    rest = rest[article.end() :].strip() if article else rest
    # « Adresse des bureaux : » names the address, it is no part of it.
    return "" if rest[:1].islower() else rest


def _doubts(parts: list[str]) -> Iterator[str]:
    """Say which complements look like anything but one."""
    for part in parts:
        plain = fold(part)
        if _COMPLEMENT.match(plain) or re.match(r"\d", plain):
            continue
        words = part.split()
        if not words[0][:1].isupper() or len(words) > 5 or "@" in part:  # noqa: PLR2004
            yield f"« {part} » n'est peut-être pas une ligne d'adresse"
