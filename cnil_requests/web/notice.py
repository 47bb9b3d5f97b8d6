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

from cnil_requests.web import mailboxes, numbers
from cnil_requests.web.contacts import mailbox
from cnil_requests.web.cues import SEAT, Role
from cnil_requests.web.evidence import ADDRESS, Evidence, shorten
from cnil_requests.web.folding import fold, key, tidy
from cnil_requests.web.forms import leading
from cnil_requests.web.hosting import hosts
from cnil_requests.web.leadins import name_start
from cnil_requests.web.mentions import speaks_of
from cnil_requests.web.parties import read_name
from cnil_requests.web.passages import segments
from cnil_requests.web.places import Place, places
from cnil_requests.web.publishers import EDGE_DOUBT, Source, claims

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cnil_requests.web.prose import Prose
    from cnil_requests.web.segments import Segment

_FRENCH_HINT = re.compile(
    r"\bcedex\b|\brcs\b|\bsiren\b|\bsiret\b|\bfrance\b|\bloi (?:de |"
    r"du 1er juillet )?1901\b|\bprefecture\b|"
    r"\+ ?33|"
    r"\br\.c\.s\b|(?<!\d)0[1-9](?:[ .]?\d\d){4}(?!\d)|\bs\.?a\.?s\b|\bs\.?a\.?r\.?l\b|"
    r"\beurl\b|\bsasu\b|\bselarl\b"
)
_FORM_FIELD = re.compile(r"\b(?:forme(?: juridique)?|statut(?: juridique)?)\s*:\s*")
_ABROAD_HINT = re.compile(
    r"(?:\+|00) ?(?:2\d\d|32|41|352|377)\b|\b(?:maroc|tunisie|algerie|senegal|suisse|"
    r"belgique|luxembourg|monaco|cote d'ivoire|madagascar|cameroun|liban|canada|"
    r"quebec)\b"
)


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
        self.claims = claims(found, source)
        sure = [claim.name for claim in self.claims if not claim.doubt]
        self.has_one = len({key(name.text) for name in sure}) == 1
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
            doubt = EDGE_DOUBT
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

    def _names(self) -> Iterator[Evidence]:
        for claim in self.claims:
            spot = Spot(claim.segment, claim.start, claim.name.end)
            why = claim.doubt
            if not why and not self.has_one:
                why = "plusieurs éditeurs différents sont nommés"
            yield self._make("controller", tidy(claim.name.text), spot, why)
            if claim.name.form:
                yield self._make("legal_form", claim.name.form, spot, why)
        if self.publisher and not self.publisher.form:
            yield from self._stated_form()

    def _stated_form(self) -> Iterator[Evidence]:
        """Read « Forme juridique : SAS » among the publisher's fields."""
        for segment in self._of(Role.PUBLISHER, Role.NEUTRAL):
            for found in _FORM_FIELD.finditer(fold(segment.text)):
                form, _ = leading(segment.text, found.end())
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
            claim.segment is segment and not claim.doubt for claim in self.claims
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
                publisher = self.publisher.text if self.publisher else ""
                column, doubt = mailbox(segment, address, self.source, publisher)
                if not doubt and segment.role is Role.PUBLISHER and publisher:
                    doubt = self._whose(segment, start)
                yield self._make(column, address, Spot(segment, start, end), doubt)
            for start, end, number in mailboxes.phones(segment.text):
                if segment.role in (Role.PUBLISHER, Role.NEUTRAL):
                    doubt = self._whose(segment, start)
                    yield self._make("phone", number, Spot(segment, start, end), doubt)

    def _people(self) -> Iterator[Evidence]:
        for segment in self._of(Role.DIRECTOR):
            for end, _ in segment.cued():
                start = name_start(segment.text, end)
                name = read_name(segment.text, start)
                if name and not name.form:
                    spot = Spot(segment, start, name.end)
                    value = tidy(name.text)
                    yield self._make("publication_director", value, spot)

    def _host(self) -> Iterator[Evidence]:
        """Yield the host: its name, and its address when it follows at once."""
        for segment in self._of(Role.HOST):
            if segment.at_edge:
                continue
            host = next(hosts(segment), None)
            if host:
                spot = Spot(segment, host.start, host.end)
                yield self._make("host", host.value, spot, host.doubt)


def _place_key(place: Place) -> str:
    address = place.address
    return key(f"{address.street}{address.postcode}")
