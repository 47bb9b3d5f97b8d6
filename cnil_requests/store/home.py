"""The home folder: people, requests, proofs; everything the commands ask for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cnil_requests.store import opening
from cnil_requests.store.archive import Archive
from cnil_requests.store.cases import Step
from cnil_requests.store.engine import BUSY_TIMEOUT, open_engine
from cnil_requests.store.errors import (
    FileAlteredError,
    FileMissingError,
    UnknownPersonError,
    UnknownRequestError,
)
from cnil_requests.store.sharing import RULES, refuse_moved, refuse_other_folder
from cnil_requests.store.telling import told

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from cnil_requests.core.listings import ListingCheck
    from cnil_requests.core.people import Person
    from cnil_requests.core.requests import Request
    from cnil_requests.core.rights import Right
    from cnil_requests.store.cases import Case, Decide, Derive, StoredFile
    from cnil_requests.store.engine import Engine
    from cnil_requests.store.subjects import Subject
    from cnil_requests.store.values import (
        Admission,
        Admitted,
        Backup,
        Composed,
        Draft,
        Forgotten,
        Incoming,
        Problem,
    )

_ID = re.compile(r"(?:([0-9]{4})-)?0*([0-9]{1,9})")


class Home:
    """A home folder, to be used in a ``with`` block.

    The ledger is opened at the first question that needs it. ``derive`` is the rule
    that says what follows from a request's events; ``rules`` names its version, and
    when that changes all that was derived is derived again. ``database`` is the
    address of a shared ledger, or empty for the file in the folder.
    """

    def __init__(
        self,
        path: Path,
        engine: Engine,
        *,
        derive: Derive,
        rules: str,
        is_shared: bool,
    ) -> None:
        self.path = path
        self._rules = rules
        self._engine = engine
        self._is_shared = is_shared
        self._unchecked = Archive(path, self._engine, derive)
        self._is_current = False

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        derive: Derive,
        rules: str = "",
        timeout: float = BUSY_TIMEOUT,
        database: str = "",
    ) -> Home:
        """Make a home, or open the one that is already there."""
        with told(path):
            opening.make(path, database)
        engine = open_engine(path, database, timeout=timeout, new=True)
        shared = bool(database)
        return cls(path, engine, derive=derive, rules=rules, is_shared=shared)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        derive: Derive,
        rules: str = "",
        timeout: float = BUSY_TIMEOUT,
        database: str = "",
    ) -> Home:
        """Open an existing home."""
        with told(path):
            opening.require(path, database)
        engine = open_engine(path, database, timeout=timeout)
        shared = bool(database)
        return cls(path, engine, derive=derive, rules=rules, is_shared=shared)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the ledger."""
        self._engine.close()

    # People

    def people(self) -> Iterator[Person]:
        """Yield everybody, by slug."""
        return self._archive.ledger.people()

    def person(self, slug: str) -> Person:
        """Return a person; ``UnknownPersonError`` offers near names."""
        person = self._archive.ledger.person(slug)
        if person is None:
            raise self._unknown_person(slug)
        return person

    def save_person(self, person: Person) -> None:
        """Insert or update a person."""
        with self._archive.engine.writing():
            self._archive.ledger.save_person(person)

    def admit(self, admissions: Iterable[Admission]) -> list[Admitted]:
        """Record people with the papers of their mandates: all of them, or none."""
        from cnil_requests.store import roster

        return roster.admit(self._archive, admissions)

    def forget(self, slug: str) -> Forgotten:
        """Erase a person with all requests, events and files."""
        from cnil_requests.store import forgetting

        return forgetting.forget(self._archive, self.person(slug).slug)

    def paper(self, slug: str, name: str) -> Path:
        """Return where a paper of a person lies: her mandate, its scan."""
        from cnil_requests.store import papers

        return papers.paper(self.path, slug, name)

    def write_paper(self, slug: str, name: str, content: bytes) -> Path:
        """Write a paper of a person's; return where."""
        from cnil_requests.store import papers

        return papers.write_paper(self.path, self.person(slug).slug, name, content)

    # Requests

    def add(self, drafts: Sequence[Draft]) -> list[Request]:
        """Open one request for every draft: all of them, or none.

        For thousands, call it with ``drafting.CHUNK`` drafts at a time.
        """
        from cnil_requests.store import drafting

        for slug in {draft.request.person for draft in drafts}:
            self.person(slug)
        return drafting.add(self._archive, drafts)

    def record(
        self, request_id: str, decide: Decide, *, files: Sequence[Incoming] = ()
    ) -> Case:
        """Record what ``decide`` returns; return the request as it then is.

        ``decide`` sees the request, its events and the files under the names they
        will have; it returns the event, or None when there is nothing to record, or
        raises, and then nothing is changed and no file is kept.
        """
        return self.record_many([Step(request_id, decide, tuple(files))])[0]

    def record_many(self, steps: Sequence[Step]) -> list[Case]:
        """Record many steps in one transaction: all of them, or none."""
        from cnil_requests.store import recording

        return recording.record(self._archive, steps)

    def rewrite_letter(self, request: Request, composed: Composed) -> Case:
        """Draft a request again, under the id and in the folder that it has.

        A document that nobody touched is replaced; one that the user edited stays,
        and the new one is numbered. Nothing is recorded when nothing changed.
        """
        from cnil_requests.store import recording

        step = recording.redrafting(request, composed, self.files(request.id))
        return self.record_many([step])[0]

    def request_id(self, text: str) -> str:
        """Return the full id for « 2026-0001 », « 2026-1 » or « 1 »."""
        match = _ID.fullmatch(text.strip())
        docket = self._archive.docket
        if match is None:
            raise UnknownRequestError(text, [])
        year = int(match[1]) if match[1] else None
        found = docket.ids_of_number(int(match[2]), year)
        if len(found) != 1:
            last = docket.last_id()
            raise UnknownRequestError(text, found or ([last] if last else []))
        return found[0]

    def case(self, text: str) -> Case:
        """Return a request with its events, by any form of its id."""
        return self._archive.case(self.request_id(text))

    def cases(
        self,
        *,
        person: str | None = None,
        directory: str | None = None,
        states: Sequence[str] = (),
        due_before: date | None = None,
    ) -> Iterator[Case]:
        """Yield the requests that fit every filter, by next day."""
        return self._archive.docket.cases(
            person=person, directory=directory, states=states, due_before=due_before
        )

    def due(self, until: date, *, person: str | None = None) -> Iterator[Case]:
        """Yield the open requests whose next day has come, earliest first."""
        return self._archive.docket.due(until, person)

    def find_open(
        self, person: str, directory: str, right: Right, urls: Collection[str]
    ) -> Case | None:
        """Return the open request of one person, site, right and set of URLs."""
        found = self._archive.docket.open_about(person, directory, right.value)
        return next(
            (case for case in found if set(case.request.urls) == set(urls)), None
        )

    def open_subjects(self, person: str) -> Iterator[Subject]:
        """Yield what the open requests of a person are about, oldest first."""
        from cnil_requests.store import subjects

        return subjects.open_subjects(self._archive, person)

    def tracked(self) -> Iterator[tuple[str, str]]:
        """Yield each number of a registered letter and the request it was for."""
        from cnil_requests.store import subjects

        return subjects.tracked(self._archive)

    def alone(self, *, waiting: Callable[[], None]) -> AbstractContextManager[None]:
        """Keep others from working through a list here at the same time.

        ``waiting`` is called once when somebody already does.
        """
        return self._archive.engine.alone(self._archive.requests, waiting=waiting)

    # Files

    def folder(self, request: Request) -> Path:
        """Return the folder of a request."""
        return self._archive.folder(request)

    def files(self, request_id: str) -> tuple[StoredFile, ...]:
        """Return every file ever recorded for a request, in order of events."""
        return self._archive.filings.of_request(request_id)

    def verified(self, request: Request, file: StoredFile) -> Path:
        """Return the path of a recorded file whose content is still the same."""
        from cnil_requests.store.files import sha256_of

        path = self._archive.file(request.folder, file.name)
        if not path.is_file():
            raise FileMissingError(path)
        with told(path):
            if sha256_of(path) != file.sha256:
                raise FileAlteredError(path)
        return path

    # Listings

    def keep_check(self, request_id: str, check: ListingCheck) -> None:
        """Append a look at a request's page, durably."""
        with self._archive.engine.writing():
            self._archive.listings.keep(request_id, check)

    def checks(self, request_id: str) -> tuple[ListingCheck, ...]:
        """Return every look at a request's pages, oldest first."""
        return self._archive.listings.of_request(request_id)

    # The whole

    def check(self, today: date | None = None) -> Iterator[Problem]:
        """Yield everything that is wrong or left over, mandates as of a day."""
        from cnil_requests.store import soundness

        return soundness.check(self._archive, today)

    def repair(self, *, waiting: Callable[[], None] = lambda: None) -> list[str]:
        """Put away what a crash left; say what was done.

        What a list in progress is still writing is no leftover: its turn comes first.
        """
        from cnil_requests.store import repair

        with self.alone(waiting=waiting):
            return repair.repair(self._archive)

    def backup(self, target: Path) -> Backup:
        """Save the whole home in one new file, while it may be in use."""
        from cnil_requests.store import backups

        return backups.backup(self._archive, target)

    def export(self, person: str | None = None) -> dict[str, Any]:
        """Return everything, or everything of one person, ready for JSON."""
        from cnil_requests.store import exporting

        if person is not None:
            self.person(person)
        return exporting.export(self._archive, person)

    def hand_over(self, person: str, target: Path) -> dict[str, Any]:
        """Write all that is a person's in one new archive; return its export."""
        from cnil_requests.store import handover

        return handover.hand_over(self._archive, self.person(person).slug, target)

    @property
    def _archive(self) -> Archive:
        """The archive, once what was derived follows the current rules."""
        if not self._is_current:
            self._is_current = True
            known = self._unchecked.ledger.setting(RULES)
            refuse_moved(self._unchecked, known)
            if self._is_shared:
                refuse_other_folder(self._unchecked, known)
            if known != self._rules:
                self._derive_again()
        return self._unchecked

    def _derive_again(self) -> None:
        """Follow the current rules, in one transaction."""
        from cnil_requests.store import repair
        from cnil_requests.store.postgres_errors import (
            ReadOnlyRoleError,
            UpdateNeededError,
        )

        try:
            with self._engine.writing():
                repair.refresh(self._unchecked)
                self._unchecked.ledger.save_setting(RULES, self._rules)
        except ReadOnlyRoleError as error:
            raise UpdateNeededError(self._engine.path) from error

    def _unknown_person(self, slug: str) -> UnknownPersonError:
        """Return the error with the names that come near."""
        from difflib import get_close_matches

        slugs = self._archive.ledger.slugs()
        return UnknownPersonError(slug, get_close_matches(slug, slugs, n=3, cutoff=0.5))
