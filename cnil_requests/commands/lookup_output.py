"""Show a look-up side by side, or as one JSON document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cnil_requests.commands.directory_output import LABELS
from cnil_requests.commands.lookup_fields import ADDRESS, FIELDS, chosen, one_line, pick
from cnil_requests.console import paragraph, say, title, warn

if TYPE_CHECKING:
    from cnil_requests.catalogue.editing import Edited
    from cnil_requests.commands.lookup_survey import Inquiry
    from cnil_requests.web.evidence import Evidence


_SHOWN_ONLY = {
    "register_number": "Numéro d'immatriculation",
    "phone": "Téléphone",
    "publication_director": "Directeur de la publication",
}


def as_document(inquiry: Inquiry, edited: Edited | None) -> dict[str, Any]:
    """Return the keys of the contract, and what explains them."""
    company = inquiry.company
    return {
        "site": edited.directory.id if edited else inquiry.key,
        "proposal": inquiry.proposal,
        "evidence": [item.as_json() for item in inquiry.evidence],
        "differences": [
            {"column": item.column, "notice": item.notice, "register": item.register}
            for item in inquiry.differences
        ],
        "register": None
        if company is None
        else {
            "siren": company.siren,
            "name": company.name,
            "active": company.is_active,
            "partial": company.is_partial,
            "address_lines": _lines(company.name, inquiry),
            "url": company.url,
        },
        "pages": inquiry.pages,
        "warnings": inquiry.warnings,
        "written": edited is not None,
    }


def _lines(name: str, inquiry: Inquiry) -> list[str]:
    """Return the registered office as it would be printed."""
    from cnil_requests.core.postal import recipient_lines

    company = inquiry.company
    if company is None or company.address.missing():
        return []
    return list(recipient_lines(name, "", company.address).lines)


def show(inquiry: Inquiry) -> None:
    """Write known and found side by side, then doubts, differences, warnings."""
    title(inquiry.known.name if inquiry.known else inquiry.domain)
    sources = _Sources()
    for label, columns in FIELDS:
        _show_field(inquiry, label, columns, sources)
    for column, label in _SHOWN_ONLY.items():
        for item in pick(inquiry, (column,), certain=True):
            say()
            say(label)
            say(f"    trouvé : {item.value}")
            sources.show(item)
    _show_doubts(inquiry, sources)
    for difference in inquiry.differences:
        label = _label(difference.column)
        say()
        say(f"Différence : {label}")
        say(f"    mentions légales : {difference.notice or 'rien de certain'}")
        say(f"    registre :         {difference.register}")
    for text in inquiry.warnings:
        warn(text)


class _Sources:
    """Shows where each value was read; a sentence already shown is not repeated."""

    def __init__(self) -> None:
        self._last = ("", "")

    def show(self, item: Evidence) -> None:
        here = (item.sentence, item.url)
        if here == self._last:
            say("    (même phrase)")
            return
        self._last = here
        if item.sentence:
            paragraph(f"« {item.sentence} »", indent=4)
        say(f"    {item.url}")


def _show_field(
    inquiry: Inquiry, label: str, columns: tuple[str, ...], sources: _Sources
) -> None:
    found = chosen(inquiry, columns)
    known = _known(inquiry, columns)
    if not found and not known:
        return
    say()
    say(label)
    say(f"    connu :  {known or 'rien'}")
    if found:
        say(f"    trouvé : {one_line(found)}")
        sources.show(found[0])


def _show_doubts(inquiry: Inquiry, sources: _Sources) -> None:
    """Write what was read and not retained, with the reason."""
    groups: dict[str, list[Evidence]] = {}
    for item in inquiry.evidence:
        if not item.certain:
            groups.setdefault(item.group or f"{item.column}{item.value}", []).append(
                item
            )
    if not groups:
        return
    say()
    title("Incertain, à vous de juger")
    for items in groups.values():
        label = "Adresse postale" if items[0].group else _label(items[0].column)
        say()
        say(f"{label} : {one_line(items)}")
        if items[0].doubt:
            paragraph(items[0].doubt, indent=4)
        sources.show(items[0])


def _label(column: str) -> str:
    return _SHOWN_ONLY.get(column) or LABELS.get(column) or "Adresse postale"


def _known(inquiry: Inquiry, columns: tuple[str, ...]) -> str:
    """Return what the catalogue has already, "" when nothing."""
    if inquiry.known is None:
        return ""
    from cnil_requests.core.countries import french_name

    texts = [getattr(inquiry.known, column) for column in columns]
    if columns == ADDRESS:
        street, complement, postcode, city, country = texts
        texts = [street, complement, f"{postcode} {city}".strip(), french_name(country)]
    return ", ".join(text for text in texts if text)


def tell_end(inquiry: Inquiry, edited: Edited | None) -> None:
    """Say what was written, and the next step."""
    say()
    if edited is None:
        paragraph(
            "Rien n'a été enregistré. Pour retenir tout ce qui est certain : "
            f"cnilreq directories lookup {inquiry.site} --accept"
            if inquiry.proposal
            else "Rien de certain n'a été trouvé, rien n'a été enregistré. Après avoir "
            "lu la page vous-même : cnilreq directories set "
            f"{inquiry.key} COLONNE=VALEUR --source URL"
        )
        return
    from cnil_requests.commands.directory_output import show_address

    path = inquiry.app.home / "directories.csv"
    say(f"« {edited.directory.id} » est enregistré dans {path}")
    show_address(edited.directory, inquiry.app.today)
    for problem in edited.warnings:
        warn(str(problem))
    say()
    say(f"Ensuite : cnilreq draft {edited.directory.id} --url ADRESSE-DE-VOTRE-FICHE")
