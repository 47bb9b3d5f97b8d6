"""``cnilreq print``: the letters to post, their list, and the way back."""

from __future__ import annotations

import csv
import re
import subprocess
from datetime import date
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document
from openpyxl import load_workbook

from cnil_requests.commands.home import open_home
from cnil_requests.console import App

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]

PEOPLE = """prénom;nom;rue;code postal;ville
Camille;Exemple;1 rue de l'Exemple;75001;Paris
Dominique;Modèle;2 rue du Modèle;69002;Lyon
"""
LIST = """personne;site;url;motif;envoi
camille-exemple;doctolib;https://www.doctolib.fr/a;secret;
camille-exemple;keskeces;https://www.keskeces.com/a;secret;
dominique-modele;maiia;https://www.maiia.com/a;non-informe;
dominique-modele;doctolib;https://www.doctolib.fr/b;secret;
camille-exemple;maiia;https://www.maiia.com/b;secret;courriel
"""
TODAY = "2026-11-21"


@pytest.fixture
def agency(run: Run, tmp_path: Path) -> Run:
    """Give the command in a home of two people and five requests."""

    def dated(*words: object, **how: Any) -> Any:  # noqa: ANN401
        return run(*words, **{"today": TODAY, **how})

    for name, text, command in (
        ("p.csv", PEOPLE, ["people", "import"]),
        ("l.csv", LIST, ["draft", "--from"]),
    ):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        assert dated(*command, path).exit_code == 0
    return dated


def rows(path: Path) -> list[dict[str, str]]:
    """Return the lines of a posting list."""
    text = path.read_text("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


def test_the_run_and_its_list(agency: Run, tmp_path: Path) -> None:
    """Ready letters are bound, the others named; the list says who gets what."""
    folder = tmp_path / "impression"
    done = agency("print", "--to", folder, "--json")
    assert done.exit_code == 0
    assert done.json["print"] == {
        "files": [str(folder / "lettres-001.docx")],
        "list": str(folder / "bordereau.csv"),
        "workbook": str(folder / "bordereau.xlsx"),
        "requests": ["2026-0001", "2026-0003", "2026-0004"],
    }
    assert [item["id"] for item in done.json["left_out"]] == ["2026-0002"]
    assert "adresse postale" in done.json["left_out"][0]["reason"]
    listed = rows(folder / "bordereau.csv")
    assert [row["numéro"] for row in listed] == ["1", "2", "3"]
    assert [row["demande"] for row in listed] == done.json["print"]["requests"]
    assert listed[0]["destinataire"] == "Doctolib"
    assert "92300 LEVALLOIS PERRET" in listed[0]["adresse"]
    sheet = load_workbook(folder / "bordereau.xlsx").active
    assert [[cell.value or "" for cell in row] for row in sheet.iter_rows()] == [
        list(listed[0])[:-1],
        *(list(row.values())[:-1] for row in listed),
    ]
    document = Document(BytesIO((folder / "lettres-001.docx").read_bytes()))
    assert len(document.sections) == 3


def test_the_list_records_the_postings(agency: Run, tmp_path: Path) -> None:
    """The printed command, once the numbers are filled in; then nothing is left."""
    folder = tmp_path / "impression"
    shown = agency("print", "--to", folder).stdout
    command = re.search(r"cnilreq (sent --from .*)", shown)
    assert command
    table = folder / "bordereau.csv"
    table.write_text(
        table.read_text("utf-8-sig").replace("EZANVILLE;;", "EZANVILLE;1A 1;"),
        encoding="utf-8",
    )
    words = command[1].replace('"', "").split()
    sent = agency(*words, "--json")
    assert sent.exit_code == 0
    assert [item["state"] for item in sent.json["requests"]] == ["sent"] * 3
    assert sent.stderr == ""
    assert agency(*words, "--json").json["requests"] == []
    again = agency("print", "--to", tmp_path / "2", "--json")
    assert again.json["print"]["files"] == []
    assert not (tmp_path / "2").exists()
    assert "Aucune lettre prête" in agency("print", "--to", tmp_path / "2").stdout


def test_letters_are_printed_as_they_are_on_the_disk(
    agency: Run, home: Path, tmp_path: Path
) -> None:
    """A correction is printed; what Word changed deeply goes to its own file."""
    (letter,) = (home / "requests").glob("2026-0001-*/lettre.docx")
    document = Document(letter)
    document.paragraphs[-1].add_run(" Corrigé à la main.")
    document.save(str(letter))
    (other,) = (home / "requests").glob("2026-0003-*/lettre.docx")
    document = Document(other)
    document.add_section()
    document.save(str(other))
    (home / "requests").glob("2026-0004-*/lettre.docx")
    folder = tmp_path / "impression"
    done = agency("print", "--to", folder)
    bound = Document(BytesIO((folder / "lettres-001.docx").read_bytes()))
    assert any("Corrigé à la main." in item.text for item in bound.paragraphs)
    assert (folder / "lettre-2026-0003.docx").read_bytes() == other.read_bytes()
    assert "(sa mise en page a plusieurs sections) : 2026-0003." in done.stdout
    assert [row["fichier"] for row in rows(folder / "bordereau.csv")] == [
        "lettre-2026-0003.docx",
        "lettres-001.docx",
        "lettres-001.docx",
    ]


def test_a_letter_changed_after_its_printing_is_not_sealed(
    agency: Run, home: Path, tmp_path: Path
) -> None:
    """What was posted is what was printed: the line is refused."""
    folder = tmp_path / "impression"
    agency("print", "--to", folder)
    (letter,) = (home / "requests").glob("2026-0001-*/lettre.docx")
    letter.write_bytes(letter.read_bytes() + b" ")
    refused = agency("sent", "--from", folder / "bordereau.csv", "--on", TODAY)
    assert refused.exit_code == 4
    assert "2026-0001 a changé depuis son impression" in refused.stderr


def test_a_letter_that_is_gone_is_named(
    agency: Run, home: Path, tmp_path: Path
) -> None:
    """Nothing is left out in silence."""
    (letter,) = (home / "requests").glob("2026-0001-*/lettre.docx")
    letter.unlink()
    done = agency("print", "--to", tmp_path / "x", "--json")
    assert {"id": "2026-0001", "reason": "le fichier n'est plus dans le dossier de "
            "la demande"} in done.json["left_out"]  # fmt: skip


@pytest.mark.parametrize("kind", ["a file", "a full folder"])
def test_two_runs_never_mix(agency: Run, tmp_path: Path, kind: str) -> None:
    """Only a new or empty folder is written to."""
    folder = tmp_path / "impression"
    if kind == "a file":
        folder.write_bytes(b"x")
    else:
        agency("print", "--to", folder)
    refused = agency("print", "--to", folder)
    assert refused.exit_code == 6
    assert "n'est pas un dossier vide" in refused.stderr
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_one_person_s_letters_alone(agency: Run, tmp_path: Path) -> None:
    """``--person`` prints nobody else's letters."""
    folder = tmp_path / "impression"
    done = agency("print", "--to", folder, "--person", "dominique-modele", "--json")
    assert done.json["print"]["requests"] == ["2026-0003", "2026-0004"]
    assert done.json["left_out"] == []
    document = Document(BytesIO((folder / "lettres-001.docx").read_bytes()))
    text = "\n".join(item.text for item in document.paragraphs)
    assert "Dominique Modèle" in text
    assert "Camille" not in text


def test_without_openpyxl_the_list_is_csv(
    agency: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The workbook is an extra."""
    monkeypatch.setattr("cnil_requests.batch.writing.has_workbooks", lambda: False)
    done = agency("print", "--to", tmp_path / "x", "--json")
    assert done.json["print"]["workbook"] is None
    assert sorted(path.name for path in (tmp_path / "x").iterdir()) == [
        "bordereau.csv",
        "lettres-001.docx",
    ]


def test_pdf_where_libreoffice_is(
    agency: Run, tmp_path: Path, tool: Callable[[str], str]
) -> None:
    """One PDF a Word file, every letter on its own sheet."""
    tool("soffice")
    done = agency("print", "--to", tmp_path / "x", "--pdf", "--json")
    files = done.json["print"]["files"]
    assert [path.rpartition(".")[2] for path in files] == ["docx", "pdf"]
    info = subprocess.run(
        [tool("pdfinfo"), files[1]], capture_output=True, encoding="utf-8", check=True
    )
    assert re.search(r"Pages:\s+5\n", info.stdout)


def test_without_libreoffice_nothing_is_written(
    agency: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``--pdf`` is asked for: it is refused before the work, not after."""
    monkeypatch.setenv("PATH", "")
    refused = agency("print", "--to", tmp_path / "x", "--pdf")
    assert refused.exit_code == 6
    assert "LibreOffice n'est pas installé" in refused.stderr
    assert not (tmp_path / "x").exists()


def test_a_formal_notice_is_named_not_bound(
    agency: Run, home: Path, tmp_path: Path
) -> None:
    """It goes with copies of its exhibits, which no print run can add."""
    agency("print", "--to", tmp_path / "x")
    agency("sent", "--from", tmp_path / "x/bordereau.csv", "--on", TODAY)
    agency("received", "1", "--on", TODAY)
    later = "2027-01-10"
    assert agency("follow-up", "1", today=later).exit_code == 0
    done = agency("print", "--to", tmp_path / "y", "--json", today=later)
    assert ("2026-0001", "mise en demeure") in {
        (item["id"], item["reason"].partition(" :")[0])
        for item in done.json["left_out"]
    }
    with open_home(App(home, date(2027, 1, 10))) as opened:
        assert opened.case("1").next_action == "post-letter"


MANDATE = (
    "people", "mandate", "camille-exemple", "--agent", "Syndicat de l'Exemple",
    "--right", "erasure", "--site", "all", "--data", "fiches",
    "--start", "2026-11-01", "--end", "2026-12-31", "--reply-to", "agent",
    "--signed-on", "2026-11-10",
)  # fmt: skip
OF_THE_AGENT = ("draft", "https://www.doctolib.fr/c", "--because", "secrecy")


@pytest.mark.parametrize(
    ("change", "day", "why"),
    [
        ((), "2027-01-01", "il a pris fin le 31 décembre 2026"),
        (("--revoke",), TODAY, "il a été retiré"),
        (("--data", "tout"), TODAY, "il est à signer de nouveau"),
        (("--signed-on", "2026-11-20"), TODAY, "un autre l'a remplacé"),
        (
            ("--right", "access", "--signed-on", "2026-11-10"),
            TODAY,
            "son objet ne comprend pas",
        ),
    ],
    ids=["ended", "withdrawn", "changed", "replaced", "other object"],
)
def test_a_letter_under_a_mandate_goes_with_the_mandate(
    agency: Run, tmp_path: Path, change: tuple[str, ...], day: str, why: str
) -> None:
    """What the agent wrote is not printed once he may not write; her own letters are.

    Drafted again, by whoever may, it is.
    """
    assert agency(*MANDATE).exit_code == 0
    number = agency(*OF_THE_AGENT, "--person", "camille-exemple", "--json")
    [row] = number.json["requests"]
    first = agency("print", "--to", tmp_path / "1")
    assert "lettres qui citent un mandat en pièce jointe : 1." in first.stderr
    if change:
        assert agency(*MANDATE[:3], *change).exit_code == 0
    done = agency("print", "--to", tmp_path / "2", "--json", today=day).json
    assert done["print"]["requests"] == ["2026-0001", "2026-0003", "2026-0004"]
    reasons = {item["id"]: item["reason"] for item in done["left_out"]}
    assert why in reasons[row["id"]]
    assert agency(*MANDATE[:3], "--revoke", today=day).exit_code == 0
    again = agency(*OF_THE_AGENT, "--person", "camille-exemple", today=day)
    assert again.exit_code == 0
    done = agency("print", "--to", tmp_path / "3", "--json", today=day).json
    assert row["id"] in done["print"]["requests"]
