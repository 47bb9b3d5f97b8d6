"""From a line of ``draft --from`` to the request that it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from cnil_requests.batch.wishes import read_asked
from cnil_requests.commands.drafting import Desk
from cnil_requests.commands.home import NobodyYetError, load_catalogue
from cnil_requests.commands.listed import BadLineError
from cnil_requests.core.drafting import open_request
from cnil_requests.core.drafting_errors import (
    CorrectionNeededError,
    FutureSightError,
    LegalRegisterError,
    NoReasonError,
    RetiredSiteError,
    StrayCorrectionError,
    UrlNeededError,
    WrongRightError,
)
from cnil_requests.core.people import slug_of
from cnil_requests.core.routing import route
from cnil_requests.errors import CnilreqError, UnknownNameError

if TYPE_CHECKING:
    from cnil_requests.batch.values import Entry
    from cnil_requests.batch.wishes import Asked
    from cnil_requests.catalogue import Match
    from cnil_requests.console import App
    from cnil_requests.core.directory import Directory
    from cnil_requests.core.people import Person
    from cnil_requests.core.requests import Request
    from cnil_requests.store.home import Home

#: People and sites kept ready; more of them are looked up again.
_REMEMBERED = 1_024

#: Which column a refusal of the law is about; of a mandate, that of the person.
_COLUMN_OF: dict[type[CnilreqError], str] = {
    CorrectionNeededError: "correct",
    FutureSightError: "seen",
    LegalRegisterError: "right",
    NoReasonError: "because",
    RetiredSiteError: "site",
    StrayCorrectionError: "correct",
    UrlNeededError: "url",
    WrongRightError: "right",
}


@dataclass(frozen=True)
class Order:
    """One line as a request to open; ``doubts`` are warnings about its pages."""

    request: Request
    desk: Desk
    doubts: tuple[str, ...] = ()


class Asking:
    """People, catalogue and law, as one line after the other needs them."""

    def __init__(self, home: Home, app: App, person: str | None) -> None:
        self.home = home
        self._catalogue = load_catalogue(app)
        self._usual = home.person(person) if person else _only_person(home)
        somebody = self._usual or next(home.people(), None)
        if somebody is None:
            raise NobodyYetError
        self.desk = Desk(home, self._catalogue, somebody, app)
        # An unknown name is looked for once, not once a line: hence no exceptions.
        self._desk_of = lru_cache(_REMEMBERED)(self._find_desk)
        self._site_of = lru_cache(_REMEMBERED)(self._find_site)

    def order(self, entry: Entry, *, doubting: bool = True) -> Order:
        """Return the request of one line; BadLineError says all that is wrong.

        ``doubting`` says whether its pages are compared with the site's domain.
        """
        asked = read_asked(entry.values)
        desk, match = self._desk_of(asked.person), self._site_of(asked.site)
        faults = list(asked.faults)
        if isinstance(desk, str):
            faults.append(("person", desk))
        if isinstance(match, str):
            faults.append(("site", match))
        if faults or isinstance(desk, str) or isinstance(match, str):
            raise BadLineError(faults)
        return self._order(asked, desk, match, doubting=doubting)

    def _order(
        self, asked: Asked, desk: Desk, match: Match, *, doubting: bool
    ) -> Order:
        urls = asked.urls or ((match.url,) if match.url else ())
        site = match.directory
        try:
            request = open_request(
                asked.wish, desk.person, site, urls=urls, today=desk.today
            )
        except CnilreqError as error:
            column = _COLUMN_OF.get(type(error), "person")
            raise BadLineError([(column, error.message)]) from None
        if not doubting:
            return Order(request, desk)
        _, doubts = route([site], urls, belongs=self._belongs)
        return Order(request, desk, doubts[site.id])

    def _find_desk(self, named: str) -> Desk | str:
        if not named:
            if self._usual is None:
                return "à remplir : plusieurs personnes sont enregistrées"
            return self.desk.for_person(self._usual)
        try:
            return self.desk.for_person(self.home.person(named))
        except UnknownNameError as error:
            refusal = _refusal(error)
        namesakes = self._namesakes.get(slug_of(named), [])
        if len(namesakes) > 1:
            return (
                "plusieurs personnes ont ce nom ; écrivez l'un de ces noms courts : "
                f"{', '.join(namesakes)}"
            )
        if not namesakes:
            return refusal
        return self.desk.for_person(self.home.person(namesakes[0]))

    @cached_property
    def _namesakes(self) -> dict[str, list[str]]:
        """The short names of the people who have a name, by that name's slug."""
        found: dict[str, list[str]] = {}
        for person in self.home.people():
            for name in {
                slug_of(f"{person.first_name} {person.last_name}"),
                person.slug,
            }:
                found.setdefault(name, []).append(person.slug)
        return found

    def _find_site(self, named: str) -> Match | str:
        if not named:
            return "à remplir"
        try:
            return self._catalogue.find(named)
        except UnknownNameError as error:
            return _refusal(error)

    def _belongs(self, url: str, site: Directory) -> bool:
        found = self._catalogue.site_of(url)
        return found is not None and found.id == site.id


def _refusal(error: UnknownNameError) -> str:
    """Return what is unknown, and the near names if there are any."""
    near, _, _ = error.remedy.partition("\n")
    return f"{error.message} {near}" if near.startswith("Vouliez") else error.message


def _only_person(home: Home) -> Person | None:
    """Return the one person of the home, None when there are several or none."""
    people = list(islice(home.people(), 2))
    return people[0] if len(people) == 1 else None
