"""``cnilreq people import``: many people from a list."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cnil_requests.commands.listed import (
    BadLineError,
    settle,
    skip_bad_option,
    survey,
    tell_left_out,
)
from cnil_requests.commands.person_options import show_person
from cnil_requests.console import App, emit_json, json_option, pass_app, say

if TYPE_CHECKING:
    from cnil_requests.batch.values import Entry
    from cnil_requests.core.people import Person
    from cnil_requests.store.home import Home


@click.command("import")
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path))
@skip_bad_option
@json_option
@pass_app
def import_people(app: App, /, file: Path, *, skip_bad: bool, as_json: bool) -> None:
    """Enregistrer les personnes d'une liste CSV ou .xlsx.

    Une ligne par personne ; les colonnes ont les noms des champs, en français ou en
    anglais. Qui est déjà enregistré à l'identique est passé.

    \b
    Exemples :
      cnilreq batch template clients.csv --for people
      cnilreq people import clients.csv
    """
    from cnil_requests.batch.lists import InputList
    from cnil_requests.batch.people import COLUMNS
    from cnil_requests.commands.home import create_home

    with create_home(app) as home, InputList(file, COLUMNS) as source:
        arrivals = Arrivals(home)
        found = survey(source, arrivals.check)
        rejects = settle(
            source, found, skip_bad=skip_bad, as_json=as_json, key="people"
        )
        home.save_people(list(arrivals.new.values()))
    if as_json:
        emit_json(
            {
                "people": [show_person(person) for person in arrivals.new.values()],
                "rejected": found.rejected(),
                "repeated": found.repeated(),
                "rejects": rejects,
            }
        )
        return
    say(f"Personnes enregistrées : {found.good}.")
    tell_left_out(found, rejects)


class Arrivals:
    """The people of a list who are not there yet, by slug."""

    def __init__(self, home: Home) -> None:
        self._known = {person.slug: person for person in home.people()}
        self.new: dict[str, Person] = {}

    def check(self, entry: Entry) -> str | None:
        """Take one line; return the slug of somebody already there, as described.

        Raises BadLineError for bad fields, and for a name that is taken.
        """
        person = _person(entry)
        former = self._known.get(person.slug) or self.new.get(person.slug)
        if former == person:
            return person.slug
        if former is not None:
            raise BadLineError([("", _taken(person.slug))])
        self.new[person.slug] = person
        return None


def _person(entry: Entry) -> Person:
    from cnil_requests.batch.people import SLUG, read_fields
    from cnil_requests.core.identity import InvalidIdentityError, build_person
    from cnil_requests.core.people import slug_of

    named = entry.values[SLUG]
    slug = slug_of(named) if named else ""
    try:
        return build_person(read_fields(entry.values), slug=slug)[0]
    except InvalidIdentityError as error:
        faults = [(item.field, item.message) for item in error.problems]
        raise BadLineError(faults) from None


def _taken(slug: str) -> str:
    return (
        f"« {slug} » est déjà enregistré avec d'autres champs : pour corriger, "
        f"cnilreq people edit {slug} ; pour un homonyme, remplissez « nom court »"
    )
