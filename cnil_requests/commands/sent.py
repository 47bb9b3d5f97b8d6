"""``cnilreq sent``: the request was posted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from cnil_requests.commands.completion import complete_requests
from cnil_requests.commands.journal import on_option, proof_option, record
from cnil_requests.console import App, json_option, pass_app, warn
from cnil_requests.errors import NotPossibleError

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from cnil_requests.core.requests import Event, Request
    from cnil_requests.store.cases import Case, StoredFile
    from cnil_requests.store.home import Home
    from cnil_requests.store.values import Given


class NoAddressError(NotPossibleError):
    """A letter cannot have been posted without an address."""

    def __init__(self, request: Request, missing: tuple[str, ...]) -> None:
        """Name the request and the columns."""
        site = request.directory.id
        super().__init__(
            f"La lettre {request.id} n'a pas d'adresse complète (il manque : "
            f"{', '.join(missing)}) : elle n'a pas pu être postée ainsi.",
            remedy=f"Complétez l'adresse : cnilreq directories set {site} … --source "
            f"ADRESSE-DE-LA-PAGE\nPuis rédigez de nouveau : cnilreq draft {site} …",
        )


@click.command()
@click.argument(
    "request_ids",
    metavar="NUMÉRO…",
    nargs=-1,
    required=True,
    shell_complete=complete_requests,
)
@on_option
@click.option(
    "--by",
    "channel",
    type=click.Choice(["letter", "email", "form"]),
    help="Voie utilisée (sinon : celle de la rédaction).",
)
@click.option("--tracking", metavar="NUMÉRO", help="Numéro de la lettre recommandée.")
@click.option(
    "--reference", metavar="NUMÉRO", help="Référence donnée par le formulaire."
)
@proof_option
@json_option
@pass_app
def command(
    app: App,
    /,
    *,
    request_ids: tuple[str, ...],
    on: date,
    channel: str | None,
    tracking: str | None,
    reference: str | None,
    proof: Path | None,
    as_json: bool,
) -> None:
    """Enregistrer l'envoi d'une ou plusieurs demandes.

    La lettre est alors scellée telle qu'elle est dans le dossier : c'est la version
    envoyée. Relancer la commande enregistre un nouvel envoi.

    \b
    Exemple :
      cnilreq sent 2026-0001 --on 2026-06-01 --tracking "1A 123 456 7890 5"
    """
    from cnil_requests.core.requests import Channel
    from cnil_requests.core.tracking import doubt_about, squeeze

    words = {}
    if tracking:
        words["tracking"] = squeeze(tracking)
    if reference:
        words["reference"] = reference.strip()
    sealing = Sealing(proof)

    def make(
        request: Request, events: tuple[Event, ...], kept: tuple[StoredFile, ...]
    ) -> Event:
        by = Channel(channel) if channel else request.channel
        data = {"by": by.value, **words, **sealing.what_was_sent(request, kept)}
        return posting(request, events, data, on=on, today=app.today)

    record(
        app,
        request_ids,
        make,
        files=sealing.files,
        as_json=as_json,
        done="envoi enregistré",
    )
    doubt = doubt_about(words["tracking"]) if tracking else ""
    if doubt:
        warn(doubt)


class Sealing:
    """What is kept of a posting: the documents as they are now, and the proof."""

    def __init__(self, proof: Path | None) -> None:
        """Keep the proof of posting, if there is one."""
        self._proof = proof
        self._drafted: dict[str, dict[str, str]] = {}

    def files(self, home: Home, case: Case) -> list[Given]:
        """Return the request's own documents, to be sealed, and the proof."""
        from cnil_requests.store.values import Given

        made = {
            item.kind: item
            for item in home.files(case.request.id)
            if not item.sealed and item.kind in ("letter", "email", "form")
        }
        self._drafted[case.request.id] = {
            item.kind: item.sha256 for item in made.values()
        }
        folder = home.folder(case.request)
        sealed = [Given(folder / item.name, kind) for kind, item in made.items()]
        proof = [Given(self._proof, "posting")] if self._proof else []
        return [*sealed, *proof]

    def what_was_sent(
        self, request: Request, kept: tuple[StoredFile, ...]
    ) -> dict[str, str]:
        """Say which document was posted, and whether it was edited since."""
        drafted = self._drafted[request.id]
        sent = [item for item in kept if item.kind in drafted]
        if not sent:
            return {}
        main = next((item for item in sent if item.kind == "letter"), sent[0])
        data = {"file": main.name, "sha256": main.sha256}
        if any(item.sha256 != drafted[item.kind] for item in sent):
            data["edited"] = "yes"
        return data


def posting(
    request: Request,
    events: tuple[Event, ...],
    data: dict[str, str],
    *,
    on: date,
    today: date,
) -> Event:
    """Return the event of a posting: of the request, or of its formal notice.

    Raises NoAddressError for a letter whose address is not complete.
    """
    from cnil_requests.core.cautions import missing_columns
    from cnil_requests.core.history import replay
    from cnil_requests.core.requests import Channel, Event, EventKind

    if data["by"] == Channel.LETTER:
        as_letter = replace(request, channel=Channel.LETTER)
        missing = missing_columns(as_letter, request.drafted_on)
        if missing:
            raise NoAddressError(request, missing)
    notices = replay(events).follow_ups
    if notices and notices[-1].posted_on is None:
        data = {**data, "what": "follow-up"}
    return Event(EventKind.SENT, on=on, recorded_on=today, data=data)
