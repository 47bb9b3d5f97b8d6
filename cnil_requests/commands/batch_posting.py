"""What a line of ``sent --from`` says of a posting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnil_requests.commands.listed import BadLineError, few, required_day
from cnil_requests.commands.sent import Posting
from cnil_requests.core.replaying import effective
from cnil_requests.core.tracking import doubt_about
from cnil_requests.errors import NotPossibleError

if TYPE_CHECKING:
    from datetime import date

    from cnil_requests.batch.journal import Line
    from cnil_requests.core.requests import Event, Request
    from cnil_requests.store.cases import Case, StoredFile
    from cnil_requests.store.home import Home
    from cnil_requests.store.values import Given


class OtherNumberError(NotPossibleError):
    """The posting of that day is recorded under another number."""

    def __init__(self, request: Request, former: str) -> None:
        """Name that number, and how it is corrected."""
        number = f"sous le numéro {former}" if former else "sans numéro"
        super().__init__(
            f"l'envoi de {request.id} ce jour-là est déjà enregistré {number} ; pour "
            f"le corriger : cnilreq undo {request.id}, puis cette ligne de nouveau",
        )


class Postings:
    """The postings of one list, and what deserves a second look in them."""

    def __init__(self, channel: str | None, today: date) -> None:
        self.channel = channel
        self.today = today
        self._doubtful: dict[str, None] = {}
        self._missing: dict[str, None] = {}
        self._of_number: dict[str, dict[str, None]] = {}

    def of(self, line: Line) -> ListedPosting:
        """Return the posting of one line."""
        return ListedPosting(self, line)

    def look_at(self, line: Line, request: Request, posting: Posting) -> None:
        """Note a number that looks mistyped or comes twice, a document that is gone."""
        if line.tracking:
            self._of_number.setdefault(line.tracking, {})[request.id] = None
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
        for number, ids in self._of_number.items():
            if len(ids) > 1:
                said.append(
                    f"le même numéro d'envoi {number} est donné à {few(list(ids))} : "
                    "vérifiez qu'elles sont parties sous le même pli."
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
        self._postings.look_at(self._line, case.request, self._posting)
        if self._line.sha256:
            self._refuse_changed(case, given)
        return given

    def event(
        self,
        request: Request,
        events: tuple[Event, ...],
        kept: tuple[StoredFile, ...],
    ) -> Event:
        """Return the event of the posting; a corrected number is no second posting."""
        new = self._posting.event(request, events, kept)
        last = effective(events)[-1]
        same_day = last.kind is new.kind and last.on == new.on
        if same_day and last.data.get("channel") == new.data.get("channel"):
            former = last.data.get("tracking", "")
            if former != new.data.get("tracking", ""):
                raise OtherNumberError(request, former)
        return new

    def _refuse_changed(self, case: Case, given: list[Given]) -> None:
        from cnil_requests.store.files import sha256_of

        letters = [item.source for item in given if item.kind == "letter"]
        if letters and sha256_of(letters[-1]) != self._line.sha256:
            changed = (
                f"la lettre {case.request.id} a changé depuis son impression : "
                "imprimez-la de nouveau, ou enregistrez son envoi à part"
            )
            raise BadLineError([("sha256", changed)])
