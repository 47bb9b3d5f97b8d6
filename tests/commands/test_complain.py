"""``complain``: the day it is possible, the dossier, and what follows at the CNIL."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]


@pytest.fixture
def files(tmp_path: Path) -> Callable[[str], Path]:
    """Make a file of the user's with content of its own."""

    def make(name: str) -> Path:
        path = tmp_path / name
        path.write_bytes(f"%PDF-1.4 {name}".encode())
        return path

    return make


@pytest.fixture
def silent(delivered: Run, files: Callable[[str], Path]) -> Run:
    """Run commands where the site stayed silent, until the day before the day."""
    delivered("attach 1", files("page.pdf"), "--as", "capture", today="2026-06-05")
    delivered("attach 1", files("depot.pdf"), "--as", "posting", today="2026-06-05")
    delivered("attach 1", files("avis.pdf"), "--as", "delivery", today="2026-06-05")
    return delivered


def test_one_day_before_it_names_the_day_and_on_the_day_it_works(silent: Run) -> None:
    """Received on 4 June 2026: the month ends on Monday 6 July."""
    refused = silent("complain 1 --still-online 2026-07-06", today="2026-07-06")
    assert refused.exit_code == 6
    assert "à partir du mardi 7 juillet 2026" in refused.stderr
    done = silent("complain 1 --still-online 2026-07-07 --json", today="2026-07-07")
    assert done.exit_code == 0
    complaint = done.json["complaint"]
    assert list(complaint)[:5] == [
        "request",
        "document",
        "online_text",
        "dossier",
        "exhibits",
    ]
    assert list(complaint["exhibits"][0]) == ["number", "title", "file", "sha256"]


def test_a_refused_complaint_changes_nothing(silent: Run, home: Path) -> None:
    """Neither a file nor an event."""
    before = sorted(path.name for path in home.rglob("*"))
    silent("complain 1 --still-online 2026-07-06", today="2026-07-06")
    silent("complain 1", today="2026-07-07")
    silent("complain 1 --still-online 2026-07-05", today="2026-07-07")
    assert sorted(path.name for path in home.rglob("*")) == before
    assert len(silent("status 1 --json", today="2026-07-07").json["events"]) == 6


def test_the_declaration_is_needed_and_bounded(silent: Run) -> None:
    """Missing: usage; before the first day or tomorrow: not possible."""
    assert silent("complain 1", today="2026-07-07").exit_code == 2
    for day in ("2026-07-06", "2026-07-09"):
        result = silent(f"complain 1 --still-online {day}", today="2026-07-08")
        assert result.exit_code == 6
        assert "7 juillet 2026" in result.stderr


def test_twice_gives_the_same_bytes_and_one_event(silent: Run) -> None:
    """Harmless; a new exhibit makes a new dossier."""

    def run() -> dict[str, bytes]:
        line = "complain 1 --still-online 2026-07-08 --json"
        complaint = silent(line, today="2026-07-08").json["complaint"]
        return {
            key: Path(complaint[key]).read_bytes()
            for key in ("document", "online_text", "dossier")
        }

    first, second = run(), run()
    assert first == second
    events = silent("status 1 --json", today="2026-07-08").json["events"]
    assert [item["kind"] for item in events].count("complained") == 1


def test_a_capture_of_the_day_is_an_exhibit_and_its_absence_a_warning(
    silent: Run, files: Callable[[str], Path]
) -> None:
    """``seen --file`` or ``attach --as capture`` on that very day."""
    line = "complain 1 --still-online 2026-07-08"
    assert "Aucune capture de ce jour" in silent(line, today="2026-07-08").stderr
    silent(
        "seen 1 online --on 2026-07-08 --file", files("jour.pdf"), today="2026-07-08"
    )
    done = silent(f"{line} --json", today="2026-07-08").json["complaint"]
    assert done["warnings"] == []
    assert done["exhibits"][-1]["title"] == "Capture de la page du 8 juillet 2026"


def test_an_altered_proof_stops_it(silent: Run, home: Path) -> None:
    """With the name of the exhibit; nothing is written."""
    (path,) = home.rglob("avis.pdf")
    path.write_bytes(b"other")
    result = silent("complain 1 --still-online 2026-07-08", today="2026-07-08")
    assert result.exit_code == 5
    assert "avis.pdf" in result.stderr
    assert not list(home.rglob("plainte*"))


def test_a_missing_proof_stops_it(silent: Run, home: Path) -> None:
    """The same when it is gone."""
    (path,) = home.rglob("depot.pdf")
    path.unlink()
    result = silent("complain 1 --still-online 2026-07-08", today="2026-07-08")
    assert result.exit_code == 5
    assert "depot.pdf" in result.stderr


def test_a_letter_edited_before_it_was_sent_is_not_described(
    drafted: Run, home: Path
) -> None:
    """It is referred to by its number."""
    (letter,) = home.rglob("2026-0001-*/lettre.docx")
    letter.write_bytes(letter.read_bytes() + b" ")
    drafted("sent 1 --on 2026-06-01")
    drafted("received 1 --on 2026-06-04", today="2026-06-05")
    line = "complain 1 --still-online 2026-07-08 --json"
    done = drafted(line, today="2026-07-08").json["complaint"]
    text = Path(done["online_text"]).read_text("utf-8").replace("\xa0", " ")
    assert "une demande (pièce n° 1), à laquelle je renvoie" in text
    assert "secret professionnel" not in text


def test_the_dossier_and_a_pdf_are_written(
    silent: Run, tmp_path: Path, tool: Callable[[str], str]
) -> None:
    """The zip in the folder, the PDF where the user asked."""
    tool("soffice")
    target = tmp_path / "dossier.pdf"
    done = silent(
        "complain 1 --still-online 2026-07-08 --pdf", target, today="2026-07-08"
    )
    # The proofs of this test only begin like PDF files.
    assert done.exit_code == 6
    assert "est illisible" in done.stderr
    assert not target.exists()


def test_the_whole_road(silent: Run, files: Callable[[str], Path], home: Path) -> None:
    """Silence, notice, complaint with its exhibits, CNIL, three months, closure."""
    assert silent("follow-up 1", today="2026-07-07").exit_code == 0
    silent("sent 1 --on 2026-07-08 --proof", files("depot2.pdf"), today="2026-07-08")
    silent("received 1 --on 2026-07-10 --proof", files("avis2.pdf"), today="2026-07-11")
    silent("seen 1 online --on 2026-07-25 --file", files("v.pdf"), today="2026-07-25")
    line = "complain 1 --still-online 2026-07-25 --json"
    complaint = silent(line, today="2026-07-25").json["complaint"]
    titles = [item["title"].replace("’", "'") for item in complaint["exhibits"]]
    assert titles == [
        "Capture de la page, conservée le 5 juin 2026",
        "Ma demande, lettre du 1er juin 2026",
        "Preuve d'envoi",
        "Preuve de réception",
        "Ma mise en demeure du 8 juillet 2026",
        "Preuve d'envoi de la mise en demeure",
        "Preuve de réception (mise en demeure)",
        "Capture de la page du 25 juillet 2026",
    ]
    with ZipFile(complaint["dossier"]) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == 4 + 8
    silent("lodged 1 --on 2026-07-27 --number 26012345", today="2026-07-27")
    silent("cnil 1 acknowledged --on 2026-07-30", today="2026-07-30")
    assert silent(line, today="2026-08-01").exit_code == 6
    (first,) = home.rglob("dossier.zip")
    sealed = first.read_bytes()
    reminders = silent("remind --json", today="2026-10-27").json["reminders"]
    (cnil,) = [item for item in reminders if item["request"] == "2026-0001"]
    assert (cnil["what"], cnil["since"]) == ("follow-cnil", "2026-10-27")
    status = " ".join(silent("status 1", today="2026-10-27").stdout.split())
    assert "le silence de la CNIL vaut décision de rejet" in status
    assert "date indicative : 27 décembre 2026" in status
    assert "voyez un avocat" in status
    silent(
        "cnil 1 closed --on 2026-11-02 --file", files("cnil.pdf"), today="2026-11-03"
    )
    again = silent(
        "complain 1 --still-online 2026-11-10 --json", today="2026-11-10"
    ).json["complaint"]
    text = Path(again["online_text"]).read_text("utf-8").replace("\xa0", " ")
    assert "27 juillet 2026 : Dépôt d’une première réclamation à la CNIL" in text
    assert "2 novembre 2026 : Clôture de cette réclamation par la CNIL" in text
    assert first.read_bytes() == sealed
    assert Path(again["dossier"]).name == "dossier-2.zip"
    assert silent("check --json", today="2026-11-10").json["problems"] == []


def test_json_is_one_document(silent: Run) -> None:
    """Nothing else on stdout."""
    done = silent("complain 1 --still-online 2026-07-08 --json", today="2026-07-08")
    assert json.loads(done.stdout)
    terminal = silent("complain 1 --still-online 2026-07-08", today="2026-07-08").stdout
    assert "cnilreq lodged 2026-0001 --on 2026-07-08 --number NUMÉRO" in terminal
    assert "CNIL, 3 PLACE DE FONTENOY, TSA 80715, 75334 PARIS CEDEX 07" in terminal


def test_lodging_without_a_complaint_of_ours_is_possible(delivered: Run) -> None:
    """Some write their own; the number may come later, the news are kept."""
    assert delivered("lodged 1 --on 2026-07-08", today="2026-07-08").exit_code == 0
    delivered("cnil 1 informed --on 2026-07-20", today="2026-07-20")
    status = " ".join(delivered("status 1", today="2026-12-01").stdout.split())
    assert "son silence ne vaut pas rejet" in status
    assert delivered("cnil 2 informed --on 2026-07-20").exit_code == 6


def test_every_day_of_a_year_is_exact(silent: Run) -> None:
    """Never a day early: each day until the day is refused, then all work."""
    day = date(2026, 7, 3)
    codes = []
    while day <= date(2026, 7, 9):
        line = f"complain 1 --still-online {day} --json"
        codes.append(silent(line, today=day.isoformat()).exit_code)
        day += timedelta(days=1)
    assert codes == [6, 6, 6, 6, 0, 0, 0]


def test_a_request_about_no_page_declares_nothing_online(drafted: Run) -> None:
    """Marketing and access: the day of the reminder's command is not told."""
    drafted("draft doctolib --right marketing")
    drafted("sent 3 --on 2026-06-01 --by form")
    line = "complain 3 --still-online 2026-07-08 --json"
    done = drafted(line, today="2026-07-08").json["complaint"]
    text = Path(done["online_text"]).read_text("utf-8")
    assert "en ligne" not in text.replace("formulaire en ligne", "")
    assert "Article 21(3)" in text.replace("\xa0", " ")
