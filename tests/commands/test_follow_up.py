"""``follow-up``: the formal notice, or the answer on identity."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docx import Document

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]


def text_of(path: str) -> str:
    """Return the text of a Word file with ordinary blanks."""
    paragraphs = Document(path).paragraphs
    return "\n".join(item.text for item in paragraphs).replace("\xa0", " ")


def test_not_before_the_day(delivered: Run) -> None:
    """Exit 6 with the day; on the day it works."""
    refused = delivered("follow-up 1", today="2026-07-06")
    assert refused.exit_code == 6
    assert "mardi 7 juillet 2026" in refused.stderr
    done = delivered("follow-up 1 --json", today="2026-07-07").json["requests"][0]
    assert Path(done["letter"]).name == "mise-en-demeure.docx"
    assert done["missing"] == []
    text = text_of(done["letter"])
    assert "Mise en demeure – Doctolib" in text
    assert "dans les 15 jours" in text


def test_the_same_day_twice_is_one_notice(delivered: Run) -> None:
    """And another term is another letter."""
    for line in ("follow-up 1", "follow-up 1", "follow-up 1 --term 8"):
        assert delivered(line, today="2026-07-07").exit_code == 0
    events = delivered("status 1 --json", today="2026-07-07").json["events"]
    terms = [item["data"]["term"] for item in events if item["kind"] == "followed-up"]
    assert terms == ["15", "8"]


def test_its_posting_seals_it(delivered: Run, home: Path) -> None:
    """``sent`` knows that the notice goes, and keeps it as it is then."""
    delivered("follow-up 1", today="2026-07-07")
    (notice,) = home.rglob("mise-en-demeure.docx")
    notice.write_bytes(notice.read_bytes() + b" ")
    delivered("sent 1 --on 2026-07-08", today="2026-07-08")
    event = delivered("status 1 --json", today="2026-07-08").json["events"][-1]
    assert event["data"]["what"] == "follow-up"
    assert event["data"]["file"] == "mise-en-demeure.docx"
    assert event["data"]["edited"] == "yes"


def test_a_missing_address_is_named(drafted: Run) -> None:
    """The second site has none; the letter is written, to be completed."""
    drafted("sent 2 --on 2026-06-01 --by form")
    done = drafted("follow-up 2 --json", today="2026-09-01")
    assert "street" in done.json["requests"][0]["missing"]
    shown = drafted("follow-up 2", today="2026-09-01").stdout
    assert "À compléter avant l'envoi" in shown
    assert "cnilreq people sirene" in shown


def test_an_identity_request_is_answered(delivered: Run, home: Path) -> None:
    """The letter offers light proofs; posting it is ``supplied``, which seals it."""
    delivered("answered 1 --on 2026-06-10 --outcome identity", today="2026-06-10")
    done = delivered("follow-up 1", today="2026-06-11")
    assert "reponse-identite.docx" in done.stdout
    said = " ".join(done.stdout.split())
    assert "masquez la photo" in said
    assert "cnilreq supplied 2026-0001 --on 2026-06-11" in said
    (letter,) = home.rglob("reponse-identite.docx")
    assert "Pour lever le doute que vous exposez" in text_of(str(letter))
    delivered("supplied 1 --on 2026-06-12", today="2026-06-12")
    line = "complain 1 --still-online 2026-07-20 --json"
    exhibits = delivered(line, today="2026-07-20").json["complaint"]["exhibits"]
    titles = [item["title"] for item in exhibits]
    assert "Ma réponse du 12 juin 2026 sur mon identité" in titles


def test_an_unsent_answer_on_identity_is_no_exhibit(delivered: Run) -> None:
    """Nobody received it."""
    line = "answered 1 --on 2026-06-10 --outcome identity --no-reasons"
    delivered(line, today="2026-06-10")
    delivered("follow-up 1", today="2026-06-11")
    line = "complain 1 --still-online 2026-07-20 --json"
    exhibits = delivered(line, today="2026-07-20").json["complaint"]["exhibits"]
    assert not any("identité" in item["title"] for item in exhibits)


def test_the_kind_of_letter_can_be_chosen(delivered: Run) -> None:
    """Without an identity request there is nothing to answer."""
    refused = delivered("follow-up 1 --letter identity", today="2026-07-07")
    assert refused.exit_code == 6
    assert "--outcome identity" in refused.stderr


def test_a_page_that_is_gone_needs_no_notice(delivered: Run) -> None:
    """The user's own sighting."""
    delivered("seen 1 removed --on 2026-07-10", today="2026-07-10")
    assert delivered("follow-up 1", today="2026-07-10").exit_code == 6
