"""What ``cnilreq draft`` asks on a terminal: the page, the reasons, the correction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import click

from cnil_requests.console import say
from cnil_requests.core.drafting import parse_correction, parse_reason, parse_url
from cnil_requests.core.rights import Reason, Right
from cnil_requests.errors import CnilreqError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cnil_requests.commands.drafting import Desk
    from cnil_requests.core.directory import Directory
    from cnil_requests.core.drafting import Wish
    from cnil_requests.core.rights import StatedReason

    T = TypeVar("T")


def ask_urls(
    desk: Desk,
    right: Right | None,
    targets: Sequence[Directory],
    urls: Sequence[str],
) -> list[str]:
    """Ask for the address of the page on each site that has none yet."""
    found: list[str] = []
    for site in desk.sites_without_url(targets, urls, right):
        what = (
            "Adresse de la page trouvée avec"
            if desk.is_engine(site)
            else "Adresse de votre fiche sur"
        )
        found.append(_ask(f"{what} {site.name}", parse_url))
    return found


def ask_rest(
    desk: Desk, wish: Wish, targets: Sequence[Directory], urls: Sequence[str]
) -> Wish:
    """Ask for what the right needs and was not given."""
    if not wish.reasons and desk.needs_reason(wish, targets, urls):
        wish = replace(wish, reasons=_ask_reasons())
    if wish.right is Right.RECTIFICATION and not wish.corrections:
        wrong = _ask("Ce que la page dit de faux", _words)
        right = _ask("Ce qui est exact", _words)
        wish = replace(wish, corrections=(parse_correction(f"{wrong}=>{right}"),))
    return wish


def _ask_reasons() -> tuple[StatedReason, ...]:
    """Show the menu, then ask for the person's own facts."""
    say("Pourquoi vous opposez-vous ? Ne choisissez que ce qui est vrai pour vous :")
    for number, reason in enumerate(Reason, start=1):
        say(f"  {number}. {reason.french}")
    chosen = _ask("Numéros, séparés par des virgules", _reasons)
    return tuple(_ask_detail(reason) for reason in chosen)


def _ask_detail(reason: Reason) -> StatedReason:
    own = reason is Reason.OTHER
    hint = "vos mots" if own else "précisions, ou rien"
    return _ask(
        f"{reason.french} ({hint})",
        lambda typed: parse_reason(f"{reason.value}={typed}"),
        default=None if own else "",
    )


def _reasons(typed: str) -> list[Reason]:
    """Read the numbers of the menu, each once."""
    menu = dict(enumerate(Reason, start=1))
    numbers = typed.replace(",", " ").replace(";", " ").replace(" et ", " ").split()
    unknown = [
        word for word in numbers if not word.isdecimal() or int(word) not in menu
    ]
    if unknown or not numbers:
        what = f"« {unknown[0]} »" if unknown else "Rien"
        raise click.UsageError(f"{what} n'est pas un numéro du menu.")
    return [menu[number] for number in dict.fromkeys(map(int, numbers))]


def _words(typed: str) -> str:
    return typed


def _ask(question: str, read: Callable[[str], T], *, default: str | None = None) -> T:
    """Ask until the answer can be read; what is wrong with it is said each time."""

    def convert(typed: str) -> T:
        try:
            return read(typed)
        except CnilreqError as error:
            raise click.UsageError(str(error)) from error

    answer: T = click.prompt(
        question, default=default, show_default=False, value_proc=convert
    )
    return answer
