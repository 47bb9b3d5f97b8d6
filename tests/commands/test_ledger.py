"""``cnilreq ledger`` and CNILREQ_DATABASE: one ledger for several colleagues."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]

INIT = (
    "init", "--first-name", "Camille", "--last-name", "Exemple", "--street",
    "1 rue de l'Exemple", "--postcode", "75001", "--city", "Paris",
)  # fmt: skip
DRAFT = ("draft", "doctolib", "--url", "https://www.doctolib.fr/a", "--because",
         "secrecy")  # fmt: skip


@pytest.fixture
def shared(run: Run, database: str) -> Run:
    """Run the command as a colleague does, with the ledger on the server."""

    def on_the_server(*words: object, **how: Any) -> Any:  # noqa: ANN401
        return run(*words, env={"CNILREQ_DATABASE": database}, **how)

    return on_the_server


def test_a_whole_life_on_the_server(shared: Run, home: Path, tmp_path: Path) -> None:
    """Init, draft, sent, remind, status, check: as with a file, and no file."""
    assert shared(*INIT).exit_code == 0
    assert shared(*DRAFT).exit_code == 0
    assert shared("sent", "1", "--on", "2026-03-02").exit_code == 0
    assert shared("received", "1", "--on", "2026-03-02").exit_code == 0
    due = shared("remind", "--within", "60", "--json")
    assert [item["request"] for item in due.json["reminders"]] == ["2026-0001"]
    assert shared("status", "--json").json["requests"][0]["state"] == "received"
    assert shared("undo", "1").exit_code == 0
    assert shared("check").exit_code == 0
    assert not (home / "cnilreq.db").exists()
    assert list((home / "requests").iterdir())


def test_a_list_is_drafted_on_the_server(
    shared: Run, home: Path, tmp_path: Path
) -> None:
    """The same file twice writes nothing new there either."""
    shared(*INIT)
    path = tmp_path / "l.csv"
    lines = [f"doctolib,https://www.doctolib.fr/{n},secrecy" for n in range(300)]
    path.write_text("\n".join(["site,url,because", *lines]), encoding="utf-8")
    assert shared("draft", "--from", path).exit_code == 0
    again = shared("draft", "--from", path, "--json")
    assert (len(again.json["requests"]), len(again.json["repeated"])) == (0, 300)
    assert shared("check").exit_code == 0


def test_a_ledger_moves_to_the_server(
    run: Run, shared: Run, home: Path, database: str
) -> None:
    """Counts and hashes are shown; the file then takes nothing more."""
    run(*INIT)
    run(*DRAFT)
    refused = shared("status")
    assert refused.exit_code == 5
    assert "cnilreq ledger copy" in refused.stderr
    copied = run("ledger", "copy", home, database, "--json")
    assert copied.exit_code == 0
    tables = copied.json["ledger"]["tables"]
    assert {name: tables[name]["rows"] for name in ("person", "request", "event")} == {
        "person": 1,
        "request": 1,
        "event": 1,
    }
    assert all(len(table["sha256"]) == 64 for table in tables.values())
    for words in (["status"], ["remind"], ["sent", "1", "--on", "2026-03-02"], DRAFT):
        stale = run(*words)
        assert stale.exit_code == 5, words
        assert "CNILREQ_DATABASE" in stale.stderr
    assert shared("status", "--json").json["requests"][0]["id"] == "2026-0001"
    assert shared("check").exit_code == 0


def test_a_copy_shows_no_password(run: Run, home: Path, database: str) -> None:
    """Neither on the terminal nor as JSON."""
    run(*INIT)
    secret = database.replace("postgres@", "postgres:motdepasse@")
    shown = run("ledger", "copy", home, secret)
    assert shown.exit_code == 0
    assert "motdepasse" not in shown.output
    assert "Registre copié et comparé" in shown.stdout


def test_a_shared_ledger_is_saved_and_comes_back_as_a_file(
    run: Run, shared: Run, tmp_path: Path
) -> None:
    """``backup`` holds a file's ledger, which ``restore`` puts in a new home."""
    shared(*INIT)
    shared(*DRAFT)
    backup = tmp_path / "tout.zip"
    assert shared("backup", backup).exit_code == 0
    other = tmp_path / "autre"
    assert run("restore", backup, at=other).exit_code == 0
    assert len(run("status", "--json", at=other).json["requests"]) == 1
    assert run("check", at=other).exit_code == 0


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://moi:motdepasse@127.0.0.1:1/base", "ne répond pas"),
        ("mysql://moi:motdepasse@serveur/base", "n'est pas l'adresse"),
    ],
)
def test_a_server_that_is_away_is_one_french_line(
    run: Run, home: Path, address: str, said: str
) -> None:
    """No traceback, no password."""
    (home / "requests").mkdir(parents=True)
    for words in (["status"], ["remind"], INIT, ["export"]):
        refused = run(*words, env={"CNILREQ_DATABASE": address})
        assert refused.exit_code in {4, 5}
        assert said in refused.stderr
        assert "motdepasse" not in refused.output


def test_without_psycopg_the_extra_is_named(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A single doctor never needs it."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    refused = run(*INIT, env={"CNILREQ_DATABASE": "postgresql://x/y"})
    assert refused.exit_code == 4
    assert 'pip install "cnilreq[postgres]"' in refused.stderr


def test_files_are_copied_to_files_too(run: Run, home: Path, tmp_path: Path) -> None:
    """A second file is an exact copy, and the first one goes on."""
    run(*INIT)
    assert run("ledger", "copy", home / "cnilreq.db", tmp_path / "x.db").exit_code == 0
    assert run(*DRAFT).exit_code == 0
    again = run("ledger", "copy", home, tmp_path / "x.db")
    assert again.exit_code == 6
    assert run("ledger", "copy", tmp_path / "absent", tmp_path / "y").exit_code == 3


def test_a_restored_ledger_is_told_from_the_servers(
    run: Run, shared: Run, tmp_path: Path
) -> None:
    """With CNILREQ_DATABASE set the next step is named, and nothing is mixed."""
    shared(*INIT)
    shared(*DRAFT)
    backup = tmp_path / "tout.zip"
    shared("backup", backup)
    other = tmp_path / "autre"
    restored = shared("restore", backup, at=other)
    assert f'cnilreq ledger copy "{other}" ADRESSE' in restored.stdout
    refused = shared("status", at=other)
    assert refused.exit_code == 5
    assert "a son propre registre" in refused.stderr


def test_init_goes_on_where_the_server_was_away(
    run: Run, shared: Run, home: Path
) -> None:
    """The folders are there, the ledger is not: the same command makes it."""
    away = {"CNILREQ_DATABASE": "postgresql://moi@127.0.0.1:1/base"}
    assert run(*INIT, env=away).exit_code == 5
    assert shared("status").exit_code == 5
    assert shared(*INIT).exit_code == 0
    assert shared("status").exit_code == 0


def test_a_password_in_the_options_of_an_address_is_not_shown(
    run: Run, home: Path, database: str
) -> None:
    """Wherever it stands in the address."""
    run(*INIT)
    shown = run("ledger", "copy", home, f"{database}&password=motdepasse", "--json")
    assert shown.exit_code == 0
    assert "motdepasse" not in shown.output


def test_a_list_is_not_blamed_for_the_server(
    run: Run,
    shared: Run,
    database: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A server that goes away while a list is read makes no bad lines of the rest."""
    from cnil_requests.store.postgres import Postgres
    from cnil_requests.store.postgres_errors import CutOffError

    shared(*INIT)
    shared(*DRAFT)
    path = tmp_path / "l.csv"
    path.write_text("demande,date\n2026-0001,2026-03-02\n", encoding="utf-8")
    real = Postgres.query

    def cut(self: Postgres, sql: str, *rest: Any) -> Any:  # noqa: ANN401
        if "WHERE number" in sql:
            raise CutOffError(self.path)
        return real(self, sql, *rest)

    monkeypatch.setattr(Postgres, "query", cut)
    told = shared("sent", "--from", path, "--skip-bad", "--by", "form")
    assert (told.exit_code, "a été coupée" in told.stderr) == (5, True)
    assert sorted(item.name for item in tmp_path.glob("l*")) == ["l.csv"]
