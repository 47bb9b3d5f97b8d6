"""``cnilreq remind``: what to do today, most urgent first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from cnil_requests.commands.completion import complete_people
from cnil_requests.console import (
    App,
    command_line,
    emit_json,
    json_option,
    paragraph,
    pass_app,
    say,
    title,
)

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from cnil_requests.core.advice import Reminder

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
        emit_json(
            {"today": app.today, "reminders": [_as_json(item) for item in reminders]}
        )
    else:
        _tell(reminders, app.today)
        if ics:
            say(f"Calendrier écrit : {ics}")
    if exit_code and any(item.since <= app.today for item in reminders):
        click.get_current_context().exit(SOMETHING_IS_DUE)


def _reminders(app: App, until: date, person: str | None) -> list[Reminder]:
    """Return what is due up to ``until``, inclusive."""
    from cnil_requests.commands.home import open_home
    from cnil_requests.core.advice import URGENCY, remind_of
    from cnil_requests.core.agenda import next_task
    from cnil_requests.core.standing import Standing

    found = []
    with open_home(app) as home:
        who = home.person(person).slug if person else None
        for case in home.due(until, person=who):
            standing = Standing(case.request, case.events)
            task = next_task(standing)
            if task:
                found.append(remind_of(standing, task, today=app.today))
    rank = {what: number for number, what in enumerate(URGENCY)}
    return sorted(
        found,
        key=lambda item: (
            item.since > app.today,
            rank[item.what],
            item.since,
            item.request_id,
        ),
    )


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


def _as_json(item: Reminder) -> dict[str, Any]:
    return {
        "request": item.request_id,
        "directory": item.directory,
        "what": item.what.value,
        "since": item.since,
        "by": item.by,
        "text": item.text,
        "command": item.command,
    }


def _tell(reminders: list[Reminder], today: date) -> None:
    if not reminders:
        say("Rien à faire aujourd'hui.")
        return
    for item in reminders:
        when = "depuis le" if item.since <= today else "à partir du"
        title(f"{item.request_id}  {item.directory}  ({when} {item.since.isoformat()})")
        paragraph(item.text, indent=2)
        command_line(item.command)
