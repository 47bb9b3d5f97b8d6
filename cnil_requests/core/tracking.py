"""Numbers of registered and tracked mail: warn of a likely typing error.

Families and keys: La Poste, « Colissimo Access F » (July 2013) for the domestic
key; UPU S10 for the international one. No official text was found for every
product, so a doubt never keeps a number from being recorded.
"""

from __future__ import annotations

import re
from itertools import pairwise

_DOMESTIC = re.compile(r"[0-9][A-Z][0-9]{11}")
_INTERNATIONAL = re.compile(r"[A-Z]{2}[0-9]{9}[A-Z]{2}")
_OTHER = re.compile(r"[0-9A-Z]{11,15}")
_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def squeeze(text: str) -> str:
    """Return a number in upper case without blanks."""
    return re.sub(r"[\s.\-]", "", text).upper()


def doubt_about(number: str) -> str:
    """Say in French why a squeezed number looks mistyped, or nothing."""
    if _DOMESTIC.fullmatch(number):
        good = domestic_key(number[2:-1]) == int(number[-1])
    elif _INTERNATIONAL.fullmatch(number):
        good = s10_key(number[2:10]) == int(number[10])
    else:
        good = bool(_OTHER.fullmatch(number))
    if good:
        return ""
    return (
        f"le numéro d'envoi {number} semble mal recopié (clé ou longueur). Il est "
        "enregistré tel quel ; vérifiez-le sur le récépissé."
    )


def domestic_key(digits: str) -> int:
    """Return the key of the ten digits that follow the product code."""
    total = sum(
        int(digit) * (3 if rank % 2 == 0 else 1)
        for rank, digit in enumerate(reversed(digits))
    )
    return -total % 10


def s10_key(digits: str) -> int:
    """Return the key of the eight digits of a UPU S10 number."""
    total = sum(
        int(digit) * weight for digit, weight in zip(digits, _S10_WEIGHTS, strict=True)
    )
    key = 11 - total % 11
    return {10: 0, 11: 5}.get(key, key)


def spaced(number: str) -> str:
    """Return a number as it is printed, 1A 123 456 7890 5 or RR 123 456 785 FR."""
    if _DOMESTIC.fullmatch(number):
        cuts = (0, 2, 5, 8, 12, 13)
    elif _INTERNATIONAL.fullmatch(number):
        cuts = (0, 2, 5, 8, 11, 13)
    else:
        return number
    return " ".join(number[start:end] for start, end in pairwise(cuts))
