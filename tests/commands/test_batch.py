"""Thousands of requests from a list: checked first, written once, finished later.

The number of lines of the interrupted run is small here; CNILREQ_BATCH_LINES=10000
makes the long one.
"""

from __future__ import annotations

import json
import os
import pty
import random
import signal
import subprocess
import sys
import time
from datetime import date
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest

from cnil_requests.commands.home import open_home
from cnil_requests.console import App
from cnil_requests.store.drafting import CHUNK

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    Run = Callable[..., Any]

LINES = int(os.environ.get("CNILREQ_BATCH_LINES", "800"))
SITES = ("keskeces", "doctolib", "keldoc", "maiia", "choisirunmedecin")
MORE_SITES = (
    *SITES, "annuaire-horaire", "doctoome", "horairesdouverture24", "livi", "qare",
    "medecindirect", "ubiclic", "rdvmedicaux", "clickdoc", "pagesjaunes", "118712",
    "118000", "infobel", "hoodspot", "yelp",
)  # fmt: skip

PEOPLE = """prénom;nom;rue;code postal;ville;courriel
Camille;Exemple;1 rue de l'Exemple;75001;Paris;camille@example.org
Dominique;Modèle;2 rue du Modèle;69002;Lyon;dominique@example.org
"""
ONE_PERSON = "\n".join(PEOPLE.splitlines()[:2])


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Write a list beside the home."""

    def to_file(text: str, name: str = "liste.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return to_file


@pytest.fixture
def alone(run: Run, write: Callable[..., Path]) -> Run:
    """Give the command in a home of one person."""
    run("people", "import", write(ONE_PERSON, "personne.csv"))
    return run


@pytest.fixture
def agency(run: Run, write: Callable[..., Path]) -> Run:
    """Give the command in a home of two people."""
    run("people", "import", write(PEOPLE, "personnes.csv"))
    return run


def urls(home: Path) -> list[str]:
    """Return the pages of every request, sorted."""
    with open_home(App(home, date(2026, 3, 2))) as opened:
        return sorted(url for case in opened.cases() for url in case.request.urls)


def faults(outcome: Any) -> list[tuple[int, str]]:  # noqa: ANN401
    """Return line and column of every fault."""
    return [(item["line"], item["column"]) for item in outcome.json["rejected"]]


def test_one_line_is_one_request(
    agency: Run, home: Path, write: Callable[..., Path]
) -> None:
    """People by short or full name, several pages a line, never merged."""
    path = write(
        "personne;site;url;motif\n"
        "camille-exemple;keskeces;https://www.keskeces.com/a|https://keskeces.com/b;secret\n"
        "Dominique Modèle;keskeces;https://www.keskeces.com/c;secrecy|other=mes mots\n"
        "camille-exemple;keskeces;https://www.keskeces.com/d;advertising\n"
    )
    made = agency("draft", "--from", path, "--json")
    assert made.exit_code == 0
    assert [item["id"] for item in made.json["requests"]] == [
        "2026-0001",
        "2026-0002",
        "2026-0003",
    ]
    assert [item["person"] for item in made.json["requests"]] == [
        "camille-exemple",
        "dominique-modele",
        "camille-exemple",
    ]
    for item in made.json["requests"]:
        assert set(item) >= {"folder", "letter", "missing", "warnings", "state"}
        assert item["letter"].endswith("lettre.docx")
    assert len(urls(home)) == 4


def test_three_columns_are_enough_for_one_person(
    alone: Run, write: Callable[..., Path]
) -> None:
    """A pasted address stands for the site, as on the command line."""
    path = write(
        "site,url,because\n"
        "keskeces,https://www.keskeces.com/a,secrecy\n"
        "https://www.doctolib.fr/b,,not-informed\n"
    )
    made = alone("draft", "--from", path)
    assert made.exit_code == 0
    assert "Lettres rédigées : 2 (2026-0001 à 2026-0002)." in made.stdout
    assert "cnilreq print --to" in made.stdout
    assert made.stderr == ""


def test_the_same_file_twice_writes_nothing_new(
    alone: Run, home: Path, write: Callable[..., Path]
) -> None:
    """The second run says which requests the lines are."""
    path = write(
        "site;url;motif\n"
        "keskeces;https://www.keskeces.com/a;secret\n"
        "google-search;https://www.keskeces.com/a;secret\n"
    )
    alone("draft", "--from", path)
    before = sorted(home.rglob("*.docx"))
    again = alone("draft", "--from", path, "--json")
    assert again.exit_code == 0
    assert again.json["requests"] == again.json["rejected"] == []
    assert again.json["repeated"] == [
        {"line": 2, "of": "2026-0001"},
        {"line": 3, "of": "2026-0002"},
    ]
    assert sorted(home.rglob("*.docx")) == before


def test_a_repeated_line_is_reported_not_duplicated(
    alone: Run, home: Path, write: Callable[..., Path]
) -> None:
    """In the file itself, against an open request, and with some of its pages only."""
    alone(
        "draft", "keskeces", "--url", "https://www.keskeces.com/a",
        "--url", "https://www.keskeces.com/b", "--because", "secrecy",
    )  # fmt: skip
    path = write(
        "site;url;motif\n"
        "keskeces;https://www.keskeces.com/b;secret\n"
        "keskeces;https://www.keskeces.com/c;secret\n"
        "keskeces;https://www.keskeces.com/c;publicite\n"
        "keskeces;https://www.keskeces.com/c|https://www.keskeces.com/e;secret\n"
    )
    made = alone("draft", "--from", path, "--skip-bad", "--json")
    assert made.json["repeated"] == [
        {"line": 2, "of": "2026-0001"},
        {"line": 4, "of": "ligne 3"},
    ]
    assert faults(made) == [(5, "url")]
    assert "(ligne 3)" in made.json["rejected"][0]["message"]
    assert len(urls(home)) == 3


BAD = """personne;site;droit;url;motif
personne-inconnue;sitte;tout;pas une adresse;colère
;keskeces;;https://www.keskeces.com/a;secret
camille-exemple;keskeces;;;secret
camille-exemple;keskeces;;https://www.keskeces.com/b;
camille-exemple;rpps;effacement;https://annuaire.sante.fr/x;secret
camille-exemple;keskeces;;https://www.keskeces.com/good;secret
camille-exemple;keskeces;;=A1;secret
"""


def test_every_fault_is_listed_and_nothing_is_written(
    agency: Run, home: Path, write: Callable[..., Path]
) -> None:
    """Line and column of each; exit code 4; the ledger is as it was."""
    path = write(BAD)
    refused = agency("draft", "--from", path, "--json")
    assert refused.exit_code == 4
    assert refused.json["requests"] == []
    assert sorted(faults(refused)) == [
        (2, "droit"), (2, "motif"), (2, "personne"), (2, "site"), (2, "url"),
        (3, "personne"), (4, "url"), (5, "motif"), (6, "site"), (8, "url"),
    ]  # fmt: skip
    assert urls(home) == []
    told = agency("draft", "--from", path)
    assert told.exit_code == 4
    assert told.stdout == ""
    assert f"{path}:4: url: Il manque l'adresse" in told.stderr
    assert "6 lignes à corriger ; rien n'a été écrit." in told.stderr
    assert "--skip-bad" in told.stderr


def test_good_lines_pass_and_bad_ones_come_back(
    agency: Run, home: Path, write: Callable[..., Path], tmp_path: Path
) -> None:
    """``--skip-bad``: the rejects are a list again, which can be fed back."""
    made = agency("draft", "--from", write(BAD), "--skip-bad")
    assert made.exit_code == 0
    assert "Lettres rédigées : 1" in made.stdout
    rejects = tmp_path / "liste.rejets.csv"
    assert f"Lignes refusées : 6, à corriger dans {rejects}" in made.stdout
    assert urls(home) == ["https://www.keskeces.com/good"]
    text = rejects.read_text("utf-8-sig")
    assert text.startswith("personne;site;droit;url;motif;rejet")
    fixed = write(text.replace("\n;keskeces", "\ncamille-exemple;keskeces"), "2.csv")
    again = agency("draft", "--from", fixed, "--skip-bad", "--json")
    assert [item["directory"] for item in again.json["requests"]] == ["keskeces"]
    assert again.json["rejects"] == str(tmp_path / "2.rejets.csv")


def test_a_bad_header_stops_everything(alone: Run, write: Callable[..., Path]) -> None:
    """``--skip-bad`` skips lines, not columns that are missing."""
    refused = alone("draft", "--from", write("site;url\nkeskeces;x\n"), "--skip-bad")
    assert refused.exit_code == 4
    assert "motif: colonne absente" in refused.stderr


def test_ways_of_sending_and_rights(
    alone: Run, write: Callable[..., Path], home: Path
) -> None:
    """Each line has its own right and way; forms and e-mails are made too."""
    path = write(
        "site;droit;url;motif;envoi;correction\n"
        "keskeces;acces;;;courriel;\n"
        "doctolib;;https://www.doctolib.fr/a;secret;formulaire;\n"
        "keldoc;rectification;https://www.keldoc.com/a;;;Lyon=>Paris\n"
    )
    made = alone("draft", "--from", path, "--json")
    assert [item["right"] for item in made.json["requests"]] == [
        "access",
        "erasure",
        "rectification",
    ]
    email, form, letter = made.json["requests"]
    assert email["email"]
    assert form["form"]
    assert form["letter"] is None
    assert letter["letter"]
    for item in made.json["requests"]:
        for key in ("letter", "email", "form"):
            assert item[key] is None or (home / item[key]).is_file()


def test_a_page_of_another_site_is_said(alone: Run, write: Callable[..., Path]) -> None:
    """A list with shifted columns shows; the letter is made all the same."""
    made = alone(
        "draft", "--from", write("site;url;motif\nkeskeces;https://x.fr/a;secret\n")
    )
    assert made.exit_code == 0
    assert "vérifiez ligne 2." in made.stderr


def test_two_people_of_one_name_are_never_mixed_up(
    alone: Run, home: Path, write: Callable[..., Path]
) -> None:
    """Their name alone is refused; each short name writes for its own."""
    twin = "nom court;prénom;nom\ncamille-2;Camille;Exemple\n"
    assert alone("people", "import", write(twin, "twin.csv")).exit_code == 0
    line = "personne;site;url;motif\n{};keskeces;https://www.keskeces.com/{};secret\n"
    refused = alone("draft", "--from", write(line.format("CAMILLE EXEMPLE", 1)))
    assert refused.exit_code == 4
    assert "camille-2, camille-exemple" in refused.stderr
    for name in ("camille-2", "camille-exemple"):
        assert alone("draft", "--from", write(line.format(name, name))).exit_code == 0
    cases = alone("status", "--json").json["requests"]
    assert [case["person"] for case in cases] == ["camille-2", "camille-exemple"]


def test_an_address_found_later_reaches_the_letters(
    alone: Run, home: Path, write: Callable[..., Path]
) -> None:
    """The same list completes what was not posted; what was edited stays."""
    path = write(many(10))
    alone("draft", "--from", path)
    before = {letter: letter.read_bytes() for letter in home.rglob("lettre.docx")}
    found = ("controller=Éditeur Fictif SAS", "street=10 rue de l'Invention")
    place = ("postcode=75001", "city=Paris", "country=France")
    source = ("--source", "https://www.keskeces.com/ml")
    alone("directories", "set", "keskeces", *found, *place, *source)
    tried = alone("draft", "--from", path, "--dry-run").stdout
    assert "Lettres à compléter (l'adresse est connue depuis) : 2." in tried
    assert {letter: letter.read_bytes() for letter in before} == before
    made = alone("draft", "--from", path)
    assert "Lettres complétées (l'adresse est connue depuis) : 2." in made.stdout
    assert len(list((home / "requests").iterdir())) == 10
    changed = [letter for letter in before if letter.read_bytes() != before[letter]]
    assert [letter.parent.name for letter in sorted(changed)] == [
        "2026-0001-keskeces",
        "2026-0006-keskeces",
    ]
    again = alone("draft", "--from", path).stdout
    assert "complétées" not in again
    assert alone("check").exit_code == 0


def test_a_trial_writes_nothing(
    alone: Run, home: Path, write: Callable[..., Path]
) -> None:
    """``--dry-run`` checks the whole list."""
    path = write("site;url;motif\nkeskeces;https://www.keskeces.com/a;secret\n")
    tried = alone("draft", "--from", path, "--dry-run")
    assert "Essai : 1 lettre à rédiger." in tried.stdout
    assert urls(home) == []


def test_a_bad_template_is_found_before_anything_is_written(
    alone: Run, home: Path, write: Callable[..., Path]
) -> None:
    """With texts of one's own every letter is tried first."""
    own = home / "letter_templates"
    own.mkdir()
    text = "Objet : x\n\n{% if 'b' in urls[0] %}{{ nothing }}{% endif %}Texte.\n"
    (own / "erasure.txt").write_text(text, encoding="utf-8")
    path = write(
        "site;url;motif\nkeskeces;https://x.fr/a;secret\n"
        "keskeces;https://x.fr/b;secret\n"
    )
    refused = alone("draft", "--from", path)
    assert refused.exit_code == 4
    assert "templates check" in refused.stderr
    assert urls(home) == []


@pytest.mark.parametrize(
    "words",
    [
        ["draft"],
        ["draft", "keskeces", "--from", "x.csv"],
        ["draft", "--from", "x.csv", "--right", "access"],
        ["draft", "--from", "x.csv", "--because", "secrecy"],
        ["draft", "keskeces", "--skip-bad"],
        ["sent", "--on", "2026-03-01"],
        ["sent", "2026-0001"],
        ["sent", "2026-0001", "--from", "x.csv"],
        ["sent", "--from", "x.csv", "--tracking", "1"],
        ["received", "--from", "x.csv", "--refused"],
        ["received"],
    ],
)
def test_a_list_or_names_never_both(alone: Run, words: list[str]) -> None:
    """What the list says cannot be said beside it (exit 2)."""
    assert alone(*words).exit_code == 2


def test_a_list_in_a_workbook(alone: Run, tmp_path: Path) -> None:
    """``batch template`` writes one; filled in, it is read."""
    from openpyxl import load_workbook

    path = tmp_path / "demandes.xlsx"
    assert alone("batch", "template", path).exit_code == 0
    book = load_workbook(path)
    sheet = book.active
    assert sheet is not None
    sheet.append(["", "keskeces", "", "https://www.keskeces.com/a", "secret"])
    book.save(path)
    made = alone("draft", "--from", path, "--json")
    assert [item["directory"] for item in made.json["requests"]] == ["keskeces"]


def test_without_openpyxl_the_message_says_what_to_install(
    alone: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A single doctor never needs it; who does is told its name."""
    path = tmp_path / "demandes.xlsx"
    alone("batch", "template", path)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    for words in (
        ["draft", "--from", path],
        ["batch", "template", tmp_path / "x.xlsx"],
    ):
        refused = alone(*words)
        assert refused.exit_code == 4
        assert 'pip install "cnilreq[xlsx]"' in refused.stderr


@pytest.mark.parametrize("kind", ["draft", "sent", "received", "people"])
def test_empty_lists_are_valid(alone: Run, tmp_path: Path, kind: str) -> None:
    """Each template is a list without lines; it never replaces a file."""
    path = tmp_path / "x.csv"
    shown = alone("batch", "template", "--for", kind)
    assert alone("batch", "template", path, "--for", kind).exit_code == 0
    assert shown.stdout.splitlines() == path.read_text("utf-8-sig").splitlines()
    words = {
        "draft": ["draft", "--from"],
        "sent": ["sent", "--from"],
        "received": ["received", "--from"],
        "people": ["people", "import"],
    }[kind]
    assert alone(*words, path).exit_code == 0
    assert alone("batch", "template", path).exit_code == 6


def many(
    count: int, people: Sequence[str] = ("",), sites: Sequence[str] = SITES
) -> str:
    """Return a list of different requests."""
    lines = (
        f"{people[rank % len(people)]};{sites[rank % len(sites)]};"
        f"https://www.example.org/{rank};secret|non-informe"
        for rank in range(count)
    )
    return "\n".join(["personne;site;url;motif", *lines]) + "\n"


def start(home: Path, *words: str | Path, **how: Any) -> subprocess.Popen[bytes]:  # noqa: ANN401
    """Start the command as a process of its own."""
    return subprocess.Popen(
        [
            sys.executable, "-m", "cnil_requests", "--home", str(home),
            "--today", "2026-03-02", *map(str, words),
        ],
        **how,
    )  # fmt: skip


def test_a_run_killed_three_times_is_finished_by_the_next(
    run: Run, home: Path, write: Callable[..., Path]
) -> None:
    """Exactly one request a line, no duplicate, no half letter."""
    names = [f"client-{rank}-exemple" for rank in range(1, LINES // 20 + 1)]
    clients = (
        f"Client {rank};Exemple;{rank} rue de l'Exemple;75001;Paris"
        for rank in range(1, len(names) + 1)
    )
    header = "prénom;nom;rue;code postal;ville"
    run("people", "import", write("\n".join([header, *clients]), "clients.csv"))
    path = write(many(LINES, names, MORE_SITES))
    chance = random.Random(20260602)  # noqa: S311
    for _ in range(3):
        with start(home, "draft", "--from", path, stdout=subprocess.DEVNULL) as process:
            more = chance.randrange(1, LINES // 3)
            wanted = len(list((home / "requests").iterdir())) + more
            while (
                process.poll() is None
                and sum(1 for _ in (home / "requests").glob("*/lettre.docx")) < wanted
            ):
                time.sleep(0.01)
            process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    done = start(home, "draft", "--from", path, stdout=subprocess.DEVNULL)
    assert done.wait(timeout=600) == 0
    assert run("check", "--repair").exit_code == 0
    assert run("check").exit_code == 0
    found = urls(home)
    assert len(found) == len(set(found)) == LINES
    letters = list((home / "requests").glob("*/lettre.docx"))
    assert len(letters) == LINES
    for letter in letters:
        with ZipFile(letter) as archive:
            assert archive.testzip() is None


def test_ctrl_c_leaves_whole_chunks(
    alone: Run, home: Path, write: Callable[..., Path]
) -> None:
    """One French line, exit 130; the same command finishes."""
    path = write(many(600))
    process = start(home, "draft", "--from", path, stderr=subprocess.PIPE)
    folders = home / "requests"
    while len(list(folders.glob("2026-*"))) <= CHUNK and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors.decode()) == (130, "\nInterrompu.\n")
    assert len(urls(home)) in {CHUNK, 2 * CHUNK}
    assert alone("check").exit_code == 0
    assert alone("draft", "--from", path).exit_code == 0
    assert len(set(urls(home))) == 600


def test_two_runs_at_once_duplicate_nothing(
    alone: Run, home: Path, write: Callable[..., Path]
) -> None:
    """Two colleagues start the same list: each line is asked once."""
    path = write(many(300))
    runs = [
        start(home, "draft", "--from", path, stdout=subprocess.DEVNULL)
        for _ in range(2)
    ]
    assert [process.wait(timeout=120) for process in runs] == [0, 0]
    found = urls(home)
    assert len(found) == len(set(found)) == 300
    assert alone("check").exit_code == 0


@pytest.mark.skipif(os.name == "nt", reason="a terminal of POSIX")
def test_a_bar_on_a_terminal_and_none_in_a_pipe(
    alone: Run, home: Path, write: Callable[..., Path]
) -> None:
    """Rate and time left on a terminal; a pipe gets the answer alone."""
    path = write(many(120))
    reader, writer = pty.openpty()
    process = start(
        home, "draft", "--from", path, stdout=subprocess.PIPE, stderr=writer
    )
    os.close(writer)
    shown = b""
    while True:
        try:
            piece = os.read(reader, 4096)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    out, _ = process.communicate()
    os.close(reader)
    assert "120/120" in shown.decode()
    assert "/s" in shown.decode()
    assert b"120/120" not in out
    assert out.startswith("Lettres rédigées : 120".encode())


def test_postings_and_deliveries_from_lists(
    alone: Run, home: Path, write: Callable[..., Path]
) -> None:
    """Registered numbers as the service returns them; deliveries by that number."""
    alone(
        "directories", "set", "keskeces", "controller=Société Exemple",
        "street=12 rue de l'Exemple", "postcode=75001", "city=Paris", "country=FR",
        "--source", "https://www.keskeces.com/mentions",
    )  # fmt: skip
    path = write(
        "site;url;motif\nkeskeces;https://www.keskeces.com/a;secret\n"
        "keskeces;https://www.keskeces.com/b;secret\n"
        "doctolib;https://www.doctolib.fr/a;secret\n"
        "maiia;https://www.maiia.com/a;secret\n"
    )
    assert alone("draft", "--from", path).exit_code == 0
    sent = write(
        "N° de recommandé;Référence;Tarif\n"
        "1A 123 456 7890 5;2026-0001;7,50\n"
        "1A12345678905;2026-0001;7,50\n"
        "2C 000 000 0000 0;2;7,50\n"
        ";2026-9999;\n",
        "rendu.csv",
    )
    refused = alone("sent", "--from", sent, "--on", "2026-03-02", "--json")
    assert refused.exit_code == 4
    assert faults(refused) == [(5, "Référence")]
    done = alone("sent", "--from", sent, "--on", "2026-03-02", "--skip-bad", "--json")
    assert [item["id"] for item in done.json["requests"]] == ["2026-0001", "2026-0002"]
    assert {item["sent_on"] for item in done.json["requests"]} == {"2026-03-02"}
    assert done.json["repeated"] == [{"line": 3, "of": "ligne 2"}]
    again = alone("sent", "--from", sent, "--on", "2026-03-02", "--skip-bad")
    assert "Envois enregistrés : 0." in again.stdout
    received = write(
        "suivi;date de distribution;statut\n"
        "1A 123 456 7890 5;05/03/2026;Distribué\n"
        "2C00000000000;06/03/2026;Distribué à l'expéditeur\n"
        "9Z 999 999 9999 9;06/03/2026;Distribué\n",
        "distributions.csv",
    )
    done = alone(
        "received", "--from", received, "--skip-bad", "--json", today="2026-03-10"
    )
    assert [(item["id"], item["due"]) for item in done.json["requests"]] == [
        ("2026-0001", "2026-04-07")
    ]
    assert faults(done) == [(3, "statut"), (4, "suivi")]


def test_a_corrected_number_is_no_second_posting(
    agency: Run, write: Callable[..., Path]
) -> None:
    """It would be told to the CNIL as one: taken back first, then recorded."""
    agency("draft", "--from", write(many(2, ("camille-exemple",), ("doctolib",))))
    lines = "demande;suivi\n2026-0001;{}\n2026-0002;{}\n"
    day = ("--on", "2026-03-02")
    sent = agency("sent", "--from", write(lines.format("A1", "")), *day)
    assert sent.exit_code == 0
    path = write(lines.format("A2", "A2"))
    refused = agency("sent", "--from", path, *day)
    assert refused.exit_code == 4
    assert "sous le numéro A1" in refused.stderr
    assert "sans numéro" in refused.stderr
    for request in ("1", "2"):
        agency("undo", request)
    done = agency("sent", "--from", path, *day)
    assert done.exit_code == 0
    assert "le même numéro d'envoi A2 est donné à 2026-0001, 2026-0002" in done.stderr


def test_a_request_posted_twice_in_one_list_is_a_fault(
    alone: Run, write: Callable[..., Path]
) -> None:
    """Two numbers for one letter: one of them is wrong."""
    alone("draft", "doctolib", "--url", "https://www.doctolib.fr/a", "--because",
          "secrecy", "--by", "form")  # fmt: skip
    path = write("demande;suivi\n1;1A12345678905\n1;1A12345678912\n")
    refused = alone("sent", "--from", path, "--on", "2026-03-02", "--json")
    assert faults(refused) == [(3, "demande")]


def test_people_are_imported_once(agency: Run, write: Callable[..., Path]) -> None:
    """The same list changes nothing; another description of somebody is a fault."""
    again = agency("people", "import", write(PEOPLE), "--json")
    assert again.exit_code == 0
    assert again.json["people"] == []
    assert [item["of"] for item in again.json["repeated"]] == [
        "camille-exemple",
        "dominique-modele",
    ]
    other = write(
        "first_name,last_name,slug,postcode\nCamille,Exemple,,\n"
        "Camille,Exemple,camille-2,\nX,Y,,12\n"
    )
    refused = agency("people", "import", other, "--json")
    assert refused.exit_code == 4
    assert (refused.json["people"], {line for line, _ in faults(refused)}) == (
        [],
        {2, 4},
    )
    made = agency("people", "import", other, "--skip-bad", "--json")
    assert [item["slug"] for item in made.json["people"]] == ["camille-2"]
    assert json.dumps(made.json)
