"""What keeps a mandate from being used today, or soon will: each with a command."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from cnil_requests.core.french_dates import long_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from cnil_requests.core.mandates import Mandate
    from cnil_requests.core.people import Person

#: How long before its end a mandate is spoken of: to have the next one signed.
NOTICE = timedelta(days=30)

#: Field of a mandate -> the words of the command that fill it in.
_OPTIONS = {
    "rights": "--right DROIT",
    "sites": "--site SITE",
    "data": "--data TEXTE",
    "start": "--start DATE",
    "end": "--end DATE",
    "reply_to": "--reply-to agent",
}


@dataclass(frozen=True)
class Concern:
    """Something about a mandate that somebody must do, and by which command."""

    message: str
    remedy: str


def concerns(person: Person, today: date, *, writing: bool) -> Iterator[Concern]:
    """Yield all that is wrong with a person's mandate on a day.

    ``writing`` says that she has open requests, and that others gave mandates or that
    she took hers back: that she has none may be an oversight.
    """
    mandate = person.mandate
    command = f"cnilreq people mandate {person.slug}"
    if mandate:
        yield from _unready(mandate, command)
        yield from _untimely(mandate, today, command)
    elif writing and person.withdrew_on:
        yield Concern(
            f"mandat retiré le {long_date(person.withdrew_on)}, et des demandes sont "
            "en cours",
            f"Voyez lesquelles : cnilreq status --person {person.slug}",
        )
    elif writing:
        yield Concern(
            "des demandes sont en cours, et aucun mandat n'est enregistré",
            f"S'il en faut un : {command} --agent NOM",
        )


def _unready(mandate: Mandate, command: str) -> Iterator[Concern]:
    """Yield what is not said, not signed, or not kept."""
    missing = mandate.missing()
    if missing:
        options = " ".join(_OPTIONS[field] for field in missing)
        yield Concern(
            f"mandat incomplet : il y manque {' ; '.join(mandate.gaps())}",
            f"Complétez-le : {command} {options}",
        )
    elif mandate.signed_on is None:
        yield Concern(
            "mandat non signé : aucune lettre ne peut être écrite",
            f"Une fois signé : {command} --signed-on DATE --file FICHIER",
        )
    elif not mandate.file:
        yield Concern(
            f"mandat signé le {long_date(mandate.signed_on)}, sans document numérisé",
            f"Joignez-le : {command} --file FICHIER",
        )


def _untimely(mandate: Mandate, today: date, command: str) -> Iterator[Concern]:
    """Yield what its days say of today."""
    renewed = f"Pour le prolonger, à signer de nouveau : {command} --end DATE"
    if mandate.signed_on and mandate.signed_on > today:
        yield Concern(
            f"mandat signé seulement du {long_date(mandate.signed_on)}",
            f"Corrigez ce jour s'il est faux : {command} --signed-on DATE",
        )
    if mandate.start and mandate.start > today:
        yield Concern(
            f"mandat pas encore commencé : il commence le {long_date(mandate.start)}",
            f"Pour l'avancer, à signer de nouveau : {command} --start DATE",
        )
    if mandate.end and mandate.end < today:
        yield Concern(
            f"mandat expiré le {long_date(mandate.end)}",
            f"{renewed} ; pour y mettre fin : {command} --revoke",
        )
    elif mandate.end and mandate.end <= today + NOTICE:
        yield Concern(f"le mandat prend fin le {long_date(mandate.end)}", renewed)
