"""The CNIL: its address, its silence, and what may follow.

Address: CNIL, « Besoin d'aide », answer 844 of 6 September 2018, read 20 September
2022. Silence: décret n° 2019-536, art. 10, « Le silence gardé pendant trois mois par
la commission sur une réclamation vaut décision de rejet »; CE, 24 July 2023,
n° 465229: not when the person was told of progress or outcome within that time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from cnil_requests.core.french_dates import long_date
from cnil_requests.core.postal import PostalAddress, recipient_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from cnil_requests.core.history import History

NAME = "CNIL"
ADDRESS = PostalAddress("3 Place de Fontenoy", "TSA 80715", "75334", "Paris Cedex 07")
#: The hub of the online service; addresses of single forms have moved before.
ONLINE_SERVICE = "https://www.cnil.fr/fr/plaintes"

#: Décret n° 2019-536, art. 10.
MONTHS_OF_SILENCE = 3
#: Code de justice administrative, art. R421-1 and R421-2.
MONTHS_TO_APPEAL = 2


def authority_lines() -> tuple[str, ...]:
    """Return the lines of the window."""
    return recipient_lines(NAME, "", ADDRESS).lines


@dataclass(frozen=True)
class Handling:
    """What became of a lodged complaint."""

    lodged_on: date
    steps: tuple[tuple[date, str], ...]

    @classmethod
    def of(cls, history: History) -> Handling | None:
        """Return the handling of the last complaint, or None before one is lodged."""
        if history.lodged_on is None:
            return None
        return cls(history.lodged_on, history.cnil)

    @property
    def silence_on(self) -> date:
        """The day on which three months will have gone by since lodging."""
        return self.lodged_on + relativedelta(months=MONTHS_OF_SILENCE)

    @property
    def closed_on(self) -> date | None:
        """The day of closure, or None."""
        return self._last("closed")

    @property
    def informed_on(self) -> date | None:
        """The day of the last information; an acknowledgement is none."""
        return self._last("informed")

    @property
    def was_informed_in_time(self) -> bool:
        """Say whether something but an acknowledgement came within three months."""
        return any(
            step != "acknowledged" and day <= self.silence_on
            for day, step in self.steps
        )

    @property
    def appeal_until(self) -> date | None:
        """The nominal end of the time to appeal: an indication, never a deadline.

        It runs from the closure, else from the silence; None when the CNIL gave
        news in time and has not closed.
        """
        start = self.closed_on
        if start is None and not self.was_informed_in_time:
            start = self.silence_on
        return start + relativedelta(months=MONTHS_TO_APPEAL) if start else None

    def _last(self, step: str) -> date | None:
        days = [day for day, name in self.steps if name == step]
        return days[-1] if days else None


def explain_handling(history: History, today: date) -> Iterator[str]:
    """Yield what the user should know of a complaint that is lodged."""
    handling = Handling.of(history)
    if handling is None:
        return
    number = f", n° {history.lodged_number}" if history.lodged_number else ""
    yield f"Plainte déposée à la CNIL le {long_date(handling.lodged_on)}{number}."
    if any(step == "acknowledged" for _, step in handling.steps):
        yield (
            "L'accusé de réception n'est pas une information sur le traitement de la "
            "plainte : il n'arrête pas le délai de trois mois."
        )
    if handling.closed_on:
        yield from _about_closure(handling, handling.closed_on)
    elif handling.was_informed_in_time:
        yield (
            "La CNIL a donné une information dans les trois mois : son silence ne "
            "vaut pas rejet."
        )
    else:
        yield from _about_silence(handling, today)


def _about_closure(handling: Handling, closed_on: date) -> Iterator[str]:
    yield (
        f"La CNIL a clos cette plainte le {long_date(closed_on)}. Si la page est "
        "toujours en ligne, une nouvelle plainte est possible, avec les faits nouveaux."
    )
    yield _about_appeal(handling, "Cette clôture peut être contestée")


def _about_silence(handling: Handling, today: date) -> Iterator[str]:
    day = handling.silence_on
    tense = "auront passé" if day > today else "ont passé"
    yield (
        f"Le {long_date(day)}, trois mois {tense} depuis le dépôt. Sans traitement ni "
        "information sur l'état d'avancement dans ce temps, le silence de la CNIL "
        "vaut décision de rejet (décret n° 2019-536, article 10)."
    )
    yield _about_appeal(handling, "Ce rejet peut être contesté")


def _about_appeal(handling: Handling, may_be: str) -> str:
    until = handling.appeal_until
    return (
        f"{may_be} devant le Conseil d'État ; date indicative : "
        f"{long_date(until) if until else 'inconnue'}. Le décompte exact dépend de "
        "votre situation : voyez un avocat."
    )
