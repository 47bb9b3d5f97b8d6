"""A deadline explained in plain French, step by step, with the articles."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cnil_requests.core.calendars import calendar_label, why_off
from cnil_requests.core.french_dates import long_date, of_month
from cnil_requests.core.holidays_abroad import THIRD_COUNTRIES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from cnil_requests.core.deadline_facts import Extension, IdentityRequest

_MONTHS = {1: "Un mois", 3: "Trois mois"}
_DECREE = "décret n° 2019-536, art. 77"


def calendar_step(calendar: str) -> str:
    """Name the calendar and the text that chooses it."""
    label = f"Jours fériés comptés : calendrier {calendar_label(calendar)}."
    article = "Le règlement n° 1182/71, art. 2(1),"
    if calendar in THIRD_COUNTRIES:
        return f"{label} {article} ne désigne que ceux des États membres."
    return f"{label} {article} désigne ceux de l'État membre où il faut agir."


def receipt_step(received_on: date) -> str:
    """Say that the day of receipt is neither counted nor moved."""
    return (
        f"Réception le {_day(received_on)} : ce jour n'est pas compté et n'est pas"
        " reporté (règlement n° 1182/71, art. 3(1))."
    )


def month_step(received_on: date, months: int, nominal: date) -> str:
    """Say on which day the month, or the three months, nominally end."""
    article = "(règlement n° 1182/71, art. 3(2)(c))"
    start = f"{_MONTHS[months]} à compter de la réception (RGPD, art. 12(3)) :"
    if nominal.day == received_on.day:
        return f"{start} jusqu'au jour de même numéro, le {_day(nominal)} {article}."
    return (
        f"{start} le mois {of_month(nominal)} {nominal.year} n'a pas de"
        f" {received_on.day}, donc jusqu'à son dernier jour, le {_day(nominal)}"
        f" {article}."
    )


def suspension_step(days: int, end: date) -> str:
    """Say how the days of suspension are added."""
    return (
        f"Suspension : {_counted(days)} à ajouter, ce qui mène au {_day(end)}. Aucun"
        " texte ne dit comment ajouter ces jours : par convention, ils prolongent le"
        " terme avant tout report."
    )


def roll_steps(end: date, due: date, calendar: str) -> Iterator[str]:
    """Say why each day from ``end`` to the day before ``due`` cannot be the last."""
    for offset in range((due - end).days):
        day = end + timedelta(days=offset)
        yield (
            f"Le {long_date(day)} est {why_off(day, calendar)} : report au jour suivant"
            " (règlement n° 1182/71, art. 3(4))."
        )


def last_day_step(due: date) -> str:
    """Name the last day."""
    return f"Dernier jour pour répondre : {_day(due)}, inclus jusqu'à minuit."


def complaint_step(complaint_from: date, *, latest_of_several: bool) -> str:
    """Name the first day on which a complaint may speak of silence."""
    choice = (
        " Plusieurs dates se défendent : la plus tardive est retenue, pour que la"
        " plainte ne soit pas prématurée."
        if latest_of_several
        else ""
    )
    return (
        "Sans réponse, plainte possible à partir du lendemain,"
        f" {_day(complaint_from)}.{choice}"
    )


def hypothesis_step(due: date, end: date, extended_due: date, calendar: str) -> str:
    """Say where an extension announced by ``due`` would lead."""
    return (
        "Hypothèse : si une prolongation est annoncée avec ses motifs au plus tard le"
        f" {_day(due)}, le délai est de trois mois à compter de la réception (RGPD,"
        f" art. 12(3)) et finit le {_moved(end, extended_due, calendar)}."
    )


def missed_step(end: date, extended_due: date, calendar: str) -> str:
    """Say where an extension would have led, had it been valid."""
    return (
        "Pour mémoire : une prolongation valable aurait porté le délai à trois mois à"
        " compter de la réception (RGPD, art. 12(3)), jusqu'au"
        f" {_moved(end, extended_due, calendar)}."
    )


def valid_extension_step(extension: Extension, due: date | None) -> str:
    """Say that the notice came in time."""
    by = (
        f"au plus tard le {_day(due)} inclus" if due else "avant la fin du premier mois"
    )
    return (
        f"Prolongation annoncée avec ses motifs le {_day(extension.notice_on)}, {by} :"
        " elle est valable (RGPD, art. 12(3)). Le délai est de trois mois depuis la"
        " réception, et non de deux mois depuis le premier terme."
    )


def late_extension_step(extension: Extension, due: date) -> str:
    """Say that the notice came too late."""
    return (
        f"Prolongation annoncée le {_day(extension.notice_on)}, après le dernier jour"
        f" ({_day(due)}) : elle n'est pas valable (RGPD, art. 12(3)), le premier terme"
        " reste."
    )


def unreasoned_extension_step(extension: Extension) -> str:
    """Say that the notice gave no reasons."""
    return (
        f"Prolongation annoncée le {_day(extension.notice_on)} sans motifs : elle n'est"
        " pas valable (RGPD, art. 12(3)), le premier terme reste."
    )


def supplied_identity_step(request: IdentityRequest, days: int) -> str:
    """Say for how long the clock stood still."""
    supplied = _day(request.supplied_on) if request.supplied_on else ""
    return (
        f"Justificatif d'identité demandé le {_day(request.asked_on)} et fourni le"
        f" {supplied} : le délai est suspendu entre ces deux dates, soit"
        f" {_counted(days)} (RGPD, art. 12(6) ; {_DECREE})."
    )


def awaited_identity_step(request: IdentityRequest) -> str:
    """Say that the clock stands still until the person answers."""
    return (
        f"Justificatif d'identité demandé le {_day(request.asked_on)} et pas encore"
        " fourni : le délai est suspendu depuis ce jour (RGPD, art. 12(6) ;"
        f" {_DECREE}). Aucun dernier jour ne peut être compté : c'est à vous de"
        " fournir de quoi établir votre identité."
    )


def late_identity_step(request: IdentityRequest, due: date) -> str:
    """Say that the request came after the last day."""
    return (
        f"Justificatif d'identité demandé le {_day(request.asked_on)}, après le dernier"
        f" jour ({_day(due)}) : sans effet sur le délai."
    )


def unjustified_identity_step(request: IdentityRequest) -> str:
    """Say that no doubt was stated."""
    return (
        f"Justificatif d'identité demandé le {_day(request.asked_on)} sans qu'un doute"
        " soit énoncé : le délai n'est pas suspendu (RGPD, art. 12(6))."
    )


def unclaimed_step(presented_on: date, later: date, *, returned: bool) -> str:
    """Say that the day of receipt is contested, and what settles it."""
    end = (
        "retour du pli"
        if returned
        else "fin des quinze jours de garde (CPCE, art. R1-1-6)"
    )
    return (
        "Lettre recommandée non réclamée : le jour de réception est contesté. Deux"
        f" dates sont comptées : première présentation, {_day(presented_on)} ; {end},"
        f" {_day(later)}. Envoyer la même demande par courriel ou par formulaire fait"
        " courir un délai qui ne se discute pas."
    )


def other_reading_step(received_on: date | None, calendar: str | None) -> str:
    """Introduce a reading that starts on another day, or follows another calendar."""
    received = f", réception le {_day(received_on)}" if received_on else ""
    followed = f", calendrier {calendar_label(calendar)}" if calendar else ""
    return f"Autre lecture{received}{followed} :"


def _day(day: date) -> str:
    return long_date(day, weekday=True)


def _counted(days: int) -> str:
    return "aucun jour" if days == 0 else f"{days} jour{'s' if days > 1 else ''}"


def _moved(end: date, due: date, calendar: str) -> str:
    days = (end + timedelta(days=offset) for offset in range((due - end).days))
    reasons = ", ".join(f"le {long_date(d)} est {why_off(d, calendar)}" for d in days)
    return f"{_day(due)} ({reasons})" if reasons else _day(due)
