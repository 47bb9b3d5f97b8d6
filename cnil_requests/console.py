"""What the terminal shows: the only module that formats for it.

stdout is the answer, stderr the talk. With ``--json`` exactly one document goes
to stdout and nothing is ever asked.
"""

from __future__ import annotations

import errno
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cnil_requests.terminal import speak_french, takes_utf8

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    F = TypeVar("F", bound=Callable[..., Any])
    _DateParamType = click.ParamType[date]
else:
    # Generic since Click 8.4 only.
    _DateParamType = click.ParamType

# Before any command is declared: Click translates some strings on the spot.
speak_french()

CONTEXT_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 80}


def read_date(text: str) -> date | None:
    """Return the day written 2026-01-31 or 31/01/2026, or None."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        with suppress(ValueError):
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007
    return None


class DateType(_DateParamType):
    """A day, written 2026-01-31 or 31/01/2026."""

    name = "date"

    def convert(
        self,
        value: str | date,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> date:
        """Return the day; refuse anything else with both ways of writing it."""
        day = value if isinstance(value, date) else read_date(value)
        if day is None:
            self.fail(
                f"« {value} » n'est pas une date : écrivez 2026-01-31 ou 31/01/2026.",
                param,
                ctx,
            )
        return day


DATE = DateType()


@dataclass
class App:
    """What every command needs: the home folder and the day it is."""

    chosen_home: Path | None = None
    chosen_today: date | None = None

    @property
    def home(self) -> Path:
        """The home folder, chosen or ``cnilreq`` in the user's documents."""
        if self.chosen_home is not None:
            return self.chosen_home.expanduser().absolute()
        from platformdirs import user_documents_path

        return user_documents_path() / "cnilreq"

    @property
    def database(self) -> str:
        """The address of a shared ledger (CNILREQ_DATABASE), usually empty.

        No option names it: a password would show in the list of processes.
        """
        import os

        return os.environ.get("CNILREQ_DATABASE", "").strip()

    @property
    def today(self) -> date:
        """The day the command runs on: the only clock of the program."""
        return self.chosen_today or date.today()  # noqa: DTZ011

    def now(self) -> datetime:
        """Return the true time, whatever ``--today`` says: what captures carry."""
        return datetime.now().astimezone()


pass_app = click.make_pass_decorator(App, ensure=True)


def json_option(function: F) -> F:
    """Add ``--json`` to a command, as the parameter ``as_json``."""
    return click.option(
        "--json",
        "as_json",
        is_flag=True,
        help="Un seul document JSON en sortie, aucune question.",
    )(function)


_OS_ERRORS = {
    errno.EACCES: "Accès refusé",
    errno.EPERM: "Opération non permise",
    errno.ENOENT: "Fichier ou dossier introuvable",
    errno.ENOSPC: "Le disque est plein",
    errno.EDQUOT: "Votre espace disque est plein",
    errno.EROFS: "Le disque est en lecture seule",
    errno.ENOTDIR: "Ce chemin passe par un fichier, pas par un dossier",
    errno.EISDIR: "C'est un dossier, pas un fichier",
    errno.ENAMETOOLONG: "Ce nom de fichier est trop long",
    errno.EIO: "Le disque a signalé une erreur de lecture ou d'écriture",
}


def tell_error(message: str) -> None:
    """Write what went wrong to stderr."""
    click.echo(f"Erreur\N{NO-BREAK SPACE}: {message}", err=True)


def tell_os_error(error: OSError) -> None:
    """Tell in French what the system refused."""
    text = _OS_ERRORS.get(error.errno or 0, error.strerror or str(error))
    where = f"\N{NO-BREAK SPACE}: {error.filename}" if error.filename else ""
    tell_error(f"{text}{where}.")


def tell_stopped() -> None:
    """Close the interrupted line, then say that the command stopped."""
    click.echo("\nInterrompu.", err=True)


def emit_json(document: Any) -> None:  # noqa: ANN401
    """Write one JSON document, dates in ISO form; accents as they are in UTF-8.

    A pipe in another encoding gets escapes: the same document for any reader.
    """
    import json

    escaped = not takes_utf8(sys.stdout)
    text = json.dumps(document, ensure_ascii=escaped, indent=2, default=_plain)
    click.echo(text)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(type(value).__name__)


def say(text: str = "") -> None:
    """Write a line of the answer to stdout."""
    click.echo(text)


def warn(text: str) -> None:
    """Write a line beside the answer, to stderr."""
    click.secho(f"Attention : {text}", fg="yellow", err=True)


def title(text: str) -> None:
    """Write a line that stands out."""
    click.secho(text, bold=True)


def bullet(text: str, *, indent: int = 2) -> None:
    """Write a wrapped line with a bullet."""
    pad = " " * indent
    click.echo(_wrapped(text, first=f"{pad}• ", rest=f"{pad}  "))


def counted(number: int, words: str) -> str:
    """Return « 1 fichier vérifié », « 2 fichiers vérifiés »: plural from two on."""
    mark = "s" if number > 1 else ""
    return " ".join([str(number), *(word + mark for word in words.split())])


def paragraph(text: str, *, indent: int = 0) -> None:
    """Write a wrapped paragraph."""
    click.echo(_wrapped(text, first=" " * indent, rest=" " * indent))


def entry(label: str, text: str, *, indent: int = 2) -> None:
    """Write a wrapped text beside its label."""
    pad = " " * indent
    rest = " " * (indent + len(label) + 2)
    click.echo(_wrapped(text, first=f"{pad}{label}  ", rest=rest))


def command_line(text: str) -> None:
    """Write a command on a line of its own, never wrapped: it is to be copied."""
    click.echo(f"    {text}")


def _wrapped(text: str, *, first: str, rest: str) -> str:
    """Wrap at 78 columns; neither French punctuation nor an option is torn off."""
    import textwrap

    for mark in ":;?!»":
        text = text.replace(f" {mark}", f"\N{NO-BREAK SPACE}{mark}")
    text = text.replace("« ", "«\N{NO-BREAK SPACE}")
    lines = textwrap.fill(
        text,
        78,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines.replace("\N{NO-BREAK SPACE}", " ")


#: A column is never made narrower than this.
_NARROWEST = 8


def table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], *, width: int = 80
) -> None:
    """Write rows in columns that fit ``width``; the widest column gives way first.

    Off a terminal nothing is cut, so that a pipe loses nothing.
    """
    for number, line in enumerate(_table_lines(headings, rows, width=width)):
        click.secho(line, bold=number == 0)


def _table_lines(
    headings: Sequence[str], rows: Iterable[Sequence[str]], *, width: int = 80
) -> list[str]:
    cells = [list(headings), *[[str(cell) for cell in row] for row in rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(headings))]
    if sys.stdout.isatty():
        while sum(widths) + 2 * (len(widths) - 1) > width and max(widths) > _NARROWEST:
            widths[widths.index(max(widths))] -= 1
    return [
        "  ".join(
            _fit(cell, wide) for cell, wide in zip(row, widths, strict=True)
        ).rstrip()
        for row in cells
    ]


def paged_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write a table; on a terminal, one longer than the screen can be paged."""
    import shutil

    if not is_interactive() or len(rows) < shutil.get_terminal_size().lines - 2:
        table(headings, rows)
        return
    click.echo_via_pager("\n".join(_table_lines(headings, rows)) + "\n")


def _fit(cell: str, width: int) -> str:
    return (cell if len(cell) <= width else cell[: width - 1] + "…").ljust(width)


@contextmanager
def progress(
    label: str, length: int, *, slow: bool = False
) -> Iterator[Callable[[int], None]]:
    """Show how far a long piece of work is, with rate and time left, on a terminal.

    Gives what is to be called with the number of steps just done. In a pipe, and
    for work of a moment, nothing is shown; ``slow`` says that a step takes seconds.
    """
    if not sys.stderr.isatty() or length < (1 if slow else _LONG_WORK):
        yield lambda _: None
        return
    from time import perf_counter

    start = perf_counter()
    bar: Any = click.progressbar(
        length=length,
        label=label,
        file=sys.stderr,
        show_pos=True,
        item_show_func=lambda rate: rate,
    )

    def advance(steps: int) -> None:
        rate = (bar.pos + steps) / (perf_counter() - start)
        bar.update(steps, f"{rate:.0f}/s")

    with bar:
        yield advance


#: Fewer steps than this are done before a bar could be read.
_LONG_WORK = 50


def is_interactive() -> bool:
    """Say whether questions can be asked: a person sits at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def confirm(question: str, *, default: bool = False) -> bool:
    """Ask a question answered by oui or non; Enter alone takes the default."""
    shown = "[O/n]" if default else "[o/N]"
    while True:
        typed = click.prompt(f"{question} {shown}", default="", show_default=False)
        answer = str(typed).strip().lower()
        if not answer:
            return default
        if answer in _YES or answer in _NO:
            return answer in _YES
        click.echo("Répondez oui ou non.")


_YES = ("o", "oui", "y", "yes")
_NO = ("n", "non", "no")
