"""Click speaks French: the catalogue is whole, compiled, and used everywhere."""

from __future__ import annotations

import ast
import io
import json
import os
import re
import string
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import cnil_requests
from cnil_requests.console import emit_json
from cnil_requests.terminal import PLAIN, open_streams

if TYPE_CHECKING:
    from babel.messages.catalog import Message

Process = Callable[..., subprocess.CompletedProcess[str]]

FOLDER = Path(cnil_requests.__file__).parent / "locale" / "fr" / "LC_MESSAGES"

#: What Click fills in with an English word, or where French says it otherwise.
LEFT_OUT = {"number_type", "param_type", "name"}


def catalogue() -> dict[Any, Message]:
    """Return what the .po file says, by message id."""
    with (FOLDER / "messages.po").open("rb") as file:
        return {message.id: message for message in read_po(file, "fr") if message.id}


def singular(message_id: str | tuple[str, str]) -> str:
    """Return the id that gettext looks up: the singular of a plural pair."""
    return message_id if isinstance(message_id, str) else message_id[0]


def sources() -> list[Path]:
    """Return the Python files of the installed Click."""
    return sorted(Path(click.__file__).parent.rglob("*.py"))


def messages_of_click() -> set[str]:
    """Return every message id that the installed Click hands to gettext."""
    found = {"required"}  # _(extra["required"]): the only one that is not literal
    for source in sources():
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id in {"_", "gettext", "ngettext"} and isinstance(
                node.args[0], ast.Constant
            ):
                found.add(node.args[0].value)
    return found


def placeholders(text: str) -> set[str]:
    """Return the names a text lets ``str.format`` fill in."""
    return {
        name.split(".")[0] for _, name, *_ in string.Formatter().parse(text) if name
    }


def forms(message: Message) -> list[tuple[str, str]]:
    """Return the pairs (English, French) of one message."""
    if isinstance(message.id, str):
        return [(message.id, message.string)]
    return list(zip(message.id, message.string, strict=True))


def test_every_string_of_click_has_its_french() -> None:
    """Nothing that the installed Click translates is left in English."""
    french = {singular(message_id) for message_id in catalogue()}
    assert messages_of_click() - french == set()


def test_compiled_catalogue_matches_its_source() -> None:
    """``messages.mo`` says what ``messages.po`` says (``make messages``)."""
    with (FOLDER / "messages.mo").open("rb") as file:
        compiled = {pair for m in read_mo(file) if m.id for pair in forms(m)}
    assert compiled == {pair for m in catalogue().values() for pair in forms(m)}


@pytest.mark.parametrize(
    ("english", "french"),
    [pair for message in catalogue().values() for pair in forms(message)],
)
def test_french_fills_in_what_english_fills_in(english: str, french: str) -> None:
    """A translation asks for no name that Click does not give, and drops few."""
    assert french
    asked, given = placeholders(french), placeholders(english)
    assert asked <= given
    assert given - asked <= LEFT_OUT


def test_french_typography() -> None:
    """Double punctuation and guillemets keep a no-break space."""
    text = (FOLDER / "messages.po").read_text("utf-8")
    lines = [line for line in text.splitlines() if line.startswith("msgstr")]
    faults = [line for line in lines if re.search(r" [:;?!»]|« |\w[;?!»]", line)]
    assert faults == []


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C", "LANG": None, "LANGUAGE": None},
        {"LC_ALL": None, "LANG": "en_US.UTF-8", "LANGUAGE": "en_US:en"},
        {"LC_ALL": None, "LANG": None, "LANGUAGE": None, "LC_MESSAGES": None},
        {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8", "LANGUAGE": "de"},
    ],
    ids=["C", "en_US", "unset", "de"],
)
def test_french_in_every_locale(process: Process, env: dict[str, Any]) -> None:
    """The user's locale changes nothing: help and errors are French."""
    helped = process("--help", env=env)
    refused = process("--nothing", env=env)
    assert "Usage\N{NO-BREAK SPACE}: cnilreq" in helped.stdout
    assert "Afficher cette aide." in helped.stdout
    assert "Il n'y a pas d'option" in refused.stderr


#: Words of Click's English that no French text of the program holds.
ENGLISH = re.compile(
    r"\b(Usage:|Error|Options:|Try|for help|No such|Did you mean|Missing|Invalid|"
    r"value for|does not|is not|not a valid|requires|argument|Got|unexpected|extra|"
    r"Choose|Aborted|default:|required|directory|exist|INTEGER|TEXT|ARGS|COMMAND)\b"
)

PROBE = """
import click
from cnil_requests import cli as _
import sys

@click.command()
@click.option("--days", type=int, metavar="JOURS", default=15, show_default=True)
@click.option("--term", type=click.IntRange(1, 90), metavar="JOURS")
@click.option("--by", type=click.Choice(["letter", "email"]))
@click.option("--file", type=click.Path(exists=True, dir_okay=False))
@click.option("--folder", type=click.Path(exists=True, file_okay=False))
@click.option("--two", nargs=2, metavar="A B")
@click.option("--sure/--unsure")
@click.option("--key", required=True)
@click.option("--seed", envvar="PROBE_SEED", show_envvar=True)
@click.argument("site")
def probe(**_):
    click.prompt("Code", hide_input=False, confirmation_prompt=True)

probe(prog_name="probe")
"""


def probe(
    folder: Path, *words: str, typed: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a command that has every kind of option, in the C locale."""
    script = folder / "probe.py"
    script.write_text(PROBE, encoding="utf-8")
    return subprocess.run(
        [sys.executable, str(script), *words],
        input=typed,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env={"LC_ALL": "C", "PYTHONUTF8": "1", "PATH": os.defpath},
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "Il manque l'argument 'SITE'."),
        (["x"], "Il manque l'option '--key'."),
        (["x", "y", "--key", "1"], "Il y a un argument de trop\u00a0: y"),
        (["x", "y", "z", "--key", "1"], "Il y a des arguments de trop\u00a0: y z"),
        (["--days"], "L'option «\u00a0--days\u00a0» demande une valeur."),
        (["--two", "1"], "L'option «\u00a0--two\u00a0» demande 2 valeurs."),
        (["--sure=1"], "L'option «\u00a0--sure\u00a0» ne prend pas de valeur."),
        (["--days", "dix"], "«\u00a0dix\u00a0» n'est pas un nombre valable."),
        (["--term", "91"], "91 est hors des limites 1<=x<=90."),
        (
            ["--by", "fax"],
            "n'est pas l'un des choix possibles\u00a0: 'letter', 'email'.",
        ),
        (["--file", "/nulle/part"], "Fichier «\u00a0/nulle/part\u00a0» introuvable."),
        (["--file", "/"], "«\u00a0/\u00a0» est un dossier, pas un fichier."),
        (["--folder", "/nulle"], "Dossier «\u00a0/nulle\u00a0» introuvable."),
        (["--filee", "x"], "Il n'y a pas d'option «\u00a0--filee\u00a0»."),
        (["x", "--key", "1"], "Interrompu."),
    ],
)
def test_real_errors_hold_no_english(
    words: list[str], says: str, tmp_path: Path
) -> None:
    """Each way of misusing a command is told in French, and only in French."""
    done = probe(tmp_path, *words)
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    shown = done.stderr.replace("l'argument", "").replace("un argument", "")
    shown = shown.replace("des arguments", "")
    assert ENGLISH.findall(shown) == []


def test_questions_and_help_are_french(tmp_path: Path) -> None:
    """A confirmation that fails, and a help page, are French too."""
    asked = probe(tmp_path, "x", "--key", "1", typed="a\nb\na\na\n")
    assert asked.returncode == 0
    assert "Répétez pour confirmer" in asked.stdout
    assert "Erreur\u00a0: les deux saisies diffèrent." in asked.stdout
    page = probe(tmp_path, "--help").stdout
    assert "[par défaut\u00a0: 15]" in page
    assert "[variable d'environnement\u00a0: PROBE_SEED]" in page
    assert "[obligatoire]" in page


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "latin-1", "ascii"])
def test_old_encodings_never_crash(process: Process, encoding: str) -> None:
    """What the terminal's encoding lacks is spelled plainly, without a traceback."""
    done = process(
        "--nothing-«é’œ→😀»",
        env={"PYTHONIOENCODING": encoding, "PYTHONUTF8": None},
        # Click holds ASCII for a misconfigured terminal and writes UTF-8 to it.
        encoding="utf-8" if encoding == "ascii" else encoding,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "Il n'y a pas d'option" in done.stderr


def test_plain_spelling_of_what_an_encoding_lacks() -> None:
    """Guillemets, dashes, ligatures and accents keep their meaning in ASCII."""
    open_streams()
    text = "« Œuvre — d’été… 3\u202f€ » → e\u0301 😀 \udc80"
    assert text.encode("ascii", PLAIN) == b'" OEuvre - d\'ete... 3 EUR " -> e ? ?'


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii"])
def test_json_is_the_same_document_in_every_encoding(
    monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    """JSON is UTF-8, or pure ASCII where the pipe is not UTF-8."""
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding=encoding, write_through=True)
    monkeypatch.setattr(sys, "stdout", stream)
    emit_json({"name": "Éloïse « 😀 »"})
    assert json.loads(written.getvalue().decode("utf-8")) == {"name": "Éloïse « 😀 »"}
    assert ("É".encode() in written.getvalue()) is (encoding == "utf-8")
