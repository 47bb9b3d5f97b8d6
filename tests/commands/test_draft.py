"""``cnilreq draft``: every rule of the contract, on real files and a real ledger."""

from __future__ import annotations

import hashlib
import json
import re
import shlex
import stat
import sys
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document

from cnil_requests.commands.home import open_home
from cnil_requests.console import App
from cnil_requests.core.requests import Event, EventKind

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]

TODAY = "2026-11-21"
IDENTITY = (
    "--title=Dr",
    "--first-name=Camille",
    "--last-name=Exemple",
    "--profession=médecin généraliste",
    "--street=1 rue de l'Exemple",
    "--postcode=69001",
    "--city=Lyon",
    "--email=camille@exemple.fr",
    "--rpps=10003456786",
)
ADDRESS = (
    "controller=Société Exemple",
    "street=12 rue de l'Exemple",
    "postcode=75001",
    "city=Paris",
    "country=France",
    "--source=https://www.exemple.fr/mentions-legales",
)
KESKECES = "https://www.keskeces.com/dr-camille-exemple"
DOCTOLIB = "https://www.doctolib.fr/dr-camille-exemple"
SOCIETE = "https://www.societe.com/dr-camille-exemple"
CNOM = "https://conseil-national.medecin.fr/dr-camille-exemple"
WHY = ("--because", "secrecy")
KEYS = [
    "id",
    "person",
    "directory",
    "right",
    "state",
    "folder",
    "letter",
    "email",
    "form",
    "missing",
    "warnings",
]


@pytest.fixture
def draft(run: Run) -> Run:
    """Run ``draft`` in a home that has one person."""
    assert run("init", *IDENTITY, "--json", today=TODAY).exit_code == 0

    def run_draft(*words: str | Path, today: str = TODAY, **how: Any) -> Any:  # noqa: ANN401
        return run("draft", *words, today=today, **how)

    return run_draft


def one(outcome: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the only request of the JSON answer."""
    assert outcome.exit_code == 0, outcome.stderr
    (request,) = outcome.json["requests"]
    assert list(request) == KEYS
    found: dict[str, Any] = request
    return found


def tree(home: Path) -> dict[str, str]:
    """Return the hash of every file, and every folder, of a home."""
    return {
        str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest()
        if path.is_file()
        else "folder"
        for path in sorted(home.rglob("*"))
    }


def word(path: str) -> str:
    """Return the text of a Word file."""
    return "\n".join(item.text for item in Document(path).paragraphs)


def names(home: Path) -> list[str]:
    """Return the files of the request folders."""
    folder = home / "requests"
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.*"))


def record(home: Path, kind: EventKind, **data: str) -> None:
    """Record an event of the first request, as a later command would."""
    day = date.fromisoformat(TODAY)
    event = Event(kind, on=day, recorded_on=day, data=data)
    with open_home(App(chosen_home=home)) as opened:
        opened.record("2026-0001", lambda *_: event)


# What is written


def test_a_first_letter(draft: Run, home: Path) -> None:
    """One request, one folder, one letter; nothing else; nobody else reads it."""
    request = one(draft("doctolib", "--url", DOCTOLIB, *WHY, "--json"))
    folder = home / "requests/2026-0001-doctolib"
    assert request == {
        "id": "2026-0001",
        "person": "camille-exemple",
        "directory": "doctolib",
        "right": "erasure",
        "state": "drafted",
        "folder": str(folder),
        "letter": str(folder / "lettre.docx"),
        "email": None,
        "form": None,
        "missing": [],
        "warnings": request["warnings"],
    }
    assert names(home) == ["2026-0001-doctolib/lettre.docx"]
    text = word(request["letter"])
    assert "54 QUAI CHARLES PASQUA\n92300 LEVALLOIS PERRET" in text
    assert DOCTOLIB in text
    assert "Lyon, le 21 novembre 2026" in text
    assert "2026-0001" in text
    if sys.platform != "win32":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / "lettre.docx").stat().st_mode) == 0o600


def test_a_pasted_listing_is_a_site(draft: Run) -> None:
    """Its address is its own ``--url``; more pages of it go to the same letter."""
    request = one(draft(KESKECES, "--url", f"{KESKECES}-2", *WHY, "--json"))
    assert request["directory"] == "keskeces"
    text = word(request["letter"])
    assert f"{KESKECES}\n{KESKECES}-2\n" in text


def test_an_unknown_address_is_never_invented(draft: Run) -> None:
    """It is to be completed; the columns are named; the letter is readable."""
    request = one(draft("societe-com", "--url", SOCIETE, *WHY, "--json"))
    assert request["missing"] == ["controller", "street", "postcode", "city", "country"]
    text = word(request["letter"])
    assert (
        "Societe.com\nDélégué à la protection des données\nadresse à compléter" in text
    )
    assert "17(1)(d)" not in text
    assert any("INSEE" in warning for warning in request["warnings"])


def test_an_address_that_became_known(draft: Run, run: Run, home: Path) -> None:
    """The same request, its letter written again with it."""
    words = ("societe-com", "--url", SOCIETE, *WHY, "--json")
    before = one(draft(*words))
    set_it = run("directories", "set", "societe-com", *ADDRESS, today=TODAY)
    assert set_it.exit_code == 0
    after = one(draft(*words))
    assert after["id"] == before["id"]
    assert after["letter"] == before["letter"]
    assert after["missing"] == []
    assert "12 RUE DE L EXEMPLE\n75001 PARIS" in word(after["letter"])
    assert names(home) == ["2026-0001-societe-com/lettre.docx"]
    assert one(draft(*words)) == after


def test_a_letter_that_the_user_edited_is_kept(
    draft: Run, run: Run, home: Path
) -> None:
    """The new one is numbered beside it, and named."""
    words = ("societe-com", "--url", SOCIETE, *WHY, "--json")
    letter = Path(one(draft(*words))["letter"])
    letter.write_bytes(b"signed by hand")
    run("directories", "set", "societe-com", *ADDRESS, today=TODAY)
    after = one(draft(*words))
    assert letter.read_bytes() == b"signed by hand"
    assert after["letter"] == str(letter.with_name("lettre-2.docx"))
    assert "75001 PARIS" in word(after["letter"])
    assert one(draft(*words))["letter"] == after["letter"]
    assert len(names(home)) == 2


def test_an_edited_letter_survives_the_same_draft(draft: Run) -> None:
    """Also when nothing else changed."""
    words = ("doctolib", "--url", DOCTOLIB, *WHY, "--json")
    letter = Path(one(draft(*words))["letter"])
    letter.write_bytes(b"signed by hand")
    one(draft(*words))
    assert letter.read_bytes() == b"signed by hand"


def test_another_reason_is_the_same_request(draft: Run, home: Path) -> None:
    """Same person, site, right and pages: its letter says the new reason."""
    one(draft("doctolib", "--url", DOCTOLIB, *WHY, "--json"))
    again = one(draft("doctolib", "--url", DOCTOLIB, "--because", "security", "--json"))
    assert again["id"] == "2026-0001"
    assert "porte atteinte à ma sécurité" in word(again["letter"])
    assert "secret professionnel" not in word(again["letter"])
    with open_home(App(chosen_home=home)) as opened:
        assert [item.reason for item in opened.case("1").request.reasons] == [
            "security"
        ]


def test_other_pages_or_another_right_are_another_request(draft: Run) -> None:
    """Each has its number."""
    ids = [
        one(draft("doctolib", *words, *WHY, "--json"))["id"]
        for words in (
            ("--url", DOCTOLIB),
            ("--url", f"{DOCTOLIB}-2"),
            ("--url", DOCTOLIB, "--right", "objection"),
            ("--url", DOCTOLIB, "--url", f"{DOCTOLIB}-2"),
            ("--url", f"{DOCTOLIB}-2", "--url", DOCTOLIB),
        )
    ]
    assert ids == [f"2026-000{number}" for number in (1, 2, 3, 4, 4)]


def test_what_was_sent_is_not_written_again(draft: Run, home: Path) -> None:
    """Exit 6, with the request; once closed, a new one can be opened."""
    words = ("doctolib", "--url", DOCTOLIB, *WHY)
    one(draft(*words, "--json"))
    record(home, EventKind.SENT, by="letter")
    before = tree(home)
    refused = draft(*words)
    assert refused.exit_code == 6
    assert "2026-0001" in refused.stderr
    assert "cnilreq status 2026-0001" in refused.stderr
    assert draft(*words, "--dry-run").exit_code == 6
    assert tree(home) == before
    record(home, EventKind.CLOSED, because="moot")
    assert one(draft(*words, "--json"))["id"] == "2026-0002"


def test_one_sent_among_several_stops_them_all(draft: Run, home: Path) -> None:
    """A failed command changes nothing."""
    one(draft("doctolib", "--url", DOCTOLIB, *WHY, "--json"))
    record(home, EventKind.SENT, by="letter")
    before = tree(home)
    both = ("keskeces", "doctolib", "--url", DOCTOLIB, "--url", KESKECES, *WHY)
    assert draft(*both).exit_code == 6
    assert tree(home) == before


# Ways


def test_by_email(draft: Run, run: Run) -> None:
    """An unsent message to the delegate first, the letter attached."""
    mail = ("dpo_email=dpo@exemple.fr", "email=contact@exemple.fr")
    page = "--source=https://www.exemple.fr/"
    run("directories", "set", "keskeces", *mail, page, today=TODAY)
    request = one(draft(KESKECES, *WHY, "--by", "email", "--json"))
    assert request["missing"] == []
    assert request["form"] is None
    path = Path(request["email"])
    assert path.name == "courriel.eml"
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert message["X-Unsent"] == "1"
    assert message["To"] == "dpo@exemple.fr"
    (attached,) = message.iter_attachments()  # type: ignore[attr-defined]
    assert attached.get_content() == Path(request["letter"]).read_bytes()


def test_by_email_to_nobody_yet(draft: Run) -> None:
    """A draft without recipient, and what is missing."""
    request = one(draft(KESKECES, *WHY, "--by", "email", "--json"))
    assert request["missing"] == ["dpo_email"]
    message = message_from_bytes(Path(request["email"]).read_bytes())
    assert message["To"] is None


def test_by_email_the_common_address_will_do(draft: Run, run: Run) -> None:
    """When the delegate's is not known."""
    run("directories", "set", "keskeces", "email=contact@exemple.fr",
        "--source=https://www.exemple.fr/", today=TODAY)  # fmt: skip
    request = one(draft(KESKECES, *WHY, "--by", "email", "--json"))
    message = message_from_bytes(Path(request["email"]).read_bytes())
    assert message["To"] == "contact@exemple.fr"


def test_by_form(draft: Run, home: Path) -> None:
    """The text to paste, and no letter."""
    request = one(draft(KESKECES, *WHY, "--by", "form", "--json"))
    assert (request["letter"], request["email"]) == (None, None)
    assert request["missing"] == ["form_url"]
    assert names(home) == ["2026-0001-keskeces/formulaire.txt"]
    text = Path(request["form"]).read_text(encoding="utf-8")
    assert text.startswith("Opposition et demande d’effacement")
    assert "Dr Camille Exemple" in text


def test_another_way_names_its_own_files_only(draft: Run) -> None:
    """The text of the first drafting says what is no longer asked."""
    one(draft(KESKECES, *WHY, "--by", "form", "--json"))
    request = one(draft(KESKECES, "--because", "security", "--json"))
    assert request["form"] is None
    assert request["letter"].endswith("lettre.docx")


@pytest.mark.parametrize("way", ["letter", "email", "form"])
@pytest.mark.parametrize(
    ("site", "page"),
    [
        ("google-search", KESKECES),
        ("google-business-profile", "https://www.google.com/maps/place/exemple"),
    ],
)
@pytest.mark.parametrize("right", ["removal", "access"])
def test_engines_and_maps_always_get_the_form(
    draft: Run, *, way: str, site: str, page: str, right: str
) -> None:
    """Named first on the terminal."""
    words = [site, "--url", page, *WHY, "--by", way]
    if right == "access":
        words += ["--right", "access"]
    shown = draft(*words)
    assert shown.exit_code == 0
    paths = re.findall(r"^  [^:•]+ : (/.*)$", shown.stdout, re.MULTILINE)
    assert Path(paths[0]).name == "formulaire.txt"
    request = one(draft(*words, "--json"))
    assert Path(request["form"]).is_file()
    assert (request["letter"] is None) == (way == "form")


# Rights


def test_the_default_of_an_engine(draft: Run) -> None:
    """Dereferencing, of the name of the person."""
    request = one(draft("google-search", "--url", KESKECES, *WHY, "--json"))
    assert request["right"] == "dereferencing"
    assert "«\u00a0Camille Exemple\u00a0»" in word(request["letter"])
    assert any("à sa source" in warning for warning in request["warnings"])


def test_names_searched(draft: Run) -> None:
    """All of them, in the letter and the form, one a line there."""
    request = one(
        draft("google-search", "--url", KESKECES, *WHY, "--json",
              "--search-name", "C. Exemple", "--search-name", "Dr Exemple & Fils")
    )  # fmt: skip
    assert "«\u00a0C. Exemple\u00a0» ou «\u00a0Dr Exemple & Fils\u00a0»" in word(
        request["letter"]
    )
    form = Path(request["form"]).read_text(encoding="utf-8")
    assert "- C. Exemple\n- Dr Exemple & Fils\n" in form


@pytest.mark.parametrize("right", ["access", "marketing"])
def test_no_page_is_needed(draft: Run, right: str) -> None:
    """Nor any reason."""
    request = one(draft("keskeces", "--right", right, "--json"))
    assert request["right"] == right
    assert "constaté" not in word(request["letter"])


def test_rectification(draft: Run) -> None:
    """What is wrong, what is right."""
    words = (KESKECES, "--right", "rectification", "--json")
    request = one(draft(*words, "--correct", "rue A => rue B", "--correct", "1=>2"))
    text = word(request["letter"])
    assert (
        "au lieu de\u00a0: «\u00a0rue A\u00a0», indiquer\u00a0: «\u00a0rue B\u00a0»"
        in text
    )
    refused = draft(*words)
    assert refused.exit_code == 2
    assert "--correct" in refused.stderr


def test_a_day_is_stated_only_when_it_is_given(draft: Run) -> None:
    """``--seen`` in both ways of writing a date; never in the future."""
    without = one(draft(KESKECES, *WHY, "--json"))
    assert "constaté" not in word(without["letter"])
    dated = one(draft(KESKECES, *WHY, "--seen", "01/11/2026", "--json"))
    assert "J’ai constaté cette publication le 1er novembre 2026." in word(
        dated["letter"]
    )
    assert draft(KESKECES, *WHY, "--seen", "2026-11-22").exit_code == 2


# Several sites


def test_each_page_goes_to_its_site(draft: Run) -> None:
    """In the order of the sites; one answer for all."""
    outcome = draft("societe-com", DOCTOLIB, "--url", SOCIETE, *WHY, "--json")
    found = outcome.json["requests"]
    assert [item["directory"] for item in found] == ["societe-com", "doctolib"]
    assert [item["id"] for item in found] == ["2026-0001", "2026-0002"]
    assert SOCIETE in word(found[0]["letter"])
    assert SOCIETE not in word(found[1]["letter"])


def test_a_stray_page(draft: Run, home: Path) -> None:
    """A doubt with one site, a mistake with several."""
    single = one(draft("doctolib", "--url", KESKECES, *WHY, "--json"))
    assert any("n'est pas le site doctolib.fr" in text for text in single["warnings"])
    before = tree(home)
    both = draft("doctolib", "societe-com", "--url", DOCTOLIB, "--url", SOCIETE,
                 "--url", KESKECES, *WHY)  # fmt: skip
    assert both.exit_code == 2
    assert KESKECES in both.stderr
    assert tree(home) == before


def test_the_same_site_twice_is_one_request(draft: Run) -> None:
    """By id, by domain, by its own page."""
    request = one(draft("keskeces", KESKECES, "keskeces.com", *WHY, "--json"))
    assert request["id"] == "2026-0001"


def test_a_site_without_its_page_stops_them_all(draft: Run, home: Path) -> None:
    """It is named."""
    before = tree(home)
    refused = draft("doctolib", "keskeces", "--url", DOCTOLIB, *WHY)
    assert refused.exit_code == 2
    assert "Keskeces" in refused.stderr
    assert tree(home) == before


# Refusals


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["keskece", "--url", KESKECES, *WHY], 3, "keskeces"),
        (["https://inconnu.example/x", *WHY], 3, "directories set"),
        ([KESKECES, *WHY, "--person", "camile-exemple"], 3, "camille-exemple"),
        (["keskeces", *WHY], 2, "--url"),
        ([KESKECES], 6, "not-informed"),
        ([KESKECES, "--because", "pas-gentil"], 2, "not-informed"),
        ([KESKECES, "--because", "other"], 2, "other"),
        ([KESKECES, *WHY, "--correct", "a=>b"], 2, "--right rectification"),
        ([KESKECES, *WHY, "--url", "x"], 2, "barre du navigateur"),
        ([KESKECES, *WHY, "--by", "pigeon"], 2, "pigeon"),
        ([KESKECES, *WHY, "--right", "portability"], 2, "portability"),
        ([KESKECES, *WHY, "--right", "dereferencing"], 6, "--right erasure"),
        ([KESKECES, "--because", "security=x\x07"], 4, "--because"),
        ([KESKECES, "--because", "security=\udce9"], 4, "--because"),
        ([KESKECES, *WHY, "--seen", "hier"], 2, "hier"),
        (["bing", "--url", KESKECES, *WHY, "--right", "erasure"], 6, "derefer"),
        (
            ["google-search", "--url", KESKECES, *WHY, "--search-name", "\x00"],
            4,
            "--search-name",
        ),
        (["cnom", "--url", CNOM, *WHY], 6, "alinéa 2"),
        (
            ["cnom", "--url", CNOM, *WHY,
             "--right", "objection"],
            6,
            "--right rectification",
        ),
    ],
)  # fmt: skip
def test_refusals(
    draft: Run, home: Path, *, words: list[str], code: int, said: str
) -> None:
    """The right exit code, the way out on stderr, nothing changed, no answer."""
    before = tree(home)
    for extra in ([], ["--json"], ["--dry-run"]):
        refused = draft(*words, *extra)
        assert refused.exit_code == code
        assert said in refused.stderr
        assert refused.stdout == ""
        assert tree(home) == before


def test_a_retired_site(draft: Run, run: Run) -> None:
    """Exit 6, and the command of the remedy works."""
    assert (
        run("directories", "set", "keskeces", "kind=retired", today=TODAY).exit_code
        == 0
    )
    refused = draft(KESKECES, *WHY)
    assert refused.exit_code == 6
    command = re.search(r"cnilreq (directories set \S+ \S+)", refused.stderr)
    assert command
    assert run(*command[1].split(), today=TODAY).exit_code == 0
    assert draft(KESKECES, *WHY).exit_code == 0


def test_a_register_is_rectified(draft: Run) -> None:
    """The lawful alternative works."""
    request = one(
        draft("cnom", "--url", CNOM, "--json",
              "--right", "rectification", "--correct", "a=>b")
    )  # fmt: skip
    assert request["right"] == "rectification"


def test_nobody_yet(run: Run, home: Path) -> None:
    """Exit 3 names ``init``, and makes nothing."""
    refused = run("draft", KESKECES, *WHY)
    assert refused.exit_code == 3
    assert "cnilreq init" in refused.stderr
    assert not home.exists()


def test_several_people(draft: Run, run: Run) -> None:
    """One has to be named."""
    run("people", "add", "--first-name=Dominique", "--last-name=Modèle")
    refused = draft(KESKECES, *WHY)
    assert refused.exit_code == 2
    assert "camille-exemple, dominique-modele" in refused.stderr
    request = one(draft(KESKECES, *WHY, "--person", "dominique-modele", "--json"))
    assert request["person"] == "dominique-modele"
    assert "Dominique Modèle" in word(request["letter"])
    assert "Camille" not in word(request["letter"])
    assert one(draft(KESKECES, *WHY, "--person", "camille-exemple", "--json"))[
        "id"
    ] == ("2026-0002")


def test_a_dry_run_writes_nothing(draft: Run, home: Path) -> None:
    """No number is taken, no folder made; the answer says what would be."""
    before = tree(home)
    request = one(draft("societe-com", "--url", SOCIETE, *WHY, "--dry-run", "--json"))
    assert request["id"] is None
    assert (request["folder"], request["letter"]) == (None, None)
    assert request["missing"]
    shown = draft("societe-com", "--url", SOCIETE, *WHY, "--dry-run")
    assert "rien n'a été écrit" in shown.stdout
    assert tree(home) == before
    assert (
        one(draft("societe-com", "--url", SOCIETE, *WHY, "--json"))["id"] == "2026-0001"
    )


def test_a_bad_template_of_one_s_own(draft: Run, home: Path) -> None:
    """File, line and field, before anything is written."""
    (home / "letter_templates").mkdir()
    (home / "letter_templates/erasure.txt").write_text(
        "Objet : o\n\n{{ me.nom }}\n", encoding="utf-8"
    )
    before = tree(home)
    refused = draft(KESKECES, *WHY)
    assert refused.exit_code == 4
    assert "erasure.txt, ligne 3" in refused.stderr
    assert "cnilreq templates check" in refused.stderr
    assert tree(home) == before


def test_a_template_of_one_s_own_is_used(draft: Run, home: Path) -> None:
    """In place of the program's."""
    (home / "letter_templates").mkdir()
    (home / "letter_templates/erasure.txt").write_text(
        "Objet : À moi\n\nBonjour {{ me.name }}.\n", encoding="utf-8"
    )
    text = word(one(draft(KESKECES, *WHY, "--json"))["letter"])
    assert "À moi" in text
    assert "Bonjour Camille Exemple." in text


# Text and names


@pytest.mark.parametrize(
    "detail",
    [
        "R&D <b>gras</b> \"x\" 'y' {{ 7*7 }} {% if %}",
        "élan \N{GRINNING FACE} e\u0301 \u05d3\u05f4\u05e8",
        "- tiret",
        "## titre",
        "> bloc",
        "Objet : autre",
        "a\tb",
        "x" * 300,
    ],
)
def test_words_survive_from_option_to_file(draft: Run, detail: str) -> None:
    """In the letter, the message and the text for the form."""
    for way, key in (("letter", "letter"), ("email", "email"), ("form", "form")):
        outcome = draft(KESKECES, "--because", f"other={detail}", "--by", way, "--json")
        path = one(outcome)[key]
        if key == "letter":
            text = word(path)
        elif key == "form":
            text = Path(path).read_text(encoding="utf-8")
        else:
            message = message_from_bytes(Path(path).read_bytes(), policy=policy.default)
            body = message.get_body(("plain",))  # type: ignore[attr-defined]
            text = body.get_content()
        assert detail in text


@pytest.mark.parametrize("site", ["con.example.org", "été.example.org", "aux.fr"])
def test_folders_are_safe_whatever_the_site_is_called(
    draft: Run, run: Run, home: Path, site: str
) -> None:
    """On every system; nothing outside the home."""
    around = sorted(home.parent.iterdir())
    added = run("directories", "set", site, "name=../../x", today=TODAY)
    assert added.exit_code == 0
    request = one(draft(f"https://{site}/fiche", *WHY, "--json"))
    folder = Path(request["folder"])
    assert folder.parent == home / "requests"
    assert re.fullmatch(r"2026-0001-[a-z0-9-]+", folder.name)
    assert len(folder.name) <= 60
    assert sorted(home.parent.iterdir()) == around


def test_a_long_name_and_a_long_day(draft: Run, run: Run) -> None:
    """300 characters stand in the letter; the folder stays short."""
    name = "Xé" * 150
    run("people", "edit", "camille-exemple", "--last-name", name)
    request = one(draft(KESKECES, *WHY, "--json"))
    assert name in word(request["letter"])


# The terminal


def test_the_report_of_one_letter(draft: Run) -> None:
    """What was made, then what to do, with commands that can be copied."""
    shown = draft("doctolib", "--url", DOCTOLIB, *WHY)
    assert shown.exit_code == 0
    lines = shown.stdout.splitlines()
    assert lines[0] == "2026-0001  Doctolib (doctolib.fr)"
    assert lines[1] == "  Demande : opposition et effacement"
    assert lines[2].endswith("2026-0001-doctolib/lettre.docx")
    assert "    cnilreq capture 2026-0001" in lines
    assert "    cnilreq attach 2026-0001 FICHIER --as capture" in lines
    assert "    cnilreq sent 2026-0001 --on 2026-11-21 --tracking NUMÉRO" in lines
    assert "Il manque" not in shown.stdout


def test_the_report_of_an_incomplete_letter(draft: Run, run: Run) -> None:
    """French words, the road, a command that works; no sending before that."""
    shown = draft("societe-com", "--url", SOCIETE, *WHY).stdout
    assert "Il manque : nom de l'éditeur et adresse postale" in shown
    assert "controller," not in shown
    assert "cnilreq sent" not in shown
    (command,) = re.findall(r"^    cnilreq (directories set .*)$", shown, re.MULTILINE)
    values = iter(("Société Exemple", "1 rue A", "75001", "Paris", "France"))
    filled = re.sub("…", lambda _: next(values), command)
    filled = filled.replace("ADRESSE-DE-LA-PAGE", "https://exemple.fr/legal")
    assert run(*shlex.split(filled), today=TODAY).exit_code == 0
    assert "Il manque" not in draft("societe-com", "--url", SOCIETE, *WHY).stdout


def test_the_report_of_eight_sites_is_readable(draft: Run) -> None:
    """What goes for several is said once; no line is torn."""
    sites = {
        "annuaire-horaire": "annuaire-horaire.fr",
        "choisirunmedecin": "choisirunmedecin.com",
        "doctoome": "doctoome.com",
        "horairesdouverture24": "horairesdouverture24.fr",
        "keskeces": "keskeces.com",
        "lemedecin": "lemedecin.fr",
        "societe-com": "societe.com",
        "tous-les-horaires": "tous-les-horaires.fr",
    }
    urls = [word for site in sites.values() for word in ("--url", f"https://{site}/x")]
    shown = draft(*sites, *urls, *WHY)
    assert shown.exit_code == 0
    assert shown.stdout.count("mentions légales") == 1
    assert shown.stdout.count("annuaire-entreprises.data.gouv.fr") == 1
    assert shown.stdout.count("cnilreq directories set") == 2
    assert len(shown.stdout.splitlines()) < 75
    prose = [line for line in shown.stdout.splitlines() if not line.startswith("    ")]
    assert not [line for line in prose if re.match(r" *[:;?!»]", line)]
    assert "• 1." not in shown.stdout


def test_an_engine_s_report_ends_with_its_form(draft: Run) -> None:
    """The next step is the form, not the post abroad."""
    shown = draft("google-search", "--url", KESKECES, *WHY).stdout
    assert "Texte du formulaire :" in shown
    assert "--by form --reference NUMÉRO" in shown
    assert "--tracking" not in shown


def test_json_is_one_document_and_asks_nothing(
    draft: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even on a terminal."""
    monkeypatch.setattr("cnil_requests.commands.draft.is_interactive", lambda: True)
    refused = draft("keskeces", "--json")
    assert refused.exit_code == 2
    assert refused.stdout == ""
    outcome = draft(KESKECES, *WHY, "--json")
    assert json.loads(outcome.stdout)["requests"][0]["id"] == "2026-0001"


# Questions


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the command believe that a person sits at both ends."""
    monkeypatch.setattr("cnil_requests.commands.draft.is_interactive", lambda: True)


def test_what_is_missing_is_asked(draft: Run, terminal: None) -> None:
    """The page, the reasons, the words of each; a bad answer is asked again."""
    answers = ["pas une adresse", KESKECES, "9", "1, 8", "", "", "mes raisons"]
    shown = draft("keskeces", stdin="".join(f"{line}\n" for line in answers))
    assert shown.exit_code == 0, shown.stderr
    assert "Adresse de votre fiche sur Keskeces" in shown.output
    assert "« 9 » n'est pas un numéro du menu" in shown.output
    (path,) = re.findall(r"Lettre : (.*)", shown.stdout)
    text = word(path)
    assert KESKECES in text
    assert "secret professionnel" in text
    assert "mes raisons." in text


def test_a_rectification_is_asked_for(draft: Run, terminal: None) -> None:
    """Both sides."""
    shown = draft(KESKECES, "--right", "rectification", stdin="rue A\nrue B\n")
    assert shown.exit_code == 0
    (path,) = re.findall(r"Lettre : (.*)", shown.stdout)
    assert "«\u00a0rue A\u00a0»" in word(path)


def test_nothing_is_asked_when_all_is_there(draft: Run, terminal: None) -> None:
    """Nor what the right does not need."""
    assert draft(KESKECES, *WHY, stdin="").exit_code == 0
    assert draft("keskeces", "--right", "access", stdin="").exit_code == 0


def test_an_engine_is_asked_for_the_page_found(draft: Run, terminal: None) -> None:
    """Not for a listing of its own."""
    shown = draft("google-search", *WHY, stdin=f"{KESKECES}\n")
    assert shown.exit_code == 0
    assert "Adresse de la page trouvée avec Google" in shown.output


def test_stopping_a_question_writes_nothing(
    draft: Run, home: Path, terminal: None
) -> None:
    """The end of the answers is like Ctrl-C."""
    before = tree(home)
    assert draft("keskeces", stdin=f"{KESKECES}\n").exit_code == 130
    assert tree(home) == before


# Completion


def completions(run: Run, line: str) -> list[str]:
    """Return what a shell would offer at the end of a line."""
    words = line.split(" ")
    env = {
        "_CNILREQ_COMPLETE": "bash_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    outcome = run(env=env, today=None)
    return [item.partition(",")[2] for item in outcome.stdout.split()]


def test_sites_and_people_are_completed(draft: Run, run: Run, home: Path) -> None:
    """Through Click's own protocol; the home is the one of the line."""
    assert completions(run, "cnilreq draft kes") == ["keskeces"]
    assert "doctolib" in completions(run, "cnilreq draft ")
    line = f"cnilreq --home {home} draft keskeces --person ca"
    assert completions(run, line) == ["camille-exemple"]
    assert completions(run, f"cnilreq --home {home} people show c") == [
        "camille-exemple"
    ]
    assert completions(run, "cnilreq --home /nowhere/x draft --person c") == []
    assert "erasure" in completions(run, "cnilreq draft --right e")


def test_completion_is_silent_on_a_broken_home(run: Run, tmp_path: Path) -> None:
    """A shell line is no place for a traceback."""
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "cnilreq.db").write_bytes(b"no database")
    (broken / "directories.csv").write_bytes(b"\xff\xfe\x00")
    assert completions(run, f"cnilreq --home {broken} draft --person c") == []
    assert completions(run, f"cnilreq --home {broken} draft kes") == []


def test_the_letter_without_an_envelope_has_nothing_to_complete(draft: Run) -> None:
    """An e-mail's attachment shows no address to fill in, known or not."""
    made = one(draft(KESKECES, *WHY, "--by", "email", "--json"))
    assert "à compléter" not in word(made["letter"])


def test_the_edited_letter_is_named_beside_the_new_one(draft: Run) -> None:
    """Which file is which, and how to prove the one that is posted."""
    path = Path(one(draft(KESKECES, *WHY, "--json"))["letter"])
    path.write_bytes(path.read_bytes() + b"edited")
    again = one(draft(KESKECES, *WHY, "--because", "security", "--json"))
    assert Path(again["letter"]).name == "lettre-2.docx"
    assert any("votre version est gardée" in text for text in again["warnings"])


def test_reasons_that_disappear_are_named(draft: Run) -> None:
    """Drafting again with fewer reasons is told, never silent."""
    draft(KESKECES, *WHY, "--because", "security")
    again = one(draft(KESKECES, *WHY, "--json"))
    assert again["warnings"] == [
        "Raisons retirées de la lettre : security. Pour les garder, redonnez toutes "
        "les raisons."
    ]


def test_the_front_page_is_no_listing(draft: Run) -> None:
    """The whole site is too vague a request (CE 31 December 2024, n° 488201)."""
    made = one(draft("keskeces", "--url=https://www.keskeces.com/", *WHY, "--json"))
    assert any("page d'accueil" in text for text in made["warnings"])


def test_the_form_for_removals_is_not_named_for_other_rights(draft: Run) -> None:
    """Google's dereferencing form does not take a request for access."""
    made = one(draft("google-search", "--right", "access", "--json"))
    assert made["form"]
    assert not any("formulaire" in text for text in made["warnings"])
