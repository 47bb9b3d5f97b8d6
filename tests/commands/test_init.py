"""``cnilreq init``: the home and the first person; never overwritten silently."""

from __future__ import annotations

import os
import re
import shlex
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]

NAME = ("--first-name", "Camille", "--last-name", "Exemple")
ADDRESS = ("--street", "1 rue de l'Exemple", "--postcode", "69001", "--city", "Lyon")
#: One answer for each question, in order.
ANSWERS = [
    "Dr",
    "Camille",
    "Exemple",
    "médecin généraliste",
    "1 rue de l'Exemple",
    "",
    "69001",
    "Lyon",
    "camille@exemple.fr",
    "",
    "10003456786",
    "",
]


def show(run: Run, slug: str = "camille-exemple") -> dict[str, Any]:
    """Return the person of the ledger."""
    (person,) = run("people", "show", slug, "--json").json["people"]
    found: dict[str, Any] = person
    return found


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the command believe that a person sits at both ends."""
    monkeypatch.setattr("cnil_requests.commands.init.is_interactive", lambda: True)


def answered(*lines: str) -> str:
    """Return typed lines."""
    return "".join(f"{line}\n" for line in lines)


def test_a_home_and_a_person(run: Run, home: Path) -> None:
    """The folder is the user's alone; the next step is named."""
    made = run("init", *NAME, *ADDRESS, "--email", "a@exemple.fr")
    assert made.exit_code == 0
    assert f"Votre dossier : {home}" in made.stdout
    assert "Camille Exemple (camille-exemple)" in made.stdout
    assert "cnilreq draft" in made.stdout
    assert made.stderr == ""
    assert (home / "cnilreq.db").is_file()
    if sys.platform != "win32":
        assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_json(run: Run, home: Path) -> None:
    """Two keys; every field; warnings stay on stderr."""
    made = run("init", *NAME, "--rpps", "10003456787", "--json")
    document = made.json
    assert list(document) == ["home", "person"]
    assert document["home"] == str(home)
    assert document["person"]["slug"] == "camille-exemple"
    assert document["person"]["rpps"] == "10003456787"
    assert document["person"]["disclosed"] == ["practice", "rpps", "siren"]
    assert "clé de contrôle" in made.stderr


def test_what_is_wrong_stops_everything(run: Run, home: Path) -> None:
    """All of it at once, in French; no home is made."""
    made = run("init", *NAME, "--siren", "123", "--email", "x", "--street", "y" * 39)
    assert made.exit_code == 4
    for name in ("SIREN", "courriel", "rue", "code postal", "ville"):
        assert f"  {name} : " in made.stderr
    assert not home.exists()


def test_without_a_name(run: Run, home: Path) -> None:
    """Off a terminal nothing is asked."""
    made = run("init", stdin="Dr\nCamille\n")
    assert made.exit_code == 4
    assert "prénom : à remplir" in made.stderr
    assert not home.exists()


def test_again_it_edits_and_shows_what_changes(run: Run) -> None:
    """Only what is given; the rest stays."""
    run("init", *NAME, *ADDRESS, "--phone", "01")
    again = run("init", "--phone", "02", "--complement", "Bâtiment B")
    assert again.exit_code == 0
    assert "téléphone : 01 → 02" in again.stdout
    assert "complément d'adresse : (vide) → Bâtiment B" in again.stdout
    assert "rue :" not in again.stdout
    person = show(run)
    assert person["phone"] == "02"
    assert person["practice"]["street"] == "1 rue de l'Exemple"


def test_again_with_the_same_name_is_the_same_person(run: Run) -> None:
    """Whatever else is given."""
    run("init", *NAME)
    assert run("init", *NAME, "--title", "Dr").exit_code == 0
    assert show(run)["title"] == "Dr"


def test_somebody_else_is_not_written_over(run: Run) -> None:
    """Exit 2, with both ways out; the first person is intact."""
    run("init", *NAME, "--phone", "01")
    before = show(run)
    other = run("init", "--first-name", "Dominique", "--last-name", "Modèle")
    assert other.exit_code == 2
    assert "cnilreq people add" in other.stderr
    assert "cnilreq people edit" in other.stderr
    assert show(run) == before


def test_an_edit_that_fails_changes_nothing(run: Run) -> None:
    """The old value stays."""
    run("init", *NAME, "--email", "a@exemple.fr")
    before = show(run)
    assert run("init", "--email", "non", "--phone", "02").exit_code == 4
    assert show(run) == before


def test_several_people(run: Run) -> None:
    """``init`` does not choose among them."""
    run("init", *NAME)
    run("people", "add", "--first-name", "Dominique", "--last-name", "Modèle")
    assert run("init", "--phone", "02").exit_code == 2
    assert run("init", *NAME, "--phone", "02").exit_code == 0
    assert show(run)["phone"] == "02"
    assert show(run, "dominique-modele")["phone"] == ""


def test_questions_on_a_terminal(run: Run, terminal: None) -> None:
    """One field at a time; nothing is shown as a default that is not known."""
    made = run("init", stdin=answered(*ANSWERS))
    assert made.exit_code == 0
    person = show(run)
    assert person["title"] == "Dr"
    assert person["practice"]["city"] == "Lyon"
    assert person["rpps"] == "10003456786"
    assert "[]" not in made.output


def test_options_are_not_asked_again(run: Run, terminal: None) -> None:
    """The rest is."""
    made = run("init", *NAME, *ADDRESS, stdin=answered("Dr", "", "", "", "", "", ""))
    assert made.exit_code == 0
    assert "Prénom" not in made.output
    assert show(run)["title"] == "Dr"


def test_a_bad_answer_is_asked_again(run: Run, terminal: None) -> None:
    """Alone: what was right is not lost."""
    wrong = [*ANSWERS]
    wrong[8], wrong[10] = "camille", "123"
    made = run("init", stdin=answered(*wrong, "camille@exemple.fr", "10003456786"))
    assert made.exit_code == 0
    assert "« camille » n'est pas une adresse" in made.stderr
    assert made.output.count("Prénom") == 1
    assert made.output.count("Numéro RPPS") == 2
    assert show(run)["email"] == "camille@exemple.fr"


def test_enter_keeps_what_is_known(run: Run, terminal: None) -> None:
    """The known value is shown in brackets."""
    run("init", stdin=answered(*ANSWERS))
    before = show(run)
    again = run("init", stdin=answered(*[""] * len(ANSWERS)))
    assert again.exit_code == 0
    assert "[Camille]" in again.output
    assert show(run) == before


def test_stopping_in_the_middle_writes_nothing(
    run: Run, home: Path, terminal: None
) -> None:
    """The end of the answers is like Ctrl-C."""
    assert run("init", stdin=answered("Dr", "Camille")).exit_code == 130
    assert not home.exists()


def test_json_asks_nothing(run: Run, terminal: None) -> None:
    """Even on a terminal."""
    assert run("init", "--json").exit_code == 4


def test_the_other_address_is_not_shown_in_letters(run: Run) -> None:
    """Unless it is chosen; it is kept either way."""
    other = (
        "--correspondence-street=2 rue de la Maison",
        "--correspondence-postcode=69002",
        "--correspondence-city=Lyon",
    )
    run("init", *NAME, *ADDRESS, *other)
    page = "https://www.keskeces.com/x"
    words = ("draft", page, "--because", "secrecy", "--by", "form", "--json")

    def text() -> str:
        (request,) = run(*words).json["requests"]
        return Path(request["form"]).read_text(encoding="utf-8")

    assert "Maison" not in text()
    assert "1 rue de l'Exemple" in text()
    run("init", "--disclose", "correspondence")
    assert "2 rue de la Maison" in text()
    assert "1 rue de l'Exemple" not in text()


def test_a_synchronised_folder_is_doubted(run: Run, tmp_path: Path) -> None:
    """A database there can be damaged."""
    at = tmp_path / "OneDrive" / "cnilreq"
    assert "OneDrive" in run("init", *NAME, "--email=a@exemple.fr", at=at).stderr


def test_a_place_that_is_no_folder(run: Run, tmp_path: Path) -> None:
    """Exit 5, no traceback."""
    file = tmp_path / "file"
    file.write_text("x")
    assert run("init", *NAME, at=file).exit_code == 5
    assert run("init", *NAME, at=file / "below").exit_code == 5
    assert file.read_text() == "x"


def test_the_example_of_the_help_works(run: Run) -> None:
    """As it stands."""
    text = run("init", "--help").stdout
    example = re.search(r"  cnilreq init (--.*?)\n\n", text, re.DOTALL)
    assert example
    words = shlex.split(example[1].replace("\\\n", " "))
    assert run("init", *words).exit_code == 0


@pytest.mark.skipif(os.name != "posix", reason="a pseudo-terminal")
def test_on_a_real_terminal(home: Path, clean_environment: Path) -> None:
    """The questions come one by one; the answers are kept."""
    import pty

    words = ["--home", str(home), "--today", "2026-03-02", "init"]
    pid, master = pty.fork()
    if pid == 0:  # pragma: no cover - the child becomes the program
        os.execv(  # noqa: S606
            sys.executable, [sys.executable, "-m", "cnil_requests", *words]
        )
    os.write(master, answered(*ANSWERS).encode())
    shown = b""
    try:
        while chunk := os.read(master, 4096):
            shown += chunk
    except OSError:
        pass  # the end, as Linux tells it
    _, status = os.waitpid(pid, 0)
    os.close(master)
    assert os.waitstatus_to_exitcode(status) == 0
    assert "Votre identité : Dr Camille Exemple" in shown.decode()
