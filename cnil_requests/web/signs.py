"""What on a page may stand between the reader and the listing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cnil_requests.core.listings import Sign

if TYPE_CHECKING:
    from cnil_requests.web.fetch import Page
    from cnil_requests.web.reading import Shown

#: In the code of a page (lower case): what only the walls of hosts write.
_CODE = {
    Sign.CHALLENGE: re.compile(
        r"cf-chl|cf_chl_opt|captcha-delivery\.com|_incapsula_resource|px-captcha|"
        r"ddos-guard|sgcaptcha|/_sec/cp_challenge"
    ),
    Sign.CAPTCHA: re.compile(r"captcha|turnstile"),
    Sign.CONSENT: re.compile(r"consent\.(?:google|youtube|yahoo)\."),
    Sign.LOGIN: re.compile(r"type\s*=\s*[\"']?password"),
    Sign.SCRIPT: re.compile(
        r"<(?:div|main|section)[^>]{0,200}\bid\s*=\s*[\"']?"
        r"(?:root|app|__next|__nuxt|main-app)\b[^>]{0,200}>\s*</|<app-root[^>]*>\s*</"
    ),
    Sign.ELSEWHERE: re.compile(
        r"http-equiv\s*=\s*[\"']?refresh|<frameset|"
        r"(?:window|document|top|self)\.location(?:\.href)?\s*=[^=]|"
        r"\blocation\.(?:replace|assign)\s*\("
    ),
    Sign.GARBLED: re.compile("ã©|ã¨|ãª|\ufffd"),
}

#: In the words of a page, as ``names.plain`` writes them.
_WORDS = {
    Sign.CHALLENGE: re.compile(
        r"just a moment|checking your browser|verif\w+ (?:que )?vous etes (?:un )?"
        r"(?:humain|etre humain)|n etes pas un (?:robot|automate)|pas un robot|"
        r"are you (?:a )?(?:human|robot)|(?:unusual|suspicious) traffic|"
        r"(?:trafic|activite)s? (?:inhabituel|exceptionnel|suspect|anormal)|"
        r"access denied|acces (?:\w+ )?(?:refuse|interdit|bloque)|attention required|"
        r"(?:been|ete) (?:temporairement )?(?:blocked|bloquee?)|"
        r"verification de securite|verif\w+ de votre navigateur|security check"
    ),
    Sign.CONSENT: re.compile(
        r"(?:accept\w*|refus\w*|autoris\w*|parametr\w*|gere[rz]|consent\w*|allow|"
        r"reject|manage)\b.{0,120}?\bcookies?\b|"
        r"\bcookies?\b.{0,120}?\b(?:accept|refus|autoris|parametr|gere[rz]|consent|"
        r"allow|reject)|votre vie privee|your privacy|before you continue|"
        r"avant de continuer|avant d acceder|votre consentement|"
        r"nos (?:\d+ )?partenaires"
    ),
    Sign.LOGIN: re.compile(
        r"connectez vous|connecter pour|veuillez vous (?:connecter|identifier)|"
        r"identifiez vous|se connecter pour|(?:log|sign) in to|"
        r"cre\w+ un compte pour|reserve\w* aux (?:membres|abonnes|inscrits)"
    ),
    Sign.SCRIPT: re.compile(
        r"(?:activ\w+|enable|requi\w+|necessit\w+|sans|need\w*|turn on) "
        r"(?:\w+ ){0,3}javascript|javascript (?:\w+ ){0,3}(?:desactiv|requis|"
        r"necessaire|disabled|required)|chargement en cours|loading"
    ),
    Sign.TROUBLE: re.compile(
        r"maintenance|(?:temporairement|momentanement|actuellement) indisponible|"
        r"indisponible (?:temporairement|pour le moment|actuellement)|"
        r"(?:temporarily|service) unavailable|"
        r"erreur (?:technique|interne|serveur|5\d\d)|"
        r"(?:probleme|incident|difficulte)s? techniques?|une erreur (?:est|s est) |"
        r"something went wrong|an error occurred|re?essay\w+|try again|"
        r"patiente[rz]|please wait|"
        r"internal server error|bad gateway|gateway time|too many requests|"
        r"trop de requetes|(?:database|fatal) error|revenez plus tard|be right back|"
        r"de retour (?:bientot|dans)"
    ),
}

#: A page that says itself that there is nothing at this address any more.
NOT_FOUND = re.compile(
    r"introuvable|n existe (?:pas|plus)|not found|erreur 404|\b404\b|"
    r"n est plus (?:disponible|en ligne|referencee?|accessible|presente?)|"
    r"(?:a|ont) etee? (?:supprim|retir|desactiv|efface|depublie)\w*|"
    r"aucun (?:resultat|professionnel|praticien|medecin)|no results?|"
    r"no longer (?:available|exists)|(?:been|was) (?:removed|deleted)|"
    r"ne correspond a|n a pas ete trouvee?|pas trouvee?"
)


#: « Cette fiche n'existe plus », in a block of its own.
_THING_GONE = re.compile(
    r"\b(?:fiche|page|profil|annonce|praticien|professionnel|medecin|contenu|compte)"
    r"\b.{0,60}?(?:n existe (?:pas|plus)|n est plus|introuvable|"
    r"(?:a|ont) etee? (?:supprim|retir|desactiv|efface|depubli))"
)
_FEW_WORDS = 40
#: What a page says of itself stands at its beginning.
_WITHIN = 300_000


def signs_of(page: Page, shown: Shown) -> frozenset[Sign]:
    """Return every sign on a page; most pages have a cookie banner, many a captcha."""
    code = page.text.lower()
    words = " ".join(shown.blocks)[:_WITHIN].replace("-", " ")
    signs = {sign for sign, pattern in _CODE.items() if pattern.search(code)}
    # What a page only shows without JavaScript is in its source.
    source = shown.source[:_WITHIN].replace("-", " ")
    signs |= {
        sign
        for sign, pattern in _WORDS.items()
        if pattern.search(source if sign is Sign.SCRIPT else words)
    }
    if "cf-mitigated" in page.headers:
        signs.add(Sign.CHALLENGE)
    if "</html" not in code and "</body" not in code:
        signs.add(Sign.CUT)
    if _says_not_found(shown):
        signs.add(Sign.NOT_FOUND)
    return frozenset(signs)


def _says_not_found(shown: Shown) -> bool:
    """Say whether a heading, or a short sentence, tells that the listing is gone."""
    if NOT_FOUND.search(shown.headings.replace("-", " ")):
        return True
    return any(
        _THING_GONE.search(block.replace("-", " "))
        for block in shown.blocks
        if block.count(" ") < _FEW_WORDS
    )
