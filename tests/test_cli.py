"""The command line as a whole: light to start, French, and never a traceback."""

from __future__ import annotations

import importlib
import os
import re
import signal
import subprocess
import sys
import time
from copy import copy
from typing import TYPE_CHECKING, Any

import click
import pytest
from click.testing import CliRunner

import cnil_requests
from cnil_requests.cli import COMMANDS, cli
from cnil_requests.console import App, confirm, pass_app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Process = Callable[..., subprocess.CompletedProcess[str]]
    Run = Callable[..., Any]

#: Slow to import: only what needs them may load them.
HEAVY = {
    "docxtpl", "docx", "lxml", "jinja2", "holidays", "email_validator", "stdnum",
    "icalendar", "sqlalchemy", "dateutil", "psycopg", "httpx", "rich", "pydantic",
    "importlib.metadata", "urllib.request",
}  # fmt: skip


def every_command() -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Give every command and sub-command that exists, with its words."""
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None, name
        yield (name,), command
        if isinstance(command, click.Group):
            for inner, sub in sorted(command.commands.items()):
                yield (name, inner), sub


#: What Click writes by itself in a help page, and no French text holds.
ENGLISH = re.compile(r"\b(INTEGER|TEXT|FILENAME|COMMAND|ARGS|default|required)\b")

#: The shortest identity that makes a home.
INIT = [
    "init", "--first-name", "Camille", "--last-name", "Exemple", "--profession",
    "médecin généraliste", "--street", "1 rue de l'Exemple", "--postcode", "75001",
    "--city", "Paris", "--email", "camille@example.org",
]  # fmt: skip

EVERY = list(every_command())
LEAVES = [(words, one) for words, one in EVERY if not isinstance(one, click.Group)]


def spell(value: object) -> str:
    """Return the words of a command, as the name of a test."""
    return "-".join(value) if isinstance(value, tuple) else ""


def loaded_by(code: str) -> set[str]:
    """Return the modules that a fresh interpreter has loaded after the code."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"{code}\nimport sys; print(*sys.modules, file=sys.stderr)",
        ],
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    return set(done.stderr.split())


def loaded_by_command(*words: str) -> set[str]:
    """Return the modules loaded once a command line has run to its end."""
    return loaded_by(
        "from cnil_requests.cli import cli\n"
        f"try: cli({list(words)!r}, prog_name='cnilreq')\n"
        "except SystemExit: pass"
    )


def test_help_imports_no_command_and_nothing_heavy() -> None:
    """``--help`` and ``--version`` load Click and the table, nothing else."""
    for option in ("--help", "--version"):
        modules = loaded_by_command(option)
        assert modules & HEAVY == set()
        commands = {
            name for name in modules if name.startswith("cnil_requests.commands.")
        }
        assert commands == set()


@pytest.mark.parametrize(("words", "command"), EVERY, ids=spell)
def test_command_help_imports_nothing_heavy(
    words: tuple[str, ...], command: click.Command
) -> None:
    """Asking how a command works never loads what the work needs."""
    assert loaded_by_command(*words, "--help") & HEAVY == set()


@pytest.mark.parametrize("module", sorted({entry[0] for entry in COMMANDS.values()}))
def test_command_modules_are_light(module: str) -> None:
    """Importing a command module brings no heavy library."""
    code = f"import cnil_requests.commands.{module}"
    assert loaded_by(code) & HEAVY == set()
    assert hasattr(
        importlib.import_module(f"cnil_requests.commands.{module}"), "command"
    )


@pytest.mark.parametrize(("words", "command"), EVERY, ids=spell)
def test_help_is_whole_and_french(
    run: Run, words: tuple[str, ...], command: click.Command
) -> None:
    """Every command and option says what it is for; no English word is left."""
    page = run(*words, "--help")
    assert page.exit_code == 0
    assert page.stdout.startswith("Usage\N{NO-BREAK SPACE}: cnilreq")
    assert command.help
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, option.opts
            assert option.help.endswith((".", "…")), option.help
    assert ENGLISH.findall(page.stdout) == []


@pytest.mark.parametrize(("words", "command"), LEAVES, ids=spell)
def test_every_command_has_json(words: tuple[str, ...], command: click.Command) -> None:
    """``--json`` is on every command (design: names and keys are a contract)."""
    options = {opt for param in command.params for opt in param.opts}
    assert "--json" in options


def test_help_lists_the_table_in_order(run: Run) -> None:
    """The help page shows every command with the sentence of the table."""
    page = run("--help").stdout
    places = [page.index(f"\n  {name} ") for name in COMMANDS]
    assert places == sorted(places)
    assert all(text in " ".join(page.split()) for _, text in COMMANDS.values())


def test_table_sentences_match_the_commands() -> None:
    """Each sentence ends with a full stop and fits one line of the help page."""
    for name, (_, text) in COMMANDS.items():
        assert text.endswith("."), name
        assert len(text) <= 62, name


def test_unknown_command_is_suggested(run: Run) -> None:
    """A slip of the finger gets the right name; exit code 2."""
    slip = run("drafft")
    assert slip.exit_code == 2
    assert "Il n'y a pas de commande « drafft »" in slip.stderr.replace("\u00a0", " ")
    assert "draft" in slip.stderr.partition("Vouliez-vous dire")[2]
    assert "Vouliez-vous" not in run("xyzzy").stderr


def test_python_dash_m_is_the_command(process: Process) -> None:
    """``python -m cnil_requests`` says the same as ``cnilreq``."""
    assert process("--version").stdout == f"cnilreq {cnil_requests.__version__}\n"


def test_no_command_is_told(run: Run) -> None:
    """Options without a command are misuse (exit 2); no word at all gives the help."""
    bare = run()
    assert bare.exit_code == 2
    assert "Il manque la commande." in bare.stderr
    nothing = CliRunner().invoke(cli, [], prog_name="cnilreq")
    assert nothing.exit_code == 2
    assert "Commandes" in nothing.output


@pytest.mark.parametrize("written", ["2026-01-31", "31/01/2026"])
def test_dates_are_taken_in_both_forms(run: Run, written: str) -> None:
    """ISO and the French form give the same day; JSON gives ISO."""
    answer = run("deadline", written, "--json")
    assert answer.exit_code == 0
    assert answer.json["received_on"] == "2026-01-31"


@pytest.mark.parametrize(
    "written", ["demain", "31/02/2026", "2026-13-01", "", "1/1/26"]
)
def test_what_is_no_date_is_refused_with_both_forms(run: Run, written: str) -> None:
    """The message shows how a date is written (exit 2)."""
    refused = run("deadline", written)
    assert refused.exit_code == 2
    assert "2026-01-31 ou 31/01/2026" in refused.stderr


def interrupted(code: str) -> subprocess.CompletedProcess[str]:
    """Run a command that waits, press Ctrl-C once it has started."""
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "prêt\n"
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    return subprocess.CompletedProcess([], process.returncode, out, err)


WAITING = """
import sys, time, types, click
from cnil_requests import cli as table
@click.command()
def command():
    click.echo("prêt")
    {wait}
module = types.ModuleType("cnil_requests.commands.waiting")
module.command = command
sys.modules[module.__name__] = module
table.COMMANDS["waiting"] = ("waiting", "Attendre.")
table.cli(["waiting"], prog_name="cnilreq")
"""


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize("wait", ["time.sleep(30)", "click.prompt('Nom')"])
def test_ctrl_c_is_one_french_line(wait: str) -> None:
    """Ctrl-C at work or at a question: « Interrompu. », exit 130, no traceback."""
    stopped = interrupted(WAITING.format(wait=wait))
    assert stopped.returncode == 130
    assert stopped.stderr.strip() == "Interrompu."


def test_end_of_input_at_a_question_is_told(run: Run) -> None:
    """A closed stdin never hangs and never shows a traceback."""
    done = subprocess.run(
        [sys.executable, "-c", WAITING.format(wait="click.prompt('Nom')")],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr.strip()) == (130, "Interrompu.")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")  # noqa: PTH110
@pytest.mark.parametrize(
    "words", [["--help"], ["--version"], ["deadline", "2026-01-31"]]
)
def test_a_full_disk_is_told(process: Process, words: list[str]) -> None:
    """A full disk under stdout: one French line, exit 5, no traceback at the end."""
    with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123
        done = process(*words, stdout=full, stderr=subprocess.PIPE)
    assert done.stderr == "Erreur\N{NO-BREAK SPACE}: Le disque est plein.\n"
    assert done.returncode == 5


@pytest.mark.parametrize("words", [["--help"], ["deadline", "2026-01-31", "--json"]])
def test_a_closed_pipe_is_silent(process: Process, words: list[str]) -> None:
    """``cnilreq … | head`` ends quietly when the reader has gone."""
    reader, writer = os.pipe()
    os.close(reader)
    done = process(*words, stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    assert done.stderr == ""
    assert done.returncode in {0, 1}


@pytest.mark.parametrize("kind", ["a file", "a name too long", "below a file"])
def test_an_impossible_home_is_told(
    process: Process, tmp_path: Path, kind: str
) -> None:
    """A home that cannot be a folder is one French message, never a traceback."""
    plain = tmp_path / "plain"
    plain.write_text("je suis un fichier", encoding="utf-8")
    place = {
        "a file": plain,
        "a name too long": tmp_path / ("é" * 300),
        "below a file": plain / "home",
    }[kind]
    for words in (["people", "list"], INIT):
        done = process("--home", place, *words)
        assert done.returncode in {3, 5}, done.stderr
        assert "Traceback" not in done.stderr
        assert done.stderr.startswith("Erreur\N{NO-BREAK SPACE}: ")


@pytest.mark.skipif(sys.platform != "linux", reason="/sys is read-only on Linux")
def test_a_home_that_the_system_refuses_is_told(process: Process) -> None:
    """No right to write: one French message, exit 5."""
    done = process("--home", "/sys/cnilreq", *INIT)
    assert done.returncode == 5
    assert done.stderr.startswith("Erreur\N{NO-BREAK SPACE}: ")
    assert "Traceback" not in done.stderr


def test_the_environment_stands_for_the_options(tmp_path: Path) -> None:
    """CNILREQ_HOME and CNILREQ_TODAY are taken; the options win over them."""
    seen: list[App] = []

    @click.command("probe")
    @pass_app
    def probe(app: App) -> None:
        seen.append(app)

    group = copy(cli)
    group.get_command = lambda _ctx, _name: probe  # type: ignore[method-assign]
    env = {"CNILREQ_HOME": str(tmp_path / "a"), "CNILREQ_TODAY": "31/01/2026"}
    for words in (["init"], ["--home", str(tmp_path / "b"), "init"]):
        assert CliRunner().invoke(group, words, env=env).exit_code == 0
    assert [app.home.name for app in seen] == ["a", "b"]
    assert {app.today.isoformat() for app in seen} == {"2026-01-31"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(process: Process, shell: str) -> None:
    """Each shell gets its script, and ``cnilreq d`` completes to the commands."""
    name = "_PYTHON_M_CNIL_REQUESTS_COMPLETE", "_CNILREQ_COMPLETE"
    script = process(env=dict.fromkeys(name, f"{shell}_source"))
    assert "cnilreq" in script.stdout
    asked = {"COMP_WORDS": "cnilreq d", "COMP_CWORD": "d" if shell == "fish" else "1"}
    found = process(env={**dict.fromkeys(name, f"{shell}_complete"), **asked})
    assert all(word in found.stdout for word in ("directories", "draft", "deadline"))


@pytest.mark.parametrize(
    ("typed", "default", "meant"),
    [
        ("o\n", False, True),
        ("OUI\n", False, True),
        ("n\n", True, False),
        ("\n", True, True),
        ("\n", False, False),
        ("peut-être\nnon\n", True, False),
    ],
)
def test_questions_are_answered_in_french(
    typed: str, default: bool, meant: bool
) -> None:
    """Oui and non, in full or not; Enter takes the default; the rest is asked again."""

    @click.command()
    def ask() -> None:
        click.echo(str(confirm("Continuer", default=default)))

    asked = CliRunner().invoke(ask, input=typed)
    assert asked.stdout.splitlines()[-1] == str(meant)
    assert ("Répondez oui ou non." in asked.stdout) is ("peut-être" in typed)
