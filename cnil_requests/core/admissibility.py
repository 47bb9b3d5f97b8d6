"""Whether a complaint or a formal notice can be made, or from which day.

GDPR art. 77; the CNIL asks that the right was exercised first and that the month
went by without an answer, or that the answer was a refusal or insufficient.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnil_requests.core.clock import identity_awaited
from cnil_requests.core.french_dates import long_date
from cnil_requests.core.letters import goes_to_host
from cnil_requests.errors import NotPossibleError, WrongUsageError

if TYPE_CHECKING:
    from datetime import date

    from cnil_requests.core.findings import Findings, Opening
    from cnil_requests.core.requests import Request
    from cnil_requests.core.standing import Standing


class NotYetError(NotPossibleError):
    """What is asked is possible, but only from a later day."""

    def __init__(
        self, request: Request, what: str, since: date, *, can_write: bool = False
    ) -> None:
        """Name the day; ``can_write``: a formal notice need not wait for it."""
        self.since = since
        meanwhile = f"Dès maintenant : cnilreq follow-up {request.id}\n"
        super().__init__(
            f"Demande {request.id} : {what} n'est pas encore possible ; elle le sera "
            f"à partir du {long_date(since, weekday=True)}.",
            remedy=(meanwhile if can_write else "")
            + f"Pour le calcul expliqué : cnilreq status {request.id}",
        )


class NoGroundError(NotPossibleError):
    """Nothing recorded allows it, and no day is known from which it would be."""

    def __init__(self, request: Request, why: str, instead: str) -> None:
        """Say why, and what to do instead."""
        super().__init__(f"Demande {request.id} : {why}.", remedy=instead)


class StillOnlineNeededError(WrongUsageError):
    """A complaint about a page needs the day on which it was seen."""

    def __init__(self, request: Request, today: date) -> None:
        """Name the option."""
        super().__init__(
            "Dites quel jour vous avez vu que la page est toujours en ligne.",
            remedy="Regardez-la, gardez une capture, puis : cnilreq complain "
            f"{request.id} --still-online {today.isoformat()}",
        )


class BadDeclarationError(NotPossibleError):
    """The declared day cannot be, given the facts and the calendar."""

    def __init__(self, day: date, first: date, today: date) -> None:
        """Name the limits."""
        super().__init__(
            f"--still-online {day.isoformat()} : ce jour doit être compris entre le "
            f"{long_date(first)}, premier jour où la plainte est possible, et "
            f"aujourd'hui ({long_date(today)}).",
            remedy="Regardez la page de nouveau et donnez le jour où vous l'avez vue.",
        )


class SeenRemovedError(NotPossibleError):
    """The user himself recorded that the page is gone."""

    def __init__(self, request: Request, day: date) -> None:
        """Name the day, and how to record that it is back."""
        super().__init__(
            f"Demande {request.id} : vous avez enregistré que la page n'était plus "
            f"en ligne le {long_date(day)}.",
            remedy="Si elle est revenue : cnilreq seen "
            f"{request.id} back --on DATE --file CAPTURE",
        )


def complaint_since(findings: Findings, today: date) -> date:
    """Return the first day of the earliest ground that holds today.

    Raises NotYetError, NoGroundError, SeenRemovedError.
    """
    standing = findings.standing
    check_not_gone(standing)
    _check_nothing_pending(standing)
    return _first_day(findings, today, findings.complaint_openings, "la plainte")


def check_declaration(
    standing: Standing, day: date | None, *, first: date, today: date
) -> None:
    """Refuse a declaration that is missing, too early or in the future."""
    if day is None:
        if standing.request.urls and standing.request.right.rule.needs_url:
            raise StillOnlineNeededError(standing.request, today)
        return
    if not first <= day <= today:
        raise BadDeclarationError(day, first, today)


def notice_since(findings: Findings, today: date) -> date:
    """Return the day since which a formal notice makes sense.

    Raises NotYetError, NoGroundError, SeenRemovedError.
    """
    standing = findings.standing
    request = standing.request
    check_not_gone(standing)
    if goes_to_host(request) and standing.history.postings:
        raise NoGroundError(
            request,
            "elle a été adressée à l'hébergeur, qui n'est pas le responsable du "
            "traitement : une mise en demeure n'aurait pas de sens",
            f"L'étape suivante est la plainte : cnilreq complain {request.id} "
            f"--still-online {today.isoformat()}",
        )
    seen = check_seen_since(findings, today)
    return seen or _first_day(findings, today, findings.openings, "la mise en demeure")


def check_seen_since(findings: Findings, today: date) -> date | None:
    """Refuse while nobody looked after a yes; return the day somebody did.

    None without a yes. Raises NoGroundError.
    """
    grant, sight = findings.grant, findings.standing.history.last_sight
    if grant is None:
        return None
    if sight is None or sight.on < grant.answer.on:
        request = findings.standing.request
        raise NoGroundError(
            request,
            "le site dit avoir accepté",
            f"Regardez la page ; si elle est toujours là : cnilreq seen "
            f"{request.id} online --on {today.isoformat()} --file CAPTURE",
        )
    return sight.on


def check_not_gone(standing: Standing) -> None:
    """Refuse when the user saw that the page is gone."""
    sight = standing.history.last_sight
    if sight and sight.what == "removed":
        raise SeenRemovedError(standing.request, sight.on)


def _check_nothing_pending(standing: Standing) -> None:
    """Refuse a second complaint while the CNIL handles the first."""
    history, request = standing.history, standing.request
    closed = any(step == "closed" for _, step in history.cnil)
    if history.lodged_on and not closed:
        raise NoGroundError(
            request,
            f"une plainte est déjà déposée depuis le {long_date(history.lodged_on)}",
            "Quand la CNIL l'aura close : cnilreq cnil "
            f"{request.id} closed --on DATE ; une nouvelle plainte sera alors "
            "possible.",
        )


def check_answer_recorded(findings: Findings) -> None:
    """Refuse to speak of silence when an answer is kept; what it says is needed."""
    if findings.is_unread:
        request = findings.standing.request
        raise NoGroundError(
            request,
            "une réponse du site est gardée, et ce qu'elle dit n'est pas enregistré",
            f"Enregistrez-le : cnilreq answered {request.id} --on DATE --outcome "
            "RÉPONSE",
        )


def _first_day(
    findings: Findings, today: date, openings: tuple[Opening, ...], what: str
) -> date:
    check_answer_recorded(findings)
    if not openings:
        raise _no_ground(findings, what)
    since = openings[0].since
    if since > today:
        request = findings.standing.request
        can_write = bool(findings.open_on(today)) and not goes_to_host(request)
        raise NotYetError(request, what, since, can_write=can_write)
    return since


def _no_ground(findings: Findings, what: str) -> NoGroundError:
    standing = findings.standing
    request, history = standing.request, standing.history
    if not history.postings:
        return NoGroundError(
            request,
            f"elle n'est pas enregistrée comme envoyée, et {what} suppose d'avoir "
            "d'abord exercé ses droits auprès du site",
            f"D'abord : cnilreq sent {request.id} --on DATE",
        )
    if identity_awaited(history, standing.deadline):
        return NoGroundError(
            request,
            "le site attend que vous justifiiez de votre identité, et le délai est "
            "suspendu",
            f"Répondez-lui : cnilreq follow-up {request.id}\nPuis : cnilreq supplied "
            f"{request.id} --on DATE",
        )
    if history.bounced_on:
        return NoGroundError(
            request,
            f"le courriel est revenu en erreur le {long_date(history.bounced_on)} : "
            "elle n'est pas arrivée",
            f"Renvoyez-la : cnilreq sent {request.id} --on DATE",
        )
    return NoGroundError(
        request,
        "aucune date de réception n'est enregistrée, et le délai d'un mois court de "
        "la réception (RGPD, article 12(3))",
        f"Enregistrez-la : cnilreq received {request.id} --on DATE (avec --estimated "
        "pour un courrier ordinaire)",
    )
