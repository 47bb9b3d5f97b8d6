"""``cnilreq directories check``: every problem of a catalogue at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cnil_requests.console import App, emit_json, json_option, pass_app, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cnil_requests.catalogue.problems import Problem

_CHECK_HELP = """Signaler tous les problèmes d'un catalogue, ligne par ligne.

Sans FILE : le catalogue livré et le vôtre. Une erreur donne le code de sortie 1,
un avertissement non.

\b
Exemple :
  cnilreq directories check mes-sites.csv
"""


@click.command("check", help=_CHECK_HELP)
@click.argument(
    "file",
    metavar="[FILE]",
    required=False,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@json_option
@pass_app
@click.pass_context
def check(ctx: click.Context, app: App, *, file: Path | None, as_json: bool) -> None:
    """Check one file, or those in use."""
    found = list(_check(app, file))
    if as_json:
        emit_json({"problems": [_problem(name, item) for name, item in found]})
    else:
        for name, item in found:
            say(f"{name}:{item.line}: {_worded(item)}")
        _count([item for _, item in found])
    if any(item.level.value == "error" for _, item in found):
        ctx.exit(1)


def _check(app: App, file: Path | None) -> Iterator[tuple[str, Problem]]:
    """Yield (file, problem) for the file given, or for both in use."""
    from cnil_requests import shipped
    from cnil_requests.catalogue.checks import check_table, taken_domains
    from cnil_requests.catalogue.loading import read_directories
    from cnil_requests.catalogue.reading import read_table

    own = app.home / "directories.csv"
    sources = (
        [file] if file else [shipped.catalogue(), *([own] if own.exists() else [])]
    )
    for source in sources:
        table = read_table(source)
        taken: dict[str, str] = {}
        if source == own:
            mine = {line["id"].strip() for line in table.lines}
            others = read_directories(shipped.catalogue())
            taken = taken_domains(item for item in others if item.id not in mine)
        for problem in check_table(table, today=app.today, taken=taken):
            yield table.file, problem


def _problem(file: str, problem: Problem) -> dict[str, object]:
    return {
        "file": file,
        "line": problem.line,
        "column": problem.column,
        "level": problem.level.value,
        "message": problem.message,
        "suggestion": problem.suggestion,
    }


def _worded(problem: Problem) -> str:
    """Return ``COLUMN: what (suggestion)``, warnings marked as such."""
    if problem.level.value == "error":
        return str(problem)
    column, _, rest = str(problem).partition(": ")
    return f"{column}: avertissement, {rest}"


def _count(problems: list[Problem]) -> None:
    """Sum up on the last line."""
    errors = sum(item.level.value == "error" for item in problems)
    warnings = len(problems) - errors
    say(f"Erreurs : {errors}. Avertissements : {warnings}.")
