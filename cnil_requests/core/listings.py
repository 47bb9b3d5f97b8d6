"""Whether a listing is still there: what checks of its page add up to.

One check says what the page showed on one day. The verdict comes from all checks
of the same page, and « removed » is only ever a proposal to the user.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from cnil_requests.core.french_dates import long_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


class Finding(StrEnum):
    """What one check of a page found."""

    NAMED = "named"
    UNNAMED = "unnamed"
    GONE = "gone"
    UNCLEAR = "unclear"


class Verdict(StrEnum):
    """What the checks of a page add up to."""

    ONLINE = "online"
    PROBABLY_REMOVED = "probably-removed"
    UNKNOWN = "unknown"

    @property
    def french(self) -> str:
        """The verdict as messages show it."""
        return _VERDICTS[self]


_VERDICTS = {
    Verdict.ONLINE: "toujours en ligne",
    Verdict.PROBABLY_REMOVED: "probablement retirée",
    Verdict.UNKNOWN: "inconnu",
}


class Sign(StrEnum):
    """Something on a page that may stand between the reader and the listing."""

    CHALLENGE = "challenge"
    CAPTCHA = "captcha"
    CONSENT = "consent"
    LOGIN = "login"
    SCRIPT = "script"
    TROUBLE = "trouble"
    ELSEWHERE = "elsewhere"
    CUT = "cut"
    GARBLED = "garbled"
    NOT_FOUND = "not-found"


_OBSTACLES = {
    Sign.CHALLENGE: "un contrôle « êtes-vous un robot »",
    Sign.CAPTCHA: "un captcha",
    Sign.CONSENT: "une demande d'accord sur les cookies",
    Sign.LOGIN: "une demande de connexion",
    Sign.SCRIPT: "une page qui ne s'affiche qu'avec JavaScript",
    Sign.TROUBLE: "un message d'erreur ou de maintenance",
    Sign.ELSEWHERE: "un renvoi vers une autre page",
    Sign.CUT: "une page qui semble coupée",
    Sign.GARBLED: "des caractères illisibles",
}


@dataclass(frozen=True)
class ListingCheck:
    """One look at the page of a listing; never rewritten.

    ``on`` is the day of the command and ``at`` the true time, in ISO form with its
    zone. ``status`` is None when no answer came, ``sha256`` is "" then. ``name`` is
    the name that was looked for, ``note`` a French sentence on what was found.
    ``words`` counts the words that the page showed.
    """

    url: str
    on: date
    at: str
    finding: Finding
    note: str
    name: str
    status: int | None = None
    sha256: str = ""
    words: int = 0
    signs: frozenset[Sign] = frozenset()

    @property
    def was_answered(self) -> bool:
        """Say whether the site gave a page, of whatever status."""
        return self.status is not None


@dataclass(frozen=True)
class Judgement:
    """A verdict and the French sentence that carries it."""

    verdict: Verdict
    evidence: str


def judge(checks: Sequence[ListingCheck]) -> Judgement:
    """Return the verdict of the last check, in the light of the earlier ones.

    All are checks of one page, in the order they were made. What is not certain is
    UNKNOWN: a false « removed » would end a request that is still to be pursued.
    """
    *earlier, current = checks
    if current.finding is Finding.NAMED:
        return Judgement(Verdict.ONLINE, current.note)
    if current.finding is Finding.GONE:
        return _gone(current, earlier)
    if current.finding is Finding.UNNAMED:
        return _unnamed(current, earlier)
    return Judgement(Verdict.UNKNOWN, current.note)


def _gone(current: ListingCheck, earlier: Sequence[ListingCheck]) -> Judgement:
    """Propose « removed » when an earlier day found the page gone as well."""
    first = current
    for check in reversed(earlier):
        if check.finding is Finding.NAMED:
            break
        if check.finding is Finding.GONE and check.on < first.on:
            first = check
    if first.on < current.on:
        evidence = (
            f"{current.note} C'était déjà le cas le {long_date(first.on)} "
            f"(réponse {first.status})."
        )
        return Judgement(Verdict.PROBABLY_REMOVED, evidence)
    evidence = f"{current.note} À confirmer par une vérification un autre jour."
    return Judgement(Verdict.UNKNOWN, evidence)


def _unnamed(current: ListingCheck, earlier: Sequence[ListingCheck]) -> Judgement:
    """Propose « removed » when an earlier check of the page found the name."""
    named = [
        check
        for check in earlier
        if check.finding is Finding.NAMED and check.name == current.name
    ]
    if not named:
        evidence = (
            f"{current.note} Aucune vérification antérieure ne l'y avait trouvé : "
            "on ne peut rien en conclure."
        )
        return Judgement(Verdict.UNKNOWN, evidence)
    obstacle = _obstacle(current, named[-1])
    if obstacle:
        return Judgement(
            Verdict.UNKNOWN, f"{current.note} Mais la page montre {obstacle}."
        )
    evidence = f"{current.note} Il y figurait encore le {long_date(named[-1].on)}."
    return Judgement(Verdict.PROBABLY_REMOVED, evidence)


def _obstacle(current: ListingCheck, named: ListingCheck) -> str:
    """Return what may hide the listing, "" when nothing does.

    A cookie banner that the page already had when it showed the name hides nothing,
    unless little else is left of the page. One that says itself that the listing is
    gone may be short.
    """
    signs = [sign for sign in _OBSTACLES if sign in current.signs]
    new = [sign for sign in signs if sign not in named.signs]
    if new:
        return _OBSTACLES[new[0]]
    if Sign.NOT_FOUND in current.signs:
        return ""
    if signs and 2 * current.words < named.words:
        return _OBSTACLES[signs[0]]
    if 4 * current.words < named.words:
        return "presque plus rien de ce qu'elle montrait"
    return ""
