"""``cnilreq attach``: keep a file as proof."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cnil_requests.commands.journal import (
    KEPT,
    attachment,
    id_argument,
    proofs,
    record,
)
from cnil_requests.console import App, json_option, pass_app

if TYPE_CHECKING:
    from cnil_requests.core.requests import Event, Request
    from cnil_requests.store.cases import StoredFile

KINDS = (
    "capture",
    "letter",
    "notice",
    "posting",
    "delivery",
    "answer",
    "identity",
    "other",
)


@click.command()
@id_argument
@click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path))
@click.option(
    "--as", "kind", type=click.Choice(KINDS), required=True, help="Nature du fichier."
)
@json_option
@pass_app
def command(
    app: App, /, *, request_id: str, file: Path, kind: str, as_json: bool
) -> None:
    """Garder une copie d'un fichier avec la demande, et son empreinte.

    Le fichier d'origine n'est ni déplacé ni modifié.

    \b
    Natures :
      capture   capture de la page     letter    demande signée, numérisée
      posting   preuve de dépôt        delivery  avis de réception
      answer    réponse du site        identity  échange sur l'identité
      notice    mise en demeure signée, numérisée
      other     autre

    \b
    Exemple :
      cnilreq attach 2026-0001 capture.png --as capture
    """

    def make(request: Request, events: object, kept: tuple[StoredFile, ...]) -> Event:
        del request, events
        return attachment(kept[0], app.today)

    record(
        app,
        [request_id],
        make,
        files=proofs(file, kind),
        as_json=as_json,
        done=KEPT,
    )
