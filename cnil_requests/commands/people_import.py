"""``cnilreq people import``: many people from a list, with their mandates."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cnil_requests.commands.listed import (
    few,
    refuse_bad,
    settle,
    skip_bad_option,
    survey,
    tell_left_out,
)
from cnil_requests.commands.person_options import show_person
from cnil_requests.console import (
    App,
    bullet,
    command_line,
    emit_json,
    json_option,
    pass_app,
    progress,
    say,
    title,
    warn,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cnil_requests.batch.lists import InputList
    from cnil_requests.commands.people_lines import Arrival, Arrivals
    from cnil_requests.core.people import Person
    from cnil_requests.store.home import Home
    from cnil_requests.store.values import Admission, Admitted


@click.command("import")
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path))
@skip_bad_option
@json_option
@pass_app
def import_people(app: App, /, file: Path, *, skip_bad: bool, as_json: bool) -> None:
    """Enregistrer les personnes d'une liste CSV ou .xlsx, et leurs mandats.

    Une ligne par personne ; les colonnes ont les noms des champs, en français ou en
    anglais. Avec un mandataire, le mandat à signer est écrit ; avec le jour de la
    signature, il est enregistré comme signé et le document numérisé est gardé.

    La même liste, complétée, se redonne : ce qui est déjà là est passé, les mandats
    sont mis à jour, et une ligne sans mandat n'en retire aucun. Un client se retire
    par la colonne « retiré le ».

    \b
    Exemples :
      cnilreq batch template clients.csv --for people
      cnilreq people import clients.csv
    """
    from cnil_requests.batch.lists import InputList
    from cnil_requests.batch.people import COLUMNS
    from cnil_requests.commands.home import create_home

    with ExitStack() as stack:
        source = stack.enter_context(InputList(file, COLUMNS))
        if not app.home.is_dir():  # A list that is refused makes no home either.
            found = survey(source, _arrivals(app, [], source).check)
            refuse_bad(source, found, skip_bad=skip_bad, as_json=as_json, key="people")
        home = stack.enter_context(create_home(app))
        stack.enter_context(home.alone(waiting=_say_waiting))
        arrivals = _arrivals(app, list(home.people()), source)
        found = survey(source, arrivals.check)
        rejects = settle(
            source, found, skip_bad=skip_bad, as_json=as_json, key="people"
        )
        admitted = _admit(app, home, list(arrivals.found.values()))
    if as_json:
        emit_json(
            {
                "people": [show_person(item.person) for item in admitted],
                "papers": [item.paper for item in admitted if item.paper],
                "rejected": found.rejected(),
                "repeated": found.repeated(),
                "rejects": rejects,
            }
        )
        return
    _tell(list(arrivals.found.values()), admitted, app.home)
    tell_left_out(found, rejects)
    _show_next(admitted)


def _say_waiting() -> None:
    warn("une autre liste est en cours de traitement dans ce dossier : on attend.")


def _arrivals(app: App, known: list[Person], source: InputList) -> Arrivals:
    """Return what compares the lines with the people who are there."""
    from cnil_requests.commands.home import load_catalogue
    from cnil_requests.commands.mandate_cells import Scans, Sites
    from cnil_requests.commands.people_lines import Arrivals

    sites = Sites(load_catalogue(app))
    scans = Scans(source.path.parent, known)
    return Arrivals(known, sites, scans, today=app.today)


def _admit(app: App, home: Home, arrivals: Sequence[Arrival]) -> list[Admitted]:
    """Record everybody with the papers to sign, or nobody."""
    with progress("Personnes", len(arrivals)) as done:
        return home.admit(_admissions(app, arrivals, done))


def _admissions(
    app: App, arrivals: Sequence[Arrival], done: Callable[[int], None]
) -> Iterator[Admission]:
    from cnil_requests.commands.home import open_press
    from cnil_requests.commands.mandate_papers import paper_to_sign
    from cnil_requests.store.values import Admission

    press = open_press(app)
    for item in arrivals:
        paper = paper_to_sign(press, item.person, today=app.today)
        yield Admission(item.person, item.former, paper, item.scan)
        done(1)


def _tell(
    arrivals: Sequence[Arrival], admitted: Sequence[Admitted], home: Path
) -> None:
    """Say what became of people and mandates, and which ones wait for something."""
    say(f"Personnes enregistrées : {sum(not item.former for item in arrivals)}.")
    updated = sum(item.former is not None for item in arrivals)
    people = [item.person for item in admitted]
    counts = {
        "Mandats mis à jour": updated,
        "Mandats signés": sum(_is_signed(person) for person in people),
        f"Mandats à signer (people/NOM/pouvoir.docx, dans {home})": sum(
            item.paper is not None for item in admitted
        ),
    }
    for what, count in counts.items():
        if count:
            say(f"{what} : {count}.")
    lists = {
        "Mandats retirés, ces personnes écrivent en leur nom": [
            item.person.slug for item in arrivals if _is_withdrawn(item)
        ],
        "Mandats incomplets, à compléter dans la liste": [
            person.slug
            for person in people
            if person.mandate and person.mandate.missing()
        ],
    }
    for what, slugs in lists.items():
        if slugs:
            say(f"{what} : {few(slugs)}.")
    again = [item.person.slug for item in arrivals if _lost_signature(item)]
    if again:
        warn(f"mandats modifiés, à signer de nouveau : {few(again)}.")


def _is_signed(person: Person) -> bool:
    return person.mandate is not None and person.mandate.signed_on is not None


def _is_withdrawn(item: Arrival) -> bool:
    return bool(item.former and item.former.mandate and not item.person.mandate)


def _lost_signature(item: Arrival) -> bool:
    former = item.former is not None and _is_signed(item.former)
    return former and item.person.mandate is not None and not _is_signed(item.person)


def _show_next(admitted: Sequence[Admitted]) -> None:
    if any(item.paper for item in admitted):
        say()
        title("Ensuite")
        bullet("Pour imprimer tous les mandats à signer, avec leur liste à compléter :")
        command_line("cnilreq print --mandates --to mandats")
