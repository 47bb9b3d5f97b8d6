"""Look at the pages of requests, keep what was seen, and judge it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnil_requests.errors import NotPossibleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cnil_requests.console import App
    from cnil_requests.core.listings import Judgement, ListingCheck
    from cnil_requests.core.people import Person
    from cnil_requests.core.requests import Request
    from cnil_requests.store.cases import Case
    from cnil_requests.store.home import Home
    from cnil_requests.web.fetch import Fetcher
    from cnil_requests.web.rounds import Result
    from cnil_requests.web.verdicts import Wanted


class NothingToLookAtError(NotPossibleError):
    """The request has no page that would show whether it was obeyed."""

    def __init__(self, request: Request, why: str) -> None:
        """Name the request and the reason."""
        super().__init__(f"Demande {request.id} : {why}.")


@dataclass
class Listing:
    """One page of one request, its checks so far and what is made of them."""

    case: Case
    url: str
    wanted: Wanted
    checks: list[ListingCheck]
    judgement: Judgement | None = None

    @property
    def last(self) -> ListingCheck | None:
        """The latest check, or None."""
        return self.checks[-1] if self.checks else None


def chosen_cases(
    home: Home, *, person: str | None, request_ids: Sequence[str]
) -> list[Case]:
    """Return the requests to look at: those named, or every open one with pages.

    The page of a dereferencing request is somebody else's and is not what the
    engine was asked to remove: it would say nothing.
    """
    slug = home.person(person).slug if person else None
    if request_ids:
        known = {case.request.id: case for case in map(home.case, request_ids)}
        for case in known.values():
            _refuse_blind(case.request)
        return [case for case in known.values() if slug in (None, case.request.person)]
    return [
        case
        for case in home.cases(person=slug)
        if case.open and case.request.urls and not _is_dereferencing(case.request)
    ]


def _is_dereferencing(request: Request) -> bool:
    from cnil_requests.core.rights import Right

    return request.right is Right.DEREFERENCING


def _refuse_blind(request: Request) -> None:
    if not request.urls:
        raise NothingToLookAtError(
            request, "aucune adresse de page n'est enregistrée (--url à la rédaction)"
        )
    if _is_dereferencing(request):
        raise NothingToLookAtError(
            request,
            "un déréférencement retire des résultats de recherche, pas la page ; "
            "cherchez votre nom dans le moteur",
        )


def listings_of(home: Home, cases: Iterable[Case]) -> list[Listing]:
    """Return every page of the requests, with what is known of it."""
    from cnil_requests.web.names import Name
    from cnil_requests.web.verdicts import Wanted

    people: dict[str, Person] = {}
    found = []
    for case in cases:
        slug = case.request.person
        person = people.setdefault(slug, home.person(slug))
        numbers = [number for number in (person.rpps, person.siren) if number]
        wanted = Wanted(Name(person.first_name, person.last_name), tuple(numbers))
        checks = home.checks(case.request.id)
        found += [
            Listing(case, url, wanted, [check for check in checks if check.url == url])
            for url in dict.fromkeys(case.request.urls)
        ]
    return found


def is_done(listing: Listing, app: App) -> bool:
    """Say whether the site already gave an answer for this page today."""
    last = listing.last
    return last is not None and last.on == app.today and last.was_answered


def look_at(
    app: App, home: Home, fetcher: Fetcher, listings: Sequence[Listing], *, jobs: int
) -> Iterator[Listing]:
    """Read the pages, keep each look at once, and yield the listings as they come."""
    from cnil_requests.web.rounds import read_all

    about: dict[str, list[Listing]] = {}
    for listing in listings:
        about.setdefault(listing.url, []).append(listing)
    results = read_all(fetcher, about, jobs=jobs, fetched_at=app.today)
    try:
        for result in results:
            for listing in about[result.url]:
                _take(app, home, listing, result)
                yield listing
    finally:
        results.close()


def _take(app: App, home: Home, listing: Listing, result: Result) -> None:
    """Keep and judge one look; a page that was not asked for is only judged."""
    from cnil_requests.core.listings import judge
    from cnil_requests.web.rounds import SilentSiteError

    check = _check_of(app, listing, result)
    if not isinstance(result.answer, SilentSiteError):
        home.keep_check(listing.case.request.id, check)
    listing.checks.append(check)
    listing.judgement = judge(listing.checks)


def _check_of(app: App, listing: Listing, result: Result) -> ListingCheck:
    from cnil_requests.core.listings import Finding, ListingCheck
    from cnil_requests.web.errors import PageError
    from cnil_requests.web.verdicts import look

    at = app.now().isoformat(timespec="seconds")
    name = listing.wanted.name.text
    if isinstance(result.answer, PageError):
        note = result.answer.what
        note = f"{note[0].upper()}{note[1:]}"
        return ListingCheck(listing.url, app.today, at, Finding.UNCLEAR, note, name)
    seen = look(result.answer, listing.wanted)
    return ListingCheck(
        url=listing.url,
        on=app.today,
        at=at,
        finding=seen.finding,
        note=seen.note,
        name=name,
        status=seen.status,
        sha256=seen.sha256,
        words=seen.words,
        signs=seen.signs,
    )
