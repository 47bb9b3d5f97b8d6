"""Which page goes to which site."""

from __future__ import annotations

import pytest

from cnil_requests.core.directory import Directory, Kind
from cnil_requests.core.routing import StrayUrlError, route

ONE = Directory(id="un", name="Un", domain="un.example")
TWO = Directory(id="deux", name="Deux", domain="deux.example")
ENGINE = Directory(
    id="moteur", name="Moteur", domain="moteur.example", kind=Kind.SEARCH_ENGINE
)


def belongs(url: str, site: Directory) -> bool:
    """Say whether an address lies on a site, as the catalogue would."""
    return url.startswith(f"https://{site.domain}/")


def test_each_page_goes_to_the_site_of_its_domain() -> None:
    """In the order given, each once."""
    urls = [
        f"https://{name}.example/{page}" for page in "ab" for name in ("deux", "un")
    ]
    taken, warnings = route([ONE, TWO], [*urls, urls[0]], belongs=belongs)
    assert taken == {
        "un": ("https://un.example/a", "https://un.example/b"),
        "deux": ("https://deux.example/a", "https://deux.example/b"),
    }
    assert warnings == {"un": (), "deux": ()}


def test_a_stray_page_is_refused_with_several_sites() -> None:
    """Nobody can know whom it is for."""
    with pytest.raises(
        StrayUrlError, match=r"https://x\.example/.*\(un, deux\)"
    ) as why:
        route([ONE, TWO], ["https://x.example/"], belongs=belongs)
    assert why.value.exit_code == 2


def test_a_stray_page_is_doubted_with_one_site() -> None:
    """The site may have moved; the user is asked to look."""
    taken, warnings = route([ONE], ["https://x.example/1"], belongs=belongs)
    assert taken == {"un": ("https://x.example/1",)}
    (warning,) = warnings["un"]
    assert "x.example n'est pas le site un.example" in warning


def test_an_engine_takes_every_page() -> None:
    """Its results lie on other sites; those sites keep their pages too."""
    urls = ["https://un.example/1", "https://x.example/2"]
    taken, warnings = route([ONE, ENGINE], urls, belongs=belongs)
    assert taken == {"un": (urls[0],), "moteur": tuple(urls)}
    assert warnings == {"un": (), "moteur": ()}


def test_a_page_of_the_engine_itself_is_doubted() -> None:
    """A page of results is not the page they lead to."""
    url = "https://moteur.example/search?q=x"
    _, warnings = route([ENGINE], [url], belongs=belongs)
    (warning,) = warnings["moteur"]
    assert "page du moteur lui-même" in warning


def test_no_page_at_all() -> None:
    """Access and marketing need none."""
    assert route([ONE], [], belongs=belongs) == ({"un": ()}, {"un": ()})
