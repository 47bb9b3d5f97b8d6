"""Checks of listings are kept, exported, saved, and erased with the person."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from store_samples import DAY, a_draft, a_person, a_request, derive

from cnil_requests.core.listings import Finding, ListingCheck, Sign
from cnil_requests.store.home import Home
from cnil_requests.store.restoring import restore

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://www.example.org/fiche/1"


def a_check(note: str = "Le nom figure sur la page.") -> ListingCheck:
    """Return a check with every field filled."""
    return ListingCheck(
        url=URL,
        on=DAY,
        at="2026-06-01T10:00:00+02:00",
        finding=Finding.NAMED,
        note=note,
        name="Camille Exemple",
        status=200,
        sha256="ab" * 32,
        words=120,
        signs=frozenset({Sign.CONSENT, Sign.CAPTCHA}),
    )


def test_checks_come_back_in_order(home: Home) -> None:
    """Every field survives, oldest first, each request its own."""
    first, second = home.add([a_draft(), a_draft()])
    for note in ("un", "deux", "trois"):
        home.keep_check(first.id, a_check(note))
    home.keep_check(second.id, a_check())
    assert home.checks(first.id) == tuple(
        a_check(note) for note in ("un", "deux", "trois")
    )
    assert home.checks(second.id) == (a_check(),)


@pytest.mark.sqlite
def test_checks_are_never_rewritten(home: Home, path: Path) -> None:
    """The ledger itself refuses to change, replace or drop a check."""
    (request,) = home.add([a_draft()])
    home.keep_check(request.id, a_check())
    with sqlite3.connect(path / "cnilreq.db") as ledger:
        for statement in (
            "UPDATE listing_check SET record = '{}'",
            "DELETE FROM listing_check",
            "INSERT OR REPLACE INTO listing_check SELECT * FROM listing_check",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="append only"):
                ledger.execute(statement)
    ledger.close()
    assert home.checks(request.id) == (a_check(),)


def test_forgetting_erases_the_checks_of_one_person_only(home: Home) -> None:
    """Nothing of the forgotten is left, everything of the others is."""
    home.save_person(a_person("denis-autre"))
    mine, theirs = home.add([a_draft(), a_draft(a_request("denis-autre"))])
    for request in (mine, theirs):
        home.keep_check(request.id, a_check())
    home.forget("camille-exemple")
    assert home.checks(mine.id) == ()
    assert home.checks(theirs.id) == (a_check(),)


def test_a_check_of_an_erased_request_is_dropped(home: Home) -> None:
    """A person forgotten while pages are read leaves no trace behind."""
    (request,) = home.add([a_draft()])
    home.forget("camille-exemple")
    home.keep_check(request.id, a_check())
    assert home.checks(request.id) == ()


def test_export_and_backup_hold_the_checks(home: Home, tmp_path: Path) -> None:
    """A request without checks is exported as before; one with them shows them."""
    checked, other = home.add([a_draft(), a_draft()])
    home.keep_check(checked.id, a_check())
    rows = {row["id"]: row for row in home.export()["requests"]}
    assert rows[checked.id]["checks"][0]["sha256"] == "ab" * 32
    assert "checks" not in rows[other.id]
    home.backup(tmp_path / "all.zip")
    restore(tmp_path / "all.zip", tmp_path / "again")
    with Home.open(tmp_path / "again", derive=derive) as again:
        assert again.checks(checked.id) == (a_check(),)
