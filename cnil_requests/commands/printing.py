"""Gather the letters to post, bind them, write them with their posting list."""

from __future__ import annotations

import shutil
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from cnil_requests.commands.home import open_home
from cnil_requests.core.cautions import missing_columns
from cnil_requests.core.completing import in_french
from cnil_requests.core.letters import recipient_of
from cnil_requests.core.mandates import why_spent
from cnil_requests.core.requests import Channel, EventKind, State
from cnil_requests.core.tasks import What
from cnil_requests.errors import NotPossibleError, standing_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from cnil_requests.console import App
    from cnil_requests.documents.binding import PrintFile
    from cnil_requests.store.cases import Case
    from cnil_requests.store.home import Home

TABLE, WORKBOOK = "bordereau.csv", "bordereau.xlsx"
_TITLES = (
    "numéro",
    "fichier",
    "demande",
    "destinataire",
    "adresse",
    "suivi",
    "empreinte",
)
_NOTICE = "mise en demeure : à poster à part, avec copie de ses pièces"
_SPENT = "à rédiger de nouveau, le mandat qu'elles citent ne vaut plus"
_GONE = "le fichier n'est plus dans le dossier de la demande"


class OccupiedFolderError(NotPossibleError):
    """The folder holds something: two print runs must not mix."""

    def __init__(self, folder: Path) -> None:
        """Name the folder."""
        super().__init__(
            f"« {folder} » n'est pas un dossier vide.",
            remedy="Choisissez un nouveau dossier : deux impressions ne doivent pas "
            "se mélanger.",
        )


@dataclass(frozen=True)
class _Ready:
    """A letter to be posted."""

    request_id: str
    recipient: tuple[str, ...]
    content: bytes
    sha256: str


@dataclass
class Printed:
    """What was written, and what was not; the reasons are French."""

    files: list[Path] = field(default_factory=list)
    table: Path | None = None
    workbook: Path | None = None
    requests: list[str] = field(default_factory=list)
    apart: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    left_out: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    mandated: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return what ``--json`` prints."""
        return {
            "print": {
                "files": self.files,
                "list": self.table,
                "workbook": self.workbook,
                "requests": self.requests,
            },
            "left_out": [
                {"id": request_id, "reason": why}
                for why, ids in self.left_out.items()
                for request_id in ids
            ],
        }


def print_letters(
    app: App, folder: Path, *, person: str | None, sides: str, pdf: bool
) -> Printed:
    """Write the run in a new folder, whole or not at all."""
    from cnil_requests.documents.merging import Sides
    from cnil_requests.documents.pdf import convert, find_office

    office = find_office() if pdf else ""
    with new_folder(folder) as work, open_home(app) as home:
        run = _Run(home, app, work, Sides(sides))
        run.gather(home.person(person).slug if person else None)
        if pdf:
            run.printed.files += convert(office, run.printed.files, Sides(sides))
        if run.printed.files:
            run.write_list()
    return _moved(run.printed, folder)


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Give the place to write what will be in ``folder``, whole or not at all.

    When nothing was written there, no folder is made. Raises OccupiedFolderError.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OccupiedFolderError(folder)
    work = folder.with_name(f".{folder.name}-{token_hex(4)}.part")
    try:
        with standing_for(folder, work):
            yield work
            if work.exists():
                _move(work, folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)


class _Run:
    """One print run under way, in a folder of its own."""

    def __init__(self, home: Home, app: App, work: Path, sides: Any) -> None:  # noqa: ANN401
        from cnil_requests.documents.binding import Binder

        self.printed = Printed()
        self._home = home
        self._app = app
        self._work = work
        self._binder = Binder(sides)
        self._people = {item.slug: item for item in home.people()}
        self._rows: list[tuple[str, ...]] = []
        self._lines: dict[str, tuple[tuple[str, ...], str]] = {}

    def gather(self, person: str | None) -> None:
        """Bind every letter that can go; note why the others cannot."""
        for case in self._home.cases(person=person, states=(State.DRAFTED.value,)):
            if case.request.channel is not Channel.LETTER:
                continue
            ready = self._ready(case)
            if ready:
                self.printed.mandated += bool(_cited(case))
                self._lines[ready.request_id] = (ready.recipient, ready.sha256)
                for file in self._binder.add(ready.request_id, ready.content):
                    self._write(file)
        for file in self._binder.close():
            self._write(file)
        for case in self._home.due(self._app.today, person=person):
            if case.next_action == What.POST_LETTER and case.state != State.DRAFTED:
                self.printed.left_out[_NOTICE].append(case.request.id)

    def write_list(self) -> None:
        """Write the posting list; the workbook too where openpyxl is installed."""
        from cnil_requests.batch.writing import csv_bytes, has_workbooks, workbook_bytes

        rows = [_TITLES, *self._rows]
        self.printed.table = self._work / TABLE
        self.printed.table.write_bytes(csv_bytes(rows))
        if has_workbooks():
            self.printed.workbook = self._work / WORKBOOK
            shown = [row[:-1] for row in rows]
            content = workbook_bytes(self.printed.workbook, shown)
            self.printed.workbook.write_bytes(content)

    def _ready(self, case: Case) -> _Ready | None:
        """Return the letter as it is on the disk, or None with its reason noted."""
        from cnil_requests.store.files import sha256_of_bytes

        request = case.request
        missing = missing_columns(request, request.drafted_on)
        if missing:
            why = f"il manque : {in_french(missing)}"
            self.printed.left_out[why].append(request.id)
            return None
        giver = self._people[request.person]
        spent = why_spent(giver, request, _cited(case), self._app.today)
        if spent:
            self.printed.left_out[f"{_SPENT} : {' ; '.join(spent)}"].append(request.id)
            return None
        path = self._letter(case)
        if path is None:
            self.printed.left_out[_GONE].append(request.id)
            return None
        lines, _ = recipient_of(request, request.drafted_on)
        content = path.read_bytes()
        return _Ready(
            request.id,
            tuple(line.text for line in lines),
            content,
            sha256_of_bytes(content),
        )

    def _letter(self, case: Case) -> Path | None:
        """Return the last letter that was drafted, if it is still there."""
        names = [
            file.name
            for file in self._home.files(case.request.id)
            if file.kind == "letter" and not file.sealed
        ]
        path = self._home.folder(case.request) / names[-1] if names else None
        return path if path and path.is_file() else None

    def _write(self, file: PrintFile) -> None:
        """Write one print file and the lines of its letters."""
        self._work.mkdir(parents=True, exist_ok=True)
        if file.why_alone:
            name = f"lettre-{file.requests[0]}.docx"
            self.printed.apart[file.why_alone] += file.requests
        else:
            rank = 1 + sum(
                item.name.startswith("lettres-") for item in self.printed.files
            )
            name = f"lettres-{rank:03}.docx"
        path = self._work / name
        path.write_bytes(file.data)
        self.printed.files.append(path)
        self._rows += self._lines_of(file, name)
        self.printed.requests += file.requests

    def _lines_of(self, file: PrintFile, name: str) -> Iterator[tuple[str, ...]]:
        for number, request_id in enumerate(file.requests, start=len(self._rows) + 1):
            recipient, sha256 = self._lines.pop(request_id)
            first, *rest = recipient
            yield (
                str(number),
                name,
                request_id,
                first,
                ", ".join(rest),
                "",
                sha256,
            )


def _cited(case: Case) -> Mapping[str, str]:
    """Return what the last draft of a letter says of the mandate it cites."""
    drafts = [item.data for item in case.events if item.kind is EventKind.DRAFTED]
    return drafts[-1]


def _move(work: Path, folder: Path) -> None:
    if folder.exists():
        folder.rmdir()
    work.rename(folder)


def _moved(printed: Printed, folder: Path) -> Printed:
    """Return what was written under the names it now has."""
    printed.files = [folder / path.name for path in printed.files]
    for name in ("table", "workbook"):
        path = getattr(printed, name)
        setattr(printed, name, folder / path.name if path else None)
    return printed
