"""From what is typed about a representative to the representative."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cnil_requests.core.identity import (
    FieldProblem,
    InvalidIdentityError,
    checked_address,
    checked_email,
)
from cnil_requests.core.mandates import AgentKind
from cnil_requests.core.telephone import phone_problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cnil_requests.core.mandates import Agent

TEXTS = ("name", "signatory", "phone")
PLACE = ("street", "complement", "postcode", "city", "country")


def revised_agent(former: Agent, typed: Mapping[str, str]) -> Agent:
    """Return the agent with what was typed; a field that is absent stays.

    The fields are those of an agent, its address by its parts. Raises
    InvalidIdentityError with every problem at once.
    """
    changes: dict[str, object] = {
        field: typed[field] for field in TEXTS if field in typed
    }
    problems: list[FieldProblem] = []
    if fault := phone_problem(typed.get("phone", "")):
        problems.append(FieldProblem("phone", fault))
    if "kind" in typed:
        changes["kind"] = AgentKind(typed["kind"])
    try:
        if "email" in typed:
            changes["email"] = checked_email(typed["email"])
    except InvalidIdentityError as error:
        problems += error.problems
    try:
        place = {part: typed[part] for part in PLACE if part in typed}
        if place:
            changes["address"] = checked_address(former.address, place)
    except InvalidIdentityError as error:
        problems += error.problems
    if problems:
        raise InvalidIdentityError(tuple(problems))
    return replace(former, **changes)  # type: ignore[arg-type]
