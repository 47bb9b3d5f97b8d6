"""How a user finds what the catalogue lacks, and the commands that record it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnil_requests.core.countries import WITHOUT_POSTCODE, french_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cnil_requests.core.directory import Directory

#: Column of the catalogue -> what it is for somebody who never saw the file.
COLUMNS_IN_FRENCH = {
    "controller": "nom de l'éditeur",
    "street": "rue",
    "complement": "complément d'adresse",
    "postcode": "code postal",
    "city": "ville",
    "country": "pays",
    "checked_on": "une vérification récente de l'adresse postale",
    "dpo_email": "adresse électronique",
    "form_url": "adresse du formulaire",
    "host": "adresse de l'hébergeur",
}

_REGISTER = "https://annuaire-entreprises.data.gouv.fr"
_PAGE = "ADRESSE-DE-LA-PAGE"
_POSTAL = ("controller", "complement", "street", "postcode", "city", "country")

#: What the way of sending lacks, when it is not the postal address.
_ELSEWHERE = {
    "dpo_email": "Cherchez dans la page « confidentialité » ou « données "
    "personnelles » l'adresse électronique du délégué à la protection des données.",
    "form_url": "Cherchez dans la page « contact » ou « données personnelles » le "
    "formulaire du site.",
    "host": "Cherchez dans les « mentions légales » le nom et l'adresse de "
    "l'hébergeur (loi n° 2004-575, article 1-1).",
}


@dataclass(frozen=True)
class Gap:
    """A site and the columns that the chosen way of sending lacks."""

    directory: Directory
    missing: tuple[str, ...]

    @property
    def is_postal(self) -> bool:
        """Say whether it is the postal address that lacks."""
        return not _ELSEWHERE.keys() & set(self.missing)


@dataclass(frozen=True)
class Step:
    """One thing to do; ``lines`` are addresses and commands to copy as they are."""

    text: str
    lines: tuple[str, ...] = ()


def in_french(columns: Sequence[str]) -> str:
    """Name columns in French, in one line."""
    if {"street", "city"} <= set(columns):
        name = "nom de l'éditeur et " if "controller" in columns else ""
        return f"{name}adresse postale"
    return ", ".join(COLUMNS_IN_FRENCH[column] for column in columns)


def steps_to_complete(gaps: Sequence[Gap]) -> tuple[Step, ...]:
    """Return what to do about the gaps of one run, each thing said once."""
    postal = [gap for gap in gaps if gap.is_postal]
    steps = _about_addresses([gap.directory for gap in postal]) if postal else ()
    for column, text in _ELSEWHERE.items():
        sites = [gap.directory for gap in gaps if column in gap.missing]
        if sites:
            pages = tuple(site.privacy_url or _home_page(site) for site in sites)
            steps += (Step(text, pages), *_record(sites, (column,)))
    return (
        *steps,
        Step("Relancez ensuite la même commande draft : les lettres sont refaites."),
    )


def _about_addresses(sites: Sequence[Directory]) -> tuple[Step, ...]:
    """Return the road of LCEN art. 1-1, then the State's register of companies."""
    notices = tuple(site.legal_notice_url or _home_page(site) for site in sites)
    steps: tuple[Step, ...] = (
        Step(
            "Lisez les « mentions légales », en bas des pages du site : la loi oblige "
            "l'éditeur à y donner son nom et son adresse (loi n° 2004-575, "
            "article 1-1).",
            notices,
        ),
        Step(
            "Ou laissez le programme les lire : il n'enregistre que ce que vous "
            "acceptez.",
            (f"cnilreq directories lookup {sites[0].id}",),
        ),
    )
    if any(site.country in ("", "FR") for site in sites):
        text = "Avec le nom ou le numéro SIREN trouvé, vérifiez l'adresse du siège."
        steps += (Step(text, (_REGISTER,)),)
    return (*steps, *_record(sites, _POSTAL))


def _home_page(site: Directory) -> str:
    return f"https://{site.domain}"


def _record(sites: Sequence[Directory], columns: tuple[str, ...]) -> tuple[Step, ...]:
    """Return one command a site; those of which nothing is known share theirs."""
    known = [site for site in sites if any(_known(site, name) for name in columns)]
    blank = [site for site in sites if site not in known]
    commands = [_command(site, columns) for site in [*known, *blank[:1]]]
    text = (
        f"Enregistrez ce que vous avez lu ({_PAGE} : la page où vous l'avez lu), à la "
        "place des « … »."
    )
    if blank[1:]:
        others = ", ".join(site.id for site in blank[1:])
        text += f" De même, en changeant le nom du site, pour : {others}."
    return (Step(text, tuple(commands)),)


def _command(site: Directory, columns: tuple[str, ...]) -> str:
    """Return the command that records an address, with what is already known."""
    no_postcode = site.country in WITHOUT_POSTCODE
    pairs = [
        f'{name}="{_known(site, name) or "…"}"'
        for name in columns
        if _known(site, name)
        or not (name == "complement" or (name == "postcode" and no_postcode))
    ]
    return f"cnilreq directories set {site.id} {' '.join(pairs)} --source {_PAGE}"


def _known(site: Directory, column: str) -> str:
    """Return a value as the command can carry it between double quotes."""
    value = str(getattr(site, column))
    if column == "country" and value:
        value = french_name(value)
    return "".join("’" if sign in '"`' else sign for sign in value if sign not in "$\\")
