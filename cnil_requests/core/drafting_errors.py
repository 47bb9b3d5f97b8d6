"""Why a letter cannot be drafted: what the law, the site or the words forbid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnil_requests.core.rights import Reason, Right
from cnil_requests.errors import InvalidDataError, NotPossibleError, WrongUsageError

if TYPE_CHECKING:
    from datetime import date

    from cnil_requests.core.directory import Directory


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


class StrayCorrectionError(WrongUsageError):
    """A correction without the right to rectification."""

    def __init__(self, directory: Directory) -> None:
        """Show the right that is missing."""
        super().__init__(
            "--correct ne sert qu'à une rectification, et ce n'est pas ce droit qui "
            f"est exercé auprès de {directory.name}.",
            remedy="Ajoutez --right rectification, ou retirez --correct.",
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
