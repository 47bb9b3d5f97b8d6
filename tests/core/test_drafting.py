"""From what is asked for to a request that the law allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from cnil_requests.core.directory import Directory, Kind
from cnil_requests.core.drafting import (
    MAX_DETAIL,
    MAX_URL,
    Wish,
    dropped_reasons,
    merge_reasons,
    open_request,
    parse_correction,
    parse_reason,
    parse_url,
    resumed,
    right_for,
)
from cnil_requests.core.drafting_errors import (
    BadReasonError,
    BadUrlError,
    CorrectionNeededError,
    FutureSightError,
    LegalRegisterError,
    NoReasonError,
    RetiredSiteError,
    StrayCorrectionError,
    TooLongError,
    UrlNeededError,
    WrongRightError,
)
from cnil_requests.core.people import Person
from cnil_requests.core.rights import Correction, Reason, Right, StatedReason
from cnil_requests.core.text import UnprintableTextError

if TYPE_CHECKING:
    from cnil_requests.core.requests import Request

TODAY = date(2026, 3, 2)
URL = "https://exemple.fr/fiche"
PERSON = Person(slug="camille-exemple", first_name="Camille", last_name="Exemple")
SITE = Directory(id="exemple", name="Exemple", domain="exemple.fr", country="FR")
SECRECY = StatedReason(Reason.SECRECY)
FIXED = Correction("rue A", "rue B")


def site(kind: Kind) -> Directory:
    """Return a site of a kind."""
    return replace(SITE, kind=kind)


def draft(
    wish: Wish, directory: Directory = SITE, urls: tuple[str, ...] = (URL,)
) -> Request:
    """Open a request of the only person, today."""
    return open_request(wish, PERSON, directory, urls=urls, today=TODAY)


@pytest.mark.parametrize("kind", list(Kind))
def test_the_default_right(kind: Kind) -> None:
    """Erasure; dereferencing at an engine; none at a register or a dead site."""
    if kind is Kind.LEGAL_REGISTER:
        with pytest.raises(LegalRegisterError):
            right_for(site(kind), None)
    elif kind is Kind.RETIRED:
        with pytest.raises(RetiredSiteError):
            right_for(site(kind), None)
    else:
        engine = kind is Kind.SEARCH_ENGINE
        wanted = Right.DEREFERENCING if engine else Right.ERASURE
        assert right_for(site(kind), None) is wanted


@pytest.mark.parametrize("right", list(Right))
def test_a_legal_register_can_only_be_asked_what_the_law_allows(right: Right) -> None:
    """LIL art. 56 al. 2: no objection; access and rectification remain."""
    register = site(Kind.LEGAL_REGISTER)
    if right in (Right.RECTIFICATION, Right.ACCESS):
        assert right_for(register, right) is right
        return
    with pytest.raises(LegalRegisterError, match="alinéa 2") as caught:
        right_for(register, right)
    assert caught.value.exit_code == 6
    assert "--right rectification" in str(caught.value)


@pytest.mark.parametrize("right", list(Right))
def test_an_engine_does_not_hold_the_page(right: Right) -> None:
    """Nothing to erase or rectify there; links can be dereferenced."""
    engine = site(Kind.SEARCH_ENGINE)
    if right in (Right.DEREFERENCING, Right.ACCESS, Right.MARKETING):
        assert right_for(engine, right) is right
        return
    with pytest.raises(WrongRightError, match="--right dereferencing") as caught:
        right_for(engine, right)
    assert caught.value.exit_code == 6


def test_only_an_engine_dereferences() -> None:
    """A map listing is a page: it is erased."""
    for kind in (Kind.DIRECTORY, Kind.MAP_LISTING, Kind.SOCIAL_NETWORK):
        with pytest.raises(WrongRightError, match="--right erasure"):
            right_for(site(kind), Right.DEREFERENCING)


@pytest.mark.parametrize("right", list(Right))
def test_what_each_right_needs(right: Right) -> None:
    """A page except for access and marketing; a reason for 21(1) alone."""
    directory = site(Kind.SEARCH_ENGINE) if right is Right.DEREFERENCING else SITE
    fixed = (FIXED,) if right is Right.RECTIFICATION else ()
    wish = Wish(right, reasons=(SECRECY,), corrections=fixed)
    assert draft(wish, directory).right is right
    if right.rule.needs_url:
        with pytest.raises(UrlNeededError, match="--url") as no_url:
            draft(wish, directory, urls=())
        assert no_url.value.exit_code == 2
    else:
        assert draft(wish, directory, urls=()).urls == ()
    if right.rule.needs_reason:
        with pytest.raises(NoReasonError) as no_reason:
            draft(replace(wish, reasons=()), directory)
        assert no_reason.value.exit_code == 6
        assert all(reason.value in str(no_reason.value) for reason in Reason)
    else:
        assert draft(wish, directory).reasons == ()


def test_a_rectification_says_what_is_wrong_and_what_is_right() -> None:
    """And nothing else takes a correction: it would be silently lost."""
    with pytest.raises(CorrectionNeededError):
        draft(Wish(Right.RECTIFICATION))
    with pytest.raises(StrayCorrectionError, match="--right rectification") as stray:
        draft(Wish(corrections=(FIXED,)))
    assert stray.value.exit_code == 2


def test_a_listing_is_seen_today_at_the_latest() -> None:
    """And only a page can be seen."""
    wish = Wish(Right.ACCESS, seen_on=TODAY)
    assert draft(wish).seen_on == TODAY
    assert draft(wish, urls=()).seen_on is None
    with pytest.raises(FutureSightError, match="2026-03-03"):
        draft(replace(wish, seen_on=date(2026, 3, 3)))


def test_the_name_searched_is_the_person_s_own_by_default() -> None:
    """Variants replace it; other rights search for nothing."""
    engine = site(Kind.SEARCH_ENGINE)
    wish = Wish(reasons=(SECRECY,))
    assert draft(wish, engine).search_names == ("Camille Exemple",)
    named = replace(wish, search_names=("C. Exemple", "Dr Exemple"))
    assert draft(named, engine).search_names == ("C. Exemple", "Dr Exemple")
    assert draft(named).search_names == ()


def test_the_calendar_is_the_controller_s() -> None:
    """Not the doctor's: Alsace-Moselle, Ireland, an unknown one."""
    wish = Wish(reasons=(SECRECY,))
    assert draft(wish, replace(SITE, postcode="67000")).calendar == "FR-AM"
    assert draft(wish, replace(SITE, country="IE")).calendar == "IE"
    assert draft(wish, replace(SITE, country="")).calendar == "FR"


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("secrecy", SECRECY),
        (" Secrecy ", SECRECY),
        ("secrecy=", SECRECY),
        ("security=a=b", StatedReason(Reason.SECURITY, "a=b")),
        ("other= mes mots ", StatedReason(Reason.OTHER, "mes mots")),
        ("wrong-data=un\ndeux", StatedReason(Reason.WRONG_DATA, "un\ndeux")),
    ],
)
def test_reasons_are_read(text: str, stated: StatedReason) -> None:
    """The word of the menu, then facts after the first « = »."""
    assert parse_reason(text) == stated


@pytest.mark.parametrize(
    "text", ["", "secret", "other", "other= ", "=x", "not_informed"]
)
def test_bad_reasons_show_the_menu(text: str) -> None:
    """Also ``other`` without words: it has no wording of its own."""
    with pytest.raises(BadReasonError, match="not-informed") as caught:
        parse_reason(text)
    assert caught.value.exit_code == 2


def test_details_have_a_measure() -> None:
    """A letter of pages is not read; invisible characters are named, at edges too."""
    with pytest.raises(TooLongError, match=f"--because.*{MAX_DETAIL}"):
        parse_reason("other=" + "x" * MAX_DETAIL)
    with pytest.raises(UnprintableTextError, match="--because"):
        parse_reason("other=x\x1f")
    with pytest.raises(UnprintableTextError, match="--correct"):
        parse_correction("a=>b\x0b")
    with pytest.raises(UnprintableTextError, match="--url"):
        parse_url("https://exemple.fr/\x00")


def test_the_same_reason_is_told_once() -> None:
    """Its details together; words of one's own stay apart."""
    reasons = [
        parse_reason(text)
        for text in (
            "wrong-data=l'adresse est ancienne",
            "secrecy",
            "other=un",
            "wrong-data=le téléphone est faux",
            "secrecy",
            "other=deux",
            "other=un",
            "wrong-data",
        )
    ]
    assert merge_reasons(reasons) == (
        StatedReason(
            Reason.WRONG_DATA,
            "l'adresse est ancienne\N{NO-BREAK SPACE}; le téléphone est faux",
        ),
        SECRECY,
        StatedReason(Reason.OTHER, "un"),
        StatedReason(Reason.OTHER, "deux"),
    )


@pytest.mark.parametrize("text", ["", "a", "=>", "a=>", " => b", "a=b", "a->b"])
def test_half_a_correction_is_refused(text: str) -> None:
    """Both sides are needed (GDPR art. 16)."""
    with pytest.raises(CorrectionNeededError):
        parse_correction(text)


def test_corrections_are_read() -> None:
    """Blanks around the arrow are not part of the data."""
    assert parse_correction("rue A => rue B") == FIXED
    assert parse_correction("a=>b=>c") == Correction("a", "b=>c")


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (" https://exemple.fr/a?b=c#d ", "https://exemple.fr/a?b=c#d"),
        ("HTTP://Exemple.FR/A", "HTTP://Exemple.FR/A"),
        ("exemple.fr/a", "https://exemple.fr/a"),
        ("exemple.fr/vers?u=https://x.fr", "https://exemple.fr/vers?u=https://x.fr"),
        ("https://médecin.fr/é%20(1)'&x", "https://médecin.fr/é%20(1)'&x"),
        ("https://exemple.fr:8443/", "https://exemple.fr:8443/"),
    ],
)
def test_addresses_are_left_as_pasted(text: str, url: str) -> None:
    """A browser may hide the scheme: it is added, nothing else."""
    assert parse_url(text) == url


@pytest.mark.parametrize(
    "text",
    [
        "",
        "fiche",
        "https://",
        "https://exemple",
        "https://./x",
        "https://..fr",
        "https://exemple.fr/a b",
        "https://exemple.fr/a\nb",
        "ftp://exemple.fr/a",
        "mailto:a@exemple.fr",
        "https://exemple.fr@autre.fr/x",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://exemple.fr:x/",
        "https://[::1]/",
        "https://[exemple.fr/",
    ],
)
def test_what_no_browser_opens_is_refused(text: str) -> None:
    """With the way to copy the whole address."""
    with pytest.raises(BadUrlError, match="barre du navigateur") as caught:
        parse_url(text)
    assert caught.value.exit_code == 2


def test_addresses_have_a_measure() -> None:
    """2,000 characters, as browsers have it."""
    assert len(parse_url("https://exemple.fr/".ljust(MAX_URL, "x"))) == MAX_URL
    with pytest.raises(TooLongError):
        parse_url("https://exemple.fr/".ljust(MAX_URL + 1, "x"))


def test_an_open_draft_keeps_what_it_said() -> None:
    """On a terminal, what is not said again stays; what is said again wins."""
    old = draft(Wish(reasons=(SECRECY,)), site(Kind.DIRECTORY))
    assert resumed(Wish(), old).reasons == (SECRECY,)
    other = StatedReason(Reason.SECURITY)
    assert resumed(Wish(reasons=(other,)), old).reasons == (other,)
    assert dropped_reasons(Wish(reasons=(SECRECY,)), old) == ()
    assert "secrecy" in dropped_reasons(Wish(reasons=(other,)), old)[0]
