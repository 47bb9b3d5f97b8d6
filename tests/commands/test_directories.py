"""The catalogue on the command line: list, show, check, set."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cnil_requests.core.directory import COLUMNS, Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]

TODAY = "2026-11-21"
SHIPPED = Path(__file__).resolve().parents[2] / "directories.csv"
ADDRESS = (
    "controller=Société Exemple",
    "street=12-14 rue de l'Exemple",
    "postcode=75001",
    "city=Paris",
    "country=France",
)
SOURCE = ("--source", "https://www.exemple.fr/mentions-legales")


def test_the_list_fits_a_terminal(run: Run) -> None:
    """One line a site, the eight of the guide first, 80 columns."""
    lines = run("directories", "list", today=TODAY).stdout.splitlines()
    assert lines[0].split() == ["SITE", "TYPE", "COURRIER", "COURRIEL", "FORM."]
    assert lines[1].startswith("annuaire-horaire ")
    assert len(lines) == 103
    assert max(map(len, lines)) <= 80


def test_the_list_says_what_can_be_posted(run: Run) -> None:
    """Ready, to be read again, or to be completed."""
    lines = run("directories", "list", today=TODAY).stdout.splitlines()
    status = {line.split()[0]: line for line in lines}
    assert "prêt" in status["doctolib"]
    assert "à vérifier" in status["bing"]
    assert "à compléter" in status["societe-com"]


def test_the_list_is_filtered(run: Run) -> None:
    """By kind, by what is missing, by both."""
    search = run("directories", "list", "--kind", "search_engine", "--json").json
    assert {item["kind"] for item in search["directories"]} == {"search_engine"}
    missing = run("directories", "list", "--missing", "--json", today=TODAY).json
    ids = {item["id"] for item in missing["directories"]}
    assert "societe-com" in ids
    assert "doctolib" not in ids
    none = run("directories", "list", "--kind", "retired", "--json").json
    assert none == {"directories": []}


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_can_be_asked_for(run: Run, kind: Kind) -> None:
    """The option knows each kind of the catalogue."""
    assert run("directories", "list", "--kind", kind.value).exit_code == 0


def test_json_has_every_column(run: Run) -> None:
    """Nothing of the file is lost: text, and lists where there are several."""
    document = run("directories", "show", "qwant", "--json", today=TODAY).json
    (item,) = document["directories"]
    with SHIPPED.open(encoding="utf-8", newline="") as stream:
        row = next(row for row in csv.DictReader(stream) if row["id"] == "qwant")
    assert list(item)[:25] == list(COLUMNS)
    assert " ".join(item["source_urls"]) == row["source_urls"]
    assert item["aliases"] == []
    assert item["street"] == row["street"]
    assert item["provenance"] == "shipped"
    assert item["missing"] == []


def test_show_prints_the_address_as_on_the_envelope(run: Run) -> None:
    """The page that a doctor reads before he posts."""
    out = run("directories", "show", "www.doctolib.fr", today=TODAY).stdout
    assert "plateforme de rendez-vous" in out
    assert "    54 QUAI CHARLES PASQUA\n    92300 LEVALLOIS PERRET\n" in out
    assert "21 juillet 2026" in out
    assert "directories set" not in out


def test_show_says_what_is_missing_and_how_to_find_it(run: Run) -> None:
    """No address is invented; the next command is there."""
    out = run("directories", "show", "societe-com", today=TODAY).stdout
    assert "dresse imprimée" not in out
    assert "dresse connue" not in out
    assert "mentions légales" in out
    words = " ".join(out.split())
    assert "cnilreq directories set societe-com controller=… street=…" in words


def test_show_tells_an_old_address_from_a_missing_one(run: Run) -> None:
    """It is shown, and asked to be read again."""
    out = run("directories", "show", "bing", today=TODAY).stdout
    assert "Dernière adresse connue" in out
    assert "ONE MICROSOFT PLACE" in out
    assert "trop ancienne" in out
    assert "cnilreq directories lookup" in out


def test_an_unknown_site_is_told_with_near_names(run: Run) -> None:
    """Exit 3, and how to add it."""
    done = run("directories", "show", "societe-cmo")
    assert done.exit_code == 3
    assert done.stdout == ""
    assert "societe-com" in done.stderr
    assert "cnilreq directories set" in done.stderr


def test_the_shipped_catalogue_passes_its_check(run: Run) -> None:
    """Warnings only: exit 0."""
    done = run("directories", "check", today=TODAY)
    assert done.exit_code == 0
    assert f"{SHIPPED}:12: checked_on: avertissement, " in done.stdout
    assert "Erreurs\u00a0: 0." in done.stdout


def test_check_lists_every_problem_of_a_file(run: Run, tmp_path: Path) -> None:
    """FILE:LINE: COLUMN: what (suggestion), and exit 1."""
    text = SHIPPED.read_text(encoding="utf-8")
    path = tmp_path / "sites.csv"
    path.write_text(
        text.replace(",94043,", ",9404,").replace(",794598813,", ",794598814,"),
        encoding="utf-8",
    )
    done = run("directories", "check", path, today=TODAY)
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    errors = [line for line in lines[:-1] if "avertissement" not in line]
    assert [line.split(": ")[:2] for line in errors] == [
        [f"{path}:10", "postcode"],
        [f"{path}:11", "postcode"],
        [f"{path}:26", "siren"],
    ]
    assert errors[2].endswith("(recopiez les neuf chiffres)")


def test_check_gives_problems_as_json(run: Run, tmp_path: Path) -> None:
    """One object a problem, exit 1 all the same."""
    path = tmp_path / "sites.csv"
    path.write_text(
        ",".join(COLUMNS) + "\nx,X,x.fr,,annuaire" + "," * 20 + "\n", encoding="utf-8"
    )
    done = run("directories", "check", path, "--json")
    assert done.exit_code == 1
    (problem,) = done.json["problems"]
    assert problem["file"] == str(path)
    assert (problem["line"], problem["column"]) == (2, "kind")
    assert problem["level"] == "error"
    assert set(problem) == {"file", "line", "column", "level", "message", "suggestion"}


def test_check_reads_the_users_file_too(run: Run, home: Path) -> None:
    """His new line may not take the domain of a shipped site."""
    home.mkdir()
    row = "moi,Moi,societe.com,,directory" + "," * 20
    (home / "directories.csv").write_text(
        ",".join(COLUMNS) + f"\n{row}\n", encoding="utf-8"
    )
    done = run("directories", "check")
    assert done.exit_code == 1
    assert (
        "directories.csv:2: domain: «\u00a0societe.com\u00a0» est déjà" in done.stdout
    )


@pytest.mark.parametrize(
    "content", [b"", b"a;b\n1;2\n", "id,name\n".encode("utf-16"), b"\0" * 6_000_000]
)
def test_an_unreadable_file_is_one_clear_message(
    run: Run, tmp_path: Path, content: bytes
) -> None:
    """Exit 4, nothing on stdout, the file is named."""
    path = tmp_path / "sites.csv"
    path.write_bytes(content)
    done = run("directories", "check", path, "--json")
    assert done.exit_code == 4
    assert done.stdout == ""
    assert str(path) in done.stderr


def test_a_broken_file_of_the_user_stops_every_command(run: Run, home: Path) -> None:
    """Never a silent return to the shipped line."""
    home.mkdir()
    (home / "directories.csv").write_text("id,name\nx,X\n", encoding="utf-8")
    for words in (("list",), ("show", "qwant"), ("set", "qwant", "notes=x")):
        done = run("directories", *words)
        assert done.exit_code == 4
        assert str(home / "directories.csv") in done.stderr
        assert "ligne 1" in done.stderr


def test_set_makes_an_address_printable(run: Run) -> None:
    """Whole, sourced and dated today: confidence is high."""
    done = run("directories", "set", "societe-com", *ADDRESS, *SOURCE, today=TODAY)
    assert done.exit_code == 0
    assert "    12 RUE DE L EXEMPLE\n    75001 PARIS\n" in done.stdout
    (item,) = run("directories", "show", "societe-com", "--json", today=TODAY).json[
        "directories"
    ]
    assert item["country"] == "FR"
    assert item["confidence"] == "high"
    assert item["checked_on"] == TODAY
    assert item["provenance"] == "user"
    assert item["missing"] == []
    assert item["source_urls"][0] == SOURCE[1]
    assert len(item["source_urls"]) == 2
    assert item["kind"] == "company_registry"


def test_set_takes_the_day_of_reading(run: Run) -> None:
    """--checked-on, in both ways of writing."""
    done = run(
        *("directories", "set", "keskeces", *ADDRESS, *SOURCE),
        *("--checked-on", "01/10/2026", "--json"),
    )
    assert done.json["directories"][0]["checked_on"] == "2026-10-01"


def test_an_email_alone_makes_no_address_printable(run: Run) -> None:
    """Bing's address is of 2024: its date stays, and this is said."""
    done = run(
        "directories", "set", "bing", "email=dpo@exemple.fr", *SOURCE, today=TODAY
    )
    assert "reste le 25 juin 2024" in done.stdout
    (item,) = run("directories", "show", "bing", "--json", today=TODAY).json[
        "directories"
    ]
    assert item["email"] == "dpo@exemple.fr"
    assert item["checked_on"] == "2024-06-25"
    assert item["confidence"] == "medium"
    assert item["missing"] == ["checked_on"]


def test_an_email_on_a_site_without_address_is_dated(run: Run) -> None:
    """There is no older address whose date must be kept."""
    done = run(
        *("directories", "set", "keskeces", "email=dpo@exemple.fr", *SOURCE, "--json"),
        today=TODAY,
    )
    (item,) = done.json["directories"]
    assert item["checked_on"] == TODAY
    assert item["confidence"] == "none"


def test_an_address_read_again_is_confirmed_by_its_day(run: Run) -> None:
    """--checked-on alone: the line is still right."""
    done = run(
        *("directories", "set", "bing", "--checked-on", "2026-11-20", "--json"),
        today=TODAY,
    )
    (item,) = done.json["directories"]
    assert item["missing"] == []
    assert item["checked_on"] == "2026-11-20"


def test_a_whole_new_address_leaves_nothing_of_the_old(run: Run) -> None:
    """An old complement or Eircode would send the letter astray."""
    done = run(
        *("directories", "set", "facebook", "street=1 New Street", "city=Dublin 9"),
        *("country=Irlande", *SOURCE, "--json"),
        today=TODAY,
    )
    (item,) = done.json["directories"]
    assert item["address_lines"] == [
        "Meta Platforms Ireland Limited",
        "Délégué à la protection des données",
        "1 NEW STREET",
        "DUBLIN 9",
        "IRLANDE",
    ]
    assert item["confidence"] == "high"


@pytest.mark.parametrize(
    "site", ["annuaire-x.fr", "https://www.annuaire-x.fr/medecin/dr-exemple?a=1"]
)
def test_a_new_site_is_added_from_its_domain(run: Run, home: Path, site: str) -> None:
    """Its id is a slug; the pasted listing is no part of it."""
    done = run("directories", "set", site, *ADDRESS, *SOURCE, "--json", today=TODAY)
    (item,) = done.json["directories"]
    assert (item["id"], item["domain"]) == ("annuaire-x-fr", "annuaire-x.fr")
    assert item["name"] == "annuaire-x.fr"
    assert item["kind"] == "directory"
    assert run("directories", "show", "annuaire-x.fr").exit_code == 0
    assert len(list(home.iterdir())) == 1


def test_a_new_site_is_added_with_an_id_and_a_domain(run: Run) -> None:
    """The command that a missed lookup shows."""
    done = run(
        *("directories", "set", "annuaire-x", "name=Annuaire X"),
        *("domain=https://www.Annuaire-X.fr/", "has_reviews=oui", "--json"),
    )
    (item,) = done.json["directories"]
    assert (item["id"], item["name"]) == ("annuaire-x", "Annuaire X")
    assert item["domain"] == "annuaire-x.fr"
    assert item["has_reviews"] == "yes"


def test_a_misspelt_site_is_not_added(run: Run, home: Path) -> None:
    """Without a domain it is unknown: exit 3, nothing written."""
    done = run("directories", "set", "societe-cmo", *ADDRESS, *SOURCE)
    assert done.exit_code == 3
    assert "societe-com" in done.stderr
    assert not home.exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("street=1 rue X",), ["street", "--source"]),
        (("email=a@exemple.fr", "notes=x"), ["email", "--source"]),
        (("stret=1 rue X", *SOURCE), ["stret", "street"]),
        (("zzz=1",), ["zzz", "Colonnes"]),
        (("confidence=high",), ["se déduit"]),
        (("checked_on=2026-01-01",), ["--checked-on"]),
        (("source_urls=https://x.fr",), ["--source"]),
        (("id=autre",), ["ne change jamais"]),
        (("city",), ["COLONNE=VALEUR"]),
        (("notes=a", "notes=b"), ["notes=b"]),
        ((), ["Rien à enregistrer"]),
        (("notes=a", "--checked-on", "hier"), ["hier"]),
    ],
)
def test_misuse_of_set_is_exit_2(
    run: Run, home: Path, words: tuple[str, ...], told: list[str]
) -> None:
    """The message says what was expected; nothing is written."""
    done = run("directories", "set", "societe-com", *words)
    assert done.exit_code == 2
    assert all(word in done.stderr for word in told)
    assert not home.exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("email=contact@exemple", *SOURCE), ["email", "électronique"]),
        (("siren=794598814",), ["siren"]),
        (("country=Atlantide", *SOURCE), ["country", "Atlantide"]),
        (("postcode=7500", "country=FR", *SOURCE), ["postcode", "75001"]),
        (("form_url=exemple.fr", *SOURCE), ["form_url"]),
        (("city=Lyon", "--source", "mentions légales"), ["source_urls"]),
        (("kind=annuaire",), ["kind", "inconnu"]),
        (("notes==1+1",), ["formule"]),
        (("notes=a\x1bb",), ["contrôle"]),
        (("domain=doctolib.fr",), ["doctolib"]),
        (("aliases=www.doctolib.fr",), ["doctolib"]),
        (("name=",), ["name", "obligatoire"]),
    ],
)
def test_invalid_values_are_exit_4(
    run: Run, home: Path, words: tuple[str, ...], told: list[str]
) -> None:
    """The same checks as for a file; nothing is written."""
    done = run("directories", "set", "societe-com", *words)
    assert done.exit_code == 4
    assert all(word in done.stderr for word in told)
    assert not home.exists()


def test_several_invalid_values_are_told_together(run: Run) -> None:
    """One run, all problems."""
    done = run(
        *("directories", "set", "societe-com", "email=x", "siren=1", "postcode=1"),
        *SOURCE,
    )
    assert done.exit_code == 4
    assert all(f"  {word}: " in done.stderr for word in ("email", "siren", "postcode"))


def test_what_a_letter_changes_is_shown_at_once(run: Run) -> None:
    """A street that is too long is abbreviated, and this is a warning."""
    done = run(
        *("directories", "set", "keskeces", *ADDRESS[:1], *ADDRESS[2:], *SOURCE),
        "street=12 boulevard du Maréchal de Lattre de Tassigny",
    )
    assert done.exit_code == 0
    assert "12 BD DU MAL DE LATTRE DE TASSIGNY" in done.stdout
    assert "abrégé" in done.stderr


def test_a_value_is_cleared_by_an_empty_one(run: Run) -> None:
    """No source is needed to say that something is no longer known."""
    done = run("directories", "set", "qwant", "dpo_email=", "--json", today=TODAY)
    assert done.json["directories"][0]["dpo_email"] == ""


def test_set_keeps_the_other_lines(run: Run) -> None:
    """Two sites, one after the other."""
    run("directories", "set", "keskeces", *ADDRESS, *SOURCE)
    run("directories", "set", "lemedecin", *ADDRESS, *SOURCE)
    found = run("directories", "list", "--json").json["directories"]
    own = [item["id"] for item in found if item["provenance"] == "user"]
    assert own == ["keskeces", "lemedecin"]
    assert len(found) == 102


def test_help_is_french_and_light(process: Callable[..., Any]) -> None:
    """The group's help lists its commands."""
    done = process("directories", "--help")
    assert done.returncode == 0
    assert all(name in done.stdout for name in ("list", "show", "check", "set"))
    assert "Consulter et compléter le catalogue" in done.stdout
