"""Telephone numbers as people type them: kept as typed, refused when cut short."""

from __future__ import annotations

import re

_SEPARATORS = re.compile(r"[\s./()-]")
#: A French number, or an international one of at most fifteen digits (ITU-T E.164).
_NUMBER = re.compile(r"0[1-9][0-9]{8}|(\+|00)[1-9][0-9]{6,14}")
_DIGITS = re.compile(r"\+?[0-9]*")


def phone_problem(typed: str) -> str:
    """Say in French why a number cannot be called, or nothing.

    Numbers with words, such as « (secrétariat) », are left to who typed them.
    """
    digits = _SEPARATORS.sub("", typed)
    if not _DIGITS.fullmatch(digits) or not digits or _NUMBER.fullmatch(digits):
        return ""
    return (
        f"« {typed} » n'est pas un numéro complet (un tableur ôte le 0 du début) : "
        "écrivez-le comme 06 12 34 56 78, ou +32 … pour l'étranger"
    )
