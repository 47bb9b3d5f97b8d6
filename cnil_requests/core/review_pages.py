"""Pages that show reviews: another person's words, which these letters do not reach.

GDPR art. 17(3)(a): erasure gives way to the freedom of expression. What data
protection reaches is the listing that carries the reviews, not a review.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from cnil_requests.errors import NotPossibleError

#: A part of the path that names nothing but reviews.
_SEGMENTS = frozenset(
    {"avis", "review", "reviews", "commentaires", "temoignages", "avis-patients"}
)
#: Pages of one contributor or one review on maps.
_CONTRIBUTOR = re.compile(
    r"/maps/(?:contrib|reviews)/|/local/reviews|/local/userreviews"
)

EXPLANATION = (
    "Un avis est l'expression d'une autre personne : ni l'opposition ni le "
    "déréférencement ne permettent en principe de le faire retirer (RGPD, "
    "article 17(3)(a)).",
    "Ce que la protection des données atteint, c'est la fiche qui porte les avis : "
    "demandez-en le retrait au site, avec l'adresse de la fiche elle-même.",
    "Pour un avis faux ou illicite : capture datée ; votre assurance (responsabilité "
    "professionnelle, protection juridique) ; signalement motivé au site (code de la "
    "consommation, article L111-7-2) ; notification de contenu illicite (règlement "
    "(UE) 2022/2065, article 16).",
    "La diffamation et l'injure publiques se prescrivent par trois mois à compter de "
    "la première publication (loi du 29 juillet 1881, article 65) : voyez un avocat "
    "sans tarder, avant de répondre quoi que ce soit.",
)


class ReviewPageError(NotPossibleError):
    """The letter could not succeed: the page shows reviews, not a listing."""

    def __init__(self, urls: tuple[str, ...]) -> None:
        """Name the pages and explain what can be done."""
        super().__init__(
            "Cette adresse mène à des avis, non à une fiche :\n"
            + "\n".join(f"  {url}" for url in urls),
            remedy="\n".join(EXPLANATION),
        )


def review_pages(urls: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of the addresses that show reviews and nothing else."""
    return tuple(url for url in urls if is_review_page(url))


def is_review_page(url: str) -> bool:
    """Say whether an address is that of reviews, or of their author.

    A listing whose address only ends with an anchor or a query on reviews is not.
    """
    parts = urlsplit(url)
    path = unquote(parts.path).lower()
    if _CONTRIBUTOR.search(f"{path}/"):
        return True
    segments = [part for part in path.split("/") if part]
    return bool(_SEGMENTS & set(segments[:1] + segments[-1:]))
