"""Names of companies and people, as far as they can be read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cnil_requests.web.folding import fold, key
from cnil_requests.web.forms import FORM, following, leading, trailing
from cnil_requests.web.mentions import KNOWN_HOSTS

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
        return bool(KNOWN_HOSTS.search(fold(self.text)))


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
    name, tail = trailing(raw)
    if companion and FORM.search(raw[: companion.start()]):
        name, tail = trailing(raw[: companion.start()])
    has_companion = companion is not None and (
        bool(FORM.search(raw)) or bool(_AND_ANOTHER.match(raw[companion.start() :]))
    )
    form = form or tail or following(near, end)
    name = name.strip(" ,.-–—'’\"")
    if not _is_name(name, is_free=is_free):
        return None
    return Name(name, form, start + end, has_companion)


def _skip_lead(text: str, start: int) -> tuple[str, int]:
    """Pass over articles, titles and « la société »; take a form that leads."""
    at, form = start, ""
    while True:
        while at < len(text) and text[at] in " \n:\t-–—«\"'":
            at += 1
        found, after = ("", at) if form else leading(text, at)
        lead = _PREFIX.match(fold(text[at:]))
        if after > at:
            form, at = found, after
        elif lead and lead.end():
            form, at = form or found, at + lead.end()
        else:
            return form or found, at


def _is_name(text: str, *, is_free: bool) -> bool:
    """Say whether a text can be somebody's name: capitals, no sentence, no number."""
    words = text.split()
    if not words or len(text) > _MAX_NAME or len(words) > _MAX_WORDS:
        return False
    if len(re.findall("[a-z]", fold(text))) < 2 or key(text) in _GENERIC or "@" in text:  # noqa: PLR2004
        return False
    if _NO_NAME.search(text):
        return False
    known = is_free and KNOWN_HOSTS.match(fold(text))
    if not (words[0][0].isupper() or words[0][0].isdigit() or _is_domain(words[0])):
        return bool(known)
    if is_free:
        return True
    small = [w for w in words if w[0].islower() and fold(w).strip("'") not in _SMALL]
    small = [w for w in small if not re.match(r"[dl]['’][A-ZÀ-Ý]", w)]
    return len(small) <= (1 if FORM.search(text) or len(words) > 3 else 0)  # noqa: PLR2004


def _is_domain(word: str) -> bool:
    return bool(re.fullmatch(r"[\w-]+\.[a-z]{2,}", word))
