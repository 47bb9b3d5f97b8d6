"""``cnilreq sent``: the request was posted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from cnil_requests.commands.completion import complete_requests
from cnil_requests.commands.journal import proof_option, record
from cnil_requests.commands.listed import (
    list_options,
    one_or_the_other,
    required_day,
    usual_day_option,
)
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
        """Name the request and what is missing."""
        from cnil_requests.core.completing import in_french

        site = request.directory.id
        super().__init__(
            f"La lettre {request.id} n'a pas d'adresse complète (il manque : "
            f"{in_french(missing)}) : elle n'a pas pu être postée ainsi.",
            remedy=f"Cherchez l'adresse : cnilreq directories lookup {site}\n"
            f"Puis rédigez de nouveau : cnilreq draft {site} …\n"
            "Si vous l'avez envoyée autrement : --by email ou --by form",
        )


@click.command()
@click.argument(
    "request_ids", metavar="[NUMÉRO]…", nargs=-1, shell_complete=complete_requests
)
@usual_day_option
@list_options
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
    list_file: Path | None,
    skip_bad: bool,
    on: date | None,
    channel: str | None,
    tracking: str | None,
    reference: str | None,
    proof: Path | None,
    as_json: bool,
) -> None:
    """Enregistrer l'envoi d'une ou plusieurs demandes.

    La lettre est alors scellée telle qu'elle est dans le dossier : c'est la version
    envoyée. La même commande à une autre date, ou par une autre voie, enregistre un
    nouvel envoi.

    Avec --from, une liste : le bordereau de cnilreq print, ou ce que rend le service
    d'envoi (colonnes demande ou référence, suivi, date) ; --on vaut pour les lignes
    sans date.

    \b
    Exemples :
      cnilreq sent 2026-0001 --on 2026-06-01 --tracking "1A 123 456 7890 5"
      cnilreq sent --from impression/bordereau.csv --on 2026-06-01
    """
    one_or_the_other(
        request_ids,
        list_file,
        "le NUMÉRO des demandes",
        without_list=("tracking", "reference", "proof"),
        skip_bad=skip_bad,
    )
    if list_file:
        _record_list(app, list_file, on, channel, skip_bad=skip_bad, as_json=as_json)
        return
    from cnil_requests.core.tracking import doubt_about, squeeze

    day = required_day(on)
    words = {}
    if tracking:
        words["tracking"] = squeeze(tracking)
    if reference:
        words["reference"] = reference.strip()
    posting = Posting(day, app.today, channel, words, proof)
    record(
        app,
        request_ids,
        posting.event,
        files=posting.files,
        as_json=as_json,
        done="envoi enregistré",
    )
    doubt = doubt_about(words["tracking"]) if tracking else ""
    for text in (doubt, *posting.warnings):
        if text:
            warn(text)


def _record_list(
    app: App,
    file: Path,
    on: date | None,
    channel: str | None,
    *,
    skip_bad: bool,
    as_json: bool,
) -> None:
    """Record the postings of a list."""
    from cnil_requests.batch.journal import SENT
    from cnil_requests.commands.batch_journal import record_list
    from cnil_requests.commands.batch_posting import Postings

    postings = Postings(channel, app.today)
    record_list(
        app,
        file,
        SENT,
        postings.of,
        on=on,
        skip_bad=skip_bad,
        as_json=as_json,
        done="Envois enregistrés",
    )
    for text in postings.warnings():
        warn(text)


#: The kinds of documents that can be sent, named like the channels.
_DOCUMENTS = ("letter", "email", "form")


class Posting:
    """A posting: the document as it is now is sealed, and the proof is kept."""

    def __init__(
        self,
        on: date,
        today: date,
        channel: str | None,
        words: dict[str, str],
        proof: Path | None,
    ) -> None:
        """Keep what the user says; ``channel`` is None for that of the draft."""
        self._on = on
        self._today = today
        self._channel = channel
        self._words = words
        self._proof = proof
        self._drafted: dict[str, dict[str, str]] = {}
        self.warnings: list[str] = []

    def files(self, home: Home, case: Case) -> list[Given]:
        """Return the document to be sealed and the proof.

        A posting that is recorded already sealed its document: only the proof is new.
        """
        from cnil_requests.core.recording import is_recorded
        from cnil_requests.store.values import Given

        request = case.request
        again = is_recorded(case.events, self._plain(request))
        documents = [] if again else self._documents(home, case)
        self._drafted[request.id] = {item.name: item.sha256 for item in documents}
        folder = home.folder(request)
        sealed = [Given(folder / item.name, item.kind) for item in documents]
        proof = [Given(self._proof, "posting")] if self._proof else []
        return [*sealed, *proof]

    def _documents(self, home: Home, case: Case) -> list[StoredFile]:
        """Return the last document drafted for the channel, if it is still there."""
        by = self._by(case.request)
        kinds = ("notice",) if self._posts_notice(case) else _DOCUMENTS
        made = {
            item.kind: item
            for item in home.files(case.request.id)
            if not item.sealed and item.kind in kinds
        }
        wanted = [made[by]] if by in made else list(made.values())
        folder = home.folder(case.request)
        there = [item for item in wanted if (folder / item.name).exists()]
        self.warnings += [
            f"{item.name} n'est plus dans le dossier de {case.request.id} : ce qui a "
            "été envoyé ne pourra pas être prouvé. Gardez-en une copie : cnilreq "
            f"attach {case.request.id} FICHIER --as {kinds[0]}"
            for item in wanted
            if item not in there
        ]
        return there

    def _posts_notice(self, case: Case) -> bool:
        """Say whether this is the posting of a formal notice."""
        from cnil_requests.core.replaying import replay

        notices = replay(case.events).follow_ups
        return bool(notices) and self._on >= notices[-1].on

    def event(
        self,
        request: Request,
        events: tuple[Event, ...],
        kept: tuple[StoredFile, ...],
    ) -> Event:
        """Return the event, with what was sealed and whether it was edited.

        Raises NoAddressError for a letter whose address is not complete.
        """
        from cnil_requests.core.cautions import missing_columns
        from cnil_requests.core.requests import Channel

        del events
        if self._by(request) == Channel.LETTER:
            as_letter = replace(request, channel=Channel.LETTER)
            missing = missing_columns(as_letter, request.drafted_on)
            if missing:
                raise NoAddressError(request, missing)
        plain = self._plain(request)
        return replace(plain, data={**plain.data, **self._sealed(request, kept)})

    def _plain(self, request: Request) -> Event:
        from cnil_requests.core.requests import Event, EventKind

        data = {"by": self._by(request), **self._words}
        return Event(EventKind.SENT, on=self._on, recorded_on=self._today, data=data)

    def _by(self, request: Request) -> str:
        return self._channel or request.channel.value

    def _sealed(self, request: Request, kept: tuple[StoredFile, ...]) -> dict[str, str]:
        """Name the document that was sealed, and say whether it was edited."""
        drafted = self._drafted[request.id]
        sealed = [item for item in kept if item.name in drafted]
        if not sealed:
            return {}
        data = {"file": sealed[0].name, "sha256": sealed[0].sha256}
        edited = any(item.sha256 != drafted[item.name] for item in sealed)
        return {**data, "edited": "yes"} if edited else data
