"""Show lines of the catalogue: as a table, as a card, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cnil_requests.console import paragraph, say, table, title

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from cnil_requests.catalogue import Catalogue
    from cnil_requests.core.directory import Directory

LABELS = {
    "id": "Identifiant",
    "domain": "Domaine",
    "aliases": "Autres domaines",
    "kind": "Type",
    "lists_without_signup": "Affiche sans inscription",
    "has_reviews": "Publie des avis",
    "controller": "Responsable",
    "legal_form": "Forme juridique",
    "siren": "SIREN",
    "email": "Courriel",
    "dpo_email": "Courriel du délégué",
    "form_url": "Formulaire",
    "legal_notice_url": "Mentions légales",
    "privacy_url": "Confidentialité",
    "host": "Hébergeur",
    "source_urls": "Sources",
    "checked_on": "Vérifié le",
    "confidence": "Confiance",
}

_CONFIDENCE = {
    "high": "haute",
    "medium": "moyenne",
    "low": "faible : à vérifier",
    "none": "aucune source",
}
_FLAGS = {True: "oui", False: "non", None: ""}
_INDENT = 26


def as_document(
    directory: Directory, catalogue: Catalogue, today: date
) -> dict[str, Any]:
    """Return a line as ``--json`` prints it: the 25 columns, and what follows."""
    from cnil_requests.core.directory import to_row

    row: dict[str, Any] = dict(to_row(directory))
    row["aliases"] = list(directory.aliases)
    row["source_urls"] = list(directory.source_urls)
    return row | {
        "provenance": catalogue.provenance(directory.id).value,
        "missing": list(directory.missing_for_letter(today)),
        "address_lines": list(address_lines(directory)),
    }


def address_lines(directory: Directory) -> tuple[str, ...]:
    """Return the lines of the envelope, () while the address has a gap."""
    from cnil_requests.core.postal import DPO_SERVICE, recipient_lines

    if not directory.controller or directory.address.missing():
        return ()
    printed = recipient_lines(directory.controller, DPO_SERVICE, directory.address)
    return printed.lines


def show_table(directories: Iterable[Directory], today: date) -> None:
    """Write one line a site, in 80 columns."""
    table(
        ("SITE", "TYPE", "COURRIER", "COURRIEL", "FORM."),
        [
            (
                directory.id,
                directory.kind.french,
                _post(directory, today),
                "oui" if directory.email or directory.dpo_email else "",
                "oui" if directory.form_url else "",
            )
            for directory in directories
        ],
    )


def _post(directory: Directory, today: date) -> str:
    """Say whether a registered letter can be addressed."""
    missing = directory.missing_for_letter(today)
    if not missing:
        return "prêt"
    return "à vérifier" if missing == ("checked_on",) else "à compléter"


def show_card(directory: Directory, catalogue: Catalogue, today: date) -> None:
    """Write all that is known of a site, then what to do about the rest."""
    title(directory.name)
    for column, label in LABELS.items():
        for number, value in enumerate(_values(directory, column)):
            say(f"{label if number == 0 else '':<{_INDENT}}{value}".rstrip())
    show_address(directory, today)
    if directory.notes:
        say()
        paragraph(directory.notes)
    if catalogue.provenance(directory.id).value == "user":
        say()
        say("Cette ligne est la vôtre : elle remplace celle du catalogue.")


def _values(directory: Directory, column: str) -> list[str]:
    """Return the French text of a column, one line a value; [] when unknown."""
    from cnil_requests.core.french_dates import long_date

    if column == "kind":
        return [directory.kind.french]
    if column == "confidence":
        return [_CONFIDENCE[directory.confidence.value]]
    if column == "checked_on":
        return [long_date(directory.checked_on)] if directory.checked_on else []
    value = getattr(directory, column)
    if isinstance(value, tuple):
        return list(value)
    text = _FLAGS[value] if value is None or isinstance(value, bool) else value
    return [text] if text else []


def show_address(directory: Directory, today: date) -> None:
    """Write the address as it will be printed, or what keeps it from being so."""
    missing = directory.missing_for_letter(today)
    lines = address_lines(directory)
    if lines:
        known = "Dernière adresse connue" if missing else "Adresse imprimée"
        say()
        say(f"{known} :")
        for line in lines:
            say(f"    {line}")
    if missing:
        say()
        paragraph(_gap(directory, missing))


def _gap(directory: Directory, missing: tuple[str, ...]) -> str:
    """Say why a letter cannot be posted yet, and the command that helps."""
    command = f"cnilreq directories set {directory.id}"
    lookup = f"cnilreq directories lookup {directory.id}"
    if missing == ("checked_on",):
        return (
            "Cette adresse est trop ancienne ou trop peu sûre pour une lettre "
            f"recommandée. Relisez les mentions légales du site ({lookup} vous y "
            f"aide), puis donnez-la entière : {command} street=… postcode=… city=… "
            "country=… --source URL"
        )
    values = " ".join(f"{column}=…" for column in missing)
    return (
        f"Pour une lettre recommandée, lisez les mentions légales du site ({lookup} "
        f"vous y aide) ou le registre des entreprises, puis : {command} {values} "
        "--source URL"
    )
