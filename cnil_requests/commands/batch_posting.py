"""What a line of ``sent --from`` says of a posting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnil_requests.commands.listed import BadLineError, few, required_day
from cnil_requests.commands.sent import Posting
from cnil_requests.core.tracking import doubt_about

if TYPE_CHECKING:
    from datetime import date

    from cnil_requests.batch.journal import Line
    from cnil_requests.core.requests import Event, Request
    from cnil_requests.store.cases import Case, StoredFile
    from cnil_requests.store.home import Home
    from cnil_requests.store.values import Given


class Postings:
    """The postings of one list, and what deserves a second look in them."""

    def __init__(self, channel: str | None, today: date) -> None:
        self.channel = channel
        self.today = today
        self._doubtful: dict[str, None] = {}
        self._missing: dict[str, None] = {}

    def of(self, line: Line) -> ListedPosting:
        """Return the posting of one line."""
        return ListedPosting(self, line)

    def look_at(self, line: Line, posting: Posting) -> None:
        """Note a number that looks mistyped, and a document that is gone."""
        if line.tracking and doubt_about(line.tracking):
            self._doubtful[line.tracking] = None
        self._missing |= dict.fromkeys(posting.warnings)

    def warnings(self) -> list[str]:
        """Return what to say once at the end."""
        said = list(self._missing)
        if self._doubtful:
            said.append(
                "ces numéros d'envoi semblent mal recopiés (clé ou longueur), ils "
                f"sont enregistrés tels quels : {few(list(self._doubtful))}."
            )
        return said


class ListedPosting:
    """One line: its posting, as ``sent`` records one."""

    def __init__(self, postings: Postings, line: Line) -> None:
        self._postings = postings
        self._line = line
        self._posting = Posting(
            required_day(line.on),
            postings.today,
            line.by.value if line.by else postings.channel,
            {"tracking": line.tracking} if line.tracking else {},
            None,
        )

    def files(self, home: Home, case: Case) -> list[Given]:
        """Return the document to be sealed; refuse one changed since its printing."""
        given = self._posting.files(home, case)
        self._postings.look_at(self._line, self._posting)
        if self._line.sha256:
            self._refuse_changed(case, given)
        return given

    def event(
        self,
        request: Request,
        events: tuple[Event, ...],
        kept: tuple[StoredFile, ...],
    ) -> Event:
        """Return the event of the posting."""
        return self._posting.event(request, events, kept)

    def _refuse_changed(self, case: Case, given: list[Given]) -> None:
        from cnil_requests.store.files import sha256_of

        letters = [item.source for item in given if item.kind == "letter"]
        if letters and sha256_of(letters[-1]) != self._line.sha256:
            changed = (
                f"la lettre {case.request.id} a changé depuis son impression : "
                "imprimez-la de nouveau, ou enregistrez son envoi à part"
            )
            raise BadLineError([("sha256", changed)])
