"""Legal forms of companies, as notices write them and as the catalogue does."""

from __future__ import annotations

import re

from cnil_requests.web.folding import fold

#: What a French notice writes -> the form as the catalogue writes it.
_SHORT = (
    "SASU", "SAS", "SARL", "EURL", "SELARL", "SELURL", "SELASU", "SELAS", "SELAFA",
    "SELCA", "SCI", "SCP", "SCM", "SCOP", "SCIC", "SNC", "SCA", "SCS", "SEM", "SPL",
    "SA", "GIE", "GIP", "GCS", "GCSMS", "EPIC", "EIRL", "EI",
)  # fmt: skip
_LONG = {
    r"societe par actions simplifiee (?:a associe unique|unipersonnelle)": "SASU",
    r"societe par actions simplifiee": "SAS",
    r"societe a responsabilite limitee (?:a associe unique|unipersonnelle)": "EURL",
    r"societe d'exercice liberal a responsabilite limitee": "SELARL",
    r"societe d'exercice liberal par actions simplifiee": "SELAS",
    r"societe a responsabilite limitee": "SARL",
    r"entreprise unipersonnelle a responsabilite limitee": "EURL",
    r"societe anonyme(?: a (?:conseil d'administration|directoire))?": "SA",
    r"societe civile immobiliere": "SCI",
    r"societe civile professionnelle": "SCP",
    r"societe civile de moyens": "SCM",
    r"societe en nom collectif": "SNC",
    r"societe cooperative d'interet collectif": "SCIC",
    r"groupement d'interet economique": "GIE",
    r"groupement d'interet public": "GIP",
    r"association(?: (?:regie par la )?loi (?:de |du 1er juillet )?1901| a but non "
    r"lucratif| declaree)?": "association",
    r"(?:micro|auto)[- ]?entrepr(?:ise|eneu(?:r|se))|entrepr(?:eneur|eneuse|ise) "
    r"individuel(?:le)?": "entreprise individuelle",
    r"fondation(?: reconnue d'utilite publique)?": "fondation",
    r"etablissement public(?: de sante)?": "établissement public",
    r"syndicat(?: professionnel)?": "syndicat",
    r"mutuelle": "mutuelle",
}
#: Forms of other countries stay part of the name, as in the catalogue.
_FOREIGN = (
    r"(?:AB|A/S|ApS|AG|AS|BV|B\.V\.|GmbH(?: & Co\.? KG)?|Inc\.?|LLC|L\.L\.C\.|LLP|"
    r"Ltd\.?|"
    r"Limited|N\.?V\.|Oy|PLC|plc|SRL|Srl|S\.r\.l\.|SpA|S\.p\.A\.|S\.L\.(?:U\.)?|SLU|"
    r"S\.à r\.l\.|S\.à\.r\.l\.|Sàrl|S\.?A\.?R\.?L\.?-S|UG|Corp\.?|Corporation|"
    r"Unlimited Company|SE|EOOD|OÜ|SIA|UAB|d\.o\.o\.|s\.r\.o\.|Sp\. z o\.o\.)"
)
_DOTTED = "|".join(
    r"\.?".join(form) + r"\.?" for form in sorted(_SHORT, key=len, reverse=True)
)
FORM = re.compile(
    rf"(?<![\w.&'’-])(?:(?P<short>{_DOTTED})|(?P<foreign>{_FOREIGN}))(?![\w&'’-])"
)
_LONG_FORM = re.compile(
    r"\b(?:" + "|".join(f"(?P<f{n}>{form})" for n, form in enumerate(_LONG)) + r")\b"
)
#: Forms that are often part of the name.
_IN_NAMES = ("association", "fondation", "syndicat", "mutuelle")


def has_form(text: str) -> bool:
    """Say whether a text holds a legal form in its short writing."""
    return bool(FORM.search(text))


def leading(text: str, at: int) -> tuple[str, int]:
    """Take « SAS » off « SAS Exemple »."""
    short = FORM.match(text, at)
    if short and short["short"]:
        rest = re.match(r"[ ,]*", text[short.end() :])
        return _plain(short["short"]), short.end() + (rest.end() if rest else 0)
    long = _LONG_FORM.match(fold(text), at)
    if long and long.end() < len(text) and text[long.end()] == " ":
        form = _of(long)
        following = text[long.end() + 1 : long.end() + 2]
        if (text[at].isupper() and form in _IN_NAMES) or following.islower():
            # « Association des médecins » is the name; the form is in it.
            return form, at
        return form, long.end() + 1
    return "", at


def trailing(name: str) -> tuple[str, str]:
    """Part « Exemple SAS » into name and form; a foreign form stays in the name."""
    found = [item for item in FORM.finditer(name) if item.end() == len(name.rstrip())]
    if found and found[-1]["short"]:
        return name[: found[-1].start()], _plain(found[-1]["short"])
    if found:
        return name, found[-1]["foreign"]
    return name, ""


def following(text: str, end: int) -> str:
    """Read the form that follows a name: « , SAS au capital », « (SARL) »."""
    after = re.match(r"[\s,(]*(?:une |est une |l'|un |en )?", text[end : end + 12])
    at = end + (after.end() if after else 0)
    short = FORM.match(text, at)
    if short and short["short"]:
        return _plain(short["short"])
    long = _LONG_FORM.match(fold(text), at)
    return _of(long) if long else ""


def _plain(form: str) -> str:
    return form.replace(".", "")


def _of(match: re.Match[str]) -> str:
    index = next(int(name[1:]) for name, text in match.groupdict().items() if text)
    return list(_LONG.values())[index]
