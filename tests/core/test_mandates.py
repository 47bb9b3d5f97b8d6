"""A mandate: what it must say, when it may be used, and who then signs."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from cases import DOCTOR
from lives import SITE, a_request, day

from cnil_requests.core.mandates import (
    EVERY_SITE,
    Agent,
    Mandate,
    ReplyTo,
    UnusableMandateError,
    check_mandate,
)
from cnil_requests.core.mandating import (
    BadTermError,
    Signature,
    UnfinishedMandateError,
    revised,
    signed,
)
from cnil_requests.core.representation import after_de
from cnil_requests.core.rights import Right

COMPLETE = Mandate(
    Agent("Syndicat Exemple"),
    rights=(Right.ERASURE,),
    sites=(EVERY_SITE,),
    data="fiches",
    start=day("06-01"),
    end=day("06-30"),
    reply_to=ReplyTo.AGENT,
    signed_on=day("06-01"),
)


def why_not(mandate: Mandate | None, on: str = "06-15", **changes: object) -> str:
    """Return why a mandate cannot be used, or nothing."""
    person = replace(DOCTOR, mandate=mandate)
    request = a_request(**changes)
    try:
        check_mandate(person, request, day(on))
    except UnusableMandateError as error:
        return error.message
    return ""


def test_without_a_mandate_the_person_writes_herself() -> None:
    """Nothing is checked."""
    assert why_not(None) == ""
    assert why_not(COMPLETE) == ""


@pytest.mark.parametrize(
    "field", ["rights", "sites", "data", "start", "end", "reply_to"]
)
def test_each_gap_stops_it(field: str) -> None:
    """Object, duration and addressee of the answers (CNIL 2021-070)."""
    kinds = {item.name: item for item in fields(Mandate)}
    mandate = replace(COMPLETE, **{field: kinds[field].default})
    assert "il y manque" in why_not(mandate)


@pytest.mark.parametrize(
    ("on", "why"),
    [
        ("05-31", "il ne commence que le 1er juin 2026"),
        ("06-01", ""),
        ("06-30", ""),
        ("07-01", "il a pris fin le 30 juin 2026"),
    ],
)
def test_its_days_are_inclusive(on: str, why: str) -> None:
    """From the first to the last."""
    assert (why in why_not(COMPLETE, on)) if why else why_not(COMPLETE, on) == ""


def test_unsigned_or_signed_tomorrow_stops_it() -> None:
    """A letter is dated the day it is written."""
    assert "il n'est pas signé" in why_not(replace(COMPLETE, signed_on=None))
    late = replace(COMPLETE, signed_on=day("06-20"))
    assert "n'est signé que du 20 juin 2026" in why_not(late)


@pytest.mark.parametrize(
    ("sites", "covered"),
    [
        ((EVERY_SITE,), True),
        ((SITE.id,), True),
        ((SITE.domain,), True),
        (("https://annuaire-exemple.fr/1",), True),
        (("https://annuaire-exemple.fr/2",), False),
        (("autre",), False),
    ],
)
def test_its_object_is_precise(sites: tuple[str, ...], covered: bool) -> None:
    """An id, a domain, the very pages, or every site."""
    urls = ("https://annuaire-exemple.fr/1",)
    told = why_not(replace(COMPLETE, sites=sites), urls=urls)
    assert (told == "") is covered


def test_signing_needs_all_terms_and_a_change_unsigns() -> None:
    """The signature is under these very words."""
    with pytest.raises(UnfinishedMandateError, match="--data"):
        signed(replace(COMPLETE, data=""), Signature(day("06-01")), today=day("06-01"))
    with pytest.raises(BadTermError):
        signed(COMPLETE, Signature(day("06-02")), today=day("06-01"))
    with pytest.raises(BadTermError):
        revised(COMPLETE, end=day("05-01"))
    assert revised(COMPLETE, data="fiches") == COMPLETE
    assert revised(COMPLETE, data="autres").signed_on is None


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Dr Camille Exemple", "du Dr Camille Exemple"),
        ("Anne Exemple", "d’Anne Exemple"),
        ("Émile Exemple", "d’Émile Exemple"),
        ("Mme Exemple", "de Mme Exemple"),
    ],
)
def test_names_after_de(name: str, told: str) -> None:
    """Article and elision."""
    assert after_de(name) == told
