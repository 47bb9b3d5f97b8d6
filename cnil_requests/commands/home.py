"""Open the home folder and the catalogue for a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnil_requests.errors import UnknownNameError, WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cnil_requests.catalogue import Catalogue
    from cnil_requests.console import App
    from cnil_requests.core.people import Person
    from cnil_requests.documents.press import Press
    from cnil_requests.store.home import Home


class WhichPersonError(WrongUsageError):
    """Several people are known and none was named."""

    def __init__(self, people: Sequence[Person]) -> None:
        """List the names."""
        names = ", ".join(person.slug for person in people)
        super().__init__(
            "Pour qui faut-il écrire ? Plusieurs personnes sont enregistrées.",
            remedy=f"Ajoutez --person avec l'un de ces noms : {names}",
        )


class NobodyYetError(UnknownNameError):
    """The home exists and holds nobody."""

    def __init__(self) -> None:
        """Name the command."""
        super().__init__(
            "Aucune identité n'est enregistrée.", remedy="Créez-la : cnilreq init"
        )


def open_home(app: App) -> Home:
    """Open the home folder that exists; raise NoHomeError when there is none."""
    from cnil_requests.core.derived import derive
    from cnil_requests.core.rulebook import RULES
    from cnil_requests.store.home import Home

    return Home.open(app.home, derive=derive, rules=RULES, database=app.database)


def create_home(app: App) -> Home:
    """Open the home folder, making it when there is none."""
    from cnil_requests.core.derived import derive
    from cnil_requests.core.rulebook import RULES
    from cnil_requests.store.home import Home

    return Home.create(app.home, derive=derive, rules=RULES, database=app.database)


def load_catalogue(app: App) -> Catalogue:
    """Read the shipped catalogue with the user's own lines on top."""
    from cnil_requests import shipped
    from cnil_requests.catalogue import load

    return load(shipped.catalogue(), app.home / "directories.csv")


def chosen_person(home: Home, slug: str | None) -> Person:
    """Return the person named, or the only one there is."""
    if slug:
        return home.person(slug)
    people = list(home.people())
    if not people:
        raise NobodyYetError
    if len(people) > 1:
        raise WhichPersonError(people)
    return people[0]


def open_press(app: App) -> Press:
    """Return the letter templates, the user's own over the shipped ones."""
    from cnil_requests import shipped
    from cnil_requests.documents.press import Press
    from cnil_requests.documents.templates import TemplateFolders

    own = app.home / "letter_templates"
    return Press(TemplateFolders(own, shipped.letter_templates()))
