"""Due dates as a calendar file (RFC 5545), through the icalendar library.

Importing it again updates the same events: each has a stable identifier, and a
sequence number that grows with the request's history. Titles show no motive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from cnil_requests.core.advice import remind_of
from cnil_requests.core.agenda import next_task
from cnil_requests.core.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from icalendar import Event as CalendarEvent

    from cnil_requests.core.requests import Event, Request
    from cnil_requests.core.tasks import What

_PRODUCT = "-//cnilreq//cnilreq//FR"

#: The alarm rings at nine in the morning of the day.
_ALARM = timedelta(hours=9)

_TITLES = {
    "post-letter": "envoyer la lettre",
    "record-receipt": "noter la date de réception",
    "resend": "renvoyer la demande",
    "supply-identity": "répondre au site",
    "check-listing": "regarder la fiche",
    "follow-up": "relancer le site",
    "complain": "plainte à la CNIL",
    "follow-cnil": "suivre la plainte",
}


@dataclass(frozen=True)
class Entry:
    """One all-day event; ``version`` grows with every change of the request."""

    request_id: str
    what: What
    day: date
    title: str
    text: str
    version: int

    @classmethod
    def of(cls, request: Request, events: tuple[Event, ...]) -> Entry | None:
        """Return the next date of a request, or None when nothing is to come."""
        standing = Standing(request, events)
        task = next_task(standing)
        if task is None:
            return None
        reminder = remind_of(standing, task, today=task.on)
        title = f"{request.directory.name} : {_TITLES[task.what.value]}"
        return cls(
            request.id,
            task.what,
            task.on,
            f"{title} ({request.id})",
            f"Commande : {reminder.command}",
            len(events),
        )


def calendar(entries: Iterable[Entry], today: date) -> bytes:
    """Return the calendar file; the same entries on the same day, the same bytes."""
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "cnilreq")
    for entry in sorted(entries, key=lambda item: (item.day, item.request_id)):
        made.add_component(_event(entry, today))
    return bytes(made.to_ical())


def _event(entry: Entry, today: date) -> CalendarEvent:
    from icalendar import Alarm
    from icalendar import Event as NewEvent

    event = NewEvent()
    event.add("uid", f"{entry.request_id}-{entry.what.value}@cnilreq")
    event.add("sequence", entry.version)
    event.add("dtstamp", datetime.combine(today, time.min, tzinfo=UTC))
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", entry.title)
    event.add("description", entry.text)
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.title)
    alarm.add("trigger", _ALARM)
    event.add_component(alarm)
    return event
