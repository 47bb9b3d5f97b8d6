"""Shell completion of sites, people and requests; silent on any trouble."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from click.shell_completion import CompletionItem

from cnil_requests.console import App
from cnil_requests.errors import CnilreqError

if TYPE_CHECKING:
    import click


def _app(ctx: click.Context) -> App:
    """Return the command's App; completion runs before the group does."""
    found = ctx.find_object(App)
    if found is not None:
        return found
    root = ctx.find_root()
    return App(chosen_home=root.params.get("home"))


def complete_sites(
    ctx: click.Context,
    param: click.Parameter,  # noqa: ARG001 - Click calls it so
    incomplete: str,
) -> list[CompletionItem]:
    """Offer the ids of the catalogue."""
    from cnil_requests.commands.home import load_catalogue

    with suppress(CnilreqError, OSError):
        return [
            CompletionItem(key, help=directory.name)
            for key, directory in load_catalogue(_app(ctx)).items()
            if key.startswith(incomplete.lower())
        ]
    return []


def complete_people(
    ctx: click.Context,
    param: click.Parameter,  # noqa: ARG001 - Click calls it so
    incomplete: str,
) -> list[CompletionItem]:
    """Offer the people of the ledger."""
    from cnil_requests.commands.home import open_home

    with suppress(CnilreqError, OSError), open_home(_app(ctx)) as home:
        return [
            CompletionItem(person.slug, help=person.titled_name)
            for person in home.people()
            if person.slug.startswith(incomplete.lower())
        ]
    return []


def complete_requests(
    ctx: click.Context,
    param: click.Parameter,  # noqa: ARG001 - Click calls it so
    incomplete: str,
) -> list[CompletionItem]:
    """Offer the open requests of the ledger."""
    from cnil_requests.commands.home import open_home

    with suppress(CnilreqError, OSError), open_home(_app(ctx)) as home:
        return [
            CompletionItem(case.request.id, help=case.request.directory.name)
            for case in home.cases()
            if case.request.id.startswith(incomplete)
        ]
    return []
