"""From what a doctor asks for to the requests that can lawfully be made."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cnil_requests.core.calendars import calendar_for
from cnil_requests.core.directory import Kind
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
from cnil_requests.core.mandates import check_mandate
from cnil_requests.core.requests import Channel, Request
from cnil_requests.core.review_pages import ReviewPageError, review_pages
from cnil_requests.core.rights import Correction, Reason, Right, StatedReason
from cnil_requests.core.text import check_printable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from cnil_requests.core.directory import Directory
    from cnil_requests.core.people import Person


@dataclass(frozen=True)
class Wish:
    """What the doctor asks for, before it is checked against the law.

    ``right`` is None when he did not say: erasure, or dereferencing for a search
    engine. ``seen_on`` is None when he did not say that he saw the listing.
    ``origin`` is the request that this one follows from, or is empty.
    """

    right: Right | None = None
    reasons: tuple[StatedReason, ...] = ()
    corrections: tuple[Correction, ...] = ()
    search_names: tuple[str, ...] = ()
    seen_on: date | None = None
    channel: Channel = Channel.LETTER
    origin: str = ""


MAX_URL = 2_000
MAX_DETAIL = 4_000


def parse_reason(text: str) -> StatedReason:
    """Return the reason of ``REASON`` or ``REASON=DETAIL``.

    Raises BadReasonError, and what ``parse_text`` raises.
    """
    key, _, detail = parse_text("--because", text).partition("=")
    key, detail = key.strip().lower(), detail.strip()
    if key not in set(Reason) or (key == Reason.OTHER and not detail):
        raise BadReasonError(text)
    return StatedReason(Reason(key), detail)


def parse_text(option: str, text: str) -> str:
    """Return the words of an option as they go into a letter.

    Raises UnprintableTextError, and TooLongError beyond any letter's measure.
    """
    if len(text) > MAX_DETAIL:
        raise TooLongError(option, MAX_DETAIL)
    return check_printable(option, text).strip()


def merge_reasons(reasons: Iterable[StatedReason]) -> tuple[StatedReason, ...]:
    """Return each reason once, in the order given, its several details together.

    Words of the person's own (``other``) stay apart; the same words twice are one.
    """
    merged: dict[tuple[Reason, str], StatedReason] = {}
    for stated in dict.fromkeys(reasons):
        own = stated.detail if stated.reason is Reason.OTHER else ""
        former = merged.get((stated.reason, own))
        details = [former.detail if former else "", stated.detail]
        both = "\N{NO-BREAK SPACE}; ".join(filter(None, details))
        merged[stated.reason, own] = StatedReason(stated.reason, both)
    return tuple(merged.values())


def parse_correction(text: str) -> Correction:
    """Return the two sides of ``WRONG=>RIGHT``. Raises CorrectionNeededError."""
    wrong, arrow, right = parse_text("--correct", text).partition("=>")
    if not arrow or not wrong.strip() or not right.strip():
        raise CorrectionNeededError
    return Correction(wrong.strip(), right.strip())


def parse_url(text: str) -> str:
    """Return the address of a page, ``https://`` added when it has no scheme.

    Raises BadUrlError and TooLongError. The address is otherwise left untouched.
    """
    url = check_printable("--url", text).strip()
    if len(url) > MAX_URL:
        raise TooLongError("--url", MAX_URL)
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", url):
        url = f"https://{url}"
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        parts.port  # noqa: B018 - raises on a port that is not a number
    except ValueError:
        raise BadUrlError(text) from None
    # Nobody copies a user name from a browser; « known.fr@other.fr » misleads.
    broken = any(sign.isspace() for sign in url) or "@" in parts.netloc
    labels = host.rstrip(".").split(".")
    named = len(labels) > 1 and all(labels)
    if parts.scheme not in ("http", "https") or not named or broken:
        raise BadUrlError(text)
    return url


def right_for(directory: Directory, wanted: Right | None) -> Right:
    """Return the right to exercise; refuse what the law or the site excludes.

    Raises LegalRegisterError, RetiredSiteError, WrongRightError.
    """
    if directory.kind is Kind.RETIRED:
        raise RetiredSiteError(directory)
    engine = directory.kind is Kind.SEARCH_ENGINE
    right = wanted or (Right.DEREFERENCING if engine else Right.ERASURE)
    if directory.kind is Kind.LEGAL_REGISTER and right not in (
        Right.RECTIFICATION,
        Right.ACCESS,
    ):
        raise LegalRegisterError(directory)
    # An engine does not hold the page: nothing there can be erased or rectified.
    if engine and right in (Right.ERASURE, Right.OBJECTION, Right.RECTIFICATION):
        raise WrongRightError(directory, right)
    if right is Right.DEREFERENCING and not engine:
        raise WrongRightError(directory, right)
    return right


def open_request(
    wish: Wish,
    person: Person,
    directory: Directory,
    *,
    urls: tuple[str, ...],
    today: date,
) -> Request:
    """Return the request of ``wish``; its id and folder are the store's to give.

    Raises the errors of this module when the law or the wish forbids it, and
    UnusableMandateError when the person's mandate does.
    """
    right = right_for(directory, wish.right)
    rule = right.rule
    if wish.corrections and right is not Right.RECTIFICATION:
        raise StrayCorrectionError(directory)
    if rule.needs_url and not urls:
        raise UrlNeededError(directory, right)
    if right is Right.DEREFERENCING and review_pages(urls):
        raise ReviewPageError(review_pages(urls))
    if rule.needs_reason and not wish.reasons:
        raise NoReasonError
    if right is Right.RECTIFICATION and not wish.corrections:
        raise CorrectionNeededError
    if wish.seen_on and wish.seen_on > today:
        raise FutureSightError(wish.seen_on)
    request = Request(
        id="",
        person=person.slug,
        directory=directory,
        right=right,
        channel=wish.channel,
        drafted_on=today,
        folder="",
        calendar=calendar_for(directory.country, directory.postcode).code,
        urls=urls,
        reasons=merge_reasons(wish.reasons) if rule.needs_reason else (),
        seen_on=wish.seen_on if urls else None,
        corrections=wish.corrections if right is Right.RECTIFICATION else (),
        search_names=_search_names(wish, person, right),
        origin=wish.origin,
    )
    check_mandate(person, request, today)
    return request


def resumed(wish: Wish, old: Request) -> Wish:
    """Return a wish that keeps what the same request already said, if it is silent."""
    return replace(
        wish,
        reasons=wish.reasons or old.reasons,
        corrections=wish.corrections or old.corrections,
        search_names=wish.search_names or old.search_names,
        seen_on=wish.seen_on or old.seen_on,
    )


def dropped_reasons(wish: Wish, old: Request) -> tuple[str, ...]:
    """Say which reasons of the former letter the new one no longer gives."""
    kept = {stated.reason for stated in wish.reasons}
    gone = [item.reason.value for item in old.reasons if item.reason not in kept]
    if not gone:
        return ()
    return (
        f"Raisons retirées de la lettre : {', '.join(gone)}. Pour les garder, redonnez "
        "toutes les raisons.",
    )


def _search_names(wish: Wish, person: Person, right: Right) -> tuple[str, ...]:
    if right is not Right.DEREFERENCING:
        return ()
    return wish.search_names or (person.full_name,)
