"""``directories lookup``: from a site to a letter with a sourced address."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cnil_requests.commands import lookup_questions
from cnil_requests.commands.lookup_survey import Inquiry, Where
from cnil_requests.console import App

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]
    Site = Any

DATA = Path(__file__).resolve().parents[1] / "data"
NOTICES = DATA / "legal-notices"
AGENCY = NOTICES / "fictional" / "agence-et-hebergeur.html"
REGISTER = DATA / "registers" / "recherche-entreprises.search.json"


@pytest.fixture
def shown(site: Site) -> Site:
    """Serve a site with a legal notice, and the register beside it."""
    words = b"<p>Un annuaire de praticiens, par ville et par nom.</p>" * 9
    foot = "<footer><a href='/ml'>Mentions légales</a></footer>".encode()
    site.pages["/"] = words + foot
    site.pages["/ml"] = AGENCY.read_bytes()
    answer = json.loads(REGISTER.read_text("utf-8"))
    company = answer["results"][0]
    company |= {"siren": "999100019", "nom_raison_sociale": "REPERTOIRE EXEMPLE"}
    company["siege"] |= {
        "complement_adresse": None, "numero_voie": "18", "type_voie": "RUE",
        "libelle_voie": "DE L'INVENTION", "code_postal": "33000",
        "libelle_commune": "BORDEAUX",
    }  # fmt: skip
    site.register = answer

    def register(handler: Any) -> None:  # noqa: ANN401
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(json.dumps(site.register).encode())

    site.pages["/search"] = register
    return site


def words(shown: Site, *more: str) -> list[str]:
    """Return the words of a look-up on this machine."""
    here = ["--allow-private", "--register", shown.url]
    return ["directories", "lookup", "annuaire-exemple.fr", "--url", f"{shown.url}/ml",
            *here, *more]  # fmt: skip


def overlay(home: Path) -> dict[str, dict[str, str]]:
    """Return the user's own lines by id."""
    with (home / "directories.csv").open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row for row in csv.DictReader(stream)}


def test_json_asks_nothing_and_writes_nothing(
    run: Run, home: Path, shown: Site
) -> None:
    """The contract's keys; every value with its sentence and its page."""
    found = run(*words(shown, "--json")).json
    assert found["site"] == "annuaire-exemple.fr"
    assert found["proposal"]["controller"] == "Répertoire Exemple"
    assert found["proposal"]["street"] == "18 rue de l'Invention"
    assert found["differences"] == []
    assert found["register"]["address_lines"] == [
        "REPERTOIRE EXEMPLE",
        "18 RUE DE L INVENTION",
        "33000 BORDEAUX",
    ]
    for item in found["evidence"]:
        assert {"column", "value", "sentence", "url", "certain"} <= set(item)
    columns = {item["column"] for item in found["evidence"] if item["certain"]}
    assert set(found["proposal"]) <= columns
    assert not found["written"]
    assert not home.exists()


def test_a_full_path_to_the_letter(run: Run, home: Path, shown: Site) -> None:
    """Unknown site, look-up, register, overlay, draft: sourced and dated."""
    outcome = run(*words(shown, "--accept"), today="2026-05-04")
    assert outcome.exit_code == 0, outcome.output
    row = overlay(home)["annuaire-exemple-fr"]
    assert (row["controller"], row["siren"]) == ("Répertoire Exemple", "999100019")
    assert (row["confidence"], row["checked_on"]) == ("high", "2026-05-04")
    assert row["source_urls"].split() == [
        f"{shown.url}/ml",
        f"{shown.url}/search?q=999100019",
    ]
    assert "33000 BORDEAUX" in outcome.stdout
    init = "--title Dr --first-name Camille --last-name Exemple --postcode 69001"
    place = ("--city", "Lyon", "--street", "1 rue X", "--email", "c@exemple.fr")
    assert run("init", *init.split(), *place, "--json").exit_code == 0
    listing = "https://www.annuaire-exemple.fr/dr-camille"
    drafted = run("draft", listing, "--because", "secrecy", "--json").json
    assert drafted["requests"][0]["missing"] == []
    card = run("directories", "show", "annuaire-exemple-fr", "--json").json
    assert card["directories"][0]["address_lines"] == [
        "Répertoire Exemple",
        "Délégué à la protection des données",
        "18 RUE DE L INVENTION",
        "33000 BORDEAUX",
    ]


def test_a_known_site_keeps_what_it_had(run: Run, home: Path, shown: Site) -> None:
    """Only what was found is written; the id never changes."""
    run("directories", "set", "societe-com", "aliases=societe.example")
    here = ["--url", f"{shown.url}/ml", "--allow-private", "--no-register"]
    outcome = run("directories", "lookup", "societe.com", *here, "--accept")
    assert outcome.exit_code == 0, outcome.output
    row = overlay(home)["societe-com"]
    assert row["aliases"] == "societe.example"
    assert row["kind"] == "company_registry"
    assert row["controller"] == "Répertoire Exemple"
    assert shown.asked[-1] != "/search"


def test_without_a_terminal_nothing_is_written(
    run: Run, home: Path, shown: Site
) -> None:
    """And the command that would write is named."""
    outcome = run(*words(shown))
    assert outcome.exit_code == 0
    assert "--accept" in outcome.stdout
    assert "connu :  rien" in outcome.stdout
    assert not home.exists()


def test_the_register_disagrees(run: Run, shown: Site) -> None:
    """Both addresses are shown, the register's is proposed."""
    shown.register["results"][0]["siege"]["libelle_voie"] = "DU DEPART"
    found = run(*words(shown, "--json")).json
    assert found["proposal"]["street"] == "18 RUE DU DEPART"
    street = next(d for d in found["differences"] if d["column"] == "street")
    assert street["notice"] == "18 rue de l'Invention, 33000 Bordeaux"
    text = run(*words(shown)).output
    assert "Différence : Adresse postale" in text


def test_the_register_is_down(run: Run, shown: Site) -> None:
    """The notice alone is proposed, with a warning."""
    shown.pages["/search"] = (503, {}, b"")
    found = run(*words(shown, "--json")).json
    assert found["proposal"]["street"] == "18 rue de l'Invention"
    assert "registre" in found["warnings"][-1]


def test_a_number_unknown_to_the_register_is_a_doubt(run: Run, shown: Site) -> None:
    """A SIREN that nobody has is not written."""
    shown.register["results"] = []
    found = run(*words(shown, "--json")).json
    assert "siren" not in found["proposal"]


@pytest.mark.parametrize(
    ("site", "file", "controller"),
    [
        ("heloa.app", "heloa.app", "Kelindi"),
        ("livi.fr", "livi.fr", "Kry International AB"),
        ("petitbambou.com", "petitbambou.com", "FEELVERYBIEN"),
        ("mon.aphp.fr", "mon.aphp.fr", "AP-HP"),
    ],
)
def test_a_saved_page_is_read_offline(
    run: Run, home: Path, site: str, file: str, controller: str
) -> None:
    """No connection is made; the source is the page's own address."""
    page = NOTICES / f"{file}.html"
    found = run("directories", "lookup", site, "--from-file", page, "--json").json
    assert found["proposal"]["controller"] == controller
    done = run("directories", "lookup", site, "--from-file", page, "--accept")
    assert done.exit_code == 0, done.output
    (row,) = overlay(home).values()
    assert row["controller"] == controller
    assert row["source_urls"].startswith("https://")
    assert run("directories", "check", home / "directories.csv").exit_code == 0


def test_a_saved_page_read_another_day(run: Run, home: Path) -> None:
    """The day it was read counts, not the day of the command."""
    page = NOTICES / "heloa.app.html"
    words = ["directories", "lookup", "heloa.app", "--from-file", page, "--accept"]
    run(*words, "--checked-on", "2026-01-15")
    assert overlay(home)["heloa-app"]["checked_on"] == "2026-01-15"


@pytest.mark.parametrize("content", [b"%PDF-1.7 \x00\x01", b"bonjour", b""])
def test_a_file_that_is_no_page(run: Run, tmp_path: Path, content: bytes) -> None:
    """Exit 4, and how to save one."""
    file = tmp_path / "page.html"
    file.write_bytes(content)
    outcome = run("directories", "lookup", "exemple.fr", "--from-file", file)
    assert outcome.exit_code == 4
    assert "Enregistrer sous" in outcome.stderr


@pytest.mark.parametrize("name", ["pas un site", "file:///etc/passwd", "a@b.fr", "x"])
def test_what_is_no_site(run: Run, name: str) -> None:
    """Exit 2, with an example."""
    outcome = run("directories", "lookup", name)
    assert outcome.exit_code == 2
    assert "exemple.fr" in outcome.stderr


def endless(handler: Any) -> None:  # noqa: ANN401
    """Stream without end."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65_536)


@pytest.mark.parametrize(
    "page",
    [
        endless,
        (302, {"Location": "/"}, b""),
        (200, {"Content-Encoding": "gzip"}, gzip.compress(b"\0" * 30_000_000)),
        b"<div id=root></div><script src=/a.js></script>",
        (200, {"Content-Type": "text/html"}, b""),
    ],
    ids=["endless", "loop", "bomb", "script", "empty"],
)
def test_hostile_sites(run: Run, home: Path, site: Site, page: object) -> None:
    """Exit 7, a clear message, nothing written."""
    site.pages["/"] = page
    words = ["directories", "lookup", site.url, "--allow-private", "--accept"]
    outcome = run(*words)
    assert outcome.exit_code == 7
    assert outcome.stderr.startswith("Erreur")
    assert "Traceback" not in outcome.output
    assert not home.exists()


def test_loopback_is_refused_without_the_option(run: Run, site: Site) -> None:
    """A site cannot be this computer unless the user says so."""
    outcome = run("directories", "lookup", site.url)
    assert outcome.exit_code == 7
    assert "réseau privé" in outcome.stderr
    assert site.asked == []


def test_a_terminal_is_asked_field_by_field(
    home: Path, monkeypatch: pytest.MonkeyPatch, clean_environment: Path
) -> None:
    """Yes by default for what is certain, no for what is not."""
    asked: list[tuple[str, bool]] = []

    def answer(question: str, *, default: bool = False) -> bool:
        asked.append((question, default))
        return default and "Hébergeur" not in question

    monkeypatch.setattr(lookup_questions, "confirm", answer)
    app = App(home)
    where = Where(file=NOTICES / "petitbambou.com.html")
    inquiry = Inquiry.open(app, "petitbambou.com", where)
    inquiry.survey(None, ask=False)
    kept = lookup_questions.ask(inquiry)
    assert kept["controller"] == "FEELVERYBIEN"
    assert kept["postcode"] == "59650"
    assert not {"siren", "host"} & set(kept)
    questions = dict(asked)
    assert questions["SIREN (incertain) : 922300538. Retenir ?"] is False


def test_the_page_cannot_write_to_the_terminal(run: Run, tmp_path: Path) -> None:
    """Escape codes and hidden marks of a page never reach the screen."""
    page = tmp_path / "page.html"
    page.write_text(
        "<h1>Mentions légales</h1><p>Éditeur : Exemple\x1b[2J\u202e SAS, "
        "1 rue du Test, 75001 Paris</p>",
        encoding="utf-8",
    )
    outcome = run("directories", "lookup", "exemple.fr", "--from-file", page)
    assert "\x1b" not in outcome.output
    assert "\u202e" not in outcome.output


def test_a_formula_never_reaches_the_catalogue(
    run: Run, home: Path, tmp_path: Path
) -> None:
    """What a spreadsheet would run is refused, and nothing is written."""
    page = tmp_path / "page.html"
    page.write_text(
        "<h1>Mentions légales</h1><p>Éditeur : =HYPERLINK SAS, 1 rue du Test, "
        "75001 Paris. Contact : +cmd@exemple.fr</p>",
        encoding="utf-8",
    )
    run("directories", "lookup", "exemple.fr", "--from-file", page, "--accept")
    if (home / "directories.csv").exists():
        cells = [cell for row in overlay(home).values() for cell in row.values()]
        assert not [cell for cell in cells if cell.startswith(("=", "+"))]
