"""The articles of each right, and the menu of reasons."""

from __future__ import annotations

import pytest

from cnil_requests.core.rights import Reason, Right


@pytest.mark.parametrize(
    ("right", "gdpr", "lil"),
    [
        ("erasure", "21(1) et 17(1)", "56 et 51"),
        ("objection", "21(1)", "56"),
        ("marketing", "21(2) et 21(3)", "56"),
        ("access", "15", "49"),
        ("rectification", "16", "50"),
        ("dereferencing", "21(1) et 17(1)", "56 et 51"),
    ],
)
def test_each_right_has_its_articles(right: str, gdpr: str, lil: str) -> None:
    """In the numbering of the LIL since 1 June 2019, none of the repealed ones."""
    rule = Right(right).rule
    assert (rule.gdpr, rule.lil) == (gdpr, lil)


def test_every_right_has_a_rule() -> None:
    """A new right cannot be added without its articles."""
    assert all(right.rule.french for right in Right)


def test_reasons_are_needed_by_21_1_alone() -> None:
    """Art. 21(1) asks for reasons of one's own; 21(2), 15 and 16 do not."""
    needing = {right for right in Right if right.rule.needs_reason}
    assert needing == {Right.ERASURE, Right.OBJECTION, Right.DEREFERENCING}


def test_pages_are_needed_except_for_access_and_marketing() -> None:
    """A vague request about a page cannot be acted upon."""
    free = {right for right in Right if not right.rule.needs_url}
    assert free == {Right.ACCESS, Right.MARKETING}


def test_the_menu_is_the_contract() -> None:
    """Eight words, in this order, each with its French line."""
    assert [reason.value for reason in Reason] == [
        "secrecy",
        "advertising",
        "wrong-data",
        "commercial-use",
        "not-informed",
        "security",
        "end-of-practice",
        "other",
    ]
    assert len({reason.french for reason in Reason}) == 8
