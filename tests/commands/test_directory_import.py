"""``directories import-dpo``: what changes, what does not."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]

HEADER = (
    "siren;nom;secteur;naf;adresse;cp;ville;pays;type_dpo;date_designation;siren;nom;"
    "secteur;naf;adresse;cp;ville;pays;mail;url;tel;adresse;cp;ville;pays;autre"
)
DOCTOLIB, CEGEDIM = "794598813", "348940255"


@pytest.fixture
def dpo(tmp_path: Path) -> Callable[..., Path]:
    """Write a list from (siren, mail, url)."""

    def write(*rows: tuple[str, str, str]) -> Path:
        path = tmp_path / "dpo.csv"
        lines = [
            ";".join([siren, "X", *[""] * 16, mail, url, *[""] * 6])
            for siren, mail, url in rows
        ]
        path.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
        return path

    return write


def overlay(home: Path) -> dict[str, dict[str, str]]:
    """Return the user's own lines by id."""
    with (home / "directories.csv").open(encoding="utf-8", newline="") as stream:
        return {line["id"]: line for line in csv.DictReader(stream)}


def test_mailboxes_are_written_with_their_source(
    run: Run, home: Path, dpo: Callable[..., Path]
) -> None:
    """Matched by SIREN alone; the address and its date stay as they were."""
    file = dpo((DOCTOLIB, "dpo@doctolib.example", ""), ("999100019", "a@b.fr", ""))
    found = run("directories", "import-dpo", file, "--json").json
    assert found["rows"] == 2
    assert found["matched"] == 1
    assert found["changes"] == [
        {
            "directory": "doctolib",
            "column": "dpo_email",
            "before": "contact.dataprivacy@doctolib.com",
            "after": "dpo@doctolib.example",
            "line": 2,
        }
    ]
    line = overlay(home)["doctolib"]
    assert line["dpo_email"] == "dpo@doctolib.example"
    assert line["source_urls"].split()[0] == found["source"]
    shown = run("directories", "show", "doctolib", "--json").json["directories"][0]
    assert line["checked_on"] == shown["checked_on"] != "2026-03-02"
    assert run("directories", "check", home / "directories.csv").exit_code == 0


def test_the_same_again_changes_nothing(
    run: Run, home: Path, dpo: Callable[..., Path]
) -> None:
    """Nor does a difference of capitals."""
    file = dpo((CEGEDIM, "dpo@cegedim-sante.com", ""))
    assert run("directories", "import-dpo", file, "--json").json["changes"] == []
    assert not (home / "directories.csv").exists()


def test_the_user_s_own_value_stays(
    run: Run, home: Path, dpo: Callable[..., Path]
) -> None:
    """Unless he asks for its replacement."""
    source = ("--source", "https://exemple.fr/ml")
    run("directories", "set", "doctolib", "dpo_email=moi@doctolib.example", *source)
    file = dpo((DOCTOLIB, "dpo@doctolib.example", ""))
    found = run("directories", "import-dpo", file, "--json").json
    assert found["changes"] == []
    assert [item["directory"] for item in found["kept"]] == ["doctolib"]
    found = run("directories", "import-dpo", file, "--replace", "--json").json
    assert len(found["changes"]) == 1
    assert overlay(home)["doctolib"]["dpo_email"] == "dpo@doctolib.example"


def test_what_cannot_be_used_is_told(run: Run, dpo: Callable[..., Path]) -> None:
    """Two officers with two mailboxes, a mailbox that is none."""
    file = dpo(
        (DOCTOLIB, "a@doctolib.example", ""),
        (DOCTOLIB, "b@doctolib.example", ""),
        (CEGEDIM, "pas une adresse", ""),
    )
    outcome = run("directories", "import-dpo", file)
    assert outcome.exit_code == 0
    assert "doctolib, ligne 2 : plusieurs délégués" in outcome.stderr
    assert "« pas une adresse » ne convient pas" in outcome.stderr
    assert "Changements : 0." in outcome.stdout


def test_a_form_fills_only_a_gap(run: Run, dpo: Callable[..., Path]) -> None:
    """An address of a page is taken where no form is known."""
    file = dpo((DOCTOLIB, "", "https://doctolib.example/dpo"))
    (change,) = run("directories", "import-dpo", file, "--json").json["changes"]
    assert (change["column"], change["after"]) == (
        "form_url",
        "https://doctolib.example/dpo",
    )


def test_another_file_is_refused(run: Run, tmp_path: Path) -> None:
    """Exit 4, nothing written."""
    file = tmp_path / "x.csv"
    file.write_text("a;b\n1;2\n", encoding="utf-8")
    outcome = run("directories", "import-dpo", file)
    assert outcome.exit_code == 4
    assert "data.gouv.fr" in outcome.stderr
