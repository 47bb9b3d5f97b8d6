"""Why something is to be done, in French a doctor reads.

A sentence is kept in the ledger and may be shown before its day: it says nothing
of the day on which it is read.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cnil_requests.core.french_dates import long_date
from cnil_requests.core.letters import goes_to_host
from cnil_requests.core.requests import Channel, Outcome
from cnil_requests.core.rights import Right

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from cnil_requests.core.standing import Standing

#: An answer posted on the last day is arguably in time, and still on its way.
DAYS_IN_THE_POST = 6


def text_of(standing: Standing, why: str, day: date) -> str:
    """Return the sentences for one reason; ``day`` is the day of the task."""
    if why in _MADE:
        return _MADE[why](standing)
    right = standing.request.right
    return _PLAIN[why].format(
        day=long_date(day),
        id=standing.request.id,
        look=_LOOKS.get(right, _LOOK),
        still=_STILL.get(right, _STILL[Right.ERASURE]),
    )


_PLAIN = {
    "no-address": (
        "La lettre est rédigée depuis le {day}, mais l'adresse du site manque. "
        "Lisez-la dans ses mentions légales (la commande ci-dessous vous y aide), "
        "puis relancez la même commande draft."
    ),
    "follow-up-drafted": (
        "La mise en demeure est rédigée depuis le {day} et son envoi n'est pas "
        "enregistré."
    ),
    "follow-up-bounced": (
        "Le courriel de mise en demeure est revenu en erreur le {day}. Vérifiez "
        "l'adresse, puis renvoyez-le."
    ),
    "bounced": (
        "Le courriel est revenu en erreur le {day} : la demande n'est pas arrivée. "
        "Vérifiez l'adresse, puis renvoyez la demande."
    ),
    "identity-asked": (
        "Le site a demandé le {day} de justifier votre identité, en disant pourquoi il "
        "en doute. Le délai est suspendu tant que vous n'avez pas répondu (RGPD, "
        "article 12(6) ; décret n° 2019-536, article 77). Un appel à votre cabinet ou "
        "votre numéro RPPS peut suffire ; cnilreq follow-up rédige cette réponse, sans "
        "pièce d'identité."
    ),
    "partly-granted": (
        "Le site n'a accepté qu'en partie (réponse du {day}). Vous pouvez le mettre en "
        "demeure pour le reste."
    ),
    "partly-granted-by-host": (
        "L'hébergeur n'a accepté qu'en partie (réponse du {day}) : pour le reste, la "
        "plainte à la CNIL est possible sans attendre. Vérifiez d'abord {still}."
    ),
    "refused": (
        "Le site a refusé (réponse du {day}). Après un refus, la plainte à la CNIL est "
        "possible sans attendre. Vérifiez d'abord {still}."
    ),
    "refused-without-reasons": (
        "Le site a refusé sans motif (réponse du {day}), alors que l'article 12(4) du "
        "RGPD l'oblige à en donner. Mettez-le en demeure ; la plainte à la CNIL est "
        "déjà possible."
    ),
    "payment": (
        "Le site demande un paiement (réponse du {day}), alors que l'exercice des "
        "droits est gratuit (RGPD, article 12(5)). Mettez-le en demeure d'agir sans "
        "frais."
    ),
    "account": (
        "Le site exige un compte (réponse du {day}), alors qu'il doit faciliter "
        "l'exercice des droits (RGPD, article 12(2)). Mettez-le en demeure d'agir "
        "sans cette condition."
    ),
    "identity-without-doubt": (
        "Le site demande un justificatif (réponse du {day}) sans dire pourquoi il "
        "doute de votre identité : le délai n'est pas suspendu (RGPD, article 12(6)). "
        "Écrivez-lui d'agir sans ce justificatif ; cnilreq follow-up rédige la lettre, "
        "sans pièce d'identité."
    ),
    "answer-unread": (
        "Une réponse du site est gardée, et ce qu'elle dit n'est pas enregistré : "
        "enregistrez-le d'abord, la suite en dépend."
    ),
    "granted": "Le site dit avoir accepté. À partir du {day}, {look}.",
    "complaint-drafted": (
        "La plainte est rédigée. Déposez-la sur cnil.fr/fr/plaintes ou par la poste, "
        "puis notez-en la date, avec --number si la CNIL vous donne un numéro."
    ),
    "cnil-silent": (
        "Trois mois après le dépôt, soit le {day}, le silence de la CNIL vaut rejet si "
        "elle n'a ni traité la plainte ni informé de son avancement (décret "
        "n° 2019-536, article 10). Demandez-lui où en est votre plainte. Pour "
        "contester un rejet, voyez un avocat : le délai est court."
    ),
    "cnil-informed": (
        "Le {day}, trois mois auront passé depuis la dernière information de la CNIL. "
        "Demandez-lui où en est votre plainte."
    ),
    "cnil-closed": (
        "La CNIL a clos votre plainte. À partir du {day}, {look}. Si rien n'a changé, "
        "une nouvelle plainte est possible."
    ),
}

_LOOK = (
    "regardez si la fiche a disparu, gardez une capture, et enregistrez ce que vous "
    "voyez (removed ou online)"
)
_LOOKS = {
    Right.DEREFERENCING: _LOOK.replace("la fiche a disparu", "la page ne sort plus"),
    Right.RECTIFICATION: _LOOK.replace("la fiche a disparu", "l'erreur est corrigée"),
    Right.MARKETING: "voyez si les sollicitations ont cessé",
    Right.ACCESS: "vérifiez que vos données sont complètes, avec leur source",
}
_STILL = {
    Right.ERASURE: "que la fiche est toujours en ligne",
    Right.DEREFERENCING: "que la page sort toujours dans les résultats",
    Right.RECTIFICATION: "que l'erreur est toujours en ligne",
    Right.MARKETING: "que les sollicitations continuent",
    Right.ACCESS: "que rien d'autre n'est arrivé",
}


def _drafted(standing: Standing) -> str:
    since = long_date(standing.history.drafted_on)
    ready = {
        Channel.LETTER: f"La lettre est rédigée depuis le {since}",
        Channel.EMAIL: f"Le courriel est prêt depuis le {since}",
        Channel.FORM: f"Le texte du formulaire est prêt depuis le {since}",
    }
    return (
        f"{ready[standing.request.channel]} et son envoi n'est pas enregistré : le "
        "délai ne court pas encore."
    )


def _no_receipt(standing: Standing) -> str:
    return (
        f"Envoyée le {long_date(standing.history.postings[-1].on)}, sans date de "
        "réception enregistrée : le délai d'un mois se compte à partir de la réception "
        "(RGPD, article 12(3)). Cherchez l'avis de réception ou le suivi de l'envoi, "
        "et enregistrez la date ; à défaut, renvoyez la demande par courriel. La "
        "preuve de distribution se demande à La Poste dans l'année."
    )


def _came_back(standing: Standing) -> str:
    receipt = standing.history.receipt
    assert receipt is not None  # noqa: S101 - the letter came back
    day = long_date(receipt.on)
    what = {
        "refused": f"La lettre a été refusée le {day}. Savoir si un pli refusé",
        "unclaimed": f"La lettre, présentée le {day}, n'a pas été réclamée. Savoir si "
        "un tel pli",
    }
    return (
        f"{what[receipt.kind]} est « reçu » est discuté : renvoyez la même demande par "
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


def _silence(standing: Standing) -> str:
    answered = bool(standing.history.answers)
    what = "Aucune réponse sur le fond" if answered else "Aucune réponse"
    return f"{what} n'est enregistrée{_at_the_end(standing)}{_in_the_post(standing)}"


def _no_action(standing: Standing) -> str:
    return (
        "Le site a répondu, mais aucune décision de sa part n'est enregistrée"
        f"{_at_the_end(standing)}{_in_the_post(standing)}"
    )


def _bad_extension(standing: Standing) -> str:
    notices = [
        item for item in standing.history.answers if item.outcome is Outcome.EXTENDED
    ]
    # As the letters say it: with reasons, a notice can only be late.
    late = notices[-1].reasons
    why = "annoncée après le dernier jour" if late else "annoncée sans motif"
    return (
        f"La prolongation du {long_date(notices[-1].judged_on)} n'est pas valable "
        f"({why} ; RGPD, article 12(3)){_at_the_end(standing)}"
    )


def _at_the_end(standing: Standing) -> str:
    """Say when the period ends, and what is possible from the day after."""
    deadline = standing.deadline
    assert deadline is not None  # noqa: S101 - the period has an end
    assert deadline.complaint_from is not None  # noqa: S101 - idem
    right = standing.request.right
    then = (
        "saisissez la CNIL"
        if goes_to_host(standing.request)
        else "envoyez une mise en demeure, ou saisissez directement la CNIL"
    )
    return (
        " ; le dernier jour pour répondre est le "
        f"{long_date(deadline.complaint_from - timedelta(days=1))}. À partir du "
        f"{long_date(deadline.complaint_from)}, vérifiez "
        f"{_STILL.get(right, _STILL[Right.ERASURE])}, puis {then}."
    )


def _in_the_post(standing: Standing) -> str:
    deadline = standing.deadline
    assert deadline is not None  # noqa: S101 - the period has an end
    assert deadline.complaint_from is not None  # noqa: S101 - idem
    until = deadline.complaint_from + timedelta(days=DAYS_IN_THE_POST)
    return (
        " Une réponse postée le dernier jour peut encore arriver : attendre le "
        f"{long_date(until)} est prudent."
    )


def _removed(standing: Standing) -> str:
    sight = standing.history.sights[-1]
    return (
        f"Vous avez vu la fiche retirée le {long_date(sight.on)}. Elle peut revenir à "
        "la prochaine mise à jour du site : regardez de nouveau. Si vous voulez en "
        f"rester là : cnilreq closed {standing.request.id} --on DATE --because removed"
    )


def _still_online(standing: Standing) -> str:
    return (
        f"Vous avez vu la fiche toujours en ligne {_last_seen(standing)}, alors que le "
        "site dit avoir accepté."
    )


def _back(standing: Standing) -> str:
    return f"La fiche est revenue : vous l'avez vue {_last_seen(standing)}."


def _closed_online(standing: Standing) -> str:
    return (
        "La CNIL a clos votre plainte, et vous avez vu la fiche toujours en ligne "
        f"{_last_seen(standing)} : une nouvelle plainte est possible."
    )


def _last_seen(standing: Standing) -> str:
    return f"le {long_date(standing.history.sights[-1].on)}"


def _follow_up_unanswered(standing: Standing) -> str:
    notice = standing.history.follow_ups[-1]
    assert notice.posted_on is not None  # noqa: S101 - its term has passed
    right = standing.request.right
    return (
        f"Votre mise en demeure, envoyée le {long_date(notice.posted_on)}, donnait "
        f"{notice.term} jours. Vérifiez {_STILL.get(right, _STILL[Right.ERASURE])} : "
        "si c'est le cas, la plainte à la CNIL est l'étape suivante."
    )


_MADE: dict[str, Callable[[Standing], str]] = {
    "drafted": _drafted,
    "no-receipt": _no_receipt,
    "refused-letter": _came_back,
    "unclaimed": _came_back,
    "silence": _silence,
    "no-action": _no_action,
    "bad-extension": _bad_extension,
    "removed": _removed,
    "still-online": _still_online,
    "back": _back,
    "cnil-closed-online": _closed_online,
    "follow-up-unanswered": _follow_up_unanswered,
}
