"""What is typed about a person, checked field by field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnil_requests.core.countries import code_of
from cnil_requests.core.people import Disclosed, Person, slug_of
from cnil_requests.core.postal import PostalAddress, person_address_problems
from cnil_requests.core.telephone import phone_problem
from cnil_requests.core.text import (
    UnprintableTextError,
    check_printable,
    one_kind_of_newline,
)
from cnil_requests.errors import InvalidDataError

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Field of the command line -> how messages name it.
FIELDS = {
    "first_name": "prénom",
    "last_name": "nom",
    "title": "titre",
    "profession": "profession",
    "street": "rue",
    "complement": "complément d'adresse",
    "postcode": "code postal",
    "city": "ville",
    "country": "pays",
    "correspondence_street": "rue (correspondance)",
    "correspondence_complement": "complément (correspondance)",
    "correspondence_postcode": "code postal (correspondance)",
    "correspondence_city": "ville (correspondance)",
    "correspondence_country": "pays (correspondance)",
    "email": "courriel",
    "phone": "téléphone",
    "rpps": "RPPS",
    "siren": "SIREN",
    "siret": "SIRET",
    "disclose": "mentions permises dans les lettres",
}

NAME_LIMIT = 300
RPPS_DIGITS = 11
#: Prefix of the national identifier: 8 then the RPPS number (12 digits).
RPPS_PREFIX = "8"


@dataclass(frozen=True)
class FieldProblem:
    """What is wrong with one field; a warning does not stop anything."""

    field: str
    message: str
    is_warning: bool = False


class InvalidIdentityError(InvalidDataError):
    """Some fields of a person cannot be used."""

    def __init__(self, problems: tuple[FieldProblem, ...]) -> None:
        """List every problem at once."""
        self.problems = problems
        lines = "\n".join(
            f"  {FIELDS.get(item.field, item.field)} : {item.message}"
            for item in problems
        )
        super().__init__(
            f"L'identité contient des erreurs :\n{lines}",
            remedy="Corrigez ces champs ; rien n'a été enregistré.",
        )


def build_person(
    fields: Mapping[str, str], *, current: Person | None = None, slug: str = ""
) -> tuple[Person, tuple[FieldProblem, ...]]:
    """Return the person and the warnings.

    ``fields`` holds what was typed; a field that is absent keeps the value of
    ``current``. Raises InvalidIdentityError with every problem at once.
    """
    values = {**fields_of(current), **fields}
    problems = [*_check_text(values), *_check_names(values)]
    values = {key: _clean(value) for key, value in values.items()}
    numbers, number_problems = _check_numbers(values)
    practice, practice_problems = _address(values, "")
    correspondence, other_problems = _address(values, "correspondence_")
    disclosed, disclosed_problems = _disclosed(values["disclose"])
    email, email_problems = _email(values["email"])
    problems += [
        *practice_problems,
        *other_problems,
        *number_problems,
        *disclosed_problems,
        *email_problems,
    ]
    errors = tuple(item for item in problems if not item.is_warning)
    if errors:
        raise InvalidIdentityError(errors)
    name = slug_of(f"{values['first_name']} {values['last_name']}")
    person = Person(
        slug=slug or (current.slug if current else name),
        first_name=values["first_name"],
        last_name=values["last_name"],
        title=values["title"],
        profession=values["profession"],
        practice=practice,
        correspondence=correspondence,
        email=email,
        phone=values["phone"],
        rpps=numbers["rpps"],
        siren=numbers["siren"],
        siret=numbers["siret"],
        disclosed=disclosed,
        mandate=current.mandate if current else None,
        withdrew_on=current.withdrew_on if current else None,
    )
    problems += _check_reachable(person)
    return person, tuple(item for item in problems if item.is_warning)


def fields_of(person: Person | None) -> dict[str, str]:
    """Return a person as the fields of the command line."""
    values = dict.fromkeys(FIELDS, "")
    values["country"] = values["correspondence_country"] = "FR"
    if person is None:
        return {**values, "disclose": "practice,rpps,siren"}
    for key in FIELDS:
        if hasattr(person, key):
            values[key] = getattr(person, key)
    for prefix, address in (
        ("", person.practice),
        ("correspondence_", person.correspondence),
    ):
        if address:
            for part in ("street", "complement", "postcode", "city", "country"):
                values[f"{prefix}{part}"] = getattr(address, part)
    values["disclose"] = ",".join(sorted(person.disclosed))
    return values


def checked_email(typed: str) -> str:
    """Return an e-mail address. Raises InvalidIdentityError."""
    email, problems = _email(typed.strip())
    _refuse(problems)
    return email


def checked_address(
    current: PostalAddress | None, parts: Mapping[str, str | None]
) -> PostalAddress | None:
    """Return an address with what was typed; a part that is None keeps its value.

    Raises InvalidIdentityError.
    """
    values = {
        part: getattr(current, part, "")
        for part in ("street", "complement", "postcode", "city", "country")
    }
    values |= {part: _clean(text) for part, text in parts.items() if text is not None}
    address, problems = _address(values, "")
    _refuse(problems)
    return address


def _refuse(problems: list[FieldProblem]) -> None:
    errors = tuple(item for item in problems if not item.is_warning)
    if errors:
        raise InvalidIdentityError(errors)


def _check_text(values: Mapping[str, str]) -> list[FieldProblem]:
    problems = []
    for field, value in values.items():
        try:
            check_printable(field, value)
        except UnprintableTextError as error:
            problems.append(FieldProblem(field, error.what))
        if len(value) > NAME_LIMIT:
            problems.append(FieldProblem(field, f"plus de {NAME_LIMIT} caractères"))
    return problems


def _check_names(values: Mapping[str, str]) -> list[FieldProblem]:
    return [
        FieldProblem(field, "à remplir")
        for field in ("first_name", "last_name")
        if not values[field].strip()
    ]


def _check_reachable(person: Person) -> list[FieldProblem]:
    """Warn when letters would show no way to answer them."""
    if person.letter_address:
        return []
    lack = "les lettres ne montreront aucune adresse postale"
    if not person.email:
        lack += ", ni aucun courriel : le site ne saura pas où répondre"
    return [FieldProblem("street", lack, is_warning=True)]


def _clean(value: str) -> str:
    """Fold the line breaks and double blanks that pasting leaves."""
    return re.sub(r"[ \t\n]+", " ", one_kind_of_newline(value)).strip()


def _address(
    values: Mapping[str, str], prefix: str
) -> tuple[PostalAddress | None, list[FieldProblem]]:
    parts = {
        part: values[f"{prefix}{part}"]
        for part in ("street", "complement", "postcode", "city")
    }
    if not any(parts.values()):
        return None, []
    typed = values[f"{prefix}country"] or "FR"
    country = code_of(typed)
    if country is None:
        return None, [FieldProblem(f"{prefix}country", f"« {typed} » est inconnu")]
    address = PostalAddress(**parts, country=country)
    problems = [
        FieldProblem(f"{prefix}{part}", "à remplir") for part in address.missing()
    ]
    problems += [
        FieldProblem(f"{prefix}{part}", message)
        for part, message in person_address_problems(address)
    ]
    return address, problems


def _check_numbers(
    values: Mapping[str, str],
) -> tuple[dict[str, str], list[FieldProblem]]:
    rpps, problems = _rpps(re.sub(r"[\s.]", "", values["rpps"]))
    siren, siren_problems = _stdnum("siren", values["siren"])
    siret, siret_problems = _stdnum("siret", values["siret"])
    problems += siren_problems + siret_problems
    if siren and siret and not siret.startswith(siren):
        problems.append(FieldProblem("siret", "ne commence pas par votre SIREN"))
    if fault := phone_problem(values["phone"]):
        problems.append(FieldProblem("phone", fault, is_warning=True))
    return {"rpps": rpps, "siren": siren, "siret": siret}, problems


def _rpps(number: str) -> tuple[str, list[FieldProblem]]:
    """Check eleven digits; the key has no official text, so it only warns."""
    if not number:
        return "", []
    if len(number) == RPPS_DIGITS + 1 and number.startswith(RPPS_PREFIX):
        number = number.removeprefix(RPPS_PREFIX)
    if not re.fullmatch(r"[0-9]{11}", number):
        return number, [FieldProblem("rpps", "11 chiffres attendus")]
    from stdnum import luhn

    if luhn.is_valid(number):
        return number, []
    doubt = "la clé de contrôle semble fausse : relisez votre numéro"
    return number, [FieldProblem("rpps", doubt, is_warning=True)]


def _stdnum(kind: str, typed: str) -> tuple[str, list[FieldProblem]]:
    if not typed:
        return "", []
    from stdnum.exceptions import ValidationError
    from stdnum.fr import siren, siret

    module = {"siren": siren, "siret": siret}[kind]
    digits = {"siren": 9, "siret": 14}[kind]
    try:
        return str(module.validate(typed)), []
    except ValidationError:
        return typed, [
            FieldProblem(kind, f"« {typed} » n'est pas valable ({digits} chiffres)")
        ]


def _email(typed: str) -> tuple[str, list[FieldProblem]]:
    if not typed:
        return "", []
    from email_validator import EmailNotValidError, validate_email

    try:
        found = validate_email(typed, check_deliverability=False)
    except EmailNotValidError:
        return typed, [FieldProblem("email", f"« {typed} » n'est pas une adresse")]
    if found.ascii_email is None:
        doubt = "adresse accentuée : tous les serveurs ne l'acceptent pas"
        return found.normalized, [FieldProblem("email", doubt, is_warning=True)]
    return found.normalized, []


def _disclosed(typed: str) -> tuple[frozenset[Disclosed], list[FieldProblem]]:
    words = {word for word in re.split(r"[,\s]+", typed.lower()) if word}
    unknown = words - {str(word) for word in Disclosed}
    if unknown:
        choices = ", ".join(Disclosed)
        message = f"« {', '.join(sorted(unknown))} » est inconnu (choix : {choices})"
        return frozenset(), [FieldProblem("disclose", message)]
    return frozenset(Disclosed(word) for word in words), []
