"""``people import`` with mandates: prepared, signed, withdrawn by the same list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]

TITLES = (
    "prénom",
    "nom",
    "rue",
    "code postal",
    "ville",
    "mandataire",
    "type de mandataire",
    "droits",
    "sites",
    "données",
    "début",
    "fin",
    "réponses",
    "signé le",
    "fichier signé",
    "retiré le",
)
TERMS = {
    "rue": "1 rue de l'Exemple",
    "code postal": "75001",
    "ville": "Paris",
    "mandataire": "Syndicat de l'Exemple",
    "type de mandataire": "syndicat",
    "droits": "effacement|opposition",
    "sites": "tous",
    "données": "fiches",
    "début": "01/03/2026",
    "fin": "31/12/2026",
    "réponses": "mandataire",
}
DAY = "2026-03-10"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the folder of the lists, with two scans below it."""
    for name in ("anne", "bob"):
        (tmp_path / "listes" / "scans").mkdir(parents=True, exist_ok=True)
        (tmp_path / f"listes/scans/{name}.pdf").write_bytes(name.encode())
    return tmp_path / "listes"


@pytest.fixture
def load(run: Run, folder: Path) -> Run:
    """Import a list of these lines, each given by the columns that it fills in."""

    def load_lines(*lines: dict[str, str], options: tuple[str, ...] = ()) -> Any:  # noqa: ANN401
        path = folder / "clients.csv"
        rows = [TITLES, *([line.get(title, "") for title in TITLES] for line in lines)]
        path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
        words = ("people", "import", path, *options)
        return run(*words, today=DAY)

    return load_lines


def client(name: str, **columns: str) -> dict[str, str]:
    """Return a line with a whole mandate; « _ » in a name stands for a blank."""
    given = {key.replace("_", " "): value for key, value in columns.items()}
    return {"prénom": name, "nom": "Exemple", **TERMS, **given}


def signed(name: str, **columns: str) -> dict[str, str]:
    """Return such a line with the signature and its scan."""
    scan = {"signé le": "05/03/2026", "fichier signé": f"scans/{name.lower()}.pdf"}
    return client(name, **{**scan, **columns})


def mandate_of(run: Run, slug: str) -> dict[str, Any] | None:
    """Return what is recorded of a mandate."""
    mandate: dict[str, Any] | None
    mandate = run("people", "show", slug, "--json").json["people"][0]["mandate"]
    return mandate


def places(result: Any) -> set[tuple[int, str]]:  # noqa: ANN401
    """Return line and column of every fault of a refused list."""
    assert result.exit_code == 4
    found = re.findall(r"csv:(\d+): ([^:]+):", result.stderr)
    return {(int(line), column) for line, column in found}


def test_the_papers_to_sign_are_written(load: Run, run: Run, home: Path) -> None:
    """One for each line with a mandate; the others write in their own name."""
    plain = {"prénom": "Carole", "nom": "Exemple"}
    done = load(client("Anne"), client("Bob"), plain, options=("--json",))
    assert done.exit_code == 0
    papers = [home / f"people/{name}-exemple/pouvoir.docx" for name in ("anne", "bob")]
    assert done.json["papers"] == [str(paper) for paper in papers]
    text = "\n".join(item.text for item in Document(str(papers[1])).paragraphs)
    assert "Bob Exemple" in text
    assert "Anne" not in text
    assert mandate_of(run, "carole-exemple") is None
    assert not (home / "people/carole-exemple").exists()


def test_the_same_list_in_march_with_the_signatures(
    load: Run, run: Run, home: Path
) -> None:
    """Who signed is updated, who did not is passed; then nothing is left to do."""
    load(client("Anne"), client("Bob"))
    by_windows = signed("Anne", fichier_signé="scans\\anne.pdf")
    done = load(by_windows, client("Bob"), options=("--json",))
    assert done.exit_code == 0
    assert [item["slug"] for item in done.json["people"]] == ["anne-exemple"]
    assert [item["of"] for item in done.json["repeated"]] == ["bob-exemple"]
    assert done.json["papers"] == []
    mandate = mandate_of(run, "anne-exemple")
    assert mandate
    assert (mandate["signed_on"], mandate["file"]) == ("2026-03-05", "anne.pdf")
    kept = home / "people/anne-exemple/anne.pdf"
    assert kept.read_bytes() == b"anne"
    again = load(signed("Anne"), client("Bob"), options=("--json",))
    assert again.json["people"] == []
    assert len(again.json["repeated"]) == 2


def test_signed_at_once_the_agent_may_write(load: Run, run: Run, home: Path) -> None:
    """No paper to sign is written, and letters are drafted."""
    load(signed("Anne"))
    assert not (home / "people/anne-exemple/pouvoir.docx").exists()
    words = ("--url", "https://www.keskeces.com/anne", "--because", "secrecy")
    assert run("draft", "keskeces", *words, today=DAY).exit_code == 0


def test_a_list_after_a_command_is_no_contradiction(load: Run, run: Run) -> None:
    """Without mandate columns nothing is removed; site by id or name is the same."""
    plain = client("Anne", **dict.fromkeys([*TERMS][3:], ""))
    load(plain)
    words = ("--agent", "Syndicat de l'Exemple", "--agent-kind", "union", "--right")
    terms = ("erasure", "--site", "doctolib", "--data", "fiches", "--start")
    days = ("2026-03-01", "--end", "2026-12-31", "--reply-to", "agent")
    signature = ("--signed-on", "2026-03-05")
    mandate = ("people", "mandate", "anne-exemple", *words, *terms, *days, *signature)
    assert run(*mandate, today=DAY).exit_code == 0
    for line in (plain, client("Anne", droits="effacement", sites="Doctolib")):
        again = load(line, options=("--json",))
        assert again.exit_code == 0
        assert again.json["people"] == []
    known = mandate_of(run, "anne-exemple")
    assert known
    assert (known["signed_on"], known["sites"]) == ("2026-03-05", ["doctolib"])


def test_every_fault_is_told_and_nothing_is_written(
    load: Run, home: Path, folder: Path
) -> None:
    """A wrong scan, two clients with one, days, sites and words that cannot be."""
    (folder / "scans/vide.pdf").touch()
    refused = load(
        signed("Anne"),
        signed("Bob", fichier_signé="scans/absent.pdf"),
        client("Carole", fin="28/02/2026", sites="tous"),
        client("David", sites="doctolibb", droits="oubli"),
        signed("Eve", fichier_signé="scans/anne.pdf"),
        signed("Fanny", fichier_signé="scans/vide.pdf", données=""),
        client("Gil", mandataire=""),
        signed("Hugo", signé_le="11/03/2026", fichier_signé=""),
        client("Inès", sites="doctolibb"),
    )
    assert places(refused) == {
        (3, "fichier signé"),
        (4, "fin"),
        (5, "droits"),
        (5, "sites"),
        (6, "fichier signé"),
        (7, "fichier signé"),
        (7, "données"),
        (8, "mandataire"),
        (9, "signé le"),
        (10, "sites"),
    }
    assert "Vouliez-vous dire" in refused.stderr
    assert not (home / "people").exists()


def test_a_client_stands_on_one_line(load: Run) -> None:
    """The same line twice is passed; two that differ contradict each other."""
    refused = load(client("Anne"), client("Anne"), signed("Anne"))
    assert "csv:4: « anne-exemple » est déjà à la ligne 2" in refused.stderr
    twice = load(client("Anne"), client("Anne"), options=("--json",)).json
    assert twice["repeated"] == [{"line": 3, "of": "ligne 2"}]


def test_the_good_lines_go_in_and_the_others_come_back(
    load: Run, run: Run, folder: Path
) -> None:
    """With ``--skip-bad``; the refused lines keep all their columns."""
    bad = signed("Bob", fichier_signé="scans/absent.pdf")
    done = load(signed("Anne"), bad, options=("--skip-bad",))
    assert done.exit_code == 0
    assert mandate_of(run, "anne-exemple")
    rejects = folder / "clients.rejets.csv"
    text = rejects.read_text("utf-8-sig")
    assert "absent.pdf" in text
    assert "Anne" not in text
    rejects.write_text(text.replace("absent", "bob"), encoding="utf-8")
    assert run("people", "import", rejects, today=DAY).exit_code == 0
    assert mandate_of(run, "bob-exemple")


def test_a_client_who_withdrew_does_not_come_back(load: Run, run: Run) -> None:
    """By the list or by the command; the old line is then refused."""
    load(signed("Anne"), signed("Bob"))
    done = load(signed("Anne", retiré_le="09/03/2026"), signed("Bob"))
    assert "Mandats retirés" in done.stdout
    run("people", "mandate", "bob-exemple", "--revoke", today=DAY)
    assert mandate_of(run, "anne-exemple") is mandate_of(run, "bob-exemple") is None
    refused = load(signed("Anne", retiré_le="09/03/2026"), signed("Bob"))
    assert places(refused) == {(3, "signé le")}
    assert "mandat retiré le 10 mars 2026" in refused.stderr
    shown = run("people", "mandate", "bob-exemple").stdout
    assert "retiré le : 2026-03-10" in shown


def test_new_terms_are_signed_again(load: Run, run: Run, home: Path) -> None:
    """Under the old day they are refused; without a day a new paper is written."""
    load(signed("Anne"))
    later = {"fin": "31/12/2027"}
    assert places(load(signed("Anne", **later))) == {(2, "fin")}
    done = load(client("Anne", **later))
    assert "à signer de nouveau : anne-exemple" in done.stderr
    assert (home / "people/anne-exemple/pouvoir.docx").exists()
    load(signed("Anne", **{**later, "signé le": "09/03/2026"}))
    mandate = mandate_of(run, "anne-exemple")
    assert mandate
    assert (mandate["end"], mandate["signed_on"]) == ("2027-12-31", "2026-03-09")


def test_a_scan_put_away_since_is_no_fault(load: Run, folder: Path) -> None:
    """The home has its copy; another day or another name needs the file."""
    load(signed("Anne"))
    (folder / "scans/anne.pdf").unlink()
    assert load(signed("Anne")).exit_code == 0
    other_day = signed("Anne", **{"signé le": "06/03/2026"})
    other_name = signed("Anne", fichier_signé="scans/autre.pdf")
    for line in (other_day, other_name):
        assert places(load(line)) == {(2, "fichier signé")}


def test_under_a_short_name_a_line_may_be_short(
    load: Run, run: Run, folder: Path
) -> None:
    """As in the list of ``print --mandates``; another name is still a fault."""
    load(client("Anne"))
    path = folder / "court.csv"
    header = "nom court;prénom;nom;signé le;fichier signé\n"
    path.write_text(
        f"{header}anne-exemple;Anne;Exemple;2026-03-05;scans/anne.pdf\n",
        encoding="utf-8",
    )
    assert run("people", "import", path, today=DAY).exit_code == 0
    mandate = mandate_of(run, "anne-exemple")
    assert mandate
    assert mandate["signed_on"] == "2026-03-05"
    path.write_text(f"{header}anne-exemple;Bob;Exemple;;\n", encoding="utf-8")
    refused = run("people", "import", path, today=DAY)
    assert places(refused) == {(2, "prénom")}
    assert "cnilreq people edit anne-exemple" in refused.stderr


def test_a_workbook_says_its_days_as_days(run: Run, folder: Path) -> None:
    """As Excel keeps them, not as text."""
    from datetime import date

    from openpyxl import Workbook

    book = Workbook()
    line = signed("Anne") | {"début": date(2026, 3, 1), "signé le": date(2026, 3, 5)}
    book.active.append(TITLES)
    book.active.append([line.get(title) for title in TITLES])
    book.save(folder / "clients.xlsx")
    assert run("people", "import", folder / "clients.xlsx", today=DAY).exit_code == 0
    mandate = mandate_of(run, "anne-exemple")
    assert mandate
    assert (mandate["start"], mandate["signed_on"]) == ("2026-03-01", "2026-03-05")


def test_check_names_what_waits(load: Run, run: Run, home: Path) -> None:
    """Warnings with a command; an altered scan is an error, exit 1."""
    load(signed("Anne"), client("Bob"))
    done = run("check", "--json", today=DAY)
    assert done.exit_code == 0
    [problem] = done.json["problems"]
    assert list(problem) == ["where", "level", "message", "suggestion"]
    assert (problem["where"], problem["level"]) == ("people/bob-exemple", "warning")
    assert "cnilreq people mandate bob-exemple --signed-on" in problem["suggestion"]
    (home / "people/anne-exemple/anne.pdf").write_bytes(b"other")
    assert run("check", today=DAY).exit_code == 1
    late = run("check", today="2027-01-01").stdout
    assert "mandat expiré le 31 décembre 2026" in late


@pytest.mark.parametrize("words", [(), ("--json",)])
def test_a_refused_list_makes_no_home(
    run: Run, home: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """A first list with a fault leaves nothing; corrected, it makes the home."""
    path = tmp_path / "clients.csv"
    path.write_text("prénom;nom\nAnne;\n", encoding="utf-8")
    assert run("people", "import", path, *words).exit_code == 4
    assert run("people", "import", tmp_path / "absent.csv", *words).exit_code == 4
    assert not home.exists()
    path.write_text("prénom;nom\nAnne;Exemple\n", encoding="utf-8")
    assert run("people", "import", path, *words).exit_code == 0
    assert (home / "cnilreq.db").exists()


def test_a_number_that_lost_its_zero_is_a_fault(
    run: Run, home: Path, tmp_path: Path
) -> None:
    """Spreadsheets take « 06 12… » for a number; postcodes as well."""
    path = tmp_path / "clients.csv"
    path.write_text(
        "prénom;nom;rue;code postal;ville;téléphone\n"
        "Anne;Exemple;1 rue X;1000;Bourg;0400000000\n"
        "Bob;Exemple;1 rue X;01000;Bourg;400000000\n",
        encoding="utf-8",
    )
    told = run("people", "import", path, "--json")
    assert [(item["line"], item["column"]) for item in told.json["rejected"]] == [
        (2, "code postal"),
        (3, "téléphone"),
    ]
    assert not home.exists()
