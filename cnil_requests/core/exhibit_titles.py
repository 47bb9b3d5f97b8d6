"""What a kept file is as an exhibit: its title, its rank, the facts it proves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from cnil_requests.core.french_dates import long_date
from cnil_requests.core.replaying import is_about_notice
from cnil_requests.core.requests import Event, EventKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

#: What the post or the mail program says of a sending.
_ARRIVALS = frozenset(
    {
        EventKind.RECEIVED,
        EventKind.BOUNCED,
        EventKind.REFUSED,
        EventKind.UNCLAIMED,
        EventKind.RETURNED,
    }
)


@dataclass(frozen=True)
class Place:
    """The rank and title of an exhibit; ``proves`` holds numbers of events."""

    CAPTURE: ClassVar[int] = 0
    REQUEST: ClassVar[int] = 1
    POSTING: ClassVar[int] = 2
    DELIVERY: ClassVar[int] = 3
    ANSWER: ClassVar[int] = 4
    IDENTITY: ClassVar[int] = 5
    NOTICE: ClassVar[int] = 6
    NOTICE_POSTING: ClassVar[int] = 7
    NOTICE_DELIVERY: ClassVar[int] = 8
    OTHER: ClassVar[int] = 9
    AUTHORITY: ClassVar[int] = 10
    MANDATE: ClassVar[int] = 11
    LAST: ClassVar[int] = 12

    rank: int
    title: str
    proves: frozenset[int] = frozenset()
    is_scan: bool = False
    is_word: bool = False

    @property
    def is_capture(self) -> bool:
        """Say whether it shows the page."""
        return self.rank == self.CAPTURE

    def proving_the_declaration(self, day: date) -> Place:
        """Return the place of the capture made on the day of the declaration."""
        title = f"Capture de la page du {long_date(day)}"
        return replace(self, rank=self.LAST, title=title)


def place_of(kind: str, event: Event, standing: Sequence[Event]) -> Place | None:
    """Return the place of a sealed file, or None when it is no exhibit."""
    maker = _MAKERS.get(kind)
    return maker(event, standing) if maker else None


def _capture(event: Event, standing: Sequence[Event]) -> Place:
    del standing
    day = long_date(event.on)
    if event.kind is EventKind.SEEN:
        return Place(Place.CAPTURE, f"Capture de la page du {day}", _only(event))
    return Place(Place.CAPTURE, f"Capture de la page, conservée le {day}")


def _request(kind: str) -> Callable[[Event, Sequence[Event]], Place | None]:
    """Return what places a document of the request: letter, e-mail or form."""

    def place(event: Event, standing: Sequence[Event]) -> Place | None:
        postings = _numbers(_postings(standing))
        if event.kind is EventKind.ATTACHED:
            title = "Ma demande, lettre signée"
            return Place(Place.REQUEST, title, postings, is_scan=True)
        if event.kind is not EventKind.SENT or is_about_notice(event):
            return None
        day = long_date(event.on)
        title = f"Ma demande, {_MEDIA[kind]} du {day}"
        if kind != event.data["by"]:
            title = f"Texte de ma demande du {day}"
        return Place(Place.REQUEST, title, _only(event), is_word=kind == "letter")

    return place


_MEDIA = {"letter": "lettre", "email": "courriel", "form": "formulaire"}


def _notice(event: Event, standing: Sequence[Event]) -> Place | None:
    posted = [item for item in standing if _is_notice_posting(item)]
    if event.kind is EventKind.ATTACHED:
        before = [item for item in posted if item.number < event.number]
        title = "Ma mise en demeure, lettre signée"
        return Place(Place.NOTICE, title, _numbers(before[-1:]), is_scan=True)
    if event not in posted:
        return None
    title = f"Ma mise en demeure du {long_date(event.on)}"
    return Place(Place.NOTICE, title, _only(event), is_word=True)


def _posting(event: Event, standing: Sequence[Event]) -> Place:
    if event.kind is EventKind.ATTACHED:
        before = [item for item in standing if item.number < event.number]
        if any(_is_notice_posting(item) for item in before):
            return Place(Place.OTHER, "Preuve d’envoi")
        return Place(Place.POSTING, "Preuve d’envoi", _numbers(_postings(before)[-1:]))
    if is_about_notice(event):
        title = "Preuve d’envoi de la mise en demeure"
        return Place(Place.NOTICE_POSTING, title, _only(event))
    title = f"Preuve d’envoi du {long_date(event.on)}"
    return Place(Place.POSTING, title, _only(event))


def _delivery(event: Event, standing: Sequence[Event]) -> Place:
    if event.kind is EventKind.ATTACHED:
        before = [item for item in standing if item.number < event.number]
        if any(_is_notice_posting(item) for item in before):
            return Place(Place.OTHER, "Preuve de réception")
        arrivals = [item for item in before if item.kind in _ARRIVALS]
        proves = _numbers((arrivals or _postings(before))[-1:])
        return Place(Place.DELIVERY, "Preuve de réception", proves)
    what = _ARRIVAL_TITLES.get(event.kind, "Preuve de réception")
    if is_about_notice(event):
        title = f"{what} (mise en demeure)"
        return Place(Place.NOTICE_DELIVERY, title, _only(event))
    title = f"{what} du {long_date(event.on)}"
    return Place(Place.DELIVERY, title, _only(event))


_ARRIVAL_TITLES = {
    EventKind.BOUNCED: "Message d’erreur",
    EventKind.REFUSED: "Preuve du refus du pli",
    EventKind.UNCLAIMED: "Preuve de présentation du pli non réclamé",
    EventKind.RETURNED: "Pli retourné",
}


def _answer(event: Event, standing: Sequence[Event]) -> Place:
    if event.kind is EventKind.ANSWERED:
        title = f"Réponse reçue le {long_date(event.on)}"
        return Place(Place.ANSWER, title, _only(event))
    answers = [
        item
        for item in standing
        if item.kind is EventKind.ANSWERED and item.number < event.number
    ]
    # With several answers the user alone knows which one a later file is.
    proves = _numbers(answers) if len(answers) == 1 else frozenset()
    return Place(Place.ANSWER, "Réponse de l’organisme", proves)


def _identity(event: Event, standing: Sequence[Event]) -> Place:
    del standing
    if event.kind is EventKind.SUPPLIED:
        title = f"Ma réponse du {long_date(event.on)} sur mon identité"
        return Place(Place.IDENTITY, title, _only(event))
    return Place(Place.IDENTITY, "Échange sur mon identité")


def _other(event: Event, standing: Sequence[Event]) -> Place:
    del standing
    return Place(Place.OTHER, f"Autre pièce, conservée le {long_date(event.on)}")


def _authority(event: Event, standing: Sequence[Event]) -> Place:
    del standing
    title = f"Courrier de la CNIL du {long_date(event.on)}"
    return Place(Place.AUTHORITY, title, _only(event))


def _postings(standing: Sequence[Event]) -> list[Event]:
    return [
        item
        for item in standing
        if item.kind is EventKind.SENT and not is_about_notice(item)
    ]


def _is_notice_posting(event: Event) -> bool:
    return event.kind is EventKind.SENT and is_about_notice(event)


def _only(event: Event) -> frozenset[int]:
    return frozenset({event.number})


def _numbers(events: Sequence[Event]) -> frozenset[int]:
    return frozenset(item.number for item in events)


_MAKERS: dict[str, Callable[[Event, Sequence[Event]], Place | None]] = {
    "capture": _capture,
    "letter": _request("letter"),
    "email": _request("email"),
    "form": _request("form"),
    "notice": _notice,
    "posting": _posting,
    "delivery": _delivery,
    "answer": _answer,
    "identity": _identity,
    "other": _other,
    "cnil": _authority,
}
