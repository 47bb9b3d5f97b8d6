"""Postal addresses in a text, with the words that make them one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnil_requests.core import countries
from cnil_requests.core.postal import PostalAddress
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
_POSTCODE = re.compile(
    r"(?<![\w.,+/-])(?:(?:F|FR) ?- ?)?([0-9]{2} ?[0-9]{3})(?: ?, ?|[ \xa0]+)"
    r"(?=[A-ZÀ-Ýa-zà-ÿ])(?!\d)"
)
_CITY = re.compile(
    r"(?:[LD]['’])?[A-ZÀ-Ý][\w'’.-]*"
    r"(?: (?:[A-ZÀ-Ý][\w'’.-]*|(?:d[eu]s?|la|les?|sur|sous|en|aux?|lès|lez|et|près)"
    r"(?= (?:[a-zà-ÿ]{1,4} )?[A-ZÀ-Ý])|[dl]['’][A-ZÀ-Ý][\w'’-]*))*(?: \d{1,2}(?!\d))?"
)
_AFTER_CITY = re.compile(
    r"\b(?:rcs|siren|siret|tel|telephone|tva|capital|france|email|e-mail|mail|sas|sarl|"
    r"sasu|sa|rm|immatricul\w*|inscrit\w*|courriel|fax|contact|numero|site|ape|code|"
    r"naf|r\.c\.s|enregistre\w*|directeur|president|le|hebergeur|et|standard|web|en)\b"
)
_NO_CITY = re.compile(r"^(?:euros?|eur|adherents?|medecins?|praticiens?|membres?)\b")
_LEAD = re.compile(
    r"(?:situee?s?|sise?s?|siege(?: social)?|domiciliee?s?|adresse(?: postale)?|"
    r"demeurant|located|registered office|head ?office|residant|implantee?|bases? |"
    r"etablie?|exercant|installee?|suivante)\b(?: (?:est|se trouve|is|sis|situe|fixe|"
    r"etabli)\b)*(?: (?:(?:au|a|aux|en|at|in|dans|l'adresse|suivante|est)\b|:))*[ :]*"
)
_ARTICLE = re.compile(r"^(?:est )?(?:situe |sis )?(?:au|a l'adresse|a|aux|:|-|at) ")
_WINDOW = 220
_MAX_LINE = 60
_FAR = 3

#: Names of countries in the texts -> code; the French ones come from ``countries``.
_NAMES = {
    **{fold(countries.french_name(code)): code for code in countries.CODES},
    "sweden": "SE", "germany": "DE", "ireland": "IE", "united kingdom": "GB",
    "belgium": "BE", "switzerland": "CH", "spain": "ES", "italy": "IT", "usa": "US",
    "netherlands": "NL", "the netherlands": "NL", "united states": "US", "uk": "GB",
    "etats unis": "US", "england": "GB", "angleterre": "GB", "u.s.a": "US",
    "deutschland": "DE", "austria": "AT", "cyprus": "CY", "estonia": "EE",
    "romania": "RO", "poland": "PL", "czech republic": "CZ", "denmark": "DK",
    "finland": "FI", "norway": "NO", "morocco": "MA", "tunisia": "TN",
}  # fmt: skip
_COUNTRY = re.compile(
    r"(?<![\w-])(" + "|".join(sorted(map(re.escape, _NAMES), key=len, reverse=True))
    + r")(?![\w-])"
)  # fmt: skip
_PREFIXES = {"L": "LU", "LU": "LU", "B": "BE", "BE": "BE", "CH": "CH", "D": "DE",
             "DE": "DE", "A": "AT", "AT": "AT", "I": "IT", "IT": "IT", "NL": "NL",
             "E": "ES", "ES": "ES", "P": "PT", "PT": "PT"}  # fmt: skip
_PREFIXED = re.compile(
    rf"(?<![\w-])({'|'.join(sorted(_PREFIXES, key=len, reverse=True))})-(\d{{4,5}})"
    r",? ([A-ZÀ-Ý][\w'’-]*(?: [A-ZÀ-Ý][\w'’-]*)*)"
)


@dataclass(frozen=True)
class Place:
    """An address read in a text; ``start`` and ``end`` bound it there.

    ``doubt`` is French, "" when every part was recognised. ``has_lead`` says that
    « situé au », « siège social » or the like introduces it; ``says_country`` that
    the country is written.
    """

    address: PostalAddress
    start: int
    end: int
    doubt: str = ""
    has_lead: bool = False
    says_country: bool = False


def places(text: str) -> Iterator[Place]:
    """Yield the addresses of a text: French ones, then those of named countries."""
    last = 0
    for match in _POSTCODE.finditer(text):
        found = _french(text, match, last)
        if found:
            last = found.end
            yield found
    yield from _foreign(text)


def _french(text: str, match: re.Match[str], last: int) -> Place | None:
    postcode = match[1].replace(" ", "")
    city, end = _city(text, match.end())
    if not city or not countries.has_valid_postcode(postcode, "FR"):
        return None
    country, end = _country_after(text, end)
    if country not in ("", "FR", "MC"):
        return None
    code = "MC" if postcode.startswith("980") else "FR"
    if country not in ("", code):
        return None
    start = max(last, match.start() - _WINDOW)
    parts = _walk_back(text[start : match.start()])
    if parts is None:
        return None
    street, complement, length, doubt, has_lead = parts
    return Place(
        PostalAddress(street, complement, postcode, city, code),
        match.start() - length,
        end,
        doubt,
        has_lead,
        bool(country),
    )


def _city(text: str, start: int) -> tuple[str, int]:
    """Read a town, up to what cannot be part of it."""
    found = _CITY.match(text, start)
    if not found or _NO_CITY.match(fold(found.group())):
        return "", start
    name = found.group()
    stop = _AFTER_CITY.search(fold(name), 1)
    if stop:
        name = name[: stop.start()]
    name = name.rstrip(" -.'’")
    if re.search(r" \d+$", name) and not re.search(r"(?i)cedex \d+$|^paris|^lyon|^mars",
                                                  name):  # fmt: skip
        name = re.sub(r" \d+$", "", name)
    return _straight(name), start + len(name)


def _country_after(text: str, end: int) -> tuple[str, int]:
    """Read the country that follows a town, "" when there is none."""
    plain = fold(text[end : end + 40])
    lead = re.match(r"[\s,.()-]*(?:en )?", plain)
    at = lead.end() if lead else 0
    found = _COUNTRY.match(plain, at)
    return (_NAMES[found[1]], end + found.end()) if found else ("", end)


def _walk_back(before: str) -> tuple[str, str, int, str, bool] | None:
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
            has_lead = bool(_LEAD.search(fold(before[: len(before)])))
            length = len(before) - (start if front else starts[index] + len(lead))
            return _straight(street), _straight(words), length, doubt, has_lead
        if len(after) >= _FAR or len(part) > _MAX_LINE:
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
    lead = list(_LEAD.finditer(plain))
    at = lead[-1].end() if lead else 0
    article = _ARTICLE.match(plain[at:])
    at += article.end() if article else 0
    if _BARE_STREET.match(plain[at:]) and len(part) - at <= _MAX_LINE:
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
        return ([rest] if rest and len(rest) <= _MAX_LINE else []), starts[index]
    found: list[str] = []
    start = starts[index]
    for before in range(index - 1, -1, -1):
        rest = _after_lead(parts[before])
        part = parts[before] if rest is None else rest
        known = rest is not None or _COMPLEMENT.match(fold(part))
        if not part or not known or len(part) > _MAX_LINE:
            break
        found.insert(0, part)
        start = starts[before]
        if rest is not None:
            break
    return found, start


def _after_lead(part: str) -> str | None:
    """Return what follows « situé au » or the like; None without such words."""
    lead = list(_LEAD.finditer(fold(part)))
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


def _straight(text: str) -> str:
    """Write a part as the catalogue does: straight apostrophes, single blanks."""
    plain = re.sub(r"[’‘ʼ]", "'", re.sub(r"[–—‑]", "-", text))
    return re.sub(r"\s+", " ", plain).strip(" ,.-")


def _foreign(text: str) -> Iterator[Place]:
    """Yield addresses that end with a country's name, or bear its letter."""
    plain = fold(text)
    for match in _COUNTRY.finditer(plain):
        code = _NAMES[match[1]]
        if code in ("FR", "MC"):
            continue
        found = _abroad(text, match.start(), code)
        if found:
            yield found
    for match in _PREFIXED.finditer(text):
        code = _PREFIXES[match[1]]
        if _COUNTRY.match(plain, min(match.end() + 2, len(plain))):
            continue
        city = _straight(match[3])
        found = _with_street(text, match.start(), code, match[2], city)
        if found:
            yield found


def _abroad(text: str, end: int, code: str) -> Place | None:
    """Read « street, postcode town, » before a country's name."""
    before = text[max(0, end - _WINDOW) : end].rstrip(" ,(-–\n.")
    parts = re.split(r"[,\n;(]", before)
    start = max(0, end - _WINDOW) + len(before)
    found = _town(parts[-1].strip(), code)
    if found:
        return _with_street(text, start - len(parts[-1]), code, *found)
    postcode = parts[-1].strip()
    if len(parts) < 3 or not countries.has_valid_postcode(postcode, code):  # noqa: PLR2004
        return None
    at = start - len(parts[-1]) - 1 - len(parts[-2])
    return _with_street(text, at, code, postcode, _straight(parts[-2]))


def _town(part: str, code: str) -> tuple[str, str] | None:
    """Read postcode and town, in either order; the country's form decides."""
    words = part.split()
    for cut in range(1, min(len(words), 4)):
        head, tail = " ".join(words[:cut]), " ".join(words[cut:])
        for postcode, city in ((head, tail), (" ".join(words[-cut:]),
                                              " ".join(words[:-cut]))):  # fmt: skip
            plain = re.sub(r"^[A-Z]{1,2}-(?=\d)", "", postcode)
            if countries.has_valid_postcode(plain, code) and re.match(
                r"[A-ZÀ-Ý]", city
            ):
                return plain, _straight(city)
    return None


def _with_street(
    text: str, at: int, code: str, postcode: str, city: str
) -> Place | None:
    """Read the street that precedes a town abroad."""
    before = text[max(0, at - _WINDOW) : at].rstrip(" ,\n-–")
    lead = list(_LEAD.finditer(fold(before)))
    start = lead[-1].end() if lead else 0
    parts = [part.strip() for part in re.split(r"[,\n;()]", before[start:])]
    parts = [part for part in parts if part]
    if not parts or not re.search(r"\d", parts[-1]) or len(parts[-1]) > _MAX_LINE:
        return None
    street = _straight(parts[-1])
    doubt = ""
    if not lead or len(parts) > 1 or not re.search(r"[a-zA-Z]{3}", street):
        doubt = "adresse à l'étranger : vérifiez chaque partie"
    address = PostalAddress(street, "", postcode, city, code)
    length = len(before) - start
    return Place(address, at - length, at + len(city), doubt, bool(lead), True)
