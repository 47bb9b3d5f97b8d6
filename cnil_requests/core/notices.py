"""The letters in between: the formal notice, and the answer on identity. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cnil_requests.core.letters import compose
from cnil_requests.core.requests import Outcome

if TYPE_CHECKING:
    from cnil_requests.core.case_fields import Case
    from cnil_requests.core.findings import Reply
    from cnil_requests.core.letters import Letter

#: A request of the writer's own, not a period of the law.
USUAL_TERM = 15

#: What the user reads when he means to give a copy of his identity card after all.
COPY_ADVICE = (
    "Ne joignez pas de pièce d'identité par défaut. Si vous choisissez d'en donner "
    "une : masquez la photo, le numéro et la signature quand ils ne servent à rien, "
    "et écrivez en travers le destinataire, la date et « pour vérification "
    "d'identité seulement »."
)


def compose_notice(case: Case, term: int) -> Letter:
    """Compose the formal notice; whether it makes sense was checked before."""
    first = compose(case.standing.request, case.person, today=case.today)
    exhibits = tuple(item.label for item in case.exhibits if not item.is_persons)
    return replace(
        first,
        template="notice",
        form_sheet="",
        variables={**case.variables(), "term": str(term)},
        enclosures=(*exhibits, *first.enclosures),
    )


def compose_identity(case: Case, asked: Reply) -> Letter:
    """Compose the answer to a request for a proof of identity; nothing is enclosed."""
    first = compose(case.standing.request, case.person, today=case.today)
    fields = case.reply_fields(asked)
    return replace(
        first,
        template="identity",
        form_sheet="",
        variables={**case.variables(), "asked": fields},
    )


def open_identity_request(case: Case) -> Reply | None:
    """Return the identity request that nothing followed, or None."""
    replies = case.findings.replies
    if not replies or replies[-1].answer.outcome is not Outcome.IDENTITY:
        return None
    supplied = case.standing.history.supplied
    if any(day >= replies[-1].answer.on for day in supplied):
        return None
    return replies[-1]
