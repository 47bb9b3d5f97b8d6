"""The words by which a legal notice says of whom it speaks.

All patterns are matched on folded text (no accents, no capitals).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from cnil_requests.web.folding import fold


class Role(Enum):
    """Of whom a passage speaks. Only the publisher's values are ever proposed."""

    PUBLISHER = "publisher"
    #: The notice's own block, nobody named yet: « Siège social : … ».
    NEUTRAL = "neutral"
    HOST = "host"
    AGENCY = "agency"
    DIRECTOR = "director"
    DPO = "dpo"
    OTHER = "other"
    NONE = "none"


_DONE = r"(?:s|e|es)?"
_WITH = rf"(?:,? (?:et|ou|,|puis) \w+{_DONE}){{0,3}}"

_PATTERNS = {
    Role.DPO: (
        r"delegue\w* a la protection des donnees|\bdpo\b(?![@.\w])|data protection "
        r"officer|\bd\.p\.o\.|exerc(?:er|ice)(?: de)? (?:\w+ ){0,2}droits?\b"
    ),
    Role.HOST: (
        r"\bheberg(?:eurs?|ements?|e|ee|es|ees|er)\b|\bhosted (?:by|on)|\bhosting\b|"
        r"\bhost\b|\bhoster\b|\bstocke\w* (?:par|chez)|\bserveurs? (?:est|sont) situe|"
        r"\binfogeran\w+|\bfournies? par\b|\bstockage des donnees"
    ),
    Role.PUBLISHER: (
        rf"\b(?:edite|publie|exploite|gere|propose|administre){_DONE}{_WITH} par\b|"
        r"\bediteurs?\b|\beditrice\b|\bproprietaires?\b(?! des? (?:marque|droit))|"
        r"\b(?:est la|reste la) propriete (?:exclusive )?(?:de\b|du\b|d')|"
        r"\bappartient (?:a|au)\b|"
        r"\bresponsables? (?:du|de|des) traitements?\b|\bresponsables? du site\b|"
        r"\bpublished (?:\w+ \w+ )?by\b|\bpublisher\b|\bowner\b|\bowned by\b|"
        r"\boperated by\b|\bdata controller\b|\bherausgeber\b|\bdiensteanbieter\b|"
        r"\bservice (?:de|propose par|edite par) la societe\b"
    ),
    Role.AGENCY: (
        rf"\b(?:realise|concu|cree|developpe|maquette|integre|programme){_DONE}{_WITH} "
        r"par\b|\brealisation\b|\bconception\b|\bcreation\b|"
        r"\bdeveloppement\b|\bdeveloppeur\b|\bdesign(?:er)?\b|\bwebdesign\w*|"
        r"\bgraphi\w+|"
        r"\bmaintenance\b|\brefonte\b|\breferencement\b|\bwebmaster\b|\bwebmestre\b|"
        r"\bagence (?:web|digitale|de com\w*|conseil|interactive|de creation)|"
        r"^agence\s*:|"
        r"\bcharte graphique\b|\bpowered by\b|\bdeveloped by\b|\bdesigned by\b|"
        r"\bmade \w+ by\b|"
        r"\bcredits?\b|\bphoto\w*|\billustrations?\b|\biconographie\b|\btraduction\b|"
        r"\bprestataire\b|\bcommunity manager\b|\bregie publicitaire\b|"
        r"\bsolution technique\b"
    ),
    Role.DIRECTOR: (
        r"\bdirect(?:eur|rice)\w*(?:\W{1,3}(?:trice|rice))?\)? (?:de |de la |des )?"
        r"(?:la )?(?:publications?|redaction)|"
        r"\bresponsables? (?:de |de la |du )?(?:publication|redaction|editorial\w*|"
        r"contenu)|\bredact(?:eur|rice) en chef|"
        r"\bpublish(?:ing|ication) director|\bdirector of publication|"
        r"\beditor.in.chief|\bresponsible for content"
    ),
    Role.OTHER: (
        r"\bmediat(?:eur|ion|rice)\w*|\bcnil\b|\bcommission nationale de "
        r"l'informatique|\btribuna(?:l|ux)\b|\bordre (?:national|departemental|des)\b|"
        r"\bconseil (?:national|departemental|regional|de l'ordre)|\bassur(?:eur|"
        r"ances?)"
        r"\b|\bgarantie\b|\bpartenaires?\b|\bsous-traitants?\b|\bfiliales?\b|"
        r"\b(?:du|le|au|un|notre|son) groupe\b|\bmaison mere\b|\bfournisseurs?\b|"
        r"\bpaiements?\b|"
        r"\bnoms? de domaine\b|\bregistrar\b|\bbureau d'enregistrement|"
        r"\bautorite\b|\bpropriete intellectuelle\b|\bdroits? d'auteur\b|\bcookies?\b|"
        r"\banalytics\b|\brepresentant dans l'union|\bservice clients?\b|\bretours?\b|"
        r"\bassocies?\b|\bactionnaires?\b|\bholding\b|\bprocureur\b|\bdomiciliation\b|"
        r"\bordre public\b|\bexpert.comptable\b|\bavocats?\b|\bmarques?\b"
    ),
}

#: The label of a company's name, whoever is spoken of.
NAME_FIELD = re.compile(
    r"(?:raison sociale|denomination(?: sociale)?|company(?: name)?|(?:nom|name)"
    r"(?: (?:commercial|complet|et prenom|de l'entreprise|de la societe|du site|"
    r"de l'editeur|of the company))?|societe|entreprise|association)\s?:\s?(?!//)"
)
_COMPANY = re.compile(r"raison sociale|denomination")

_ALL = re.compile(
    "|".join(f"(?P<{role.name}>{pattern})" for role, pattern in _PATTERNS.items())
)

#: What may stand around cues in a heading or label that says nothing else.
_FILLERS = re.compile(
    r"\b(?:du|de|des|la|le|les|l'|d'|et|a|au|aux|notre|nos|ce|cet|cette|present|site|"
    r"sites|web|internet|plateforme|application|service|services|the|of|website|our|"
    r"legal|donnees|identite|identification|informations?|coordonnees|qui|est|sur)\b|"
    r"[^a-z]"
)

#: Labels that name a field of whoever was last spoken of.
_FIELD = re.compile(
    r"(?:son |sa |adresse |n[o°]? ?|numero |numeros |le |la |l')*(?:siege|adress|tel\b|"
    r"tel\.|telephone|phone|fax|telecopie|mob|portable|mail|e-?mail|courriel|contact|"
    r"siren|siret|r\.?c\.?s|r\.?m\b|rne|rna|capital|tva|t\.v\.a|vat|numero|n°|no\b|"
    r"code|ape|naf|forme|raison|denomination|statut|nom\b|prenom|societe|entreprise|association|"
    r"immatricul|"
    r"inscri|enregistre|registre|represent|gerant|president|directeur general|pays|"
    r"ville|site\b|date|company|registered|duns|identifiant|finess|rpps|adeli|"
    r"agrement|activite|registration|head office|elle est|il est|la societe|standard|"
    r"repertoire|nous contacter|ecrire|par )"
)
_LABEL = re.compile(r"([^:\n]{2,60}?)\s?:(?!//)")
_NEUTRAL = re.compile(
    r"\b(?:mentions? legales?|informations? legales?|legal (?:notices?|information)|"
    r"impressum|mentions obligatoires|identification|identite|qui sommes.nous|"
    r"siege social|coordonnees)\b"
)
SEAT = re.compile(
    r"\bsiege(?: social)?\b|\bregistered (?:office|address)|\bhead ?office|"
    r"\bheadquarter"
)


@dataclass(frozen=True)
class Cue:
    """One word that says of whom: its role and where it stands."""

    role: Role
    start: int
    end: int


def cues(text: str) -> list[Cue]:
    """Return the cues of a sentence, in order."""
    return [
        Cue(Role[match.lastgroup or "NONE"], match.start(), match.end())
        for match in _ALL.finditer(fold(text))
    ]


def heading_role(text: str) -> Role:
    """Return of whom the lines under a heading speak.

    A heading that names two (« Éditeur et hébergeur ») speaks of nobody.
    """
    roles = {cue.role for cue in cues(text)} - {Role.DIRECTOR}
    if not roles:
        has_director = any(cue.role is Role.DIRECTOR for cue in cues(text))
        neutral = Role.NEUTRAL if _NEUTRAL.search(fold(text)) else Role.NONE
        return Role.DIRECTOR if has_director else neutral
    return roles.pop() if len(roles) == 1 else Role.OTHER


def is_bare(text: str) -> bool:
    """Say whether a line holds cues and nothing else: a heading in all but name."""
    plain = fold(text)
    if len(plain) > 80 or not (_ALL.search(plain) or _NEUTRAL.search(plain)):  # noqa: PLR2004
        return False
    return not _FILLERS.sub("", _NEUTRAL.sub("", _ALL.sub("", plain)))


def is_field(text: str) -> bool:
    """Say whether a line gives a field (« Siège social : … ») of whoever is meant."""
    return bool(_FIELD.match(fold(text)))


def names_company(text: str) -> bool:
    """Say whether a line is labelled as a company's name."""
    return bool(_COMPANY.match(fold(text)))


def label_of(text: str) -> str:
    """Return what stands before the colon of « Label : value », "" without one."""
    match = _LABEL.match(text)
    return match[1] if match else ""
