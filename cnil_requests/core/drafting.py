"""From what a doctor asks for to the requests that can lawfully be made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cnil_requests.core.calendars import calendar_for
from cnil_requests.core.directory import Kind
from cnil_requests.core.requests import Channel, Request
from cnil_requests.core.rights import Correction, Reason, Right, StatedReason
from cnil_requests.core.text import check_printable
from cnil_requests.errors import InvalidDataError, NotPossibleError, WrongUsageError

if TYPE_CHECKING:
    from datetime import date

    from cnil_requests.core.directory import Directory
    from cnil_requests.core.people import Person


class NoReasonError(NotPossibleError):
    """An objection under GDPR art. 21(1) without a reason of the person's own."""

    def __init__(self) -> None:
        """Show the menu."""
        menu = "\n".join(f"  {reason.value:<16} {reason.french}" for reason in Reason)
        super().__init__(
            "L'opposition de l'article 21(1) du RGPD doit reposer sur des raisons "
            "tenant à votre situation particulière, et aucune n'est donnée.",
            remedy="Ajoutez --because avec chaque raison qui est vraie pour vous "
            f"(détail possible après =) :\n{menu}",
        )


class LegalRegisterError(NotPossibleError):
    """Erasure or objection against a register kept by law (LIL art. 56 al. 2)."""

    def __init__(self, directory: Directory) -> None:
        """Name the register and the lawful alternative."""
        super().__init__(
            f"{directory.name} est un registre tenu en application de la loi : le "
            "droit d'opposition ne s'y applique pas (loi n° 78-17, article 56, "
            "alinéa 2), ni l'effacement des données qu'une obligation légale impose "
            "(RGPD, article 17(3)(b)).",
            remedy="Vous pouvez y faire corriger une erreur : cnilreq draft "
            f'{directory.id} --right rectification --correct "FAUX=>EXACT" '
            "--url ADRESSE",
        )


class RetiredSiteError(NotPossibleError):
    """The catalogue says that the site no longer exists."""

    def __init__(self, directory: Directory) -> None:
        """Name the site and its note."""
        super().__init__(
            f"{directory.name} est marqué comme retiré dans le catalogue. "
            f"{directory.notes}".strip(),
            remedy="Si votre fiche y est toujours, corrigez la ligne : cnilreq "
            f"directories set {directory.id} kind=directory",
        )


class WrongRightError(NotPossibleError):
    """The right asked for does not exist against this kind of site."""

    def __init__(self, directory: Directory, right: Right) -> None:
        """Name the site and the right."""
        if right is Right.DEREFERENCING:
            text = (
                f"{directory.name} n'est pas un moteur de recherche : le "
                "déréférencement se demande au moteur."
            )
            remedy = f"Pour ce site : cnilreq draft {directory.id} --right erasure"
        else:
            text = (
                f"{directory.name} est un moteur de recherche : il ne publie pas "
                "la fiche, il y renvoie. On lui demande un déréférencement."
            )
            remedy = f"Essayez : cnilreq draft {directory.id} --right dereferencing"
        super().__init__(text, remedy=remedy)


class UrlNeededError(WrongUsageError):
    """No address of the listing: a vague request cannot be acted upon."""

    def __init__(self, directory: Directory, right: Right) -> None:
        """Name the site."""
        what = (
            "du résultat de recherche"
            if right is Right.DEREFERENCING
            else "de votre fiche"
        )
        super().__init__(
            f"Il manque l'adresse {what} pour {directory.name}.",
            remedy="Ouvrez la page dans votre navigateur, copiez son adresse et "
            f"ajoutez : --url ADRESSE (site : {directory.id}).",
        )


class BadUrlError(WrongUsageError):
    """An address that no browser would open."""

    def __init__(self, url: str) -> None:
        """Show the address."""
        super().__init__(
            f"« {url} » n'est pas l'adresse d'une page web.",
            remedy="Copiez l'adresse entière depuis la barre du navigateur : elle "
            "commence par https:// ou http://.",
        )


class CorrectionNeededError(WrongUsageError):
    """A rectification without the wrong and the right item (GDPR art. 16)."""

    def __init__(self) -> None:
        """Show the form."""
        super().__init__(
            "Une rectification dit ce qui est faux et ce qui est exact.",
            remedy='Ajoutez : --correct "DONNÉE FAUSSE=>DONNÉE EXACTE"',
        )


class BadReasonError(WrongUsageError):
    """A ``--because`` that is not in the menu, or ``other`` without words."""

    def __init__(self, text: str) -> None:
        """Show what was typed and the menu."""
        menu = ", ".join(reason.value for reason in Reason)
        super().__init__(
            f"« {text} » n'est pas une raison du menu, ou il lui manque des mots.",
            remedy=f"Raisons possibles : {menu}. La raison other s'écrit "
            'other="vos mots".',
        )


class FutureSightError(WrongUsageError):
    """The listing cannot have been seen after the letter is written."""

    def __init__(self, seen_on: date) -> None:
        """Show the date."""
        super().__init__(
            f"La date --seen {seen_on.isoformat()} est dans le futur.",
            remedy="Donnez le jour où vous avez réellement vu la fiche.",
        )


class TooLongError(InvalidDataError):
    """A value so long that no letter can carry it."""

    def __init__(self, field: str, limit: int) -> None:
        """Name the field and the limit."""
        super().__init__(
            f"Le champ « {field} » dépasse {limit} caractères.",
            remedy="Raccourcissez-le : une lettre courte est mieux lue.",
        )


@dataclass(frozen=True)
class Wish:
    """What the doctor asks for, before it is checked against the law.

    ``right`` is None when he did not say: erasure, or dereferencing for a search
    engine. ``seen_on`` is None when he did not say that he saw the listing.
    """

    right: Right | None = None
    reasons: tuple[StatedReason, ...] = ()
    corrections: tuple[Correction, ...] = ()
    search_names: tuple[str, ...] = ()
    seen_on: date | None = None
    channel: Channel = Channel.LETTER


MAX_URL = 2_000
MAX_DETAIL = 4_000


def parse_reason(text: str) -> StatedReason:
    """Return the reason of ``REASON`` or ``REASON=DETAIL``.

    Raises BadReasonError.
    """
    key, _, detail = text.partition("=")
    key, detail = key.strip().lower(), detail.strip()
    if key not in set(Reason) or (key == Reason.OTHER and not detail):
        raise BadReasonError(text)
    check_printable("because", detail)
    if len(detail) > MAX_DETAIL:
        raise TooLongError("because", MAX_DETAIL)
    return StatedReason(Reason(key), detail)


def parse_correction(text: str) -> Correction:
    """Return the two sides of ``WRONG=>RIGHT``. Raises CorrectionNeededError."""
    wrong, arrow, right = text.partition("=>")
    if not arrow or not wrong.strip() or not right.strip():
        raise CorrectionNeededError
    check_printable("correct", text)
    return Correction(wrong.strip(), right.strip())


def parse_url(text: str) -> str:
    """Return the address of a page, ``https://`` added when it has no scheme.

    Raises BadUrlError and TooLongError. The address is otherwise left untouched.
    """
    url = check_printable("url", text.strip())
    if "://" not in url:
        url = f"https://{url}"
    if len(url) > MAX_URL:
        raise TooLongError("url", MAX_URL)
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        parts.port  # noqa: B018 - raises on a port that is not a number
    except ValueError:
        raise BadUrlError(text) from None
    broken = any(character.isspace() for character in url)
    if parts.scheme not in ("http", "https") or "." not in host or broken:
        raise BadUrlError(text)
    return url


def right_for(directory: Directory, wanted: Right | None) -> Right:
    """Return the right to exercise; refuse what the law or the site excludes.

    Raises LegalRegisterError, RetiredSiteError, WrongRightError.
    """
    if directory.kind is Kind.RETIRED:
        raise RetiredSiteError(directory)
    engine = directory.kind is Kind.SEARCH_ENGINE
    right = wanted or (Right.DEREFERENCING if engine else Right.ERASURE)
    if directory.kind is Kind.LEGAL_REGISTER and right in (
        Right.ERASURE,
        Right.OBJECTION,
        Right.MARKETING,
    ):
        raise LegalRegisterError(directory)
    if engine and right in (Right.ERASURE, Right.OBJECTION):
        raise WrongRightError(directory, right)
    if right is Right.DEREFERENCING and not engine:
        raise WrongRightError(directory, right)
    return right


def open_request(
    wish: Wish,
    person: Person,
    directory: Directory,
    *,
    urls: tuple[str, ...],
    today: date,
) -> Request:
    """Return the request of ``wish``; its id and folder are the store's to give.

    Raises the errors of this module when the law or the wish forbids it.
    """
    right = right_for(directory, wish.right)
    rule = right.rule
    if rule.needs_url and not urls:
        raise UrlNeededError(directory, right)
    if rule.needs_reason and not wish.reasons:
        raise NoReasonError
    if right is Right.RECTIFICATION and not wish.corrections:
        raise CorrectionNeededError
    if wish.seen_on and wish.seen_on > today:
        raise FutureSightError(wish.seen_on)
    return Request(
        id="",
        person=person.slug,
        directory=directory,
        right=right,
        channel=wish.channel,
        drafted_on=today,
        folder="",
        calendar=calendar_for(directory.country, directory.postcode).code,
        urls=urls,
        reasons=wish.reasons if rule.needs_reason else (),
        seen_on=wish.seen_on if urls else None,
        corrections=wish.corrections if right is Right.RECTIFICATION else (),
        search_names=_search_names(wish, person, right),
    )


def _search_names(wish: Wish, person: Person, right: Right) -> tuple[str, ...]:
    if right is not Right.DEREFERENCING:
        return ()
    return wish.search_names or (person.full_name,)
