"""``cnilreq directories import-dpo``: officers' mailboxes from the CNIL's list."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cnil_requests.console import App, emit_json, json_option, pass_app, say, warn

if TYPE_CHECKING:
    from cnil_requests.catalogue import Catalogue
    from cnil_requests.catalogue.dpo_list import DpoList, Officer
    from cnil_requests.core.directory import Directory

_IMPORT_HELP = """Reprendre les courriels de délégués publiés par la CNIL.

FILE est la liste des organismes ayant désigné un délégué à la protection des
données (CSV, sur data.gouv.fr). Seul le SIREN rapproche un organisme d'un site.
Ce que vous avez enregistré vous-même n'est pas remplacé, sauf avec --replace.

\b
Exemple :
  cnilreq directories import-dpo opencnil-organismes-avec-dpo.csv
"""


@click.command("import-dpo", help=_IMPORT_HELP)
@click.argument(
    "file",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--source", metavar="URL", help="Page d'où vient le fichier (sinon : data.gouv.fr)."
)
@click.option("--replace", is_flag=True, help="Remplacer aussi vos propres valeurs.")
@json_option
@pass_app
def import_dpo(
    app: App, *, file: Path, source: str | None, replace: bool, as_json: bool
) -> None:
    """Write the officers' mailboxes to the user's own lines."""
    from cnil_requests.catalogue import dpo_list, overlay
    from cnil_requests.commands.home import load_catalogue

    catalogue = load_catalogue(app)
    found = dpo_list.read(file, (item.siren for item in catalogue.values()))
    report = _Import(app, catalogue, source or dpo_list.SOURCE, replace=replace)
    for item in catalogue.values():
        report.take(item, found.officers.get(item.siren, []))
    if report.lines:
        overlay.save(app.home / "directories.csv", *report.lines)
    if as_json:
        emit_json(report.document(found))
    else:
        report.tell(found)


class _Import:
    """What the list changes, what is left as it was, and why."""

    def __init__(
        self, app: App, catalogue: Catalogue, source: str, *, replace: bool
    ) -> None:
        """Start with nothing changed."""
        self.app = app
        self.catalogue = catalogue
        self.source = source
        self.replace = replace
        self.lines: list[Directory] = []
        self.changes: list[dict[str, Any]] = []
        self.kept: list[dict[str, Any]] = []
        self.rejected: list[dict[str, Any]] = []

    def take(self, site: Directory, officers: list[Officer]) -> None:
        """Apply the lines of one SIREN to the site that bears it."""
        contacts = {(item.email.lower(), item.url) for item in officers}
        contacts.discard(("", ""))
        if not contacts:
            return
        if len({mail for mail, _ in contacts if mail}) > 1:
            self._reject(site, officers[0], "plusieurs délégués, plusieurs adresses")
            return
        officer = next((item for item in officers if item.email), officers[0])
        column, value = _contact(officer, site)
        before = getattr(site, column) if column else ""
        if not column or before.lower() == value.lower():
            return
        entry = {
            "directory": site.id,
            "column": column,
            "before": before,
            "after": value,
            "line": officer.line,
        }
        if before and self._is_own(site) and not self.replace:
            self.kept.append(entry)
        else:
            self._write(site, officer, entry)

    def _is_own(self, site: Directory) -> bool:
        return self.catalogue.provenance(site.id).value == "user"

    def _write(self, site: Directory, officer: Officer, entry: dict[str, Any]) -> None:
        from cnil_requests.catalogue.editing import Change, apply_change
        from cnil_requests.catalogue.editing_errors import InvalidValuesError

        change = Change({entry["column"]: entry["after"]}, (self.source,))
        try:
            edited = apply_change(self.catalogue, site.id, change, today=self.app.today)
        except InvalidValuesError:
            self._reject(site, officer, f"« {entry['after']} » ne convient pas")
            return
        self.lines.append(edited.directory)
        self.changes.append(entry)

    def _reject(self, site: Directory, officer: Officer, why: str) -> None:
        self.rejected.append(
            {"directory": site.id, "line": officer.line, "message": why}
        )

    def document(self, found: DpoList) -> dict[str, Any]:
        """Return what ``--json`` prints."""
        return {
            "rows": found.rows,
            "matched": len(found.officers),
            "changes": self.changes,
            "kept": self.kept,
            "rejected": self.rejected,
            "source": self.source,
        }

    def tell(self, found: DpoList) -> None:
        """Say what changed, what did not."""
        for entry in self.changes:
            before = entry["before"] or "rien"
            say(f"{entry['directory']} : {entry['after']} (avant : {before})")
        for entry in self.kept:
            warn(
                f"{entry['directory']} : la liste donne {entry['after']}, vous avez "
                f"enregistré {entry['before']}. Votre valeur reste (--replace)."
            )
        for entry in self.rejected:
            line = entry["line"]
            warn(f"{entry['directory']}, ligne {line} : {entry['message']}.")
        say(
            f"Lignes lues : {found.rows}. Sites reconnus par leur SIREN : "
            f"{len(found.officers)}. Changements : {len(self.changes)}."
        )


def _contact(officer: Officer, site: Directory) -> tuple[str, str]:
    """Return the column to fill and its value; a form only where none is known."""
    from cnil_requests.catalogue.contact_rules import is_web_address

    if officer.email:
        return "dpo_email", officer.email
    if officer.url and not site.form_url and is_web_address(officer.url):
        return "form_url", officer.url
    return "", ""
