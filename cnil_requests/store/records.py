"""Values as the JSON text that the ledger keeps, and back.

The text is a contract: fields are only ever added, an absent one has the default
of its value, and ``FORMAT`` changes only when old text would be misread.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from cnil_requests.core.directory import from_row, to_row
from cnil_requests.core.mandates import Agent, AgentKind, Mandate, ReplyTo
from cnil_requests.core.people import Disclosed, Person
from cnil_requests.core.postal import PostalAddress
from cnil_requests.core.requests import Channel, Event, EventKind, Request
from cnil_requests.core.rights import Correction, Reason, Right, StatedReason
from cnil_requests.store.errors import LedgerDamagedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from cnil_requests.core.directory import Directory
    from cnil_requests.store.cases import StoredFile

FORMAT = 1

#: Fields of a person that are plain text.
_PERSON_TEXTS = (
    "slug",
    "first_name",
    "last_name",
    "title",
    "profession",
    "email",
    "phone",
    "rpps",
    "siren",
    "siret",
)


#: Fields of a mandate that are days, or None.
_MANDATE_DAYS = ("start", "end", "signed_on")


class UnreadableRecordError(ValueError):
    """The text in the ledger is not a record of this format."""


@contextmanager
def readable(ledger: Path) -> Iterator[None]:
    """Turn a record that cannot be read into a damaged ledger."""
    try:
        yield
    except UnreadableRecordError as error:
        raise LedgerDamagedError(ledger, str(error)) from error


def dump(value: Mapping[str, Any]) -> str:
    """Return ``value`` as compact JSON text; accents stay readable."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def person_row(person: Person) -> dict[str, Any]:
    """Return a person as JSON-able values."""
    row: dict[str, Any] = {"format": FORMAT}
    row |= {name: getattr(person, name) for name in _PERSON_TEXTS}
    row["practice"] = _address_row(person.practice)
    row["correspondence"] = _address_row(person.correspondence)
    row["disclosed"] = sorted(person.disclosed)
    if person.mandate:
        row["mandate"] = _mandate_row(person.mandate)
    if person.withdrew_on:
        row["withdrew_on"] = person.withdrew_on.isoformat()
    return row


def person_of(text: str) -> Person:
    """Read what ``person_row`` wrote."""
    row = _load(text)
    try:
        return Person(
            **{name: row.get(name, "") for name in _PERSON_TEXTS},
            practice=_address(row.get("practice")),
            correspondence=_address(row.get("correspondence")),
            disclosed=frozenset(Disclosed(item) for item in row["disclosed"]),
            mandate=_mandate(row.get("mandate")),
            withdrew_on=_day(row.get("withdrew_on")),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableRecordError(str(error)) from error


def _mandate_row(mandate: Mandate) -> dict[str, Any]:
    """Return a mandate as JSON-able values."""
    row = asdict(mandate)
    row |= {
        name: day.isoformat() if day else None
        for name, day in row.items()
        if name in _MANDATE_DAYS
    }
    return row


def _mandate(row: dict[str, Any] | None) -> Mandate | None:
    """Read a mandate, or None."""
    if row is None:
        return None
    agent = row["agent"]
    return Mandate(
        agent=Agent(
            name=agent["name"],
            kind=AgentKind(agent["kind"]),
            signatory=agent["signatory"],
            address=_address(agent["address"]),
            email=agent["email"],
            phone=agent["phone"],
        ),
        rights=tuple(Right(item) for item in row["rights"]),
        sites=tuple(row["sites"]),
        data=row["data"],
        **{name: _day(row[name]) for name in _MANDATE_DAYS},
        reply_to=ReplyTo(row["reply_to"]) if row["reply_to"] else None,
        complaints=row["complaints"],
        file=row["file"],
        sha256=row["sha256"],
    )


def request_row(request: Request) -> dict[str, Any]:
    """Return a request as JSON-able values."""
    return {
        "format": FORMAT,
        "id": request.id,
        "person": request.person,
        "directory": dict(_directory_row(request.directory)),
        "right": request.right.value,
        "channel": request.channel.value,
        "drafted_on": request.drafted_on.isoformat(),
        "folder": request.folder,
        "calendar": request.calendar,
        "urls": list(request.urls),
        "reasons": [[item.reason.value, item.detail] for item in request.reasons],
        "seen_on": request.seen_on.isoformat() if request.seen_on else None,
        "corrections": [[item.wrong, item.right] for item in request.corrections],
        "search_names": list(request.search_names),
        "origin": request.origin,
    }


def request_of(text: str) -> Request:
    """Read what ``request_row`` wrote."""
    row = _load(text)
    try:
        return Request(
            id=row["id"],
            person=row["person"],
            directory=_directory(tuple(row["directory"].items())),
            right=Right(row["right"]),
            channel=Channel(row["channel"]),
            drafted_on=date.fromisoformat(row["drafted_on"]),
            folder=row["folder"],
            calendar=row.get("calendar", "FR"),
            urls=tuple(row.get("urls", ())),
            reasons=tuple(
                StatedReason(Reason(reason), detail)
                for reason, detail in row.get("reasons", ())
            ),
            seen_on=_day(row.get("seen_on")),
            corrections=tuple(
                Correction(wrong, right) for wrong, right in row.get("corrections", ())
            ),
            search_names=tuple(row.get("search_names", ())),
            origin=row.get("origin", ""),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableRecordError(str(error)) from error


def event_row(event: Event) -> dict[str, Any]:
    """Return an event as JSON-able values, for the export."""
    return {
        "number": event.number,
        "kind": event.kind.value,
        "on": event.on.isoformat(),
        "recorded_on": event.recorded_on.isoformat(),
        "data": dict(event.data),
    }


def event_columns(event: Event) -> tuple[int, str, str, str, str]:
    """Return number, kind, day, day of recording and data, as stored."""
    return (
        event.number,
        event.kind.value,
        event.on.isoformat(),
        event.recorded_on.isoformat(),
        dump(event.data if isinstance(event.data, dict) else dict(event.data)),
    )


def event_of(columns: tuple[int, str, str, str, str]) -> Event:
    """Read what ``event_columns`` wrote."""
    number, kind, happened_on, recorded_on, data = columns
    try:
        return Event(
            kind=EventKind(kind),
            on=date.fromisoformat(happened_on),
            recorded_on=date.fromisoformat(recorded_on),
            data=MappingProxyType(json.loads(data)),
            number=number,
        )
    except (TypeError, ValueError) as error:
        raise UnreadableRecordError(str(error)) from error


def file_row(file: StoredFile) -> dict[str, Any]:
    """Return a file as JSON-able values, for the export."""
    return asdict(file)


@lru_cache(maxsize=1024)
def _directory(cells: tuple[tuple[str, str], ...]) -> Directory:
    """Read the snapshot of a site: thousands of requests share a few."""
    return from_row(dict(cells))


def _load(text: str) -> dict[str, Any]:
    """Read one JSON object of a format that this version knows."""
    try:
        row = json.loads(text)
    except ValueError as error:
        raise UnreadableRecordError(str(error)) from error
    if not isinstance(row, dict) or row.get("format") != FORMAT:
        raise UnreadableRecordError(text[:40])
    return row


def _address_row(address: PostalAddress | None) -> dict[str, str] | None:
    """Return an address as JSON-able values, or None."""
    return asdict(address) if address else None


def _address(row: dict[str, str] | None) -> PostalAddress | None:
    """Read an address, or None."""
    return PostalAddress(**row) if row else None


@lru_cache(maxsize=64)
def _directory_row(directory: Directory) -> dict[str, str]:
    """Return a directory's columns; thousands of requests go to a few sites."""
    return to_row(directory)


def _day(text: str | None) -> date | None:
    """Read an ISO date, or None."""
    return date.fromisoformat(text) if text else None
