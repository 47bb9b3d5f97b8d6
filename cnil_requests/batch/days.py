"""Dates as spreadsheets and posting services write them."""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?")
_FRENCH = re.compile(r"(\d\d?)[/.](\d\d?)[/.](\d{4})(?: .*)?")


def read_day(text: str) -> date:
    """Return the day of 2026-01-31, 31/01/2026 or 31.01.2026, a time left aside.

    Raises ValueError, in French, for anything else.
    """
    iso, french = _ISO.fullmatch(text), _FRENCH.fullmatch(text)
    numbers = iso.groups() if iso else french.groups()[::-1] if french else ()
    try:
        year, month, day = map(int, numbers)
        return date(year, month, day)
    except ValueError:
        raise ValueError(
            f"« {text} » n'est pas une date : écrivez 2026-01-31 ou 31/01/2026"
        ) from None
