"""``dereference``: the engines, for pages of a site that did not comply."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., Any]


def form_of(row: dict[str, Any]) -> str:
    """Return the text for the engine's form with ordinary blanks."""
    return Path(row["form"]).read_text("utf-8").replace("\xa0", " ")


def test_a_silent_site_opens_both_engines(delivered: Run) -> None:
    """Google and Bing, the same pages and reasons, and the story so far."""
    done = delivered("dereference 1 --json", today="2026-07-07")
    rows = done.json["requests"]
    assert [row["directory"] for row in rows] == ["google-search", "bing"]
    assert {row["right"] for row in rows} == {"dereferencing"}
    for row in rows:
        text = form_of(row)
        assert "https://www.doctolib.fr/camille" in text
        assert "J’ai demandé le 1er juin 2026 au site Doctolib (doctolib.fr)" in text
        assert "je n’ai reçu aucune réponse dans le délai" in text
    assert "PARTIE 2 – RÔLE DANS LA SOCIÉTÉ" in form_of(rows[1])


def test_a_refusal_is_told_as_one(delivered: Run) -> None:
    """At once, without waiting for the month."""
    delivered("answered 1 --on 2026-06-10 --outcome refused", today="2026-06-10")
    done = delivered("dereference 1 --engine qwant --json", today="2026-06-11")
    (row,) = done.json["requests"]
    assert row["directory"] == "qwant"
    assert "il a refusé par une réponse reçue le 10 juin 2026" in form_of(row)


def test_after_a_yes_somebody_looks_first(delivered: Run) -> None:
    """What the site says it did is not denied without a look at the page."""
    delivered("answered 1 --on 2026-06-10 --outcome granted", today="2026-06-10")
    refused = delivered("dereference 1", today="2026-07-20")
    assert refused.exit_code == 6
    assert "seen 2026-0001 online" in refused.stderr
    delivered("seen 1 online --on 2026-07-20", today="2026-07-20")
    done = delivered("dereference 1 --engine qwant --json", today="2026-07-20")
    text = form_of(done.json["requests"][0])
    assert "il a dit accepter par une réponse reçue le 10 juin 2026, et j’ai" in text
    assert "cette publication était toujours en ligne" in text


def test_not_while_the_site_has_time(delivered: Run) -> None:
    """Exit 6 with the day; nothing is opened."""
    refused = delivered("dereference 1", today="2026-07-06")
    assert refused.exit_code == 6
    assert "7 juillet 2026" in refused.stderr
    assert len(delivered("status --json").json["requests"]) == 2


def test_a_payment_asked_for_is_no_refusal(delivered: Run) -> None:
    """The story would say that nothing came of it while the site has time."""
    delivered("answered 1 --on 2026-06-10 --outcome payment", today="2026-06-10")
    assert delivered("dereference 1", today="2026-06-11").exit_code == 6


def test_an_engine_is_no_source(drafted: Run) -> None:
    """A request to an engine is already one."""
    drafted(
        "draft google-search --url https://www.doctolib.fr/camille --because secrecy"
    )
    assert drafted("dereference 3").exit_code == 6


def test_the_honest_odds_are_told(delivered: Run) -> None:
    """And the page stays where it is."""
    shown = " ".join(delivered("dereference 1", today="2026-07-07").stdout.split())
    assert "Il peut refuser au nom de l'information du public" in shown
    assert "la page reste en ligne" in shown
    assert "--by form --reference NUMÉRO" in shown


@pytest.mark.parametrize(
    "url",
    [
        "https://www.exemple.fr/avis/dr-exemple",
        "https://www.exemple.fr/dr-exemple/avis/",
        "https://www.google.com/maps/contrib/1234/reviews",
        "https://exemple.com/Reviews/12",
    ],
)
def test_a_page_of_reviews_gets_an_explanation_instead_of_a_letter(
    drafted: Run, url: str
) -> None:
    """Another person's expression: the letter could not succeed."""
    line = f"draft google-search --url {url} --because secrecy"
    refused = drafted(line)
    assert refused.exit_code == 6
    assert "Un avis est l'expression d'une autre personne" in refused.stderr
    assert "article L111-7-2" in refused.stderr


def test_review_pages_are_left_out_and_the_others_written(drafted: Run) -> None:
    """The listing is asked for, the reviews are explained."""
    drafted(
        "draft keskeces --url https://www.keskeces.com/dr --url "
        "https://www.keskeces.com/dr/avis --because secrecy"
    )
    drafted("sent 3 --on 2026-06-01 --by form")
    done = drafted("dereference 3", today="2026-07-10")
    assert "page d'avis laissée de côté" in done.stderr
    row = drafted("status 4 --json", today="2026-07-10").json["request"]
    assert row["urls"] == ["https://www.keskeces.com/dr"]
