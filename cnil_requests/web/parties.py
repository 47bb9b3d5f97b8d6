"""Names of companies and people, their legal forms, and who is meant where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnil_requests.web.folding import fold, key

if TYPE_CHECKING:
    from collections.abc import Iterator

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
_FORM = re.compile(
    rf"(?<![\w.&'’-])(?:(?P<short>{_DOTTED})|(?P<foreign>{_FOREIGN}))(?![\w&'’-])"
)
_LONG_FORM = re.compile(
    r"\b(?:" + "|".join(f"(?P<f{n}>{form})" for n, form in enumerate(_LONG)) + r")\b"
)

#: Hosts that notices name: never a directory's publisher, unless the site is theirs.
_HOSTS = re.compile(
    r"\b(?:ovh(?:cloud)?|amazon|aws|google|microsoft|azure|scaleway|online\.net|online "
    r"sas|gandi|ionos|1 ?& ?1|1and1|ikoula|o2switch|infomaniak|planethoster|lws|ligne "
    r"web services|hostinger|vercel|netlify|cloudflare|wix(?:\.com)?|squarespace|"
    r"shopify|"
    r"webflow|automattic|wordpress|github|gitlab|clever cloud|scalingo|alwaysdata|"
    r"hetzner|digital ?ocean|linode|akamai|heroku|salesforce|oxalide|claranet|jaguar "
    r"network|nuxit|amen|siteground|godaddy|fastly|strato|simplebo|jimdo|weebly|"
    r"e-?monsite|linkeo|orange business|outscale|render|supabase|lovable|firebase|"
    r"cegedim\.cloud|coreye|nameshield|"
    r"one\.com|phpnet|firstheberg|pulseheberg|contabo|kinsta|wp ?engine|lamacompta)\b"
)

_PREFIX = re.compile(
    r"^(?:\s|:|-|«|\")*(?:(?:la |une )?(?:societe|sociéte|company|compagnie|entreprise|"
    r"start-?up)(?: dite| denommee| nommee)?\b[ :]*|the company |"
    r"(?:m\.|mr\.?|mme|mlle|monsieur|madame)\s+|"
    r"l'(?=[a-z])|(?:la|le|les|the) (?=[a-z]))"
)
_NAME_STOP = re.compile(
    r"[\n;()«»\"|•·*]|,|:|\s[-/]\s|(?<!\b[a-z])(?<!\bdr)(?<!\binc)(?<!\bltd)(?<!\bst)(?<!\bco)"
    r"(?<!\bpr)\.(?=\s|$)|"
    r"\s(?:au capital|dont|est|sont|a pour|qui|que|ayant|depuis|sous|represente\w*|"
    r"immatricul\w*|inscrit\w*|enregistre\w*|situe\w*|sise?|domicili\w*|identifie\w*|"
    r"demeurant|rcs|r\.c\.s|siren|siret|tel|email|e-mail|whose|located|registered|with|"
    r"having|is|et dont|filiale|immatricule|pour|dans|afin|via|avec|exercant|titulaire|"
    r"joignable|"
    r"ci-apres|qu'|par|sur|capital|n°|numero|tva|by|in|under)\b|\s\d{5}\b|"
    r"\bhttps?:"
)
_AND_ANOTHER = re.compile(
    r"^\s*(?:et|&|and|ainsi que)\s+(?:la |l'|par |le )*(?:societe |association |sas |"
    r"sarl )?[A-ZÀ-Ý]"
)
#: What no name holds: numbers, addresses, the blanks of a template.
_NO_NAME = re.compile(
    r"\d{3} ?\d{3}(?! [A-ZÀ-Ý])|\d{5}|https?://|[\[\]{}<>_=→]|(?i:x{3}|compl[ée]ter|"
    r"votre )"
)
#: Forms that are often part of the name.
_IN_NAMES = ("association", "fondation", "syndicat", "mutuelle")
_MAX_NAME = 70
_WINDOW = 300
_MAX_WORDS = 9
_SMALL = (
    "de", "du", "des", "la", "le", "les", "d", "l", "et", "en", "sur", "pour",
    "the", "of", "and", "und", "von", "van", "a", "au", "aux", "&", "-", "par",
    "sous", "y", "e", "del", "di", "da",
)  # fmt: skip
_GENERIC = (
    "societe", "lasociete", "lesite", "site", "nous", "editeur", "lediteur",
    "responsable", "hebergeur", "vous", "cesite", "websitetitle", "accueil",
    "contact", "mentionslegales", "france", "aucun", "personne", "publisher", "moi",
    "adresse", "telephone", "siege", "email", "nom", "raison", "proprietaire",
    "publication", "plateforme", "entreprise", "cabinet", "docteur", "medecin",
    "association", "notreequipe", "company",
)  # fmt: skip


@dataclass(frozen=True)
class Name:
    """A publisher's name, as the catalogue writes it, and its legal form."""

    text: str
    form: str = ""
    end: int = 0
    has_companion: bool = False

    @property
    def is_host(self) -> bool:
        """Say whether it is the name of a well-known host."""
        return bool(_HOSTS.search(fold(self.text)))


def read_name(text: str, start: int = 0, *, is_free: bool = False) -> Name | None:
    """Read the name that stands at ``start``: up to what cannot be part of it.

    ``is_free`` accepts a name with words in small letters (« Direction des
    services numériques »).
    """
    # What lies further cannot be part of a name; a hostile page is read in time.
    near = text[start : start + _WINDOW]
    form, at = _skip_lead(near, 0)
    stop = _NAME_STOP.search(fold(near), at)
    end = stop.start() if stop else len(near)
    raw = near[at:end]
    companion = re.search(r"\s(?:et|and|ainsi que)\s", raw)
    name, tail = _trailing_form(raw)
    if companion and _FORM.search(raw[: companion.start()]):
        name, tail = _trailing_form(raw[: companion.start()])
    has_companion = companion is not None and (
        bool(_FORM.search(raw)) or bool(_AND_ANOTHER.match(raw[companion.start() :]))
    )
    form = form or tail or _form_after(near, end)
    name = name.strip(" ,.-–—'’\"")
    if not _is_name(name, is_free=is_free):
        return None
    return Name(name, form, start + end, has_companion)


def has_form(text: str) -> bool:
    """Say whether a text holds a legal form in its short writing."""
    return bool(_FORM.search(text))


def leading_form(text: str, at: int) -> str:
    """Return the French legal form that stands at ``at``, "" without one."""
    return _leading_form(text, at)[0]


def _skip_lead(text: str, start: int) -> tuple[str, int]:
    """Pass over articles, titles and « la société »; take a form that leads."""
    at, form = start, ""
    while True:
        while at < len(text) and text[at] in " \n:\t-–—«\"'":
            at += 1
        found, after = ("", at) if form else _leading_form(text, at)
        lead = _PREFIX.match(fold(text[at:]))
        if after > at:
            form, at = found, after
        elif lead and lead.end():
            form, at = form or found, at + lead.end()
        else:
            return form or found, at


def _leading_form(text: str, at: int) -> tuple[str, int]:
    """Take « SAS » off « SAS Exemple »."""
    short = _FORM.match(text, at)
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


def _trailing_form(name: str) -> tuple[str, str]:
    """Part « Exemple SAS » into name and form; a foreign form stays in the name."""
    found = [item for item in _FORM.finditer(name) if item.end() == len(name.rstrip())]
    if found and found[-1]["short"]:
        return name[: found[-1].start()], _plain(found[-1]["short"])
    if found:
        return name, found[-1]["foreign"]
    return name, ""


def _form_after(text: str, end: int) -> str:
    """Read the form that follows a name: « , SAS au capital », « (SARL) »."""
    after = re.match(r"[\s,(]*(?:une |est une |l'|un |en )?", text[end : end + 12])
    at = end + (after.end() if after else 0)
    short = _FORM.match(text, at)
    if short and short["short"]:
        return _plain(short["short"])
    long = _LONG_FORM.match(fold(text), at)
    return _of(long) if long else ""


def _plain(form: str) -> str:
    return form.replace(".", "")


def _of(match: re.Match[str]) -> str:
    index = next(int(name[1:]) for name, text in match.groupdict().items() if text)
    return list(_LONG.values())[index]


def _is_name(text: str, *, is_free: bool) -> bool:
    """Say whether a text can be somebody's name: capitals, no sentence, no number."""
    words = text.split()
    if not words or len(text) > _MAX_NAME or len(words) > _MAX_WORDS:
        return False
    if len(re.findall("[a-z]", fold(text))) < 2 or key(text) in _GENERIC or "@" in text:  # noqa: PLR2004
        return False
    if _NO_NAME.search(text):
        return False
    known = is_free and _HOSTS.match(fold(text))
    if not (words[0][0].isupper() or words[0][0].isdigit() or _is_domain(words[0])):
        return bool(known)
    if is_free:
        return True
    small = [w for w in words if w[0].islower() and fold(w).strip("'") not in _SMALL]
    small = [w for w in small if not re.match(r"[dl]['’][A-ZÀ-Ý]", w)]
    return len(small) <= (1 if _FORM.search(text) or len(words) > 3 else 0)  # noqa: PLR2004


def _is_domain(word: str) -> bool:
    return bool(re.fullmatch(r"[\w-]+\.[a-z]{2,}", word))


@dataclass(frozen=True)
class Mention:
    """A party named in passing: where, and its name as far as it can be read."""

    start: int
    name: str


def mentions(text: str) -> Iterator[Mention]:
    """Yield the parties that a text names by a legal form, or as known hosts."""
    for match in _FORM.finditer(text):
        name = _beside(text, match.start(), match.end())
        if name:
            yield Mention(match.start(), name)
    for match in re.finditer(r"\b(?:societe|association|cabinet) ", fold(text)):
        name = _capitalised(text[match.end() : match.end() + _MAX_NAME])
        if name:
            yield Mention(match.start(), name)
    for match in _HOSTS.finditer(fold(text)):
        yield Mention(match.start(), match.group())


def _beside(text: str, start: int, end: int) -> str:
    """Return the name next to a legal form: before it, else after it."""
    before = re.search(
        r"[A-ZÀ-Ý0-9][\w&'’.-]*(?: (?:[A-ZÀ-Ý0-9][\w&'’.-]*|de|du|des|la|le|et|&|-))*"
        r",? ?\Z",
        text[max(0, start - _MAX_NAME) : start].replace(",", ", ").replace("  ", " "),
    )
    if before:
        return before.group().strip(" ,")
    return _capitalised(text[end : end + _MAX_NAME])


def _capitalised(text: str) -> str:
    """Return the run of capitalised words at the start of a text."""
    found = re.match(
        r" ?((?:[A-ZÀ-Ý0-9][\w&'’.-]*)(?: (?:[A-ZÀ-Ý0-9&][\w&'’.-]*|de|du|des|la))*)",
        text,
    )
    return found[1] if found else ""


def same_party(one: str, other: str) -> bool:
    """Say whether two names can be one party's: equal, or one within the other."""
    short, long = sorted((_bare(one), _bare(other)), key=len)
    return bool(short) and (short == long or (len(short) > 2 and short in long))  # noqa: PLR2004


def _bare(name: str) -> str:
    return key(_FORM.sub(" ", name))


def speaks_of(text: str, at: int, name: str) -> bool:
    """Say whether the last party named before ``at`` is ``name``, or nobody."""
    last = None
    for mention in mentions(text[:at]):
        if last is None or mention.start >= last.start:
            last = mention
    return last is None or same_party(last.name, name)
