"""The State's company search: what it says of a SIREN.

``GET /search?q=SIREN`` of recherche-entreprises.api.gouv.fr, open and without key.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cnil_requests.core import countries
from cnil_requests.core.postal import PostalAddress
from cnil_requests.web.errors import UnreadableError

if TYPE_CHECKING:
    from datetime import date

    from cnil_requests.web.fetch import Fetcher

BASE = "https://recherche-entreprises.api.gouv.fr"

#: What INSEE writes in place of what the company does not want shown.
_HIDDEN = "[ND]"
_OK = 200


@dataclass(frozen=True)
class Company:
    """A company as the register shows it today.

    ``is_active`` is None when the register does not say; ``is_partial`` means
    that the holder asked for partial diffusion: the address is then not shown.
    """

    siren: str
    name: str
    address: PostalAddress
    is_active: bool | None
    is_partial: bool
    url: str


def look_up(
    siren: str, fetcher: Fetcher, *, base: str = BASE, fetched_at: date
) -> Company | None:
    """Ask the register for a SIREN; None when it does not know it.

    Raises PageError when it cannot be asked or answers nonsense.
    """
    url = f"{base.rstrip('/')}/search?q={siren}"
    # A public interface made for programs: its robots.txt is for crawlers.
    page = fetcher.fetch(url, fetched_at=fetched_at, respect_robots=False)
    if page.status != _OK:
        raise UnreadableError(url, f"le registre a répondu par le code {page.status}")
    try:
        results = json.loads(page.text)["results"]
        found = [item for item in results if str(item.get("siren")) == siren]
        return _company(found[0], url) if found else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableError(url, "réponse du registre inattendue") from error


def _company(item: dict[str, Any], url: str) -> Company:
    seat = item.get("siege") or {}
    states = {"A": True, "C": False, "F": False}
    closed = seat.get("etat_administratif") == "F"
    state = states.get(str(item.get("etat_administratif")))
    return Company(
        siren=str(item["siren"]),
        name=_text(item.get("nom_raison_sociale")) or _text(item.get("nom_complet")),
        address=_address(seat),
        is_active=False if closed else state,
        is_partial="P" in (
            item.get("statut_diffusion"), seat.get("statut_diffusion_etablissement"),
        ),
        url=url,
    )  # fmt: skip


def _address(seat: dict[str, Any]) -> PostalAddress:
    """Return the registered office as an address; empty when it is hidden."""
    number = " ".join(
        _text(seat.get(part)) for part in ("numero_voie", "indice_repetition")
    )
    way = " ".join(_text(seat.get(part)) for part in ("type_voie", "libelle_voie"))
    complement = [
        _text(seat.get(part))
        for part in ("complement_adresse", "distribution_speciale")
    ]
    if _text(seat.get("libelle_commune_etranger")):
        return _abroad(seat, f"{number} {way}", complement)
    cedex = _text(seat.get("cedex"))
    return PostalAddress(
        street=_blanks(f"{number} {way}"),
        complement=", ".join(part for part in complement if part),
        postcode=cedex or _text(seat.get("code_postal")),
        city=_text(seat.get("libelle_cedex") if cedex else seat.get("libelle_commune")),
        country="FR" if _text(seat.get("code_postal")) else "",
    )


def _abroad(seat: dict[str, Any], way: str, complement: list[str]) -> PostalAddress:
    """Return an office abroad; the postcode stands in the town there."""
    return PostalAddress(
        street=_blanks(way),
        complement=", ".join(part for part in complement if part),
        city=_text(seat.get("libelle_commune_etranger")),
        country=countries.code_of(_text(seat.get("libelle_pays_etranger"))) or "",
    )


def _text(value: object) -> str:
    text = _blanks(value) if isinstance(value, str) else ""
    clean = re.sub(r"[\x00-\x1f\x7f-\x9f]", "", text)
    return "" if _HIDDEN in clean else clean


def _blanks(text: str) -> str:
    return " ".join(text.split())
