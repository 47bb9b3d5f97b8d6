"""``cnilreq sent``: what was posted, sealed as it was."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]

KEYS = [
    *("id", "person", "directory", "right", "state", "drafted_on", "sent_on"),
    *("received_on", "due", "extended_due", "complaint_from", "next_action", "next_on"),
]
LETTER = "requests/2026-0001-doctolib/lettre.docx"


def events(run: Run, number: int = 1) -> list[dict[str, Any]]:
    """Return what is recorded of a request."""
    found = run(f"status {number} --json", today="2027-01-01").json["events"]
    return list(found)


def test_the_json_document_is_the_contract(drafted: Run) -> None:
    """The keys of ``status``, in order."""
    result = drafted("sent 1 --on 2026-06-01 --json")
    [row] = result.json["requests"]
    assert list(row) == KEYS
    assert (row["id"], row["state"], row["sent_on"]) == (
        "2026-0001",
        "sent",
        "2026-06-01",
    )
    assert (row["received_on"], row["due"], row["complaint_from"]) == (None,) * 3
    assert (row["next_action"], row["next_on"]) == ("record-receipt", "2026-07-01")


def test_what_to_do_next_is_said(drafted: Run) -> None:
    """The receipt is what comes next, with its command."""
    result = drafted("sent 1 --on 2026-06-01")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "2026-0001 (Doctolib) : envoi enregistré." in result.stdout
    assert "Rien à faire avant le 1er juillet 2026." in result.stdout
    assert "cnilreq received 2026-0001 --on DATE --proof FICHIER" in result.stdout


def test_the_letter_is_sealed_as_it_is(drafted: Run, home: Path) -> None:
    """Editing and signing before is normal; the event has the hash of that version."""
    letter = home / LETTER
    letter.write_bytes(letter.read_bytes() + b"signed")
    drafted("sent 1 --on 2026-06-01")
    data = events(drafted)[-1]["data"]
    assert data == {
        "by": "letter",
        "file": "lettre.docx",
        "sha256": hashlib.sha256(letter.read_bytes()).hexdigest(),
        "edited": "yes",
    }
    assert drafted("check").exit_code == 0


def test_a_letter_changed_after_posting_is_reported(drafted: Run, home: Path) -> None:
    """By ``check``; the same call again does not seal the new version."""
    drafted("sent 1 --on 2026-06-01")
    letter = home / LETTER
    letter.write_bytes(letter.read_bytes() + b"x")
    assert "déjà enregistré" in drafted("sent 1 --on 2026-06-01").stdout
    result = drafted("check")
    assert result.exit_code == 1
    assert "lettre.docx" in result.stdout


def test_a_letter_that_is_gone_does_not_keep_the_posting_out(
    drafted: Run, home: Path
) -> None:
    """It was posted all the same; what cannot be proved is said."""
    (home / LETTER).unlink()
    result = drafted("sent 1 --on 2026-06-01")
    assert result.exit_code == 0
    assert "lettre.docx n'est plus dans le dossier" in result.stderr
    assert "cnilreq attach 2026-0001 FICHIER --as letter" in result.stderr
    assert events(drafted)[-1]["data"] == {"by": "letter"}


def test_an_incomplete_address_cannot_have_been_posted(drafted: Run) -> None:
    """Exit 6, in French; another channel is possible."""
    result = drafted("sent 2 --on 2026-06-01")
    assert result.exit_code == 6
    assert "nom de l'éditeur et adresse postale" in result.stderr
    assert "cnilreq directories lookup societe-com" in result.stderr
    assert len(events(drafted, 2)) == 1
    assert drafted("sent 2 --on 2026-06-01 --by email").exit_code == 0


def test_several_requests_are_all_recorded_or_none(drafted: Run) -> None:
    """The second one cannot be: the first is not either."""
    assert drafted("sent 1 2 --on 2026-06-01").exit_code == 6
    assert drafted("sent 1 9 --on 2026-06-01").exit_code == 3
    assert len(events(drafted)) == 1
    both = drafted("sent 1 2026-2 1 --on 2026-06-01 --by email --json").json
    assert [row["id"] for row in both["requests"]] == ["2026-0001", "2026-0002"]


def test_the_same_call_twice_is_harmless(drafted: Run) -> None:
    """Exit 0, « déjà enregistré », nothing more in the ledger."""
    drafted("sent 1 --on 2026-06-01")
    again = drafted("sent 1 --on 2026-06-01")
    assert again.exit_code == 0
    assert "déjà enregistré." in again.stdout
    assert len(events(drafted)) == 2


def test_a_proof_that_comes_later_is_kept(drafted: Run, proof: Path) -> None:
    """The same call with ``--proof``: the posting stands, the proof is new."""
    drafted("sent 1 --on 2026-06-01")
    late = drafted("sent 1 --on 2026-06-01 --proof", proof)
    assert "déjà enregistré ; fichier gardé." in late.stdout
    assert "déjà enregistré." in drafted("sent 1 --on 2026-06-01 --proof", proof).stdout
    assert [it["kind"] for it in events(drafted)] == ["drafted", "sent", "attached"]
    assert proof.exists()


def test_a_number_is_kept_bare_shown_spaced_and_doubted(drafted: Run) -> None:
    """A wrong key is a warning on stderr, never a refusal."""
    result = drafted("sent 1 --on 2026-06-01 --tracking", "1a 123 456 7890 1")
    assert result.exit_code == 0
    assert "1A12345678901 semble mal recopié" in result.stderr
    assert "1A 123 456 7890 1" in drafted("status 1").stdout
    good = drafted("sent 1 --on 2026-06-01 --tracking", "1A 123 456 7890 5")
    assert good.stderr == ""
    assert "1A 123 456 7890 5" in drafted("status 1").stdout


def test_sending_again_what_did_not_arrive(drafted: Run) -> None:
    """The clock runs from the new receipt."""
    drafted("sent 1 --on 2026-06-01")
    drafted("received 1 --on 2026-06-04 --refused", today="2026-06-05")
    again = drafted("sent 1 --on 2026-06-08 --by email --json", today="2026-06-08")
    [row] = again.json["requests"]
    assert (row["state"], row["received_on"], row["due"]) == (
        "received",
        "2026-06-08",
        "2026-07-08",
    )


def test_sending_again_what_did_arrive_changes_nothing(delivered: Run) -> None:
    """The first receipt counts."""
    again = delivered("sent 1 --on 2026-06-20 --by email --json", today="2026-06-20")
    [row] = again.json["requests"]
    assert (row["received_on"], row["due"]) == ("2026-06-04", "2026-07-06")


@pytest.mark.parametrize("on", ["2026-06-02", "2026-05-31"])
def test_dates_that_cannot_be(drafted: Run, on: str) -> None:
    """In the future, or before the letter."""
    result = drafted(f"sent 1 --on {on}")
    assert result.exit_code == 6
    assert len(events(drafted)) == 1


def test_a_form_is_received_when_it_is_sent(drafted: Run) -> None:
    """With the reference it gave."""
    result = drafted("sent 2 --on 2026-06-01 --by form --reference AB12 --json")
    [row] = result.json["requests"]
    assert (row["state"], row["received_on"]) == ("received", "2026-06-01")
    assert "référence AB12" in drafted("status 2").stdout


def test_a_closed_request_is_opened_first(drafted: Run) -> None:
    """Exit 6 and how."""
    drafted("closed 1 --on 2026-06-01 --because withdrawn")
    result = drafted("sent 1 --on 2026-06-01")
    assert result.exit_code == 6
    assert "cnilreq undo 2026-0001" in result.stderr
