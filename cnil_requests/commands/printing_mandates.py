"""Gather the mandates to be signed, bind them, write them with their list."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cnil_requests.commands.home import open_home, open_press
from cnil_requests.commands.mandate_papers import paper_to_sign
from cnil_requests.commands.printing import new_folder

if TYPE_CHECKING:
    from pathlib import Path

    from cnil_requests.console import App
    from cnil_requests.core.people import Person
    from cnil_requests.documents.binding import PrintFile
    from cnil_requests.documents.merging import Sides

TABLE = "mandats.csv"
#: Columns of ``people import``: the list comes back with its last two filled in.
_TITLES = ("nom court", "prénom", "nom", "signé le", "fichier signé")


@dataclass
class PrintedMandates:
    """What was written, and whose mandates were not, by French reason."""

    files: list[Path] = field(default_factory=list)
    table: Path | None = None
    people: list[str] = field(default_factory=list)
    apart: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    left_out: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def as_json(self) -> dict[str, Any]:
        """Return what ``--json`` prints."""
        return {
            "print": {"files": self.files, "list": self.table, "people": self.people},
            "left_out": [
                {"person": slug, "reason": why}
                for why, slugs in self.left_out.items()
                for slug in slugs
            ],
        }


def print_mandates(
    app: App, folder: Path, *, person: str | None, sides: str, pdf: bool
) -> PrintedMandates:
    """Write the mandates to sign in a new folder, all or none.

    They are composed anew from what is recorded: an older paper is never signed.
    """
    from cnil_requests.documents.merging import Sides
    from cnil_requests.documents.pdf import convert, find_office

    office = find_office() if pdf else ""
    with new_folder(folder) as work, open_home(app) as home:
        people = [home.person(person)] if person else list(home.people())
        run = _Run(work, Sides(sides))
        run.gather(app, people)
        if pdf:
            run.printed.files += convert(office, run.printed.files, Sides(sides))
    printed = run.printed
    printed.files = [folder / path.name for path in printed.files]
    printed.table = folder / TABLE if printed.files else None
    return printed


class _Run:
    """One print run under way, in a folder of its own."""

    def __init__(self, work: Path, sides: Sides) -> None:
        from cnil_requests.documents.binding import Binder

        self.printed = PrintedMandates()
        self._work = work
        self._binder = Binder(sides, "Mandats à signer")

    def gather(self, app: App, people: list[Person]) -> None:
        """Bind every mandate to be signed, then write the list of them."""
        from cnil_requests.batch.writing import csv_bytes

        press = open_press(app)
        rows: dict[str, tuple[str, ...]] = {}
        for person in people:
            paper = paper_to_sign(press, person, today=app.today)
            if paper:
                rows[person.slug] = (person.first_name, person.last_name, "", "")
                for file in self._binder.add(person.slug, paper.compose()):
                    self._write(file)
            elif person.mandate and person.mandate.missing():
                why = f"il y manque {' ; '.join(person.mandate.gaps())}"
                self.printed.left_out[why].append(person.slug)
        for file in self._binder.close():
            self._write(file)
        if rows:
            lines = [(slug, *rows[slug]) for slug in self.printed.people]
            (self._work / TABLE).write_bytes(csv_bytes([_TITLES, *lines]))

    def _write(self, file: PrintFile) -> None:
        """Write one print file."""
        self._work.mkdir(parents=True, exist_ok=True)
        if file.why_alone:
            name = f"mandat-{file.requests[0]}.docx"
            self.printed.apart[file.why_alone] += file.requests
        else:
            rank = len(list(self._work.glob("mandats-*.docx"))) + 1
            name = f"mandats-{rank:03}.docx"
        path = self._work / name
        path.write_bytes(file.data)
        self.printed.files.append(path)
        self.printed.people += file.requests
