"""Registration numbers in a text: SIREN, SIRET, RCS, VAT, and those of others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnil_requests.web.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEP = r"[ .\-]?"
_NUMBER = re.compile(
    rf"(?<![\w.,+])(\d{{3}}{_SEP}\d{{3}}{_SEP}\d{{3}})"
    rf"(?:{_SEP}(\d{{5}}|\d{{3}}{_SEP}\d{{2}}|\d{{2}}{_SEP}\d{{3}}|\d{{4}} \d))?"
    r"(?![.,\- ]?\d)(?!\w)",
    re.ASCII,
)
_LABEL = re.compile(
    r"\bsiren\b|\bsiret\b|\br\.?c\.?s\b|\bregistres?\b|\bimmatricul\w+|\binscrit\w*|"
    r"\br\.?m\.? |\brne\b|\brepertoire\b|\bregistration\b|\benregistre\w*|"
    r"\bregistered\b|\bcompany (?:number|no)"
)
_FRENCH = re.compile(r"siren|siret|r\.?c\.?s\b|registre du commerce|repertoire")
_VAT = re.compile(r"\bfr ?(?:[ .]?\d){11}(?!\d)", re.ASCII)
_RUN = re.compile(r"(?<![\w+])\d[\d .\-]{5,22}\d(?!\w)")
_NEAR = 90
_SIREN, _SIRET = 9, 14
_PHONE = 10


@dataclass(frozen=True)
class Number:
    """A number as read: where, its digits, and why it is not sure, if it is not."""

    start: int
    end: int
    value: str
    doubt: str = ""


def sirens(text: str) -> Iterator[Number]:
    """Yield the SIREN numbers that a text labels as such."""
    from stdnum.fr import siren, siret

    plain = fold(text)
    for match in _NUMBER.finditer(plain):
        if not _is_labelled(plain, match.start(), match.end()):
            continue
        number = re.sub(r"\D", "", match[1])
        whole = re.sub(r"\D", "", match.group())
        doubt = ""
        if not siren.is_valid(number) or (
            len(whole) == _SIRET and not siret.is_valid(whole)
        ):
            doubt = "la clé de contrôle de ce numéro est fausse"
        yield Number(match.start(), match.end(), number, doubt)


def sirens_from_vat(text: str) -> Iterator[Number]:
    """Yield the SIREN that French VAT numbers contain: never more than a lead."""
    from stdnum.fr import tva

    for match in _VAT.finditer(fold(text)):
        digits = re.sub(r"\D", "", match.group())
        if tva.is_valid(f"FR{digits}"):
            doubt = "déduit du numéro de TVA seulement"
            yield Number(match.start(), match.end(), digits[2:], doubt)


def others(text: str) -> Iterator[Number]:
    """Yield labelled numbers that are no SIREN: foreign, or badly copied."""
    plain = fold(text)
    taken = [match.span() for match in _NUMBER.finditer(plain)]
    taken += [match.span() for match in _VAT.finditer(plain)]
    for match in _RUN.finditer(plain):
        digits = re.sub(r"\D", "", match.group())
        inside = any(a < match.end() and match.start() < b for a, b in taken)
        is_phone = len(digits) == _PHONE and digits.startswith("0")
        follows = _LABEL.search(plain, max(0, match.start() - _NEAR), match.start())
        if inside or is_phone or not follows or len(digits) < 6:  # noqa: PLR2004
            continue
        between = plain[follows.end() : match.start()]
        if re.search(r"tel|fax|capital|euros?\b|tva|\d{5}|[,;]|\b(?:cs|bp)\b", between):
            continue
        is_french = _FRENCH.search(follows.group() + between)
        doubt = "ce numéro n'a pas le nombre de chiffres voulu" if is_french else ""
        yield Number(match.start(), match.end(), match.group().strip(" .-"), doubt)


def _is_labelled(plain: str, start: int, end: int) -> bool:
    """Say whether a label stands near a number, in the same clause."""
    before = plain[max(0, start - _NEAR) : start]
    after = plain[end : end + 40]
    if re.search(r"\b(?:tva|vat|tel|telephone|fax|capital|ape|duns|dossier|agrement)\b"
                 r"[^a-z]*$", before):  # fmt: skip
        return False
    labels = list(_LABEL.finditer(before))
    if labels:
        return True
    return bool(re.match(r"[\s,(]*(?:au |aupres du |- )?(?:r\.?c\.?s|registre)", after))
