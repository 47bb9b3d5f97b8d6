"""The CNIL's list: found by SIREN, whatever the headings are called."""

from __future__ import annotations

import csv
import time
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from cnil_requests.catalogue import dpo_list
from cnil_requests.catalogue.reading import InvalidCatalogueError

if TYPE_CHECKING:
    from pathlib import Path

HEADINGS = (
    "SIREN organisme;Nom organisme;Secteur activité;Code NAF;Adresse;Code postal;Ville;"
    "Pays;Type de DPO;Date de la désignation;SIREN DPO;Nom DPO;Secteur DPO;NAF DPO;"
    "Adresse DPO;CP DPO;Ville DPO;Pays DPO;Moyen contact DPO email;"
    "Moyen contact DPO url;Moyen contact DPO téléphone;Adresse postale;"
    "Code postal contact;Ville contact;Pays contact;Autre"
)
PLAIN = (
    "siren;nom;secteur;naf;adresse;cp;ville;pays;type_dpo;date_designation;siren;nom;"
    "secteur;naf;adresse;cp;ville;pays;mail;url;tel;adresse;cp;ville;pays;autre"
)


def row(siren: str, mail: str, url: str = "", name: str = "EXEMPLE") -> str:
    """Return one line of the list."""
    cells = [siren, name, "Santé", "86.21Z", "1 rue X", "75001", "PARIS", "FRANCE",
             "Personne morale", "2020-01-01", "999100183", "CABINET DPO", "", "", "",
             "", "", "", mail, url, "0199999999", "", "", "", "", ""]  # fmt: skip
    return ";".join(cells)


def write(path: Path, *rows: str, header: str = PLAIN, encoding: str = "utf-8") -> Path:
    """Write a list."""
    path.write_text("\r\n".join([header, *rows, ""]), encoding=encoding, newline="")
    return path


@pytest.mark.parametrize("header", [PLAIN, HEADINGS, PLAIN.upper()])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_headings_and_encodings_vary(
    tmp_path: Path, header: str, encoding: str
) -> None:
    """The wording of the headings does not matter, their order is checked."""
    file = write(
        tmp_path / "dpo.csv",
        row("999100019", "dpo@exemple.fr", name="Société d’Été"),
        row("999100183", "autre@exemple.fr"),
        header=header,
        encoding=encoding,
    )
    found = dpo_list.read(file, ["999100019"])
    assert found.rows == 2
    (officer,) = found.officers["999100019"]
    assert (officer.email, officer.line) == ("dpo@exemple.fr", 2)
    assert officer.organisation == "Société d’Été"


def test_the_officer_s_own_siren_is_never_matched(tmp_path: Path) -> None:
    """The eleventh column is another company's."""
    file = write(tmp_path / "dpo.csv", row("999100019", "dpo@exemple.fr"))
    assert dpo_list.read(file, ["999100183"]).officers == {}


@pytest.mark.parametrize("siren", ["005520176", "5520176", "005 520 176", " 005520176"])
def test_what_spreadsheets_do_to_numbers(tmp_path: Path, siren: str) -> None:
    """Lost zeros, blanks."""
    file = write(tmp_path / "dpo.csv", row(siren, "dpo@exemple.fr"))
    assert "005520176" in dpo_list.read(file, ["005520176"]).officers


def test_columns_in_another_order_are_found_by_name(tmp_path: Path) -> None:
    """The n-th heading that says the same."""
    names = PLAIN.split(";")
    moved = ["identifiant", *names[:18], "commentaire", *names[18:]]
    cells = row("999100019", "dpo@exemple.fr").split(";")
    line = ";".join(["7", *cells[:18], "rien", *cells[18:]])
    file = write(tmp_path / "dpo.csv", line, header=";".join(moved))
    (officer,) = dpo_list.read(file, ["999100019"]).officers["999100019"]
    assert officer.email == "dpo@exemple.fr"


@pytest.mark.parametrize(
    "data",
    [b"a;b;c\r\n1;2;3", b"", b"PK\x03\x04xlsx", b"siren;nom\r\n1;2", b"\x00" * 50],
)
def test_another_file_is_refused(tmp_path: Path, data: bytes) -> None:
    """With where the right one is."""
    file = tmp_path / "dpo.csv"
    file.write_bytes(data)
    with pytest.raises(InvalidCatalogueError, match=r"data\.gouv\.fr"):
        dpo_list.read(file, ["999100019"])


def test_short_and_broken_lines_are_passed_over(tmp_path: Path) -> None:
    """One bad line does not lose the others."""
    file = write(
        tmp_path / "dpo.csv", "999100019;court", "", row("999100019", "d@exemple.fr")
    )
    assert len(dpo_list.read(file, ["999100019"]).officers["999100019"]) == 1


def test_a_large_list_is_streamed(tmp_path: Path) -> None:
    """100,000 lines: at most 4 times csv.reader's time, little memory."""
    file = tmp_path / "dpo.csv"
    lines = [row(f"{n:09d}", f"dpo{n}@exemple.fr") for n in range(100_000)]
    write(file, *lines, row("999100019", "dpo@exemple.fr"))
    wanted = [f"{n:09d}" for n in range(0, 100_000, 500)] + ["999100019"]

    def plain() -> float:
        start = time.perf_counter()
        with file.open(encoding="utf-8", newline="") as stream:
            assert sum(1 for _ in csv.reader(stream, delimiter=";")) == 100_002
        return time.perf_counter() - start

    def ours() -> float:
        start = time.perf_counter()
        assert len(dpo_list.read(file, wanted).officers) == 201
        return time.perf_counter() - start

    assert min(ours() for _ in range(3)) <= 4 * min(plain() for _ in range(3))


def test_memory_does_not_grow_with_the_list(tmp_path: Path) -> None:
    """Only the lines that match are held."""
    file = tmp_path / "dpo.csv"
    write(file, *(row(f"{n:09d}", f"dpo{n}@exemple.fr") for n in range(10_000)))
    tracemalloc.start()
    dpo_list.read(file, ["000000007"])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert file.stat().st_size > 1_200_000
    assert peak < 600_000
