"""Why a change of the catalogue is refused."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from cnil_requests.core.directory import COLUMNS
from cnil_requests.errors import InvalidDataError, WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cnil_requests.catalogue.problems import Problem

#: Columns that have an option of their own, or follow from the others.
NOT_GIVEN = {
    "id": "l'identifiant d'un site ne change jamais",
    "source_urls": "utilisez --source",
    "checked_on": "utilisez --checked-on",
    "confidence": "elle se déduit de ce que vous donnez",
}


class UnknownColumnError(WrongUsageError):
    """A column that the catalogue does not have, or that is not given so."""

    def __init__(self, name: str) -> None:
        """Suggest the nearest column."""
        if name in NOT_GIVEN:
            super().__init__(f"« {name} » ne se donne pas ainsi : {NOT_GIVEN[name]}.")
            return
        columns = [column for column in COLUMNS if column not in NOT_GIVEN]
        near = get_close_matches(name, columns, n=1)
        hint = f"Vouliez-vous dire « {near[0]} » ?\n" if near else ""
        super().__init__(
            f"Il n'y a pas de colonne « {name} ».",
            remedy=f"{hint}Colonnes : {', '.join(columns)}.",
        )


class UnreadablePairError(WrongUsageError):
    """A word that is not COLUMN=VALUE, or a column given twice."""

    def __init__(self, text: str) -> None:
        """Show how it is written."""
        super().__init__(
            f"« {text} » : une colonne et une seule valeur sont attendues.",
            remedy='Écrivez COLONNE=VALEUR, par exemple city="Lyon".',
        )


class NothingToSetError(WrongUsageError):
    """Neither a value nor a day of checking."""

    def __init__(self) -> None:
        """Show both ways."""
        super().__init__(
            "Rien à enregistrer.",
            remedy='Donnez des valeurs (city="Lyon"), ou --checked-on DATE si la '
            "fiche est encore exacte.",
        )


class MissingSourceError(WrongUsageError):
    """A contact value without the page it was read on."""

    def __init__(self, columns: Iterable[str]) -> None:
        """Name the values."""
        super().__init__(
            f"Ces valeurs demandent une source : {', '.join(columns)}.",
            remedy="Ajoutez --source et l'adresse de la page où vous les avez lues "
            "(mentions légales, registre).",
        )


class InvalidValuesError(InvalidDataError):
    """Values that the catalogue's checks refuse; nothing was written."""

    def __init__(self, site: str, problems: Sequence[Problem]) -> None:
        """Tell every problem at once."""
        shown = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(
            f"Ces valeurs de « {site} » ne conviennent pas :\n{shown}",
            remedy="Rien n'a été écrit.",
        )


class PlaceholderError(WrongUsageError):
    """A value was copied from an example instead of being replaced."""

    def __init__(self, column: str, value: str) -> None:
        """Show the column and the value."""
        super().__init__(
            f"La valeur « {value} » de {column} est celle de l'exemple.",
            remedy="Mettez à sa place ce que vous avez lu sur le site ; sinon, "
            "n'écrivez pas cette colonne.",
        )
