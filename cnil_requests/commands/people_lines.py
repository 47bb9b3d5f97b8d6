"""From a line of ``people import`` to the person and the mandate that it describes."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from cnil_requests.batch.mandates import read_mandate
from cnil_requests.batch.people import SLUG, read_fields
from cnil_requests.commands.listed import BadLineError
from cnil_requests.core.identity import (
    FIELDS,
    InvalidIdentityError,
    build_person,
    fields_of,
)
from cnil_requests.core.mandate_lines import Said, settled
from cnil_requests.core.people import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from cnil_requests.batch.mandates import MandateLine
    from cnil_requests.batch.values import Entry
    from cnil_requests.commands.mandate_cells import Faults, Scans, Sites
    from cnil_requests.core.people import Person


@dataclass(frozen=True)
class Arrival:
    """A person as a line describes her; ``former`` is what was known, or None."""

    person: Person
    former: Person | None = None
    scan: Path | None = None


class Arrivals:
    """What the lines of a list add and change, by slug."""

    def __init__(
        self, known: Iterable[Person], sites: Sites, scans: Scans, *, today: date
    ) -> None:
        self._known = {person.slug: person for person in known}
        self._sites = sites
        self._scans = scans
        self._today = today
        self._lines: dict[str, tuple[int, bytes]] = {}
        self.found: dict[str, Arrival] = {}

    def check(self, entry: Entry) -> str | None:
        """Take one line; return what says the same already, or None.

        Raises BadLineError with everything that is wrong with it.
        """
        line = read_mandate(entry.values)
        faults = list(line.faults)
        person = self._person(entry, faults)
        if person is None:
            raise BadLineError(faults)
        arrival = self._arrival(person, line, faults)
        if faults:
            raise BadLineError(faults)
        digest = _digest(entry)
        first, known = self._lines.setdefault(person.slug, (entry.line, digest))
        if first != entry.line:
            if known == digest:
                return f"ligne {first}"
            raise BadLineError([("", f"« {person.slug} » est déjà à la ligne {first}")])
        if arrival.person == arrival.former:
            return person.slug
        self.found[person.slug] = arrival
        if arrival.scan:
            self._scans.take(arrival.person)
        return None

    def _person(self, entry: Entry, faults: Faults) -> Person | None:
        """Return the person of a line as known or new, None when she cannot be.

        Under a short name of its own, a line need not describe her again.
        """
        named = entry.values[SLUG]
        slug = slug_of(named) if named else ""
        fields, known = read_fields(entry.values), self._known.get(slug)
        try:
            person, doubts = build_person(fields, slug=slug, current=known)
        except InvalidIdentityError as error:
            faults += [(item.field, item.message) for item in error.problems]
            return None
        # Nobody reads five hundred warnings: what a spreadsheet cut is a fault here.
        faults += [
            (item.field, item.message) for item in doubts if item.field == "phone"
        ]
        former = self._known.get(person.slug)
        if former is None:
            return person
        old, new = fields_of(former), fields_of(person)
        other = [field for field in FIELDS if old[field] != new[field]]
        if other:
            faults.append((other[0], _taken(person.slug, other)))
            return None
        return former

    def _arrival(self, person: Person, line: MandateLine, faults: Faults) -> Arrival:
        """Return the person with the mandate of her line, unless it has faults."""
        said, path = line.said, None
        if said.is_withdrawn:
            said = Said(withdrawn_on=said.withdrawn_on)
        else:
            said = self._sites.resolved(said, person, faults)
            said, path = self._scans.found(said, person, line.scan, faults)
        former = self._known.get(person.slug)
        if not line.faults:
            try:
                person = settled(person, said, today=self._today)
            except InvalidIdentityError as error:
                faults += [(item.field, item.message) for item in error.problems]
        return Arrival(person, former, path)


def _digest(entry: Entry) -> bytes:
    """Return what tells a line from others, in little memory."""
    return blake2b("\0".join(entry.values.values()).encode(), digest_size=16).digest()


def _taken(slug: str, fields: Iterable[str]) -> str:
    names = ", ".join(FIELDS[field] for field in fields)
    return (
        f"« {slug} » est déjà enregistré avec d'autres champs ({names}) : pour "
        f"corriger, cnilreq people edit {slug} ; pour un homonyme, remplissez « nom "
        "court »"
    )
