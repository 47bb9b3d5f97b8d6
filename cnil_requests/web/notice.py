"""Read a legal notice: who publishes the site, where, who hosts it.

Precision before recall. A value is certain only when the text says that it is
the publisher's: by a word (« édité par », « Éditeur : ») in the same passage,
with no other party named between. All else is shown, and left to the user.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cnil_requests.core.countries import french_name
from cnil_requests.web import mailboxes, numbers
from cnil_requests.web.cues import NAME_FIELD, SEAT, Role
from cnil_requests.web.evidence import ADDRESS, Evidence, shorten
from cnil_requests.web.folding import fold, key
from cnil_requests.web.parties import Name, leading_form, read_name, speaks_of
from cnil_requests.web.passages import Segment, segments
from cnil_requests.web.places import Place, places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cnil_requests.web.prose import Prose

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
_DPO_MAILBOX = re.compile(r"dpo|rgpd|gdpr|privacy|dataprotection|donnees|cnil|dpd")
_ROLE_MAILBOX = re.compile(
    r"^(?:sales|commercial|marketing|webmaster|postmaster|no-?reply|api|jobs|"
    r"recrutement|"
    r"presse?|ne-?pas-?repondre|abuse|support-?technique|pub|publicite)@"
)
_FRENCH_HINT = re.compile(
    r"\bcedex\b|\brcs\b|\bsiren\b|\bsiret\b|\bfrance\b|\bloi (?:de |"
    r"du 1er juillet )?1901\b|\bprefecture\b|"
    r"\+ ?33|"
    r"\br\.c\.s\b|(?<!\d)0[1-9](?:[ .]?\d\d){4}(?!\d)|\bs\.?a\.?s\b|\bs\.?a\.?r\.?l\b|"
    r"\beurl\b|\bsasu\b|\bselarl\b"
)
_FORM_FIELD = re.compile(r"\b(?:forme(?: juridique)?|statut(?: juridique)?)\s*:\s*")
_PLURAL = re.compile(r"\b(?:editeurs|proprietaires|publishers|responsables)$")
_ABROAD_HINT = re.compile(
    r"(?:\+|00) ?(?:2\d\d|32|41|352|377)\b|\b(?:maroc|tunisie|algerie|senegal|suisse|"
    r"belgique|luxembourg|monaco|cote d'ivoire|madagascar|cameroun|liban|canada|"
    r"quebec)\b"
)
_EDGE_DOUBT = "lu en tête ou en pied de page, sans dire de qui il s'agit"
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


def read_notice(prose: Prose, source: Source) -> list[Evidence]:
    """Return all that a page says of the publisher and the host."""
    return list(_Reading(segments(prose.lines), source).evidence())


@dataclass(frozen=True)
class Spot:
    """Where a value stands."""

    segment: Segment
    start: int
    end: int


class _Reading:
    """One page being read."""

    def __init__(self, found: list[Segment], source: Source) -> None:
        self.segments = found
        self.source = source
        self.publishers = list(self._publishers())
        names = {key(name.text) for name, _, doubt in self.publishers if not doubt}
        self.has_one = len(names) == 1
        sure = [name for name, _, doubt in self.publishers if not doubt]
        self.publisher = sure[0] if self.has_one else None

    def evidence(self) -> Iterator[Evidence]:
        yield from self._names()
        yield from self._numbers()
        yield from self._addresses()
        yield from self._mailboxes()
        yield from self._people()
        yield from self._host()

    def _make(
        self, column: str, value: str, spot: Spot, doubt: str = "", *, group: str = ""
    ) -> Evidence:
        """Return a value with its sentence; certain when nothing speaks against."""
        if not doubt and spot.segment.at_edge:
            doubt = _EDGE_DOUBT
        if not doubt and not self.source.is_own:
            doubt = "lu sur un autre site, vers lequel celui-ci renvoie"
        sentence = spot.segment.quote(spot.start, spot.end)
        return Evidence(
            column,
            value,
            shorten(sentence, value),
            self.source.url,
            certain=not doubt,
            doubt=doubt,
            group=group,
            has_seat=bool(SEAT.search(fold(sentence))),
        )

    # Who publishes

    def _publishers(self) -> Iterator[tuple[Name, tuple[Segment, int], str]]:
        """Yield each name that a cue introduces, and the doubt about it."""
        for segment in self.segments:
            if segment.role is Role.PUBLISHER:
                yield from self._cued(segment)
                yield from self._labelled(segment)
            elif segment.role is Role.NEUTRAL:
                labelled = list(self._labelled(segment))
                yield from labelled
                if segment.has_seat and not labelled:
                    yield from self._unnamed(segment)

    def _cued(
        self, segment: Segment
    ) -> Iterator[tuple[Name, tuple[Segment, int], str]]:
        for end, said in segment.cued():
            start = _name_start(segment.text, end)
            name = read_name(segment.text, start)
            if name:
                doubt = self._doubt(name, said, segment)
                if _PLURAL.search(fold(segment.text[max(0, end - 30) : end])):
                    doubt = doubt or "plusieurs éditeurs sont nommés ensemble"
                yield name, (segment, start), doubt

    def _labelled(
        self, segment: Segment
    ) -> Iterator[tuple[Name, tuple[Segment, int], str]]:
        """Read « Raison sociale : … » where no other party is spoken of."""
        at = 0
        for passage in segment.passages:
            label = NAME_FIELD.match(fold(passage.text))
            name = read_name(segment.text, at + label.end()) if label else None
            if label and name:
                doubt = self._plain_doubt(name)
                if segment.role is Role.NEUTRAL and not self.source.is_notice:
                    doubt = doubt or _ELSEWHERE
                yield name, (segment, at + label.end()), doubt
            at += len(passage.text) + 1

    def _unnamed(
        self, segment: Segment
    ) -> Iterator[tuple[Name, tuple[Segment, int], str]]:
        """Read a company that stands beside « Siège social » and no other word."""
        text = segment.text
        at = 0
        for passage in segment.passages:
            name = None if passage.cues else read_name(text, at)
            if name and name.form and name.end <= at + len(passage.text) + 1:
                doubt = "" if self.source.is_notice else _ELSEWHERE
                yield name, (segment, at), doubt or self._plain_doubt(name)
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
            return _EDGE_DOUBT
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

    def _names(self) -> Iterator[Evidence]:
        for name, (segment, start), doubt in self.publishers:
            spot = Spot(segment, start, name.end)
            why = doubt
            if not why and not self.has_one:
                why = "plusieurs éditeurs différents sont nommés"
            yield self._make("controller", _straight(name.text), spot, why)
            if name.form:
                yield self._make("legal_form", name.form, spot, why)
        if self.publisher and not self.publisher.form:
            yield from self._stated_form()

    def _stated_form(self) -> Iterator[Evidence]:
        """Read « Forme juridique : SAS » among the publisher's fields."""
        for segment in self._of(Role.PUBLISHER, Role.NEUTRAL):
            for found in _FORM_FIELD.finditer(fold(segment.text)):
                form = leading_form(segment.text, found.end())
                if form:
                    doubt = self._whose(segment, found.start())
                    spot = Spot(segment, found.start(), found.end() + 1)
                    yield self._make("legal_form", form, spot, doubt)

    # Numbers, addresses

    def _whose(self, segment: Segment, at: int) -> str:
        """Return "" when what stands at ``at`` is the publisher's, else the doubt."""
        if segment.role not in (Role.PUBLISHER, Role.NEUTRAL):
            return "ce passage ne parle pas de l'éditeur"
        if self.publisher is None:
            return "l'éditeur n'est pas nommé avec certitude"
        if not speaks_of(segment.text, at, self.publisher.text):
            return "une autre société est nommée dans ce passage"
        here = any(
            where is segment and not doubt for _, (where, _), doubt in self.publishers
        )
        if segment.role is Role.NEUTRAL and not here:
            return "le passage ne dit pas de qui il s'agit"
        return ""

    def _numbers(self) -> Iterator[Evidence]:
        hosts = {
            number.value
            for segment in self._of(Role.HOST, Role.AGENCY)
            for number in numbers.sirens(segment.text)
        }
        for segment in self._of(Role.PUBLISHER, Role.NEUTRAL):
            for number in numbers.sirens(segment.text):
                doubt = number.doubt or self._whose(segment, number.start)
                if number.value in hosts and not self._hosts_itself:
                    doubt = doubt or "c'est aussi le numéro d'un prestataire"
                spot = Spot(segment, number.start, number.end)
                yield self._make("siren", number.value, spot, doubt)
            for number in numbers.sirens_from_vat(segment.text):
                spot = Spot(segment, number.start, number.end)
                yield self._make("siren", number.value, spot, number.doubt)
            for number in numbers.others(segment.text):
                doubt = number.doubt or self._whose(segment, number.start)
                spot = Spot(segment, number.start, number.end)
                yield self._make("register_number", number.value, spot, doubt)

    def _addresses(self) -> Iterator[Evidence]:
        theirs = {
            _place_key(place)
            for segment in self._of(Role.HOST, Role.AGENCY, Role.OTHER, Role.DPO)
            for place in places(segment.text)
        }
        for segment in self._of(Role.PUBLISHER, Role.NEUTRAL):
            for place in places(segment.text):
                doubt = place.doubt or self._whose(segment, place.start)
                if _place_key(place) in theirs and not self._hosts_itself:
                    doubt = doubt or "c'est aussi l'adresse d'un prestataire"
                if not doubt and not place.says_country and not self._is_french:
                    doubt = "le pays n'est pas dit"
                yield from self._parts(segment, place, doubt)

    def _parts(self, segment: Segment, place: Place, doubt: str) -> Iterator[Evidence]:
        for column in ADDRESS:
            value = getattr(place.address, column)
            if value:
                spot = Spot(segment, place.start, place.end)
                group = _place_key(place)
                yield self._make(column, value, spot, doubt, group=group)

    @cached_property
    def _is_french(self) -> bool:
        """Say whether the publisher's passages show that the address is in France.

        On a .fr site, it is enough that nothing speaks of another country.
        """
        theirs = self._of(Role.PUBLISHER, Role.NEUTRAL)
        text = fold("\n".join(segment.text for segment in theirs))
        if _FRENCH_HINT.search(text):
            return True
        return self.source.domain.endswith(".fr") and not _ABROAD_HINT.search(text)

    @cached_property
    def _hosts_itself(self) -> bool:
        """Say whether the publisher is its own host."""
        return self.publisher is not None and any(
            key(self.publisher.text) in key(segment.text)
            for segment in self._of(Role.HOST)
        )

    def _of(self, *roles: Role) -> Iterator[Segment]:
        return (segment for segment in self.segments if segment.role in roles)

    # Ways to write, people, host

    def _mailboxes(self) -> Iterator[Evidence]:
        for segment in self.segments:
            if segment.role in (Role.HOST, Role.AGENCY, Role.OTHER):
                continue
            for start, end, address in mailboxes.mailboxes(segment.text):
                column, doubt = self._mailbox(segment, address)
                yield self._make(column, address, Spot(segment, start, end), doubt)
            for start, end, number in mailboxes.phones(segment.text):
                if segment.role in (Role.PUBLISHER, Role.NEUTRAL):
                    doubt = self._whose(segment, start)
                    yield self._make("phone", number, Spot(segment, start, end), doubt)

    def _mailbox(self, segment: Segment, address: str) -> tuple[str, str]:
        """Return the column of a mailbox, and the doubt about it."""
        local, _, domain = address.partition("@")
        own = domain == self.source.domain or domain.endswith(f".{self.source.domain}")
        if self.publisher and not own:
            own = key(self.publisher.text) in key(domain) or (
                key(domain.rpartition(".")[0]) in key(self.publisher.text)
            )
        if segment.role is Role.DPO or _DPO_MAILBOX.search(local.lower()):
            says = "delegue" in fold(segment.text) or "dpo" in fold(segment.text)
            doubt = "" if own and (says or _DPO_MAILBOX.search(local.lower())) else (
                "rien ne dit que c'est l'adresse du délégué du site")  # fmt: skip
            return "dpo_email", doubt
        if _ROLE_MAILBOX.search(address.lower()):
            return "email", "boîte de service"
        if own:
            return "email", ""
        if segment.role is Role.PUBLISHER and self.publisher:
            return "email", self._whose(segment, 0) and (
                "l'adresse n'est pas au nom du site ni de l'éditeur")  # fmt: skip
        return "email", "l'adresse n'est pas au nom du site ni de l'éditeur"

    def _people(self) -> Iterator[Evidence]:
        for segment in self._of(Role.DIRECTOR):
            for end, _ in segment.cued():
                start = _name_start(segment.text, end)
                name = read_name(segment.text, start)
                if name and not name.form:
                    spot = Spot(segment, start, name.end)
                    value = _straight(name.text)
                    yield self._make("publication_director", value, spot)

    def _host(self) -> Iterator[Evidence]:
        """Yield the host: its name, and its address when it follows at once."""
        for segment in self._of(Role.HOST):
            if segment.at_edge:
                continue
            found = list(self._hosts_in(segment))
            for value, spot, doubt in found[:1]:
                yield self._make("host", value, spot, doubt)

    def _hosts_in(self, segment: Segment) -> Iterator[tuple[str, Spot, str]]:
        text = segment.text
        for end, _ in segment.cued():
            start = _name_start(text, end)
            name = read_name(text, start)
            free = name or read_name(text, start, is_free=True)
            if free:
                value, stop = _with_place(text, free, start)
                doubt = "" if name or "," in value else "ce n'est peut-être pas un nom"
                if re.match(r"\s*/", text[free.end :]):
                    doubt = "plusieurs hébergeurs au choix"
                yield value, Spot(segment, start, stop), doubt


_OWNER = re.compile(r"\s*(\([^()]{2,30}\)(?: (?:de |du )(?:la |l')?[A-ZÀ-Ý][\w-]+)?)")
#: An address further from the host's name is somebody else's.
_NEAR_NAME = 60


def _with_place(text: str, name: Name, start: int) -> tuple[str, int]:
    """Return « NAME, STREET, POSTCODE TOWN » when the address is the host's own."""
    label, end = _straight(name.text), name.end
    if name.form and name.form.strip(".") not in label.replace(".", " ").split():
        label = f"{label} {name.form}"
    owner = _OWNER.match(_straight_marks(text), end)
    if owner and not re.search(r"\d{3}", owner[1]):
        label, end = f"{label} {owner[1]}", owner.end()
    place = next(places(text[start : start + 400]), None)
    if place is None or start + place.start - end > _NEAR_NAME:
        return label, end
    if not speaks_of(text[start:], place.start, name.text):
        return label, end
    address = place.address
    town = f"{address.postcode} {address.city}".strip()
    country = ""
    if address.country == "LU":
        town = f"L-{town}"
    elif address.country != "FR":
        country = french_name(address.country)
    parts = [label, address.complement, address.street, town, country]
    return ", ".join(part for part in parts if part), start + place.end


def _straight_marks(text: str) -> str:
    return text.replace("’", "'")


#: The words between a cue and the name it introduces.
_BETWEEN = re.compile(
    r"(?:[\s:–—-]|\)|(?:et |and )?(?:l')?heberge\w*\b|"
    r"\b(?:du|de|de la|de ce|des|le|la|ce|cet|cette|notre|present|presente|site|"
    r"sites|web|internet|plateforme|application|portail|service|annuaire|"
    r"publication|redaction|"
    r"est|sont|assure|assuree|assures|effectue|realise|realisee|opere|operee|par|"
    r"chez|is|by|the|of|this|website|et|responsable|donnees|sante|mobile|"
    r"actuellement|aupres|www\.\S+|[\w-]+\.(?:fr|com|net|org|eu|info|app)\b|"
    r"sur les "
    r"serveurs|fourni|fournie|confie|confiee|a|nom|raison sociale|denomination|"
    r"legale?|physique|morale|personne|provider|gere|geree|suivant|d'|"
    r"l'hebergement|"
    r"mise en ligne|traitement|exclusive|exclusif|societe editrice)\b)*"
)
_NEAR_CUE = 200


def _name_start(text: str, at: int) -> int:
    """Pass over the words between a cue and the name it introduces."""
    found = _BETWEEN.match(fold(text[at : at + _NEAR_CUE]))
    end = at + (found.end() if found else 0)
    # « la » and « le » may belong to a name (« La Poste »): step back on capitals.
    while end > at and text[end - 1 : end].isalpha():
        word = re.search(r"[\w'’.-]+$", text[at:end])
        if not word or not word.group()[0].isupper() or fold(word.group()) in (
            "site", "plateforme", "application", "du", "de", "web", "internet",
        ):  # fmt: skip
            break
        end = at + word.start()
    return end


def _place_key(place: Place) -> str:
    address = place.address
    return key(f"{address.street}{address.postcode}")


def _straight(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'")).strip()
