"""``cnilreq check``: is the home folder sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cnil_requests.console import App, emit_json, json_option, pass_app, say, warn

if TYPE_CHECKING:
    from cnil_requests.store.values import Problem


@click.command()
@click.option("--repair", is_flag=True, help="Ranger ce qu'une interruption a laissé.")
@json_option
@pass_app
def command(app: App, /, *, repair: bool, as_json: bool) -> None:
    """Vérifier votre dossier : registre, lettres, preuves, empreintes, mandats.

    Avec --repair, les restes d'une interruption sont rangés ; aucune lettre ni
    preuve n'est jamais supprimée. Les mandats expirés, incomplets, à signer, ou qui
    prennent fin dans les 30 jours sont signalés, sans que le code de sortie change.

    \b
    Exemple :
      cnilreq check
    """
    from cnil_requests.commands.home import open_home

    with open_home(app) as home:
        done = home.repair(waiting=_say_waiting) if repair else []
        problems = list(home.check(app.today))
    if as_json:
        emit_json({"problems": [_as_json(item) for item in problems], "repaired": done})
    else:
        for line in done:
            say(f"Rangé : {line}")
        _tell(problems)
    if any(item.level == "error" for item in problems):
        click.get_current_context().exit(1)


def _say_waiting() -> None:
    warn("une liste est en cours de rédaction dans ce dossier : on attend.")


def _as_json(item: Problem) -> dict[str, object]:
    return {
        "where": item.where,
        "level": item.level,
        "message": item.message,
        "suggestion": item.suggestion,
    }


def _tell(problems: list[Problem]) -> None:
    for item in problems:
        hint = f" ({item.suggestion})" if item.suggestion else ""
        say(f"{item.where}: {item.message}{hint}")
    if not problems:
        say("Tout est en ordre.")
    elif any(item.repairable for item in problems):
        say("Pour ranger les restes : cnilreq check --repair")
