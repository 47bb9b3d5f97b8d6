"""``cnilreq directories report`` and ``stale``: what no longer works, what is old."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cnil_requests.commands.completion import complete_sites
from cnil_requests.console import (
    DATE,
    App,
    emit_json,
    json_option,
    paragraph,
    pass_app,
    say,
    table,
)
from cnil_requests.errors import NotPossibleError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from cnil_requests.catalogue.reports import Report
    from cnil_requests.core.directory import Directory

_REPORT_HELP = """Signaler qu'une lettre ou un courriel est revenu.

Le prochain « draft » vers ce site le rappelle, tant que le catalogue donne la même
adresse.

\b
Exemple :
  cnilreq directories report doctolib --bounced email --on 2026-03-02
"""

_STALE_HELP = """Lister les sites dont les coordonnées sont à relire.

Une valeur lue il y a 24 mois ou plus, sans date de lecture, ou signalée morte.

\b
Exemple :
  cnilreq directories stale
"""


class NoSuchAddressError(NotPossibleError):
    """Nothing can have come back from an address that is not known."""

    def __init__(self, site: str, what: str) -> None:
        """Name the site."""
        known = "adresse postale" if what == "letter" else "adresse électronique"
        super().__init__(
            f"Le catalogue ne connaît pas d'{known} à « {site} ».",
            remedy="Donnez celle qui a échoué avec --address.",
        )


class FutureReportError(NotPossibleError):
    """A return cannot have happened yet."""

    def __init__(self, day: date) -> None:
        """Name the day."""
        super().__init__(f"Le {day.isoformat()} est à venir : donnez un jour passé.")


@click.command("report", help=_REPORT_HELP)
@click.argument("site", metavar="SITE", shell_complete=complete_sites)
@click.option(
    "--bounced",
    required=True,
    type=click.Choice(("letter", "email")),
    help="Ce qui est revenu : lettre ou courriel.",
)
@click.option(
    "--on", "day", required=True, type=DATE, metavar="DATE", help="Jour du retour."
)
@click.option(
    "--address",
    metavar="ADRESSE",
    help="Adresse en cause (sinon : celle du catalogue).",
)
@json_option
@pass_app
def report(
    app: App, *, site: str, bounced: str, day: date, address: str | None, as_json: bool
) -> None:
    """Keep a return in the home."""
    from cnil_requests.catalogue import reports
    from cnil_requests.commands.home import load_catalogue

    if day > app.today:
        raise FutureReportError(day)
    directory = load_catalogue(app).find(site).directory
    what = reports.What(bounced)
    value = (address or reports.address_of(directory, what)).strip()
    if not value:
        raise NoSuchAddressError(directory.id, bounced)
    kept = reports.Report(directory.id, what, value, day)
    reports.add(app.home / reports.FILE, kept)
    if as_json:
        emit_json({"reports": [_document(kept)]})
        return
    say(f"Noté : {warning(kept)}")
    say()
    paragraph(
        f"Cherchez la nouvelle adresse : cnilreq directories lookup {directory.id}"
    )


@click.command("stale", help=_STALE_HELP)
@json_option
@pass_app
def stale(app: App, *, as_json: bool) -> None:
    """List what should be read again."""
    from cnil_requests.catalogue import reports
    from cnil_requests.commands.home import load_catalogue

    kept = kept_reports(app)
    found = [
        (item, why, reports.standing(kept, item))
        for item in load_catalogue(app).values()
        if (why := _why(item, reports.standing(kept, item), app.today))
    ]
    if as_json:
        emit_json({"directories": [_stale(*entry) for entry in found]})
        return
    if not found:
        say("Aucune coordonnée du catalogue n'est à relire.")
        return
    table(
        ("SITE", "LU LE", "POURQUOI"),
        [(item.id, _day(item), _WORDS[why]) for item, why, _ in found],
    )
    for _, _, standing in found:
        for item in standing:
            paragraph(f"{item.site} : {warning(item)}")
    say()
    say("Pour relire un site : cnilreq directories lookup SITE")


_WORDS = {
    "reported": "signalé mort",
    "undated": "sans date de lecture",
    "old": "24 mois ou plus",
}


def _why(item: Directory, standing: tuple[Report, ...], today: date) -> str:
    """Say why a line should be read again, "" when it need not."""
    if standing:
        return "reported"
    if not item.has_contact or item.is_fresh(today):
        return ""
    return "old" if item.checked_on else "undated"


def _day(item: Directory) -> str:
    return item.checked_on.isoformat() if item.checked_on else "inconnu"


def _stale(item: Directory, why: str, standing: tuple[Report, ...]) -> dict[str, Any]:
    return {
        "id": item.id,
        "checked_on": item.checked_on,
        "reason": why,
        "reports": [_document(kept) for kept in standing],
        "command": f"cnilreq directories lookup {item.id}",
    }


def _document(item: Report) -> dict[str, Any]:
    return {
        "directory": item.site,
        "bounced": item.what.value,
        "value": item.value,
        "on": item.on,
    }


def warning(item: Report) -> str:
    """Return the French sentence that recalls a return."""
    from cnil_requests.core.french_dates import long_date

    sent = "Une lettre" if item.what == "letter" else "Un courriel"
    came = "est revenue" if item.what == "letter" else "est revenu"
    return f"{sent} à l'adresse « {item.value} » {came} le {long_date(item.on)}."


def kept_reports(app: App) -> tuple[Report, ...]:
    """Return the returns kept in the home."""
    from cnil_requests.catalogue import reports

    return reports.read(app.home / reports.FILE)


def warnings_for(kept: Iterable[Report], directory: Directory) -> tuple[str, ...]:
    """Return what the next draft to a site should recall, most recent first."""
    from cnil_requests.catalogue import reports

    standing = reports.standing(kept, directory)
    newest = sorted(standing, key=lambda item: item.on, reverse=True)
    return tuple(
        f"{warning(item)} Relisez les mentions légales : "
        f"cnilreq directories lookup {directory.id}"
        for item in newest
    )
