"""The values that the tests of the store, and the processes they start, share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from cnil_requests.core.directory import Directory
from cnil_requests.core.people import Person
from cnil_requests.core.requests import Channel, Event, EventKind, Request
from cnil_requests.core.rights import Reason, Right, StatedReason
from cnil_requests.store.values import Composed, Draft, Made

if TYPE_CHECKING:
    from cnil_requests.store.cases import Case
    from cnil_requests.store.home import Home

DAY = date(2026, 6, 1)


@dataclass(frozen=True)
class Derived:
    """The columns of the docket under the rule of these tests."""

    state: str
    next_action: str | None
    next_on: date | None
    open: bool
    reminder: str | None = None


def derive(request: Request, events: tuple[Event, ...]) -> Derived:
    """Take the last kind as state, due thirty days later until it is closed."""
    del request
    last = events[-1]
    if last.kind is EventKind.CLOSED:
        return Derived("closed", None, None, open=False)
    return Derived(last.kind.value, "do-it", last.on + timedelta(days=30), open=True)


def an_event(kind: EventKind, on: date = DAY, **data: str) -> Event:
    """Return an event, recorded the day it happened."""
    return Event(kind, on=on, recorded_on=on, data=MappingProxyType(data))


def a_person(slug: str = "camille-exemple") -> Person:
    """Return a person under a slug."""
    return Person(slug=slug, first_name="Camille", last_name="Exemple")


def a_request(
    person: str = "camille-exemple",
    site: str = "societe-com",
    *,
    drafted_on: date = DAY,
    urls: tuple[str, ...] = ("https://www.example.org/fiche/1",),
) -> Request:
    """Return a request as a command would open it: without id nor folder."""
    return Request(
        id="",
        person=person,
        directory=Directory(id=site, name=site, domain=f"{site}.example"),
        right=Right.ERASURE,
        channel=Channel.LETTER,
        drafted_on=drafted_on,
        folder="",
        urls=urls,
        reasons=(StatedReason(Reason.SECRECY),),
    )


def a_draft(request: Request | None = None, letter: bytes = b"letter") -> Draft:
    """Return a draft whose letter is ``letter`` with the request's id at its end."""
    request = request or a_request()
    return Draft(request, lambda numbered: composed(numbered, letter))


def composed(request: Request, letter: bytes = b"letter") -> Composed:
    """Return the first event and the letter of a request."""
    content = letter + b" " + request.id.encode()
    return Composed(
        an_event(EventKind.DRAFTED, request.drafted_on),
        (Made("lettre.docx", content, "letter"),),
    )


def record(home: Home, request_id: str, kind: EventKind, on: date = DAY) -> Case:
    """Record an event of a kind, whatever came before."""
    return home.record(request_id, lambda *_: an_event(kind, on))
