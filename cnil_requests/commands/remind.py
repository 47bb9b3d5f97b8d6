"""``cnilreq remind``: what to do today, most urgent first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from cnil_requests.commands.completion import complete_people
from cnil_requests.console import (
    App,
    command_line,
    counted,
    emit_json,
    json_option,
    paragraph,
    pass_app,
    say,
    title,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

#: Exit code of ``--exit-code`` when something is due.
SOMETHING_IS_DUE = 10


def _path(ctx: object, param: object, value: str | None) -> Path | None:
    from pathlib import Path

    del ctx, param
    return Path(value) if value else None


@click.command()
@click.option(
    "--within",
    type=click.IntRange(min=0, max=3660),
    default=0,
    metavar="JOURS",
    help="Montrer aussi ce qui viendra dans ce nombre de jours.",
)
@click.option(
    "--ics",
    callback=_path,
    metavar="FICHIER",
    help="Écrire un calendrier des échéances (Outlook, Apple, Google).",
)
@click.option(
    "--exit-code",
    is_flag=True,
    help="Code de sortie 10 si quelque chose est à faire.",
)
@click.option(
    "--person", metavar="NOM", shell_complete=complete_people, help="Cette personne."
)
@json_option
@pass_app
def command(
    app: App,
    /,
    *,
    within: int,
    ics: Path | None,
    exit_code: bool,
    person: str | None,
    as_json: bool,
) -> None:
    """Dire ce qu'il faut faire aujourd'hui, le plus urgent d'abord.

    Tout est recalculé à partir des faits enregistrés : rien n'est manqué si
    l'ordinateur est resté éteint.

    \b
    Exemples :
      cnilreq remind
      cnilreq remind --within 30 --ics echeances.ics
    """
    reminders = _reminders(app, app.today + timedelta(days=within), person)
    if ics:
        _write_calendar(app, ics, person)
    if as_json:
        emit_json({"today": app.today, "reminders": reminders})
    else:
        _tell(reminders, app.today)
        if ics:
            say(f"Calendrier écrit : {ics}")
    if exit_code and any(item["since"] <= app.today.isoformat() for item in reminders):
        click.get_current_context().exit(SOMETHING_IS_DUE)


def _reminders(app: App, until: date, person: str | None) -> list[dict[str, Any]]:
    """Return what is due up to ``until``, inclusive, most urgent first."""
    import json

    from cnil_requests.core.rulebook import RULES, TODAY
    from cnil_requests.store.due import scan

    if person:
        _require_person(app, person)
    rows = scan(app.home, until, rules=RULES, person=person, database=app.database)
    if rows is None:
        _derive_again(app)
        rows = (
            scan(app.home, until, rules=RULES, person=person, database=app.database)
            or []
        )
    today = app.today.isoformat()
    found = []
    for row in rows:
        kept = json.loads(row.reminder)
        found.append(
            {
                "request": row.request_id,
                "directory": kept["directory"],
                "what": row.next_action,
                "since": row.next_on,
                "by": kept["by"],
                "text": kept["text"],
                "command": kept["command"].replace(TODAY, today),
            }
        )
    return sorted(found, key=lambda item: _urgency(item, today))


#: Most urgent first: what only the user can do, then what has a time of its own.
URGENCY = (
    "supply-identity",
    "resend",
    "complain",
    "follow-up",
    "check-listing",
    "post-letter",
    "record-receipt",
    "follow-cnil",
)


def _urgency(item: dict[str, Any], today: str) -> tuple[bool, int, str, str]:
    rank = URGENCY.index(item["what"])
    return item["since"] > today, rank, item["since"], item["request"]


def _require_person(app: App, slug: str) -> None:
    """Raise UnknownPersonError when nobody has this name."""
    from cnil_requests.commands.home import open_home

    with open_home(app) as home:
        home.person(slug)


def _derive_again(app: App) -> None:
    """Let the home follow the rules of this version."""
    from cnil_requests.commands.home import open_home

    with open_home(app) as home:
        list(home.people())


def _write_calendar(app: App, file: Path, person: str | None) -> None:
    """Write every open date, the far ones too."""
    from datetime import date

    from cnil_requests.commands.home import open_home
    from cnil_requests.commands.output_file import write_output
    from cnil_requests.documents.calendar import Entry, calendar

    with open_home(app) as home:
        who = home.person(person).slug if person else None
        entries = [
            Entry.of(case.request, case.events)
            for case in home.due(date.max, person=who)
        ]
    write_output(file, calendar([item for item in entries if item], app.today))


def _tell(reminders: list[dict[str, Any]], today: date) -> None:
    if not reminders:
        say("Rien à faire aujourd'hui.")
        return
    for alike in _alike(reminders):
        first = alike[0]
        when = "depuis le" if first["since"] <= today.isoformat() else "à partir du"
        limit = f", avant le {_long(first['by'])}" if first["by"] else ""
        since = f"{when} {_long(first['since'])}{limit}"
        if len(alike) < MANY:
            for item in alike:
                title(f"{item['request']}  {item['directory']}  ({since})")
                paragraph(item["text"], indent=2)
                command_line(item["command"])
        else:
            _tell_together(alike, since)


#: From so many requests on, the same thing to do is said once for all of them.
MANY = 20


def _alike(reminders: list[dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    """Return the reminders that say the same thing, the most urgent first."""
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for item in reminders:
        command = item["command"].replace(item["request"], "")
        key = (item["since"], item["by"] or "", item["text"], command)
        groups.setdefault(key, []).append(item)
    return groups.values()


def _tell_together(alike: list[dict[str, Any]], since: str) -> None:
    """Say once what is the same for many requests, and which they are."""
    from cnil_requests.commands.listed import few

    sites = few(list(dict.fromkeys(item["directory"] for item in alike)))
    title(f"{counted(len(alike), 'demande')}  ({since})")
    paragraph(alike[0]["text"], indent=2)
    paragraph(f"Sites : {sites}.", indent=2)
    paragraph(f"Numéros : {few([item['request'] for item in alike])}.", indent=2)
    command = alike[0]["command"]
    if alike[0]["request"] in command:
        paragraph("Pour la première ; les autres se traitent de même :", indent=2)
    command_line(command)
    if command.startswith("cnilreq sent "):
        paragraph(
            "Ou toutes par une liste, comme le bordereau d'impression :", indent=2
        )
        command_line("cnilreq sent --from LISTE")


def _long(day: str) -> str:
    """Return an ISO day in French, without loading what counts days."""
    from datetime import date

    from cnil_requests.core.french_dates import long_date

    return long_date(date.fromisoformat(day))
