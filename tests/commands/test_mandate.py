"""``people mandate``, ``operator-letter`` and ``sirene``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from docx import Document

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]

WHO = "people mandate camille-exemple"
TERMS = (
    *("--agent", "Syndicat de l'Exemple", "--agent-kind", "union"),
    *("--signatory", "Dominique Modèle", "--agent-street", "2 rue de l'Exemple"),
    *("--agent-postcode", "75001", "--agent-city", "Paris"),
    *("--agent-email", "syndicat@exemple.fr", "--right", "erasure", "--site", "all"),
    *("--data", "fiches professionnelles", "--start", "2026-06-01"),
    *("--end", "2026-12-31", "--reply-to", "agent"),
)
DRAFT = "draft keskeces --url https://www.keskeces.com/dr --because secrecy"


def text_of(path: str | Path) -> str:
    """Return the text of a Word file with ordinary blanks and apostrophes."""
    text = "\n".join(item.text for item in Document(str(path)).paragraphs)
    return text.replace("\xa0", " ").replace("’", "'")


@pytest.fixture
def signed(drafted: Run, proof: Path) -> Run:
    """Run commands where the mandate is signed."""
    assert drafted(WHO, *TERMS).exit_code == 0
    done = drafted(f"{WHO} --signed-on 2026-06-01 --file", proof)
    assert done.exit_code == 0
    return drafted


def test_the_first_time_the_paper_to_sign_is_written(drafted: Run) -> None:
    """With all that a mandate must say; no letter before it is signed."""
    done = drafted(WHO, *TERMS, "--json").json
    assert done["people"][0]["mandate"]["agent"]["kind"] == "union"
    text = text_of(done["paper"])
    assert "je donne mandat à : Syndicat de l'Exemple" in text
    assert "lu et approuvé, bon pour mandat" in text
    refused = drafted(DRAFT)
    assert refused.exit_code == 6
    assert "il n'est pas signé" in refused.stderr


def test_the_agent_writes_for_the_principal(signed: Run) -> None:
    """Sender, preamble, signature and enclosure are those of the mandate."""
    row = signed(f"{DRAFT} --json").json["requests"][0]
    text = text_of(row["letter"])
    assert "agissant au nom et pour le compte du Dr Camille Exemple" in text
    assert "en vertu du mandat signé le 1er juin 2026" in text
    assert "votre réponse à l'expéditeur de cette lettre." in text
    assert "Dominique Modèle, pour Dr Camille Exemple" in text
    assert "Mandat signé le 1er juin 2026" in text
    assert "Paris, le 1er juin 2026" in text


@pytest.mark.parametrize(
    ("line", "day", "why"),
    [
        (DRAFT, "2027-01-01", "il a pris fin le 31 décembre 2026"),
        (f"{DRAFT} --right objection", "2026-06-02", "son objet ne comprend pas"),
    ],
)
def test_outside_its_limits_nothing_is_written(
    signed: Run, line: str, day: str, why: str
) -> None:
    """Expired, or another right: exit 6, and the way out is named."""
    refused = signed(line, today=day)
    assert refused.exit_code == 6
    assert why in refused.stderr
    assert "--revoke" in refused.stderr


def test_an_unfinished_mandate_is_not_signed(drafted: Run, proof: Path) -> None:
    """Each gap is named, and a scan needs its day."""
    shown = drafted(f"{WHO} --agent Syndicat --right erasure").stdout
    assert "qui reçoit les réponses (--reply-to)" in shown
    refused = drafted(f"{WHO} --signed-on 2026-06-01")
    assert refused.exit_code == 6
    assert drafted(f"{WHO} --file", proof).exit_code == 2


def test_new_terms_need_a_new_signature(signed: Run) -> None:
    """A changed mandate is not the one that was signed."""
    signed(f"{WHO} --end 2027-12-31")
    assert "il n'est pas signé" in signed(DRAFT).stderr


def test_the_scan_is_an_exhibit_and_goes_with_the_person(
    signed: Run, home: Path
) -> None:
    """In the dossier; erased with her."""
    signed("sent 1 --on 2026-06-01")
    signed("received 1 --on 2026-06-04", today="2026-06-05")
    line = "complain 1 --still-online 2026-07-08"
    done = signed(line, today="2026-07-08")
    assert done.exit_code == 0
    assert "article 38 de la loi n° 78-17" in " ".join(done.stderr.split())
    assert "Mandat signé le 1er juin 2026" in done.stdout
    assert signed("check --json", today="2026-07-08").json["problems"] == []
    signed("people forget camille-exemple --yes")
    assert not (home / "people" / "camille-exemple").exists()


def test_a_mandate_without_complaints_does_not_complain(
    drafted: Run, proof: Path
) -> None:
    """Its object is what the principal signed."""
    drafted(WHO, *TERMS, "--no-complaints")
    drafted(f"{WHO} --signed-on 2026-06-01 --file", proof)
    drafted("sent 1 --on 2026-06-01")
    drafted("received 1 --on 2026-06-04", today="2026-06-05")
    refused = drafted("complain 1 --still-online 2026-07-08", today="2026-07-08")
    assert refused.exit_code == 6
    assert "réclamation à la CNIL" in refused.stderr


def test_revoked_the_person_writes_in_her_own_name(signed: Run) -> None:
    """And editing her identity keeps the mandate until then."""
    signed("people edit camille-exemple --phone", "04 00 00 00 00")
    shown = signed(f"{WHO} --json").json["people"][0]
    assert shown["mandate"]["signed_on"] == "2026-06-01"
    signed(f"{WHO} --revoke")
    row = signed(f"{DRAFT} --json").json["requests"][0]
    assert "au nom et pour le compte" not in text_of(row["letter"])


def test_revoking_is_a_command_of_its_own(signed: Run) -> None:
    """With other options nothing is changed: they would be lost without a word."""
    refused = signed(f"{WHO} --revoke --agent Autre")
    assert refused.exit_code == 2
    shown = signed(f"{WHO} --json").json["people"][0]
    assert shown["mandate"]["signed_on"] == "2026-06-01"


def test_a_withdrawn_mandate_is_not_signed_back(signed: Run) -> None:
    """The old signature is worth nothing; one of that day or later is."""
    assert signed(f"{WHO} --revoke", today="2026-06-10").exit_code == 0
    back = f"{WHO} --signed-on"
    refused = signed(f"{back} 2026-06-01", *TERMS, today="2026-06-11")
    assert refused.exit_code == 6
    assert "a retiré son mandat le 10 juin 2026" in refused.stderr
    shown = signed(f"{WHO} --json", today="2026-06-11").json["people"][0]
    assert shown["mandate"] is None
    assert signed(f"{back} 2026-06-10", *TERMS, today="2026-06-11").exit_code == 0
    assert signed(DRAFT, today="2026-06-11").exit_code == 0


def test_the_history_names_who_wrote_under_which_mandate(signed: Run) -> None:
    """And who writes herself is not said to be represented."""
    number = signed(f"{DRAFT} --json").json["requests"][0]["id"]
    told = "rédigée par Syndicat de l'Exemple, mandat signé le 1er juin 2026"
    assert told in " ".join(signed(f"status {number}").stdout.split())
    assert "rédigée par" not in signed("status 1").stdout


def test_bad_values_are_refused(drafted: Run) -> None:
    """An e-mail, a postcode, an end before the start."""
    assert drafted(f"{WHO} --agent X --agent-email nothing").exit_code == 4
    place = ("--agent-street", "1 rue X", "--agent-city", "Y", "--agent-postcode", "1")
    assert drafted(f"{WHO} --agent X", *place).exit_code == 4
    dates = "--start 2026-06-02 --end 2026-06-01"
    assert drafted(f"{WHO} --agent X {dates}").exit_code == 2
    assert drafted(f"{WHO} --right erasure").exit_code == 6


def test_a_letter_to_the_operator_invents_no_address(drafted: Run) -> None:
    """Without an address it is to be completed; with one it is printed."""
    line = "people operator-letter camille-exemple --operator Exemple --json"
    bare = drafted(line).json
    assert bare["missing"] == ["street", "postcode", "city"]
    assert "adresse à compléter" in text_of(bare["letter"])
    place = ("--street", "1 rue de l'Exemple", "--postcode", "75001", "--city", "Paris")
    full = drafted(line, *place, "--line", "04 00 00 00 00").json
    assert full["missing"] == []
    text = text_of(full["letter"])
    assert "1 RUE DE L EXEMPLE" in text
    assert "La ligne 04 00 00 00 00 est à mon nom auprès de vous." in text


def test_sirene_is_explained(drafted: Run) -> None:
    """Where, with what effect, and for whom it does not help."""
    steps = drafted("people sirene --json").json["steps"]
    assert "statut-diffusion-sirene.insee.fr" in steps[0]
    assert "Vous exercez par une société" in steps[2]
    assert drafted("people sirene").exit_code == 0
