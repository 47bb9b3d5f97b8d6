"""``cnilreq people``: whom the letters are written for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]

CAMILLE = ("--first-name", "Camille", "--last-name", "Exemple", "--email=c@exemple.fr")
DOMINIQUE = ("--first-name", "Dominique", "--last-name", "Modèle")
ADDRESS = ("--street", "1 rue de l'Exemple", "--postcode", "69001", "--city", "Lyon")


def slugs(run: Run) -> list[str]:
    """Return who is in the ledger."""
    return [person["slug"] for person in run("people", "list", "--json").json["people"]]


def test_add_list_and_show(run: Run) -> None:
    """By slug; the JSON has every field."""
    assert run("people", "add", *DOMINIQUE, *ADDRESS, "--title=Dr").exit_code == 0
    assert run("people", "add", *CAMILLE).exit_code == 0
    assert slugs(run) == ["camille-exemple", "dominique-modele"]
    listed = run("people", "list").stdout
    assert "dominique-modele  Dr Dominique Modèle  Lyon" in listed
    shown = run("people", "show", "dominique-modele").stdout
    assert "Dr Dominique Modèle (dominique-modele)" in shown
    assert "  rue : 1 rue de l'Exemple" in shown
    (person,) = run("people", "show", "dominique-modele", "--json").json["people"]
    assert person["practice"] == {
        "street": "1 rue de l'Exemple",
        "complement": "",
        "postcode": "69001",
        "city": "Lyon",
        "country": "FR",
    }


def test_adding_answers_json_alone(run: Run) -> None:
    """One document; warnings beside it."""
    added = run("people", "add", *CAMILLE, "--rpps", "10003456787", "--json")
    assert list(added.json) == ["people"]
    assert "clé de contrôle" in added.stderr


def test_a_name_is_taken_once(run: Run) -> None:
    """Exit 6, both ways out; a namesake gets a slug of its own."""
    run("people", "add", *CAMILLE, "--phone=01")
    taken = run("people", "add", *CAMILLE, "--phone=02")
    assert taken.exit_code == 6
    assert "people edit camille-exemple" in taken.stderr
    assert "--slug" in taken.stderr
    (person,) = run("people", "show", "camille-exemple", "--json").json["people"]
    assert person["phone"] == "01"
    assert run("people", "add", *CAMILLE, "--slug", "../Camille 2").exit_code == 0
    assert slugs(run) == ["camille-2", "camille-exemple"]


def test_what_is_wrong_adds_nobody(run: Run, home: Path) -> None:
    """Nor a home."""
    assert run("people", "add", "--first-name", "X").exit_code == 4
    assert not home.exists()


def test_edit(run: Run) -> None:
    """What is given changes, and is shown; the slug stays."""
    run("people", "add", *CAMILLE, *ADDRESS)
    edited = run("people", "edit", "camille-exemple", "--last-name", "Autre")
    assert edited.exit_code == 0
    assert "nom : Exemple → Autre" in edited.stdout
    assert slugs(run) == ["camille-exemple"]
    assert run("people", "edit", "camille-exemple", "--siren", "1").exit_code == 4
    (person,) = run("people", "show", "camille-exemple", "--json").json["people"]
    assert (person["last_name"], person["siren"]) == ("Autre", "")
    assert person["practice"]["city"] == "Lyon"


def test_an_address_can_be_taken_away(run: Run) -> None:
    """All of it; half of it is a mistake."""
    run("people", "add", *CAMILLE, *ADDRESS)
    assert run("people", "edit", "camille-exemple", "--city", "").exit_code == 4
    gone = ("--street", "", "--postcode", "", "--city", "")
    assert run("people", "edit", "camille-exemple", *gone).exit_code == 0
    (person,) = run("people", "show", "camille-exemple", "--json").json["people"]
    assert person["practice"] is None


@pytest.mark.parametrize("command", ["show", "edit", "forget"])
def test_nobody_of_that_name(run: Run, command: str) -> None:
    """Exit 3, near names offered."""
    run("people", "add", *CAMILLE)
    missed = run("people", command, "camile-exemple")
    assert missed.exit_code == 3
    assert "camille-exemple" in missed.stderr


@pytest.mark.parametrize("command", ["list", "show x", "edit x", "forget x"])
def test_without_a_home(run: Run, home: Path, command: str) -> None:
    """Exit 3 names ``init``; nothing is made."""
    missed = run("people", *command.split())
    assert missed.exit_code == 3
    assert "cnilreq init" in missed.stderr
    assert not home.exists()


def drafted(run: Run, slug: str) -> Path:
    """Draft a letter for somebody; return its folder."""
    words = ("https://www.keskeces.com/x", "--because", "secrecy", "--person", slug)
    (request,) = run("draft", *words, "--json").json["requests"]
    return Path(request["folder"])


def test_forgetting_erases_everything_of_one_person(run: Run) -> None:
    """Requests and files too; nothing of the others."""
    run("people", "add", *CAMILLE)
    run("people", "add", *DOMINIQUE)
    gone, kept = drafted(run, "camille-exemple"), drafted(run, "dominique-modele")
    forgotten = run("people", "forget", "camille-exemple", "--yes", "--json")
    assert forgotten.json["forgotten"]["requests"] == 1
    assert forgotten.json["people"][0]["slug"] == "camille-exemple"
    assert slugs(run) == ["dominique-modele"]
    assert not gone.exists()
    assert (kept / "lettre.docx").is_file()


def test_forgetting_needs_a_yes(run: Run) -> None:
    """Off a terminal, and with --json, an option says it; a copy is advised."""
    run("people", "add", *CAMILLE)
    for extra in ((), ("--json",)):
        refused = run("people", "forget", "camille-exemple", *extra)
        assert refused.exit_code == 2
        assert "cnilreq backup" in refused.stderr
        assert "--yes" in refused.stderr
    assert slugs(run) == ["camille-exemple"]


@pytest.mark.parametrize(
    ("answer", "left"), [("oui", 0), ("o", 0), ("non", 1), ("", 1)]
)
def test_forgetting_is_confirmed_on_a_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch, answer: str, left: int
) -> None:
    """In French; Enter alone keeps everything."""
    run("people", "add", *CAMILLE)
    monkeypatch.setattr("cnil_requests.commands.people.is_interactive", lambda: True)
    asked = run("people", "forget", "camille-exemple", stdin=f"{answer}\n")
    assert "Camille Exemple" in asked.output
    assert len(slugs(run)) == left
