"""``directories report`` and ``stale``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]

TODAY = "2026-11-21"
INIT = (
    "init --title Dr --first-name Camille --last-name Exemple --postcode 69001 "
    "--city Lyon --street 1-rue-Exemple --email camille@exemple.fr --json"
)


def test_a_return_is_recalled_at_the_next_draft(run: Run) -> None:
    """As long as the catalogue gives the same address."""
    run(*INIT.split(), today=TODAY)
    words = ["directories", "report", "doctolib", "--bounced", "letter", "--on"]
    found = run(*words, "2026-11-02", "--json", today=TODAY).json["reports"]
    assert found == [
        {
            "directory": "doctolib",
            "bounced": "letter",
            "value": "54 quai Charles Pasqua, 92300 Levallois-Perret",
            "on": "2026-11-02",
        }
    ]
    draft = ["draft", "https://www.doctolib.fr/dr-c", "--because", "secrecy", "--json"]
    warnings = run(*draft, today=TODAY).json["requests"][0]["warnings"]
    assert warnings[0] == (
        "Une lettre à l'adresse « 54 quai Charles Pasqua, 92300 Levallois-Perret » est "
        "revenue le 2 novembre 2026. Relisez les mentions légales : "
        "cnilreq directories lookup doctolib"
    )
    place = ("street=1 rue Neuve", "postcode=75001", "city=Paris", "country=FR")
    source = ("--source", "https://exemple.fr/ml")
    run("directories", "set", "doctolib", *place, *source, today=TODAY)
    warnings = run(*draft, today=TODAY).json["requests"][0]["warnings"]
    assert not any("revenue" in text for text in warnings)


def test_stale_lists_what_is_old_undated_or_dead(run: Run) -> None:
    """Each with its reason and the command that helps."""
    run("directories", "report", "doctolib", "--bounced", "email", "--on", "2026-11-02",
        today=TODAY)  # fmt: skip
    listed = run("directories", "stale", "--json", today=TODAY).json["directories"]
    reasons = {item["id"]: item["reason"] for item in listed}
    assert reasons["doctolib"] == "reported"
    assert reasons["bing"] == "old"
    assert reasons["cylex-fr"] == "undated"
    assert "societe-com" not in reasons
    assert listed[0]["command"] == f"cnilreq directories lookup {listed[0]['id']}"
    shown = run("directories", "stale", today=TODAY).stdout
    assert "signalé mort" in shown
    assert max(map(len, shown.splitlines())) <= 80


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ("societe-com --bounced letter --on 2026-11-02", 6, "--address"),
        ("doctolib --bounced letter --on 2026-12-02", 6, "à venir"),
        ("inconnu --bounced letter --on 2026-11-02", 3, "Aucun site"),
        ("doctolib --bounced fax --on 2026-11-02", 2, "fax"),
        ("doctolib --bounced letter", 2, "--on"),
    ],
)
def test_what_cannot_be_reported(run: Run, words: str, code: int, told: str) -> None:
    """Nothing known, a day to come, no such site."""
    outcome = run("directories", "report", *words.split(), today=TODAY)
    assert outcome.exit_code == code
    assert told in outcome.stderr


def test_the_address_that_failed_can_be_given(run: Run) -> None:
    """It need not be the catalogue's."""
    words = "societe-com --bounced email --on 2026-11-02 --address x@societe.example"
    found = run("directories", "report", *words.split(), "--json", today=TODAY).json
    assert found["reports"][0]["value"] == "x@societe.example"
