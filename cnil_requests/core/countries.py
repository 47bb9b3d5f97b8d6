"""Countries: ISO 3166 codes stored, French names read and printed.

Names follow the French short names that La Poste expects on the last line of
mail posted in France. The table holds the countries of the catalogue, of the
European Economic Area, and those where publishers of French sites are met.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple


class Country(NamedTuple):
    """A country's French name and the form of its postcodes ("" = it has none)."""

    french: str
    postcode: str
    example: str = ""


_FOUR = (r"\d{4}", "1000")
_FIVE = (r"\d{5}", "10115")
_SIX = (r"\d{6}", "061741")
_BRITISH = (r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}", "WC2A 2JR")

_COUNTRIES = {
    "AD": Country("Andorre", r"AD\d{3}", "AD500"),
    "AE": Country("Émirats arabes unis", ""),
    "AT": Country("Autriche", *_FOUR),
    "AU": Country("Australie", *_FOUR),
    "BE": Country("Belgique", *_FOUR),
    "BG": Country("Bulgarie", *_FOUR),
    "CA": Country("Canada", r"[A-Z]\d[A-Z] \d[A-Z]\d", "H2Y 1C6"),
    "CH": Country("Suisse", *_FOUR),
    "CN": Country("Chine", *_SIX),
    "CY": Country("Chypre", *_FOUR),
    "CZ": Country("Tchéquie", r"\d{3} ?\d{2}", "110 00"),
    "DE": Country("Allemagne", *_FIVE),
    "DK": Country("Danemark", *_FOUR),
    "DZ": Country("Algérie", *_FIVE),
    "EE": Country("Estonie", *_FIVE),
    "ES": Country("Espagne", *_FIVE),
    "FI": Country("Finlande", *_FIVE),
    "FR": Country("France", r"(?:0[1-9]|[1-9]\d)\d{3}", "75001"),
    "GB": Country("Royaume-Uni", *_BRITISH),
    "GG": Country("Guernesey", *_BRITISH),
    "GI": Country("Gibraltar", r"GX11 1AA", "GX11 1AA"),
    "GR": Country("Grèce", r"\d{3} ?\d{2}", "104 31"),
    "HK": Country("Hong Kong", ""),
    "HR": Country("Croatie", *_FIVE),
    "HU": Country("Hongrie", *_FOUR),
    "IE": Country("Irlande", r"[A-Z]\d[\dW] [A-Z\d]{4}", "D04 X2K5"),
    "IL": Country("Israël", r"\d{7}", "6100000"),
    "IM": Country("Île de Man", *_BRITISH),
    "IN": Country("Inde", *_SIX),
    "IS": Country("Islande", r"\d{3}", "101"),
    "IT": Country("Italie", *_FIVE),
    "JE": Country("Jersey", *_BRITISH),
    "JP": Country("Japon", r"\d{3}-\d{4}", "100-0001"),
    "LI": Country("Liechtenstein", *_FOUR),
    "LT": Country("Lituanie", r"(?:LT-)?\d{5}", "01100"),
    "LU": Country("Luxembourg", r"(?:L-)?\d{4}", "L-1855"),
    "LV": Country("Lettonie", r"(?:LV-)?\d{4}", "LV-1050"),
    "MA": Country("Maroc", *_FIVE),
    "MC": Country("Monaco", r"980\d{2}", "98000"),
    "MG": Country("Madagascar", r"\d{3}", "101"),
    "MT": Country("Malte", r"[A-Z]{3} ?\d{4}", "VLT 1117"),
    "MU": Country("Maurice", *_FIVE),
    "NL": Country("Pays-Bas", r"\d{4} ?[A-Z]{2}", "1012 AB"),
    "NO": Country("Norvège", *_FOUR),
    "PL": Country("Pologne", r"\d{2}-\d{3}", "00-950"),
    "PT": Country("Portugal", r"\d{4}-\d{3}", "1100-148"),
    "RO": Country("Roumanie", *_SIX),
    "RS": Country("Serbie", *_FIVE),
    "RU": Country("Russie", *_SIX),
    "SE": Country("Suède", r"\d{3} ?\d{2}", "113 21"),
    "SG": Country("Singapour", *_SIX),
    "SI": Country("Slovénie", *_FOUR),
    "SK": Country("Slovaquie", r"\d{3} ?\d{2}", "811 01"),
    "SM": Country("Saint-Marin", r"4789\d", "47890"),
    "SN": Country("Sénégal", *_FIVE),
    "TN": Country("Tunisie", *_FOUR),
    "TR": Country("Turquie", *_FIVE),
    "UA": Country("Ukraine", *_FIVE),
    "US": Country("États-Unis", r"\d{5}(?:-\d{4})?", "94043"),
}

#: Other names people give to countries of the table, already folded.
_ALSO = {
    "usa": "US",
    "etats unis d amerique": "US",
    "uk": "GB",
    "grande bretagne": "GB",
    "angleterre": "GB",
    "republique tcheque": "CZ",
    "hollande": "NL",
    "eire": "IE",
    "ile maurice": "MU",
}

CODES = tuple(_COUNTRIES)

#: Countries whose addresses may have no postcode.
WITHOUT_POSTCODE = frozenset(
    {"IE", *(code for code, country in _COUNTRIES.items() if not country.postcode)}
)


def french_name(code: str) -> str:
    """Return the French name of a country; an unknown code is returned as it is."""
    country = _COUNTRIES.get(code)
    return country.french if country else code


def code_of(text: str) -> str | None:
    """Return the ISO code of a country given by code or French name, or None."""
    if text.strip().upper() in _COUNTRIES:
        return text.strip().upper()
    return _BY_NAME.get(_fold(text))


def has_valid_postcode(postcode: str, country: str) -> bool:
    """Say whether ``postcode`` has the form that ``country`` gives to postcodes.

    An unknown country, or one without postcodes, accepts none.
    """
    known = _COUNTRIES.get(country)
    return bool(known and known.postcode and re.fullmatch(known.postcode, postcode))


def postcode_example(country: str) -> str:
    """Return a postcode as ``country`` writes them, "" when it has none."""
    known = _COUNTRIES.get(country)
    return known.example if known else ""


def _fold(text: str) -> str:
    """Return ``text`` in lower-case ASCII words with single blanks."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z]+", plain.lower()))


_BY_NAME = {_fold(country.french): code for code, country in _COUNTRIES.items()} | _ALSO
