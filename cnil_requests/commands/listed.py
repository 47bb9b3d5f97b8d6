"""What every command that reads a list does: tell its faults, put them aside."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from cnil_requests.console import DATE, counted, emit_json, say, warn
from cnil_requests.errors import InvalidDataError, WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from datetime import date

    from cnil_requests.batch.lists import InputList
    from cnil_requests.batch.values import Entry, Fault

    F = TypeVar("F", bound=Callable[..., Any])

#: More faults than this are counted on the terminal; ``--json`` lists them all.
_SHOWN = 200
#: How many lines a sentence names before it says how many more there are.
_NAMED = 8


class RejectedListError(InvalidDataError):
    """Some lines cannot be used, so none was."""

    def __init__(self, file: Path, faults: list[Fault]) -> None:
        """List every fault, as ``FILE:LINE: COLUMN: what``."""
        shown = [f"{file}:{fault}" for fault in faults[:_SHOWN]]
        if len(faults) > _SHOWN:
            shown.append(f"… et {len(faults) - _SHOWN} autres.")
        lines = counted(len({fault.line for fault in faults}), "ligne")
        super().__init__(
            "\n".join([f"{lines} à corriger ; rien n'a été écrit.", *shown]),
            remedy="Corrigez-les, ou relancez avec --skip-bad : les bonnes lignes "
            "seront traitées et les autres mises dans un fichier à corriger.",
        )


class BadLineError(Exception):
    """One line cannot be used; shown as faults, never raised to the user."""

    def __init__(self, faults: Iterable[tuple[str, str]]) -> None:
        """Keep the pairs of column and message."""
        self.faults = tuple(faults)
        super().__init__(self.faults)


class ListOrNamesError(WrongUsageError):
    """Neither a list nor names, or both."""

    def __init__(self, names: str) -> None:
        """Say that it is one or the other."""
        super().__init__(
            f"Donnez {names}, ou une liste avec --from FICHIER : l'un ou l'autre."
        )


class NoListError(WrongUsageError):
    """``--skip-bad`` without a list."""

    def __init__(self) -> None:
        """Say what it goes with."""
        super().__init__("--skip-bad ne sert qu'avec --from FICHIER.")


class OnlyWithoutListError(WrongUsageError):
    """An option that a column of the list takes the place of."""

    def __init__(self, options: Iterable[str]) -> None:
        """Name the options."""
        super().__init__(
            f"Avec --from, ceci se dit dans la liste : {', '.join(options)}.",
            remedy="Un exemple de liste, avec toutes ses colonnes : "
            "cnilreq batch template exemple.csv",
        )


skip_bad_option = click.option(
    "--skip-bad",
    is_flag=True,
    help="Traiter les bonnes lignes de la liste, mettre les autres de côté.",
)


def list_options(function: F) -> F:
    """Add ``--from`` and ``--skip-bad`` to a command."""
    return click.option(
        "--from",
        "list_file",
        type=click.Path(path_type=Path),
        metavar="FICHIER",
        help="Liste CSV ou .xlsx, une ligne par demande.",
    )(skip_bad_option(function))


usual_day_option = click.option(
    "--on", type=DATE, metavar="DATE", help="Jour du fait (avec --from, s'il manque)."
)


def required_day(day: date | None) -> date:
    """Return the day of ``--on``; without a list it must be given."""
    if day is None:
        raise click.MissingParameter(param_hint="--on", param_type="option")
    return day


def one_or_the_other(
    names: Sequence[str],
    file: Path | None,
    what: str,
    *,
    without_list: Sequence[str] = (),
    skip_bad: bool = False,
) -> None:
    """Refuse a list with names, neither, or options that the list itself says.

    ``without_list`` holds the parameters of these options.
    """
    if bool(names) == bool(file):
        raise ListOrNamesError(what)
    if not file:
        if skip_bad:
            raise NoListError
        return
    ctx = click.get_current_context()
    typed = [
        option.opts[0]
        for option in ctx.command.params
        if option.name in without_list
        and ctx.get_parameter_source(option.name) is ParameterSource.COMMANDLINE
    ]
    if typed:
        raise OnlyWithoutListError(typed)


@dataclass
class Findings:
    """What the first reading of a list found.

    ``repeats`` gives, for a line that asks for what is there already, what that is.
    """

    faults: list[Fault] = field(default_factory=list)
    repeats: dict[int, str] = field(default_factory=dict)
    good: int = 0

    @property
    def left_out(self) -> set[int]:
        """The lines that the second reading skips."""
        return {fault.line for fault in self.faults} | set(self.repeats)

    def rejected(self) -> list[dict[str, Any]]:
        """Return the faults as ``--json`` lists them."""
        return [
            {"line": item.line, "column": item.column, "message": item.message}
            for item in self.faults
        ]

    def repeated(self) -> list[dict[str, Any]]:
        """Return the repeats as ``--json`` lists them."""
        return [{"line": line, "of": what} for line, what in self.repeats.items()]


def survey(source: InputList, check: Callable[[Entry], str | None]) -> Findings:
    """Read a list once, and say of every line what is wrong or already there.

    ``check`` returns what a line repeats, or None; it raises BadLineError.
    """
    found = Findings(faults=list(source.header.faults))
    for entry in () if found.faults else source.entries():
        if entry.faults:
            found.faults += entry.faults
            continue
        try:
            former = check(entry)
        except BadLineError as error:
            found.faults += [
                source.fault(entry.line, column, message)
                for column, message in error.faults
            ]
            continue
        if former:
            found.repeats[entry.line] = former
        else:
            found.good += 1
    return found


def document(
    requests: list[dict[str, Any]], found: Findings, rejects: Path | None
) -> dict[str, Any]:
    """Return what ``--json`` prints of a list that was read."""
    return {
        "requests": requests,
        "rejected": found.rejected(),
        "repeated": found.repeated(),
        "rejects": rejects,
    }


def settle(
    source: InputList,
    found: Findings,
    *,
    skip_bad: bool,
    as_json: bool,
    key: str = "requests",
) -> Path | None:
    """Stop when there are faults; with ``skip_bad`` write them in a file instead.

    Faults of the header always stop. Returns the file of the refused lines.
    """
    for notice in () if as_json else source.notices:
        warn(notice)
    refuse_bad(source, found, skip_bad=skip_bad, as_json=as_json, key=key)
    return _put_aside(source, found) if found.faults else None


def refuse_bad(
    source: InputList, found: Findings, *, skip_bad: bool, as_json: bool, key: str
) -> None:
    """Stop when there are faults that cannot be put aside."""
    in_header = any(item.line <= source.sheet.header.line for item in found.faults)
    if in_header or (found.faults and not skip_bad):
        _refuse(source.path, found, key if as_json else "")


def _refuse(path: Path, found: Findings, key: str) -> None:
    """Stop with every fault; as JSON, under the ``key`` of what was to be made."""
    error = RejectedListError(path, found.faults)
    if not key:
        raise error
    emit_json({key: [], "rejected": found.rejected()})
    click.get_current_context().exit(error.exit_code)


def _put_aside(source: InputList, found: Findings) -> Path:
    """Write the refused lines where they can be corrected and fed back."""
    from cnil_requests.batch.rejects import rejects, rejects_path
    from cnil_requests.commands.output_file import write_output

    reasons: dict[int, list[str]] = defaultdict(list)
    for fault in found.faults:
        column = f"{fault.column} : " if fault.column else ""
        reasons[fault.line].append(f"{column}{fault.message}")
    content = rejects(source, reasons)
    path = rejects_path(source.path, content)
    if not path.exists():
        write_output(path, content)
    return path


def tell_left_out(
    found: Findings, rejects: Path | None, *, aside: Collection[int] = ()
) -> None:
    """Say how many lines asked for nothing new, and how many were refused.

    ``aside`` holds the lines that were told already.
    """
    repeats = [item for item in found.repeats.items() if item[0] not in aside]
    if repeats:
        named = [f"ligne {line} ({what})" for line, what in repeats]
        say(f"Déjà là, rien n'est refait : {few(named)}.")
    if rejects:
        lines = len({fault.line for fault in found.faults})
        say(f"Lignes refusées : {lines}, à corriger dans {rejects}")


def few(names: list[str]) -> str:
    """Return names in one line, the last ones counted when there are many."""
    rest = len(names) - _NAMED
    shown = ", ".join(names[:_NAMED])
    return f"{shown}, et {rest} de plus" if rest > 0 else shown
