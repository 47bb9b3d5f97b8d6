"""The options that describe a person, shared by ``init`` and ``people``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cnil_requests.console import say, warn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cnil_requests.core.identity import FieldProblem
    from cnil_requests.core.people import Person

    F = TypeVar("F", bound=Callable[..., Any])

#: Option -> its help; the parameter's name is the field of ``core.identity``.
_OPTIONS = {
    "--title": "Titre : Dr, Pr, M., Mme…",
    "--first-name": "Prénom.",
    "--last-name": "Nom.",
    "--profession": "Profession, telle qu'elle figurera dans les lettres.",
    "--street": "Numéro et rue du cabinet (38 caractères au plus).",
    "--complement": "Bâtiment, étage, boîte postale du cabinet.",
    "--postcode": "Code postal du cabinet.",
    "--city": "Ville du cabinet.",
    "--country": "Pays du cabinet (France si omis).",
    "--email": "Courriel pour les réponses.",
    "--phone": "Téléphone professionnel.",
    "--rpps": "Numéro RPPS (11 chiffres).",
    "--siren": "Numéro SIREN (9 chiffres).",
    "--siret": "Numéro SIRET (14 chiffres).",
    "--correspondence-street": "Autre adresse pour le courrier : numéro et rue.",
    "--correspondence-complement": "Autre adresse : complément.",
    "--correspondence-postcode": "Autre adresse : code postal.",
    "--correspondence-city": "Autre adresse : ville.",
    "--correspondence-country": "Autre adresse : pays.",
    "--disclose": "Ce que les lettres montrent, parmi practice, correspondence, "
    "rpps, siren (sinon : practice,rpps,siren).",
}

#: What a terminal asks for, in this order.
_QUESTIONS = (
    ("title", "Titre (Dr, Pr, M., Mme ; rien si vous préférez)"),
    ("first_name", "Prénom"),
    ("last_name", "Nom"),
    ("profession", "Profession"),
    ("street", "Cabinet : numéro et rue"),
    ("complement", "Cabinet : complément (bâtiment, étage)"),
    ("postcode", "Cabinet : code postal"),
    ("city", "Cabinet : ville"),
    ("email", "Courriel pour les réponses"),
    ("phone", "Téléphone professionnel"),
    ("rpps", "Numéro RPPS"),
    ("siren", "Numéro SIREN (facultatif)"),
)


def identity_options(function: F) -> F:
    """Add every option that describes a person."""
    for option, text in reversed(_OPTIONS.items()):
        function = click.option(option, metavar="TEXTE", help=text)(function)
    return function


def typed_fields(options: dict[str, Any]) -> dict[str, str]:
    """Return the fields that were given on the command line."""
    return {key: value for key, value in options.items() if value is not None}


def ask_person(fields: dict[str, str], current: Person | None) -> dict[str, str]:
    """Ask for what was not given; an empty answer keeps what is known."""
    from cnil_requests.core.identity import fields_of

    known = fields_of(current)
    answers = dict(fields)
    for field, question in _QUESTIONS:
        if field not in answers:
            answers[field] = click.prompt(
                question, default=known[field], show_default=bool(known[field])
            )
    return answers


def ask_until_right(
    fields: dict[str, str], current: Person | None
) -> tuple[Person, tuple[FieldProblem, ...]]:
    """Ask for a person, then again for each field that cannot be used."""
    from cnil_requests.core.identity import InvalidIdentityError, build_person

    answers = ask_person(fields, current)
    while True:
        try:
            return build_person(answers, current=current)
        except InvalidIdentityError as error:
            wrong = {problem.field for problem in error.problems}
            if not wrong <= dict(_QUESTIONS).keys():
                raise
            warn_of(error.problems)
            kept = {key: text for key, text in answers.items() if key not in wrong}
            answers = ask_person(kept, current)


def show_person(person: Person) -> dict[str, Any]:
    """Return a person as JSON shows it."""
    shown = asdict(person)
    shown["disclosed"] = sorted(person.disclosed)
    return shown


def say_person(person: Person) -> None:
    """Write a person's fields, one a line, the empty ones left out."""
    from cnil_requests.core.identity import FIELDS, fields_of

    say(f"{person.titled_name} ({person.slug})")
    for field, value in fields_of(person).items():
        if value and field not in ("title", "first_name", "last_name"):
            say(f"  {FIELDS[field]} : {value}")


def say_changes(before: Person, after: Person) -> None:
    """Write each field that changed, old and new."""
    from cnil_requests.core.identity import FIELDS, fields_of

    old, new = fields_of(before), fields_of(after)
    for field, name in FIELDS.items():
        if old[field] != new[field]:
            say(f"  {name} : {old[field] or '(vide)'} → {new[field] or '(vide)'}")


def warn_of(problems: Iterable[FieldProblem]) -> None:
    """Write what deserves a second look."""
    from cnil_requests.core.identity import FIELDS

    for problem in problems:
        warn(f"{FIELDS[problem.field]} : {problem.message}")
