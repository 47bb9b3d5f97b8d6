"""A line of ``people import``: the fields of one person, and of her mandate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnil_requests.batch.columns import Column
from cnil_requests.batch.mandates import COLUMNS as MANDATE
from cnil_requests.core.identity import FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

SLUG = "slug"

#: Other names that address books give to the same fields.
_OTHERS = {
    "street": ("adresse", "voie"),
    "postcode": ("cp",),
    "email": ("e-mail", "mail", "adresse électronique"),
    "phone": ("tél",),
    "rpps": ("numéro rpps", "n° rpps"),
    "siren": ("numéro siren",),
    "siret": ("numéro siret",),
    "disclose": ("mentions",),
}
_NEEDED = ("first_name", "last_name")

COLUMNS = (
    Column(SLUG, "nom court", ("personne", "person")),
    *(
        Column(
            name,
            french,
            _OTHERS.get(name, ()),
            needed=name if name in _NEEDED else "",
        )
        for name, french in FIELDS.items()
    ),
    *MANDATE,
)


def read_fields(values: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that are filled in; the others keep their usual value."""
    return {name: values[name] for name in FIELDS if values[name]}
