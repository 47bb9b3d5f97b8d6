"""Show a look-up side by side, and ask what to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cnil_requests.commands.directory_output import LABELS
from cnil_requests.console import confirm, paragraph, say, title, warn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cnil_requests.catalogue.editing import Edited
    from cnil_requests.commands.lookup_survey import Inquiry
    from cnil_requests.web.evidence import Evidence

ADDRESS = ("street", "complement", "postcode", "city", "country")

#: What is shown and asked, an address as one.
_FIELDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Responsable", ("controller",)),
    ("Forme juridique", ("legal_form",)),
    ("SIREN", ("siren",)),
    ("Adresse postale", ADDRESS),
    ("Courriel", ("email",)),
    ("Courriel du délégué", ("dpo_email",)),
    ("Formulaire de retrait", ("form_url",)),
    ("Mentions légales", ("legal_notice_url",)),
    ("Confidentialité", ("privacy_url",)),
    ("Hébergeur", ("host",)),
)
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
    for label, columns in _FIELDS:
        _show_field(inquiry, label, columns, sources)
    for column, label in _SHOWN_ONLY.items():
        for item in _of(inquiry, (column,), certain=True):
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
    found = _chosen(inquiry, columns)
    known = _known(inquiry, columns)
    if not found and not known:
        return
    say()
    say(label)
    say(f"    connu :  {known or 'rien'}")
    if found:
        say(f"    trouvé : {_value(found)}")
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
        say(f"{label} : {_value(items)}")
        if items[0].doubt:
            paragraph(items[0].doubt, indent=4)
        sources.show(items[0])


def _label(column: str) -> str:
    return _SHOWN_ONLY.get(column) or LABELS.get(column) or "Adresse postale"


def _of(inquiry: Inquiry, columns: tuple[str, ...], *, certain: bool) -> list[Evidence]:
    return [
        item
        for item in inquiry.evidence
        if item.column in columns and item.certain is certain
    ]


def _chosen(inquiry: Inquiry, columns: tuple[str, ...]) -> list[Evidence]:
    """Return the evidence of the proposed values, in the order of the columns."""
    proposed = inquiry.proposal
    sure = _of(inquiry, columns, certain=True)
    found = []
    for column in columns:
        value = proposed.get(column)
        match = [i for i in sure if i.column == column and i.value == value]
        found += match[:1]
    return found


def _value(items: Iterable[Evidence]) -> str:
    """Return values as a reader expects them: an address on one line."""
    from cnil_requests.core.countries import french_name

    by_column = {item.column: item.value for item in items}
    if "postcode" in by_column and "city" in by_column:
        by_column["city"] = f"{by_column.pop('postcode')} {by_column['city']}"
    if "country" in by_column:
        by_column["country"] = french_name(by_column["country"])
    order = [column for column in ADDRESS if column in by_column]
    return ", ".join(by_column[column] for column in order or by_column)


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


def ask(inquiry: Inquiry) -> dict[str, str]:
    """Ask field by field; uncertain values are offered too, « non » by default."""
    kept: dict[str, str] = {}
    say()
    for label, columns in _FIELDS:
        found = _chosen(inquiry, columns)
        if found:
            if confirm(f"{label} : {_value(found)}. Retenir ?", default=True):
                kept |= {item.column: item.value for item in found}
            continue
        for items in _candidates(inquiry, columns):
            question = f"{label} (incertain) : {_value(items)}. Retenir ?"
            if confirm(question, default=False):
                kept |= {item.column: item.value for item in items}
                break
    return kept


def _candidates(inquiry: Inquiry, columns: tuple[str, ...]) -> list[list[Evidence]]:
    groups: dict[str, list[Evidence]] = {}
    for item in _of(inquiry, columns, certain=False):
        groups.setdefault(item.group or item.value, []).append(item)
    return list(groups.values())


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
