"""What a line of a list does to a mandate, and what it can never do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from cases import DOCTOR
from lives import day

from cnil_requests.core.mandate_lines import (
    RefusedMandateError,
    Said,
    Scan,
    settled,
)
from cnil_requests.core.mandates import EVERY_SITE, AgentKind, Mandate, ReplyTo
from cnil_requests.core.rights import Right

if TYPE_CHECKING:
    from cnil_requests.core.people import Person

TODAY = day("06-15")
AGENT = {"name": "Syndicat Exemple", "kind": "union"}
TERMS = {
    "rights": (Right.ERASURE, Right.OBJECTION),
    "sites": (EVERY_SITE,),
    "data": "fiches",
    "start": day("06-01"),
    "end": day("12-31"),
    "reply_to": ReplyTo.AGENT,
}
PREPARED = Said(AGENT, TERMS)
SIGNED = replace(PREPARED, signed_on=day("06-10"), scan=Scan("a.pdf", "00" * 32))


def after(*lines: Said, person: Person = DOCTOR) -> Person:
    """Return the person once these lines were read, one list after the other."""
    for said in lines:
        person = settled(person, said, today=TODAY)
    return person


def mandate_after(*lines: Said) -> Mandate:
    """Return the mandate that these lines leave."""
    mandate = after(*lines).mandate
    assert mandate
    return mandate


def refused(*lines: Said) -> list[str]:
    """Return the columns in which the last line is refused."""
    person = after(*lines[:-1])
    with pytest.raises(RefusedMandateError) as caught:
        settled(person, lines[-1], today=TODAY)
    return [problem.field for problem in caught.value.problems]


def test_a_line_prepares_then_signs() -> None:
    """In one list or in two, with the same mandate at the end."""
    prepared = mandate_after(PREPARED)
    assert (prepared.agent.kind, prepared.signed_on) == (AgentKind.UNION, None)
    assert prepared.missing() == ()
    assert after(PREPARED, SIGNED) == after(SIGNED)
    assert mandate_after(SIGNED).file == "a.pdf"


def test_the_same_line_changes_nothing() -> None:
    """Nor one that says less, or nothing: no empty cell takes anything back."""
    known = after(SIGNED)
    signature = Said(signed_on=day("06-10"))
    reordered = replace(PREPARED, terms={"rights": TERMS["rights"][::-1]})
    for said in (SIGNED, PREPARED, signature, reordered, Said()):
        assert after(said, person=known) == known


def test_a_scan_may_come_later() -> None:
    """The day is known; a scan alone, without any day, is refused."""
    on_paper = replace(SIGNED, scan=None)
    later = Said(scan=Scan("b.pdf", "11" * 32))
    assert mandate_after(on_paper, later).file == "b.pdf"
    assert mandate_after(on_paper, later).signed_on == day("06-10")
    assert refused(PREPARED, later) == ["signed_on"]


def test_a_signature_covers_the_words_that_were_there() -> None:
    """Other terms under the former day are refused; under a new day they are new."""
    longer = {**TERMS, "end": day("07-31"), "data": "avis"}
    assert refused(SIGNED, replace(SIGNED, terms=longer)) == ["data", "end"]
    other = replace(SIGNED, agent={"name": "Autre"})
    assert refused(SIGNED, other) == ["agent"]
    assert mandate_after(SIGNED, replace(PREPARED, terms=longer)).signed_on is None
    again = Said({}, longer, signed_on=day("06-14"))
    signed_again = mandate_after(SIGNED, again)
    assert (signed_again.signed_on, signed_again.file) == (day("06-14"), "")


def test_a_telephone_is_no_term() -> None:
    """What the paper does not say may change under the signature."""
    moved = Said({"phone": "01 00 00 00 00", "email": "a@example.org"})
    mandate = mandate_after(SIGNED, moved)
    assert mandate.signed_on == day("06-10")
    assert mandate.agent.phone == "01 00 00 00 00"


@pytest.mark.parametrize(
    ("said", "columns"),
    [
        (Said(terms={"data": "fiches"}), ["agent"]),
        (Said({**AGENT, "email": "x", "postcode": "1", "street": "1 rue X",
               "city": "Y"}), ["agent_email", "agent_postcode"]),
        (replace(PREPARED, terms={**TERMS, "end": day("05-01")}), ["end"]),
        (Said(AGENT, {"data": "fiches"}, signed_on=day("06-10")),
         ["rights", "sites", "start", "end", "reply_to"]),
        (replace(SIGNED, signed_on=day("06-16")), ["signed_on"]),
        (replace(PREPARED, withdrawn_on=day("06-16")), ["withdrawn_on"]),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_its_column(
    said: Said, columns: list[str]
) -> None:
    """Every fault of one kind at once."""
    assert refused(said) == columns


def test_a_withdrawn_mandate_does_not_come_back() -> None:
    """The same line with its day is passed; without it, it is refused."""
    withdrawn = replace(SIGNED, withdrawn_on=day("06-12"))
    gone = after(SIGNED, withdrawn)
    assert (gone.mandate, gone.withdrew_on) == (None, day("06-12"))
    assert after(withdrawn, Said(), person=gone) == gone
    assert refused(SIGNED, withdrawn, SIGNED) == ["signed_on"]
    assert refused(SIGNED, withdrawn, PREPARED) == ["agent"]


def test_a_new_mandate_after_the_withdrawal() -> None:
    """Signed since, it holds, whether the day of the withdrawal stays or not."""
    withdrawn = replace(SIGNED, withdrawn_on=day("06-12"))
    again = replace(SIGNED, signed_on=day("06-13"))
    for line in (again, replace(again, withdrawn_on=day("06-12"))):
        person = after(SIGNED, withdrawn, line)
        assert person.mandate
        assert person.mandate.signed_on == day("06-13")
        assert person.withdrew_on == day("06-12")
        assert after(line, person=person) == person


def test_a_withdrawal_before_the_signature_leaves_it() -> None:
    """The day of an older mandate, told late."""
    person = after(SIGNED, Said(withdrawn_on=day("06-01")))
    assert person.mandate
    assert person.withdrew_on == day("06-01")
