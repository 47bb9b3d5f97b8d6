"""What came back is kept, and stands as long as the address does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from cnil_requests.catalogue import reports
from cnil_requests.catalogue.reports import Report, What
from cnil_requests.core.directory import Directory

if TYPE_CHECKING:
    from pathlib import Path

SITE = Directory(
    "exemple-fr",
    "Exemple",
    "exemple.fr",
    street="1 rue du Test",
    postcode="75001",
    city="Paris",
    email="contact@exemple.fr",
    dpo_email="dpo@exemple.fr",
)
LETTER = Report(
    "exemple-fr", What.LETTER, "1 rue du Test, 75001 Paris", date(2026, 3, 2)
)
EMAIL = Report("exemple-fr", What.EMAIL, "dpo@exemple.fr", date(2026, 3, 3))


def test_reports_are_kept(tmp_path: Path) -> None:
    """Beside each other, the same one once, readable by their owner only."""
    path = tmp_path / "home" / reports.FILE
    for item in (LETTER, EMAIL, LETTER):
        reports.add(path, item)
    assert reports.read(path) == (LETTER, EMAIL)
    assert path.stat().st_mode & 0o077 == 0 or path.drive
    assert reports.read(tmp_path / "none.csv") == ()


def test_a_report_stands_while_the_address_does() -> None:
    """A new address, or another site, is not concerned."""
    kept = (LETTER, EMAIL)
    assert reports.standing(kept, SITE) == kept
    assert reports.standing(kept, replace(SITE, street="2 rue du Test")) == (EMAIL,)
    assert reports.standing(kept, replace(SITE, dpo_email="")) == (LETTER,)
    assert reports.standing(kept, replace(SITE, id="autre")) == ()


def test_an_unknown_address_has_no_report() -> None:
    """Nothing stands against a line that knows nothing."""
    empty = Directory("exemple-fr", "Exemple", "exemple.fr")
    assert reports.standing([replace(EMAIL, value="")], empty) == ()


@pytest.mark.parametrize(
    "line", ["exemple-fr,letter", "exemple-fr,fax,x,2026-03-02", "a,email,x,hier"]
)
def test_a_broken_file_is_told(tmp_path: Path, line: str) -> None:
    """Exit 4, with the line."""
    path = tmp_path / reports.FILE
    path.write_text(f"site,what,value,on\n{line}\n", encoding="utf-8")
    with pytest.raises(reports.InvalidReportsError, match="ligne 2") as caught:
        reports.read(path)
    assert caught.value.exit_code == 4
