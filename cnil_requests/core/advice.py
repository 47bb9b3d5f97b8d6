"""What a reminder says: the reason in French, and the command that comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from cnil_requests.core.agenda import Task, What
from cnil_requests.core.cautions import missing_columns
from cnil_requests.core.french_dates import long_date
from cnil_requests.core.requests import Channel, Outcome
from cnil_requests.core.rulebook import TODAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from cnil_requests.core.standing import Standing

#: La Poste keeps the proof of delivery one year; ask for it before it is gone.
MONTHS_TO_ASK_FOR_PROOF = 11


@dataclass(frozen=True)
class Reminder:
    """One thing to do: since when, by when (None: no limit), why, and how."""

    request_id: str
    directory: str
    what: What
    since: date
    by: date | None
    text: str
    command: str


def remind_of(standing: Standing, task: Task, *, today: date) -> Reminder:
    """Word a task for the user. ``today`` fills the date of the command."""
    wording = wording_of(standing, task)
    return Reminder(
        request_id=standing.request.id,
        directory=standing.request.directory.id,
        what=task.what,
        since=task.on,
        by=wording.by,
        text=wording.text,
        command=wording.command.replace(TODAY, today.isoformat()),
    )


@dataclass(frozen=True)
class Wording:
    """What a reminder says on whatever day; ``command`` may hold ``TODAY``."""

    by: date | None
    text: str
    command: str


def wording_of(standing: Standing, task: Task) -> Wording:
    """Word a task without knowing the day it will be shown."""
    return Wording(
        by=_by(standing, task),
        text=_TEXTS[task.why](standing, task),
        command=_command(standing, task).format(
            id=standing.request.id, site=standing.request.directory.id, today=TODAY
        ),
    )


def _command(standing: Standing, task: Task) -> str:
    if task.why == "drafted" and _lacks_address(standing):
        return "cnilreq directories lookup {site}"
    return _COMMANDS[task.what]


def _lacks_address(standing: Standing) -> bool:
    """Say whether the letter could not be posted as it was drafted."""
    request = standing.request
    return request.channel is Channel.LETTER and bool(
        missing_columns(request, request.drafted_on)
    )


_COMMANDS = {
    What.POST_LETTER: "cnilreq sent {id} --on {today}",
    What.RECORD_RECEIPT: "cnilreq received {id} --on DATE",
    What.RESEND: "cnilreq sent {id} --on {today}",
    What.SUPPLY_IDENTITY: "cnilreq supplied {id} --on {today}",
    What.CHECK_LISTING: "cnilreq seen {id} removed --on {today}",
    What.FOLLOW_UP: "cnilreq follow-up {id}",
    What.COMPLAIN: "cnilreq complain {id} --still-online {today}",
    What.FOLLOW_CNIL: "cnilreq cnil {id} informed --on DATE",
}


def _by(standing: Standing, task: Task) -> date | None:
    sendings = standing.history.sendings
    if task.what is What.RECORD_RECEIPT and sendings:
        return sendings[-1].on + relativedelta(months=MONTHS_TO_ASK_FOR_PROOF)
    return None


def _drafted(standing: Standing, task: Task) -> str:
    if _lacks_address(standing):
        return (
            f"La lettre est rédigée depuis le {long_date(task.on)}, mais l'adresse du "
            "site manque. Lisez-la dans ses mentions légales (la commande ci-dessous "
            "vous y aide), puis relancez la même commande draft."
        )
    return (
        f"La lettre est rédigée depuis le {long_date(task.on)} et son envoi n'est pas "
        "enregistré : le délai ne court pas encore."
    )


def _follow_up_drafted(standing: Standing, task: Task) -> str:
    del standing
    return (
        f"La mise en demeure est rédigée depuis le {long_date(task.on)} et son envoi "
        "n'est pas enregistré."
    )


def _no_receipt(standing: Standing, task: Task) -> str:
    del task
    return (
        f"Envoyée le {long_date(standing.history.sendings[-1].on)}, et aucune date de "
        "réception n'est enregistrée : le délai d'un mois court à partir de là "
        "(RGPD, article 12(3)). Cherchez l'avis de réception ou le suivi de l'envoi ; "
        "la preuve de distribution se demande à La Poste dans l'année."
    )


def _bounced(standing: Standing, task: Task) -> str:
    del standing
    return (
        f"Le courriel est revenu en erreur le {long_date(task.on)} : la demande n'est "
        "pas arrivée. Vérifiez l'adresse, puis renvoyez-la."
    )


def _refused_letter(standing: Standing, task: Task) -> str:
    return (
        f"La lettre a été refusée le {long_date(task.on)}. Savoir si un pli refusé est "
        "« reçu » est discuté : renvoyez la même demande par courriel ou par "
        f"formulaire, un délai incontestable courra.{_contested(standing)}"
    )


def _unclaimed(standing: Standing, task: Task) -> str:
    return (
        f"La lettre, présentée le {long_date(task.on)}, n'a pas été réclamée. Savoir "
        "si un tel pli est « reçu » est discuté : renvoyez la même demande par "
        "courriel ou par formulaire, un délai incontestable courra."
        f"{_contested(standing)}"
    )


def _contested(standing: Standing) -> str:
    deadline = standing.deadline
    if deadline is None or deadline.complaint_from is None:
        return ""
    return (
        " Sans nouvel envoi, la date la plus sûre pour une plainte est le "
        f"{long_date(deadline.complaint_from)}."
    )


def _identity_asked(standing: Standing, task: Task) -> str:
    del standing
    return (
        f"Le site a demandé le {long_date(task.on)} de justifier votre identité, en "
        "disant pourquoi il en doute. Le délai est suspendu tant que vous n'avez pas "
        "répondu (RGPD, article 12(6) ; décret n° 2019-536, article 77). Un appel à "
        "votre cabinet ou votre numéro RPPS peut suffire."
    )


def _silence(standing: Standing, task: Task) -> str:
    answered = bool(standing.history.answers)
    what = "Aucune réponse sur le fond" if answered else "Aucune réponse"
    return (
        f"{what} n'est enregistrée et le dernier jour pour répondre est passé "
        f"(plainte possible depuis le {long_date(task.on)}). Vérifiez que la fiche est "
        "toujours en ligne, puis envoyez une mise en demeure, ou saisissez directement "
        "la CNIL."
    )


def _bad_extension(standing: Standing, task: Task) -> str:
    del task
    notices = [
        item for item in standing.history.answers if item.outcome is Outcome.EXTENDED
    ]
    return (
        f"La prolongation annoncée le {long_date(notices[-1].judged_on)} n'est pas "
        "valable (hors délai ou sans motif, RGPD, article 12(3)) et le premier délai "
        "est passé. Vérifiez que la fiche est toujours en ligne, puis mettez le site "
        "en demeure ou saisissez la CNIL."
    )


def _no_action(standing: Standing, task: Task) -> str:
    del standing
    return (
        "Le site a répondu sans donner suite, et le délai est passé depuis le "
        f"{long_date(task.on)}. Vérifiez la fiche, puis mettez-le en demeure ou "
        "saisissez la CNIL."
    )


def _granted(standing: Standing, task: Task) -> str:
    del standing, task
    return (
        "Le site dit avoir accepté. Regardez si la fiche a disparu, gardez une "
        "capture, et enregistrez ce que vous voyez (removed ou online)."
    )


def _partly(standing: Standing, task: Task) -> str:
    del standing
    return (
        f"Le site n'a accepté qu'en partie (réponse du {long_date(task.on)}). Vous "
        "pouvez le mettre en demeure pour le reste."
    )


def _refused(standing: Standing, task: Task) -> str:
    del standing
    return (
        f"Le site a refusé (réponse du {long_date(task.on)}). Après un refus, la "
        "plainte à la CNIL est possible sans attendre."
    )


def _refused_without_reasons(standing: Standing, task: Task) -> str:
    del standing
    return (
        f"Le site a refusé sans motif (réponse du {long_date(task.on)}), alors que "
        "l'article 12(4) du RGPD l'oblige à en donner. Mettez-le en demeure ; la "
        "plainte est possible dès maintenant."
    )


def _payment(standing: Standing, task: Task) -> str:
    del standing
    return (
        f"Le site demande un paiement (réponse du {long_date(task.on)}), alors que "
        "l'exercice des droits est gratuit (RGPD, article 12(5))."
    )


def _account(standing: Standing, task: Task) -> str:
    del standing
    return (
        f"Le site exige un compte (réponse du {long_date(task.on)}), alors qu'il doit "
        "faciliter l'exercice des droits (RGPD, article 12(2))."
    )


def _identity_without_doubt(standing: Standing, task: Task) -> str:
    del standing
    return (
        f"Le site demande un justificatif (réponse du {long_date(task.on)}) sans dire "
        "pourquoi il doute de votre identité : le délai n'est pas suspendu (RGPD, "
        "article 12(6))."
    )


def _removed(standing: Standing, task: Task) -> str:
    del task
    sight = standing.history.last_sight
    seen = f" le {long_date(sight.on)}" if sight else ""
    return (
        f"Vous avez vu la fiche retirée{seen}. Regardez si elle n'est pas revenue. Si "
        "elle ne l'est pas, l'affaire est finie : cnilreq closed "
        f"{standing.request.id} --on DATE --because removed"
    )


def _still_online(standing: Standing, task: Task) -> str:
    del standing
    return (
        f"Vous avez vu la fiche toujours en ligne le {long_date(task.on)}, malgré la "
        "réponse du site."
    )


def _back(standing: Standing, task: Task) -> str:
    del standing
    return f"La fiche est revenue, vous l'avez vue le {long_date(task.on)}."


def _follow_up_unanswered(standing: Standing, task: Task) -> str:
    del task
    notice = standing.history.follow_ups[-1]
    return (
        f"Le terme de {notice.term} jours de votre mise en demeure est passé. Si la "
        "fiche est toujours en ligne, la plainte à la CNIL est l'étape suivante."
    )


def _complaint_drafted(standing: Standing, task: Task) -> str:
    return (
        f"La plainte est rédigée depuis le {long_date(task.on)}. Déposez-la sur "
        "cnil.fr/fr/plaintes ou par la poste, puis : cnilreq lodged "
        f"{standing.request.id} --on DATE --number NUMÉRO"
    )


def _cnil_silent(standing: Standing, task: Task) -> str:
    del standing
    return (
        f"Le {long_date(task.on)}, trois mois auront passé depuis le dépôt. Sans "
        "traitement ni information de la CNIL, ce silence vaut rejet (décret "
        "n° 2019-536, article 10). Demandez où en est votre plainte, et voyez un "
        "avocat si vous voulez contester un rejet : le délai est court."
    )


def _cnil_informed(standing: Standing, task: Task) -> str:
    del standing, task
    return (
        "Trois mois ont passé depuis la dernière information de la CNIL. Demandez où "
        "en est votre plainte."
    )


def _cnil_closed(standing: Standing, task: Task) -> str:
    del standing, task
    return (
        "La CNIL a clos votre plainte. Regardez si la fiche a disparu : si elle est "
        "toujours en ligne, une nouvelle plainte est possible."
    )


_TEXTS: dict[str, Callable[[Standing, Task], str]] = {
    "drafted": _drafted,
    "follow-up-drafted": _follow_up_drafted,
    "no-receipt": _no_receipt,
    "bounced": _bounced,
    "refused": _refused,
    "refused-letter": _refused_letter,
    "unclaimed": _unclaimed,
    "identity-asked": _identity_asked,
    "silence": _silence,
    "no-action": _no_action,
    "bad-extension": _bad_extension,
    "granted": _granted,
    "partly-granted": _partly,
    "refused-without-reasons": _refused_without_reasons,
    "payment": _payment,
    "account": _account,
    "identity-without-doubt": _identity_without_doubt,
    "removed": _removed,
    "still-online": _still_online,
    "back": _back,
    "follow-up-unanswered": _follow_up_unanswered,
    "complaint-drafted": _complaint_drafted,
    "cnil-silent": _cnil_silent,
    "cnil-informed": _cnil_informed,
    "cnil-closed": _cnil_closed,
}
