"""``cnilreq undo``: a mistake is corrected, never erased."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]

LATER = "2026-08-01"


def shown(run: Run) -> dict[str, Any]:
    """Return the request as ``status`` lists it."""
    rows = run("status --directory doctolib --json", today=LATER).json["requests"]
    return dict(rows[0])


def test_everything_is_as_it_was_before(delivered: Run) -> None:
    """Step by step, down to the draft."""
    lines = (
        "answered 1 --on 2026-06-10 --outcome identity",
        "supplied 1 --on 2026-06-12",
        "seen 1 online --on 2026-06-20",
        "answered 1 --on 2026-06-25 --outcome granted",
        "closed 1 --on 2026-06-30 --because moot",
    )
    before = []
    for line in lines:
        before.append(shown(delivered))
        assert delivered(line, today=LATER).exit_code == 0
    for former in reversed(before):
        assert delivered("undo 1", today=LATER).exit_code == 0
        assert shown(delivered) == former


def test_the_history_keeps_what_was_undone(delivered: Run) -> None:
    """Marked as such, with the event that undid it."""
    result = delivered("undo 1", today=LATER)
    assert "2026-0001 : annulé – reçue." in result.stdout
    text = delivered("status 1", today=LATER).stdout
    assert "2026-06-04  reçue (annulé)" in text
    assert "2026-08-01  événement 3 annulé" in text
    events = delivered("status 1 --json", today=LATER).json["events"]
    assert [event["kind"] for event in events] == [
        *("drafted", "sent", "received", "undone")
    ]


def test_a_corrected_date_is_recorded_anew(delivered: Run) -> None:
    """Undo, then say it right."""
    delivered("undo 1", today=LATER)
    delivered("received 1 --on 2026-06-05", today=LATER)
    assert shown(delivered)["received_on"] == "2026-06-05"


def test_the_letter_can_be_edited_again(drafted: Run, home: Path) -> None:
    """A posting that was taken back seals nothing."""
    drafted("sent 1 --on 2026-06-01")
    drafted("undo 1")
    letter = home / "requests/2026-0001-doctolib/lettre.docx"
    letter.write_bytes(letter.read_bytes() + b"edited")
    assert drafted("check").exit_code == 0
    drafted("sent 1 --on 2026-06-01")
    letter.write_bytes(letter.read_bytes() + b"again")
    assert drafted("check").exit_code == 1


def test_kept_files_stay(drafted: Run, home: Path, proof: Path) -> None:
    """The event is undone, the copy is not deleted; it may be attached again."""
    drafted("attach 1 --as capture", proof)
    drafted("undo 1")
    assert (home / "requests/2026-0001-doctolib/preuve.pdf").exists()
    assert drafted("check").exit_code == 0
    assert "fichier gardé." in drafted("attach 1 --as capture", proof).stdout


def test_a_draft_alone_cannot_be_undone(drafted: Run) -> None:
    """Exit 6, with how to give it up."""
    result = drafted("undo 1")
    assert result.exit_code == 6
    assert "cnilreq closed 2026-0001 --on 2026-06-01 --because withdrawn" in (
        result.stderr
    )


def test_the_json_document(delivered: Run) -> None:
    """The request as it then is."""
    [row] = delivered("undo 1 --json", today=LATER).json["requests"]
    assert (row["id"], row["state"], row["due"]) == ("2026-0001", "sent", None)
