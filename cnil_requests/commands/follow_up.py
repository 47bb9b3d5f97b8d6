"""``cnilreq follow-up``: the formal notice, or the answer on identity."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cnil_requests.commands.journal import id_argument, summary
from cnil_requests.console import (
    App,
    bullet,
    command_line,
    emit_json,
    json_option,
    pass_app,
    say,
    title,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cnil_requests.core.case_fields import Case
    from cnil_requests.core.letters import Letter
    from cnil_requests.store.cases import Case as Kept
    from cnil_requests.store.home import Home

NOTICE = "mise-en-demeure.docx"
IDENTITY = "reponse-identite.docx"


@click.command()
@id_argument
@click.option(
    "--term",
    type=click.IntRange(min=1, max=90),
    default=15,
    show_default=True,
    metavar="JOURS",
    help="Terme demandé au site ; ce n'est pas un délai de la loi.",
)
@click.option(
    "--letter",
    "wanted",
    type=click.Choice(["notice", "identity"]),
    help="Mise en demeure, ou réponse à une demande de justificatif (sinon : selon "
    "les faits).",
)
@json_option
@pass_app
def command(
    app: App, /, *, request_id: str, term: int, wanted: str | None, as_json: bool
) -> None:
    """Rédiger la mise en demeure d'un site qui ne répond pas, refuse ou traîne.

    La lettre ne dit que les faits enregistrés. Tant qu'ils ne la permettent pas, la
    commande donne le jour à partir duquel elle aura un sens.

    Si le site vient de demander un justificatif d'identité, c'est la réponse à cette
    demande qui est rédigée : elle offre d'autres preuves qu'une pièce d'identité et
    n'en joint aucune. Une fois envoyée : cnilreq supplied NUMÉRO --on DATE.

    \b
    Exemples :
      cnilreq follow-up 2026-0001
      cnilreq follow-up 2026-0001 --term 8
    """
    from cnil_requests.commands.escalation import open_case
    from cnil_requests.commands.home import open_home
    from cnil_requests.core.mandates import check_mandate

    with open_home(app) as home:
        case = open_case(home, request_id, app.today)
        check_mandate(case.person, case.standing.request, app.today)
        is_identity = _is_identity(case, wanted)
        write = _write_identity if is_identity else _write_notice
        kept, path, warnings = write(app, home, case, term)
    missing = _missing(case)
    if as_json:
        row = summary(kept, app.today)
        row |= {"letter": path, "missing": list(missing), "warnings": warnings}
        emit_json({"requests": [row]})
        return
    _tell(kept, path, missing, warnings, is_identity=is_identity)
    _next_step(kept, app, is_identity=is_identity)


def _is_identity(case: Case, wanted: str | None) -> bool:
    """Say which letter the facts call for, unless the user said."""
    from cnil_requests.core.admissibility import NoGroundError
    from cnil_requests.core.notices import open_identity_request

    asked = open_identity_request(case)
    if wanted == "identity" and asked is None:
        request = case.standing.request
        raise NoGroundError(
            request,
            "aucune demande de justificatif n'attend de réponse",
            f"Pour l'enregistrer : cnilreq answered {request.id} --on DATE "
            "--outcome identity",
        )
    if wanted:
        return wanted == "identity"
    return asked is not None and not case.findings.open_on(case.today)


def _write_notice(
    app: App,
    home: Home,
    case: Case,
    term: int,
) -> tuple[Kept, Path, list[str]]:
    from cnil_requests.commands.escalation import keep, written
    from cnil_requests.core.admissibility import notice_since
    from cnil_requests.core.notices import compose_notice
    from cnil_requests.core.requests import Event, EventKind
    from cnil_requests.store.values import Made

    notice_since(case.findings, app.today)
    letter = compose_notice(case, term)
    event = Event(
        EventKind.FOLLOWED_UP,
        on=app.today,
        recorded_on=app.today,
        data={"term": str(term)},
    )
    made = Made(NOTICE, _print(app, letter), "notice")
    kept = keep(home, case, event, [made])
    return kept, written(home, kept, "notice"), []


def _write_identity(
    app: App,
    home: Home,
    case: Case,
    term: int,
) -> tuple[Kept, Path, list[str]]:
    import hashlib

    from cnil_requests.commands.escalation import keep, written
    from cnil_requests.core.notices import (
        COPY_ADVICE,
        compose_identity,
        open_identity_request,
    )
    from cnil_requests.core.requests import Event, EventKind
    from cnil_requests.store.values import Made

    del term
    asked = open_identity_request(case)
    assert asked is not None  # noqa: S101 - the caller asked
    content = _print(app, compose_identity(case, asked))
    event = Event(
        EventKind.ATTACHED,
        on=app.today,
        recorded_on=app.today,
        data={
            "kind": "identity",
            "file": IDENTITY,
            "sha256": hashlib.sha256(content).hexdigest(),
        },
    )
    kept = keep(home, case, event, [Made(IDENTITY, content, "identity")])
    return kept, written(home, kept, "identity"), [COPY_ADVICE]


def _print(app: App, letter: Letter) -> bytes:
    from cnil_requests.commands.home import open_press

    press = open_press(app)
    return press.word(letter, press.text(letter))


def _missing(case: Case) -> tuple[str, ...]:
    from cnil_requests.core.cautions import missing_columns

    return missing_columns(case.standing.request, case.today)


def _tell(
    kept: Kept,
    path: Path,
    missing: Sequence[str],
    warnings: Sequence[str],
    *,
    is_identity: bool,
) -> None:
    what = "Réponse sur l'identité" if is_identity else "Mise en demeure"
    title(f"{kept.request.id}  {kept.request.directory.name}")
    say(f"  {what} : {path}")
    if missing:
        from cnil_requests.core.completing import in_french

        say(f"  À compléter avant l'envoi : {in_french(missing)}")
    for text in warnings:
        bullet(text)


def _next_step(kept: Kept, app: App, *, is_identity: bool) -> None:
    """Say how to record the posting; join what the letter cites."""
    from cnil_requests.core.upstream import source_advice

    advice = source_advice(kept.request)
    if advice:
        bullet(advice.text)
        command_line(advice.command)
    say()
    title("Ensuite")
    bullet(
        "Relisez, signez, envoyez, avec copie des pièces citées. Le jour de l'envoi :"
    )
    verb = "supplied" if is_identity else "sent"
    command_line(f"cnilreq {verb} {kept.request.id} --on {app.today.isoformat()}")
