"""The user's lines lie over the shipped ones; a broken file is told."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from cnil_requests.catalogue import InvalidCatalogueError, Provenance, load
from cnil_requests.core.directory import COLUMNS, Kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EIGHT = [
    "annuaire-horaire",
    "choisirunmedecin",
    "doctoome",
    "horairesdouverture24",
    "keskeces",
    "lemedecin",
    "societe-com",
    "tous-les-horaires",
]


def test_the_shipped_catalogue_is_whole(shipped: Path) -> None:
    """The eight sites of the guide come first; every kind that ships is there."""
    catalogue = load(shipped)
    assert list(catalogue)[:8] == EIGHT
    assert len(catalogue) == 102
    header = shipped.read_text(encoding="utf-8").partition("\n")[0]
    assert tuple(header.split(",")) == COLUMNS
    assert {item.kind for item in catalogue.values()} == set(Kind) - {Kind.RETIRED}


def test_the_eight_sites_have_no_invented_contact(shipped: Path) -> None:
    """What was never sourced stays empty."""
    catalogue = load(shipped)
    for site in EIGHT:
        assert not catalogue[site].has_contact
        assert not catalogue[site].street
        assert not catalogue[site].host


def test_known_addressees_are_the_right_ones(shipped: Path) -> None:
    """Google LLC for Search and Maps, the French Doctolib, Qwant's new address."""
    catalogue = load(shipped)
    assert catalogue["google-search"].controller == "Google LLC"
    assert catalogue["google-business-profile"].controller == "Google LLC"
    assert catalogue["google-business-profile"].kind is Kind.MAP_LISTING
    assert catalogue["doctolib"].street == "54 quai Charles Pasqua"
    assert catalogue["qwant"].city == "Paris"
    assert "cnil" not in catalogue


def test_a_line_of_the_user_replaces_the_shipped_one_whole(
    shipped: Path, write: Callable[..., Path], row: dict[str, str]
) -> None:
    """Same id: his line wins, in its place; a new id is added at the end."""
    mine = row | {"id": "societe-com", "domain": "societe.com"}
    catalogue = load(shipped, write(mine, row | {"id": "neuf", "domain": "neuf.fr"}))
    assert catalogue["societe-com"].city == "Paris"
    assert catalogue["societe-com"].notes == ""
    assert list(catalogue)[6] == "societe-com"
    assert list(catalogue)[-1] == "neuf"
    assert catalogue.provenance("societe-com") is Provenance.USER
    assert catalogue.provenance("doctolib") is Provenance.SHIPPED


def test_without_a_file_of_the_user_the_shipped_lines_stand(
    shipped: Path, tmp_path: Path
) -> None:
    """The home may have no overlay yet."""
    assert dict(load(shipped, tmp_path / "directories.csv")) == dict(load(shipped))


def test_blanks_around_a_cell_do_not_matter(
    shipped: Path, write: Callable[..., Path], row: dict[str, str]
) -> None:
    """They are a problem for check, not for use."""
    catalogue = load(shipped, write(row | {"city": " Paris ", "kind": "directory "}))
    assert catalogue["exemple"].city == "Paris"


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("id", "../../etc"),
        ("id", "con"),
        ("id", "Exemple"),
        ("id", "a" * 41),
        ("name", ""),
        ("domain", " "),
        ("kind", "annuaire"),
        ("confidence", "sûre"),
        ("has_reviews", "oui"),
        ("checked_on", "01/10/2026"),
        ("checked_on", "20261001"),
        ("country", "France"),
        ("street", "1 rue\n2 rue"),
        ("city", "Pa\u202eris"),
        ("notes", "\x1b[31m"),
    ],
)
def test_a_broken_line_is_told_and_never_skipped(
    shipped: Path,
    write: Callable[..., Path],
    row: dict[str, str],
    column: str,
    text: str,
) -> None:
    """File, line and column; no silent return to the shipped line."""
    path = write(row | {"id": "bon", "domain": "bon.fr"}, row | {column: text})
    with pytest.raises(InvalidCatalogueError) as caught:
        load(shipped, path)
    assert str(path) in caught.value.message
    assert f"ligne 3, {column}:" in caught.value.message
    assert "directories check" in caught.value.remedy
    assert "renommez ce fichier" in caught.value.remedy


def test_a_repeated_id_is_told(
    shipped: Path, write: Callable[..., Path], row: dict[str, str]
) -> None:
    """Which of two lines would win must not be a guess."""
    with pytest.raises(InvalidCatalogueError, match="déjà employé ligne 2"):
        load(shipped, write(row, row))


def test_loading_imports_nothing_heavy(shipped: Path) -> None:
    """Reading the catalogue is part of every command."""
    code = (
        "import sys, pathlib; from cnil_requests import catalogue; "
        f"catalogue.load(pathlib.Path({str(shipped)!r})).find('societe.com'); "
        "print([name for name in ('email_validator', 'stdnum', 'dateutil', 'click')"
        " if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
