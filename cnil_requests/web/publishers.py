"""Who publishes the site: the names that a page gives, and how sure each is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnil_requests.web.cues import NAME_FIELD, Role
from cnil_requests.web.folding import fold, key
from cnil_requests.web.leadins import name_start
from cnil_requests.web.parties import Name, read_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cnil_requests.web.segments import Segment


#: What « est édité par » must speak of, and what makes it speak of something else.
_SITE = re.compile(
    r"\b(?:site|sites|plateforme|plate-forme|portail|application|service|annuaire|"
    r"www|website|webzine|blog|pages?|publication|http\S*|\w+\.(?:fr|com|net|org|eu|"
    r"info|app))\b"
)
_NOT_SITE = re.compile(
    r"\b(?:avis|fiches?|contenus?|articles?|photos?|guides?|bases?|logiciels?|widgets?|"
    r"cartes?|newsletter|plugins?|modules?|donnees|textes?|elements?|medicaments?|"
    r"videos?|images?|logos?|marques?|cookies?|outils?|extensions?|themes?|"
    r"partenaires?|"
    r"solutions?|polices?|icones?|ouvrages?|magazines?|livres?|statistiques|"
    r"annonces?)\b"
)
_PLURAL = re.compile(r"\b(?:editeurs|proprietaires|publishers|responsables)$")
EDGE_DOUBT = "lu en tête ou en pied de page, sans dire de qui il s'agit"
_ELSEWHERE = "lu sur une page qui n'est pas celle des mentions légales"


@dataclass(frozen=True)
class Source:
    """The page that is read; ``brand`` is the site's own name, folded.

    ``is_notice`` says whether the page is the legal notice; ``is_own`` whether
    it answered on the site's own domain.
    """

    url: str
    domain: str
    is_notice: bool = True
    is_own: bool = True

    @property
    def brand(self) -> str:
        """The word of the domain that names the site."""
        labels = self.domain.split(":")[0].split(".")
        word = key(labels[-2] if len(labels) > 1 else labels[0])
        return word if re.search(r"[a-z]{3}", word) else ""


@dataclass(frozen=True)
class Claim:
    """A name that a passage gives as the publisher's, and the doubt about it."""

    name: Name
    segment: Segment
    start: int
    doubt: str = ""


def claims(found: Iterable[Segment], source: Source) -> list[Claim]:
    """Return each name that is given as the publisher's, in reading order."""
    return list(_Claims(source).read(found))


class _Claims:
    """The names of one page; ``source`` is the page."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def read(self, found: Iterable[Segment]) -> Iterator[Claim]:
        for segment in found:
            if segment.role is Role.PUBLISHER:
                yield from self._cued(segment)
                yield from self._labelled(segment)
            elif segment.role is Role.NEUTRAL:
                labelled = list(self._labelled(segment))
                yield from labelled
                if segment.has_seat and not labelled:
                    yield from self._unnamed(segment)

    def _cued(self, segment: Segment) -> Iterator[Claim]:
        """Read « édité par … », « Éditeur : … »."""
        for end, said in segment.cued():
            start = name_start(segment.text, end)
            name = read_name(segment.text, start)
            if name:
                doubt = self._doubt(name, said, segment)
                if _PLURAL.search(fold(segment.text[max(0, end - 30) : end])):
                    doubt = doubt or "plusieurs éditeurs sont nommés ensemble"
                yield Claim(name, segment, start, doubt)

    def _labelled(self, segment: Segment) -> Iterator[Claim]:
        """Read « Raison sociale : … » where no other party is spoken of."""
        at = 0
        for passage in segment.passages:
            label = NAME_FIELD.match(fold(passage.text))
            name = read_name(segment.text, at + label.end()) if label else None
            if label and name:
                doubt = self._plain_doubt(name)
                if segment.role is Role.NEUTRAL and not self.source.is_notice:
                    doubt = doubt or _ELSEWHERE
                yield Claim(name, segment, at + label.end(), doubt)
            at += len(passage.text) + 1

    def _unnamed(self, segment: Segment) -> Iterator[Claim]:
        """Read a company that stands beside « Siège social » and no other word."""
        text = segment.text
        at = 0
        for passage in segment.passages:
            name = None if passage.cues else read_name(text, at)
            if name and name.form and name.end <= at + len(passage.text) + 1:
                doubt = "" if self.source.is_notice else _ELSEWHERE
                yield Claim(name, segment, at, doubt or self._plain_doubt(name))
            at += len(passage.text) + 1

    def _plain_doubt(self, name: Name) -> str:
        if name.has_companion:
            return "plusieurs éditeurs sont nommés ensemble"
        if name.is_host and self.source.brand not in key(name.text):
            return "c'est le nom d'un hébergeur connu"
        if key(name.text) == key(self.source.domain) or (
            re.fullmatch(r"[\w-]+\.[a-z]{2,}", name.text) and not name.form
        ):
            return "c'est le nom du site, pas celui d'une société ou d'une personne"
        return ""

    def _doubt(self, name: Name, said: str, segment: Segment) -> str:
        """Say why a cued name may not be the publisher's."""
        doubt = self._plain_doubt(name)
        if doubt:
            return doubt
        if segment.at_edge:
            return EDGE_DOUBT
        return self._subject_doubt(fold(said))

    def _subject_doubt(self, said: str) -> str:
        """Say why the subject of « est édité par » may not be the site.

        The first noun decides: « les avis publiés sur le site sont gérés par ».
        """
        clause = said.rpartition(",")[2]
        for subject in (clause, said):
            site, other = _SITE.search(subject), _NOT_SITE.search(subject)
            brand = bool(self.source.brand) and self.source.brand in key(subject)
            if other and (not site or other.start() < site.start()):
                return "la phrase parle peut-être d'autre chose que du site"
            if site or brand:
                return ""
        short = len(said.split()) <= 3  # noqa: PLR2004 - « Il est », « This is »
        return "" if short else "la phrase ne dit pas que c'est l'éditeur du site"
