"""``cnilreq people``: whom the letters are written for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cnil_requests.commands.completion import complete_people
from cnil_requests.commands.people_import import import_people
from cnil_requests.commands.people_mandate import command as mandate
from cnil_requests.commands.people_sources import operator_letter, sirene
from cnil_requests.commands.person_options import (
    identity_options,
    say_changes,
    say_person,
    show_person,
    typed_fields,
    warn_of,
)
from cnil_requests.console import (
    App,
    confirm,
    counted,
    emit_json,
    is_interactive,
    json_option,
    pass_app,
    say,
    table,
)
from cnil_requests.errors import NotPossibleError, WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cnil_requests.core.people import Person


class NameTakenError(NotPossibleError):
    """Somebody of this name is already there."""

    def __init__(self, slug: str) -> None:
        """Name both ways out."""
        super().__init__(
            f"« {slug} » est déjà enregistré ; rien n'a été changé.",
            remedy=f"Pour corriger : cnilreq people edit {slug} …\n"
            "Pour un homonyme : cnilreq people add --slug AUTRE-NOM …",
        )


class NotConfirmedError(WrongUsageError):
    """Erasing somebody needs a yes."""

    def __init__(self, slug: str) -> None:
        """Say what would be erased, and how to confirm."""
        super().__init__(
            f"Effacer « {slug} » supprime aussi toutes ses demandes, lettres et "
            "preuves, sans retour possible.",
            remedy=f"Gardez d'abord une copie : cnilreq backup FICHIER\n"
            f"Puis confirmez : cnilreq people forget {slug} --yes",
        )


@click.group(subcommand_metavar="COMMANDE [OPTIONS]…")
def command() -> None:
    """Gérer les personnes pour qui l'on écrit.

    Un médecin seul n'en a pas besoin : cnilreq init suffit.
    """


@command.command("add")
@click.option("--slug", metavar="NOM", help="Nom court (sinon : prénom-nom).")
@identity_options
@json_option
@pass_app
def add(app: App, /, *, slug: str | None, as_json: bool, **options: Any) -> None:  # noqa: ANN401
    """Enregistrer une autre personne.

    \b
    Exemple :
      cnilreq people add --first-name Dominique --last-name Modèle \\
        --profession "chirurgien-dentiste" --street "2 rue de l'Exemple" \\
        --postcode 69002 --city Lyon
    """
    from cnil_requests.commands.home import create_home
    from cnil_requests.core.identity import build_person
    from cnil_requests.core.people import slug_of

    fields = typed_fields(options)
    chosen = slug_of(slug) if slug else ""
    person, warnings = build_person(fields, slug=chosen)
    with create_home(app) as home:
        if any(other.slug == person.slug for other in home.people()):
            raise NameTakenError(person.slug)
        home.save_person(person)
    _answer([person], as_json=as_json)
    warn_of(warnings)


command.add_command(import_people)


@command.command("list")
@json_option
@pass_app
def list_people(app: App, *, as_json: bool) -> None:
    """Lister les personnes enregistrées."""
    from cnil_requests.commands.home import open_home

    with open_home(app) as home:
        people = list(home.people())
    if as_json:
        emit_json({"people": [show_person(person) for person in people]})
        return
    rows = [
        (
            person.slug,
            person.titled_name,
            person.practice.city if person.practice else "",
        )
        for person in people
    ]
    table(("NOM", "PERSONNE", "VILLE"), rows)


@command.command("show")
@click.argument("slug", metavar="NOM", shell_complete=complete_people)
@json_option
@pass_app
def show(app: App, slug: str, *, as_json: bool) -> None:
    """Montrer ce qui est enregistré d'une personne."""
    from cnil_requests.commands.home import open_home

    with open_home(app) as home:
        person = home.person(slug)
    _answer([person], as_json=as_json)


@command.command("edit")
@click.argument("slug", metavar="NOM", shell_complete=complete_people)
@identity_options
@json_option
@pass_app
def edit(app: App, /, slug: str, *, as_json: bool, **options: Any) -> None:  # noqa: ANN401
    """Corriger des champs ; ceux qui ne sont pas donnés restent.

    Les lettres déjà rédigées ne changent pas : rédigez-les de nouveau.

    \b
    Exemple :
      cnilreq people edit camille-exemple --phone "04 00 00 00 00"
    """
    from cnil_requests.commands.home import open_home
    from cnil_requests.core.identity import build_person

    with open_home(app) as home:
        current = home.person(slug)
        person, warnings = build_person(typed_fields(options), current=current)
        home.save_person(person)
    _answer([person], as_json=as_json)
    if not as_json:
        say_changes(current, person)
    warn_of(warnings)


@command.command("forget")
@click.argument("slug", metavar="NOM", shell_complete=complete_people)
@click.option("--yes", is_flag=True, help="Confirmer sans question.")
@json_option
@pass_app
def forget(app: App, slug: str, *, yes: bool, as_json: bool) -> None:
    """Effacer une personne avec toutes ses demandes, lettres et preuves."""
    from cnil_requests.commands.home import open_home

    with open_home(app) as home:
        person = home.person(slug)
        if not yes and not (is_interactive() and not as_json):
            raise NotConfirmedError(slug)
        if not yes:
            what = f"{person.titled_name} et tout son dossier"
            if not confirm(f"Effacer définitivement {what} ?"):
                raise click.Abort
        forgotten = home.forget(slug)
    if as_json:
        emit_json(
            {
                "people": [show_person(person)],
                "forgotten": {
                    "requests": forgotten.requests,
                    "events": forgotten.events,
                    "files": forgotten.files,
                },
            }
        )
        return
    counts = (
        (forgotten.requests, "demande"),
        (forgotten.events, "événement"),
        (forgotten.files, "fichier"),
    )
    what = ", ".join(counted(number, noun) for number, noun in counts)
    say(f"{person.titled_name} : effacé ({what}).")


def _answer(people: Iterable[Person], *, as_json: bool) -> None:
    if as_json:
        emit_json({"people": [show_person(person) for person in people]})
        return
    for person in people:
        say_person(person)


for more in (mandate, operator_letter, sirene):
    command.add_command(more)
