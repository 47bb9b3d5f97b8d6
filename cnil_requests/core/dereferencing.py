"""From a request that a site did not heed to the search engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnil_requests.core.admissibility import (
    NotYetError,
    check_answer_recorded,
    check_not_gone,
    check_seen_since,
)
from cnil_requests.core.directory import Kind
from cnil_requests.core.findings import Ground
from cnil_requests.core.review_pages import ReviewPageError, review_pages
from cnil_requests.errors import NotPossibleError

if TYPE_CHECKING:
    from cnil_requests.core.case_fields import Case
    from cnil_requests.core.requests import Request

#: What the user may hope for (CJEU C-131/12 and C-460/20; EDPB Guidelines 5/2019).
ODDS = (
    "Le moteur doit répondre dans le mois (RGPD, article 12(3)). Il peut refuser au "
    "nom de l'information du public : c'est à prévoir pour la page de coordonnées d'un "
    "professionnel en exercice.",
    "Ce qui pèse : une page fausse ou périmée (apportez la preuve), une activité "
    "cessée, des avis auxquels le secret vous interdit de répondre, un agrégateur "
    "sans lien avec vous.",
    "Le lien disparaît des recherches sur votre nom, dans l'Union européenne ; la page "
    "reste en ligne et se trouve par d'autres mots.",
    "Un refus peut être porté devant la CNIL : cnilreq answered, puis cnilreq "
    "complain.",
)


class NotUnheededError(NotPossibleError):
    """The site was not asked, or did not refuse and still has time."""

    def __init__(self, request: Request) -> None:
        """Name the road that is always open."""
        urls = " ".join(f"--url {url}" for url in request.urls)
        super().__init__(
            f"Demande {request.id} : le site n'a ni refusé ni laissé passer le délai.",
            remedy="Les deux voies sont indépendantes ; pour écrire au moteur dès "
            f"maintenant : cnilreq draft google-search {urls} --because RAISON",
        )


class NoPageError(NotPossibleError):
    """An engine delists pages, and the request names none."""

    def __init__(self, request: Request) -> None:
        """Say what kind of request it takes."""
        super().__init__(
            f"Demande {request.id} : un moteur déréférence des pages de fiches, et "
            "cette demande n'en vise pas.",
            remedy="Voyez : cnilreq draft google-search --help",
        )


def check_unheeded(case: Case) -> None:
    """Refuse while the site still has time. Raises the errors of this module."""
    request = case.standing.request
    if not request.urls or request.directory.kind is Kind.SEARCH_ENGINE:
        raise NoPageError(request)
    check_not_gone(case.standing)
    check_answer_recorded(case.findings)
    check_seen_since(case.findings, case.today)
    openings = case.findings.complaint_openings
    if any(item.since <= case.today for item in openings):
        return
    waiting = [
        item.since
        for item in openings
        if item.ground in (Ground.SILENCE, Ground.UNDECIDED)
    ]
    if waiting:
        raise NotYetError(request, "la demande aux moteurs", waiting[0])
    raise NotUnheededError(request)


def pages_to_delist(request: Request) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the pages a letter can reach, and those that only show reviews.

    Raises ReviewPageError when nothing else is left.
    """
    reviews = review_pages(request.urls)
    pages = tuple(url for url in request.urls if url not in reviews)
    if not pages:
        raise ReviewPageError(reviews)
    return pages, reviews
