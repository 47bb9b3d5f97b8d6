"""``draft --from``: thousands of requests from a list, checked first, then written.

The list is read twice. The first time every line is checked against people,
catalogue, law and the requests that are open; the second time letters are written
a chunk at a time: files, one sync, one transaction. What a crash cut short is
finished by the same command, for lines already asked are recognised.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from cnil_requests.batch.lists import InputList
from cnil_requests.batch.wishes import COLUMNS
from cnil_requests.commands.batch_asking import Asking, Order
from cnil_requests.commands.batch_subjects import Subjects
from cnil_requests.commands.home import open_home
from cnil_requests.commands.listed import Findings, settle, survey
from cnil_requests.console import progress, warn
from cnil_requests.core.cautions import missing_columns
from cnil_requests.core.letters import template_of
from cnil_requests.core.requests import State
from cnil_requests.store.drafting import CHUNK
from cnil_requests.store.values import Draft

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cnil_requests.batch.values import Entry
    from cnil_requests.commands.drafting import Desk
    from cnil_requests.console import App
    from cnil_requests.core.requests import Request


@dataclass
class Outcome:
    """What came of a list; ``requests`` is filled for ``--json`` only."""

    found: Findings
    rejects: Path | None = None
    written: int = 0
    first_id: str = ""
    last_id: str = ""
    incomplete: Counter[str] = field(default_factory=Counter)
    stray: list[int] = field(default_factory=list)
    completed: dict[int, str] = field(default_factory=dict)
    withdrawn: dict[str, None] = field(default_factory=dict)
    requests: list[dict[str, Any]] = field(default_factory=list)


def draft_list(
    app: App,
    file: Path,
    *,
    person: str | None,
    skip_bad: bool,
    dry_run: bool,
    as_json: bool,
) -> Outcome:
    """Check a whole list, then write its letters; say what came of every line."""
    with open_home(app) as home, InputList(file, COLUMNS) as source:
        asking = Asking(home, app, person)
        with home.alone(waiting=_say_waiting):
            outcome = _checked(source, asking)
            outcome.rejects = settle(
                source, outcome.found, skip_bad=skip_bad, as_json=as_json
            )
            if not dry_run:
                _write(source, asking, outcome, as_json=as_json)
    return outcome


def _say_waiting() -> None:
    warn("une autre liste est en cours de rédaction dans ce dossier : on attend.")


def _checked(source: InputList, asking: Asking) -> Outcome:
    """Read the list once, and say of every line what is wrong or already there."""
    subjects, proofs = Subjects(asking.home), Proofs(asking.desk)
    outcome = Outcome(Findings())

    def check(entry: Entry) -> str | None:
        order = asking.order(entry)
        former = subjects.repeated(order.request, entry.line)
        if former is None:
            proofs.pull(order)
            outcome.stray.extend([entry.line] if order.doubts else [])
            if order.desk.person.withdrew_on:
                outcome.withdrawn[order.desk.person.slug] = None
        elif _can_be_completed(asking, order, former):
            outcome.completed[entry.line] = former
        return former

    outcome.found = survey(source, check)
    return outcome


def _can_be_completed(asking: Asking, order: Order, former: str) -> bool:
    """Say whether a letter that waits for its address can get it now."""
    today = asking.desk.today
    if former.startswith("ligne") or missing_columns(order.request, today):
        return False
    case = asking.home.case(former)
    return (
        case.state == State.DRAFTED
        and set(case.request.urls) == set(order.request.urls)
        and bool(missing_columns(case.request, today))
    )


class Proofs:
    """Trial letters, so that a bad template is found before anything is written.

    The shipped texts are tested as they are: one letter of each kind is enough.
    With templates of the user's own, every letter is tried.
    """

    def __init__(self, desk: Desk) -> None:
        self._own = bool(desk.press.folders.own_names())
        self._seen: set[tuple[str, ...]] = set()

    def pull(self, order: Order) -> None:
        """Compose a letter and throw it away, if its kind is new."""
        request = order.request
        kind = (template_of(request), request.channel, request.directory.kind)
        if self._own or kind not in self._seen:
            self._seen.add(kind)
            order.desk.compose(replace(request, id="0000-0000"))


def _write(
    source: InputList, asking: Asking, outcome: Outcome, *, as_json: bool
) -> None:
    """Read the list again and write the letters, a chunk at a time."""
    left_out = outcome.found.left_out
    orders = (
        asking.order(entry) for entry in source.entries() if entry.line not in left_out
    )
    with progress("Lettres", outcome.found.good) as done:
        while chunk := list(islice(orders, CHUNK)):
            opened = asking.home.add([_draft(order) for order in chunk])
            _count(outcome, opened, asking.desk)
            if as_json:
                outcome.requests += _as_json(chunk, opened)
            done(len(opened))
    _complete(source, asking, outcome)


def _complete(source: InputList, asking: Asking, outcome: Outcome) -> None:
    """Write the letters again whose site has its address by now."""
    for entry in source.entries() if outcome.completed else ():
        former = outcome.completed.get(entry.line)
        if former:
            order = asking.order(entry, doubting=False)
            order.desk.rewrite(order.request, asking.home.case(former).request)


def _draft(order: Order) -> Draft:
    return Draft(order.request, order.desk.compose)


def _count(outcome: Outcome, opened: list[Request], desk: Desk) -> None:
    outcome.first_id = outcome.first_id or opened[0].id
    outcome.last_id = opened[-1].id
    outcome.written += len(opened)
    for request in opened:
        if missing_columns(request, desk.today):
            outcome.incomplete[request.directory.id] += 1


def _as_json(chunk: list[Order], opened: list[Request]) -> Iterator[dict[str, Any]]:
    for order, request in zip(chunk, opened, strict=True):
        doubts = {request.directory.id: order.doubts}
        files = order.desk.files_of(request)
        yield order.desk.drafted(request, files, doubts).as_json()
