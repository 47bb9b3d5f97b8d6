"""The State's register: what it says, and what it does not show."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cnil_requests.core.postal import PostalAddress, recipient_lines
from cnil_requests.web import errors, register
from cnil_requests.web.fetch import Fetcher, Limits

if TYPE_CHECKING:
    Site = Any

DAY = date(2026, 3, 2)
SAMPLE = (
    Path(__file__).resolve().parents[1]
    / "data"
    / "registers"
    / "recherche-entreprises.search.json"
)


def ask(site: Site, answer: object, siren: str = "356000000") -> Any:  # noqa: ANN401
    """Ask a register on this machine."""
    body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    site.pages["/search"] = (200, {"Content-Type": "application/json"}, body)
    fetcher = Fetcher(Limits(total=2), allow_private=True, pause=0)
    return register.look_up(siren, fetcher, base=site.url, fetched_at=DAY)


def changed(**values: object) -> dict[str, Any]:
    """Return the sample with other values of the company, or of its seat."""
    answer: dict[str, Any] = json.loads(SAMPLE.read_text("utf-8"))
    company = answer["results"][0]
    for name, value in values.items():
        (company["siege"] if name in company["siege"] else company)[name] = value
    return answer


def test_a_real_answer(site: Site) -> None:
    """Name, seat in postal lines, active, open."""
    company = ask(site, SAMPLE.read_bytes())
    assert site.asked == ["/search?q=356000000"]
    assert company.name == "LA POSTE"
    assert (company.is_active, company.is_partial) == (True, False)
    assert recipient_lines("LA POSTE", "", company.address).lines == (
        "LA POSTE",
        "DIRECTION GENERALE DE LA POSTE",
        "9 RUE DU COLONEL PIERRE AVIA",
        "75015 PARIS",
    )


def test_another_company_is_never_taken(site: Site) -> None:
    """A search finds more than what was asked."""
    assert ask(site, SAMPLE.read_bytes(), "999100019") is None
    assert ask(site, {"results": []}) is None


def test_ceased_and_closed(site: Site) -> None:
    """The company, or its seat."""
    sample = changed()
    sample["results"][0]["etat_administratif"] = "C"
    assert ask(site, sample).is_active is False
    sample = changed()
    sample["results"][0]["siege"]["etat_administratif"] = "F"
    assert ask(site, sample).is_active is False


def test_partial_diffusion_hides_the_address(site: Site) -> None:
    """INSEE writes [ND]; nothing of it reaches a letter."""
    company = ask(
        site,
        changed(
            statut_diffusion="P",
            numero_voie="[ND]",
            type_voie="[ND]",
            libelle_voie="[ND]",
            complement_adresse="[ND]",
        ),
    )
    assert company.is_partial
    assert company.address.street == ""
    assert "street" in company.address.missing()


def test_cedex_index_and_office_abroad(site: Site) -> None:
    """The special post office wins; abroad, the country is the register's."""
    company = ask(
        site,
        changed(
            indice_repetition="BIS",
            cedex="75757",
            libelle_cedex="PARIS CEDEX 15",
            complement_adresse=None,
            distribution_speciale="CS 40000",
        ),
    )
    assert company.address == PostalAddress(
        "9 BIS RUE DU COLONEL PIERRE AVIA", "CS 40000", "75757", "PARIS CEDEX 15"
    )
    company = ask(
        site,
        changed(
            code_postal=None,
            libelle_commune_etranger="1000 BRUXELLES",
            libelle_pays_etranger="BELGIQUE",
        ),
    )
    assert (company.address.city, company.address.country) == ("1000 BRUXELLES", "BE")


@pytest.mark.parametrize(
    "answer",
    [
        b"<html>panne</html>",
        b"",
        b"[]",
        b'{"results": 3}',
        b'{"results": [3]}',
        b"[" * 100_000,
        {"results": [{"siren": "356000000", "siege": "non"}]},
    ],
)
def test_nonsense_is_a_network_error(site: Site, answer: object) -> None:
    """Exit 7, in French."""
    with pytest.raises(errors.UnreadableError, match="registre"):
        ask(site, answer)


def test_a_busy_register_is_told(site: Site) -> None:
    """429 is no answer about a company."""
    site.pages["/search"] = (429, {}, b"")
    fetcher = Fetcher(Limits(total=2), allow_private=True, pause=0)
    with pytest.raises(errors.UnreadableError, match="429"):
        register.look_up("356000000", fetcher, base=site.url, fetched_at=DAY)
