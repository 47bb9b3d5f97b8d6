"""``cnilreq init``: the home folder and the first person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cnil_requests.commands.person_options import (
    ask_until_right,
    identity_options,
    say_changes,
    show_person,
    typed_fields,
    warn_of,
)
from cnil_requests.console import (
    App,
    emit_json,
    is_interactive,
    json_option,
    pass_app,
    say,
    warn,
)
from cnil_requests.errors import WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cnil_requests.core.people import Person


class AnotherPersonError(WrongUsageError):
    """``init`` was called with the name of somebody else."""

    def __init__(self, people: Sequence[Person]) -> None:
        """Name who is there and both ways out."""
        names = ", ".join(person.slug for person in people)
        super().__init__(
            f"Ce dossier a déjà une identité ({names}) ; init ne la remplace pas.",
            remedy="Pour corriger son nom : cnilreq people edit NOM --last-name …\n"
            "Pour écrire aussi au nom d'une autre personne : cnilreq people add …",
        )


@click.command()
@identity_options
@json_option
@pass_app
def command(app: App, /, *, as_json: bool, **options: Any) -> None:  # noqa: ANN401
    """Créer votre dossier et votre identité, ou la compléter.

    Sur un terminal, les questions sont posées une à une. Relancez la commande
    pour corriger un champ : ce qui change est montré. Dans un script, donnez les
    options.

    Les lettres montrent l'adresse du cabinet et les numéros RPPS et SIREN ; une
    autre adresse de correspondance n'y figure que si vous le demandez avec
    --disclose.

    \b
    Exemple :
      cnilreq init --title Dr --first-name Camille --last-name Exemple \\
        --profession "médecin généraliste" --street "1 rue de l'Exemple" \\
        --postcode 69001 --city Lyon --email camille@exemple.fr
    """
    from cnil_requests.commands.home import create_home
    from cnil_requests.core.identity import build_person
    from cnil_requests.store.synchronised import synchronised_by

    fields = typed_fields(options)
    current = _current(app, fields)
    if not as_json and is_interactive():
        person, warnings = ask_until_right(fields, current)
    else:
        person, warnings = build_person(fields, current=current)
    with create_home(app) as home:
        home.save_person(person)
    if as_json:
        emit_json({"home": app.home, "person": show_person(person)})
        warn_of(warnings)
        return
    say(f"Votre dossier : {app.home}")
    say(f"Votre identité : {person.titled_name} ({person.slug})")
    if current:
        say_changes(current, person)
    warn_of(warnings)
    service = synchronised_by(app.home)
    if service:
        warn(
            f"ce dossier est synchronisé par {service}, ce qui peut abîmer le "
            "registre. Choisissez un autre endroit avec --home."
        )
    say()
    say("Étape suivante : cnilreq draft ADRESSE-DE-VOTRE-FICHE")


def _current(app: App, fields: dict[str, str]) -> Person | None:
    """Return the person that this call edits, or None for a new home."""
    from cnil_requests.commands.home import open_home
    from cnil_requests.core.people import slug_of
    from cnil_requests.store.errors import NoHomeError
    from cnil_requests.store.postgres_errors import NoLedgerError

    try:
        with open_home(app) as home:
            people = list(home.people())
    except (NoHomeError, NoLedgerError):
        return None
    if not people:
        return None
    if "first_name" in fields and "last_name" in fields:
        slug = slug_of(f"{fields['first_name']} {fields['last_name']}")
        same = [person for person in people if person.slug == slug]
    else:
        same = people if len(people) == 1 else []
    if not same:
        raise AnotherPersonError(people)
    return same[0]
