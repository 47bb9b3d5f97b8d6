"""``cnilreq complain``: the complaint to the CNIL with its dossier."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cnil_requests.commands.journal import id_argument
from cnil_requests.console import (
    DATE,
    App,
    bullet,
    command_line,
    emit_json,
    json_option,
    pass_app,
    say,
    title,
    warn,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from cnil_requests.core.case_fields import Case
    from cnil_requests.core.complaints import Complaint
    from cnil_requests.core.exhibits import Exhibit
    from cnil_requests.store.home import Home

#: Kind of document -> (file, key in JSON, name on the terminal).
_FILES = {
    "complaint": ("plainte.docx", "document", "Plainte"),
    "complaint-text": ("plainte.txt", "online_text", "Texte pour le service en ligne"),
    "dossier": ("dossier.zip", "dossier", "Dossier avec les pièces"),
}


@click.command()
@id_argument
@click.option(
    "--still-online",
    type=DATE,
    metavar="DATE",
    help="Jour où vous avez vu que la page est toujours en ligne : c'est vous qui le "
    "déclarez.",
)
@click.option(
    "--pdf",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="Écrire aussi tout le dossier en un seul PDF (avec LibreOffice).",
)
@json_option
@pass_app
def command(
    app: App,
    /,
    *,
    request_id: str,
    still_online: date | None,
    pdf: Path | None,
    as_json: bool,
) -> None:
    """Préparer la plainte à la CNIL et son dossier, à partir des faits enregistrés.

    Elle est possible dès un refus, même partiel ; en cas de silence, ou d'une réponse
    qui ne décide rien, à partir du lendemain du dernier jour pour répondre. Rien n'est
    envoyé : vous la relisez, la signez et la déposez, en ligne ou par la poste.

    \b
    Exemple :
      cnilreq complain 2026-0001 --still-online 2026-08-03
    """
    from cnil_requests.commands.escalation import open_case
    from cnil_requests.commands.home import open_home

    with open_home(app) as home:
        case = open_case(home, request_id, app.today, still_online=still_online)
        _check(case, app.today)
        complaint, parts, made = _compose(app, home, case)
        if pdf:
            _write_pdf(pdf, parts)
        paths = _keep(home, case, made)
    if as_json:
        emit_json({"complaint": _as_json(case, complaint, paths)})
        return
    _tell(case, complaint, paths)
    if pdf:
        say(f"  PDF : {pdf}")
    _next_step(case, app)


def _check(case: Case, today: date) -> None:
    """Refuse what is premature, contradicted, or not in the mandate."""
    from cnil_requests.core.admissibility import check_declaration, complaint_since
    from cnil_requests.core.mandates import check_mandate

    standing = case.standing
    check_mandate(case.person, standing.request, today, complaint=True)
    first = complaint_since(case.findings, today)
    check_declaration(standing, case.still_online, first=first, today=today)


def _compose(
    app: App, home: Home, case: Case
) -> tuple[Complaint, dict[str, bytes], dict[str, bytes]]:
    """Return the complaint, the parts of its dossier, and its documents by kind."""
    from cnil_requests.commands.home import open_press
    from cnil_requests.core.complaints import compose_complaint
    from cnil_requests.documents.dossier import (
        COMPLAINT,
        ONLINE_TEXT,
        dossier_parts,
        read_exhibits,
        zip_dossier,
    )

    complaint = compose_complaint(case)
    contents = read_exhibits(case.exhibits, _reader(home, case))
    parts = dossier_parts(open_press(app), complaint.letter, contents)
    made = {
        "complaint": parts[COMPLAINT],
        "complaint-text": parts[ONLINE_TEXT],
        "dossier": zip_dossier(parts),
    }
    return complaint, parts, made


def _reader(home: Home, case: Case) -> Callable[[Exhibit], bytes]:
    request, person = case.standing.request, case.person

    def read(exhibit: Exhibit) -> bytes:
        if exhibit.is_persons:
            return home.paper(person.slug, exhibit.file).read_bytes()
        return (home.folder(request) / exhibit.file).read_bytes()

    return read


def _keep(home: Home, case: Case, made: dict[str, bytes]) -> dict[str, Path]:
    """Record the complaint; return where its documents are, by their key in JSON."""
    from cnil_requests.commands.escalation import keep, written
    from cnil_requests.core.requests import Event, EventKind
    from cnil_requests.store.values import Made

    day = case.still_online
    event = Event(
        EventKind.COMPLAINED,
        on=case.today,
        recorded_on=case.today,
        data={"still_online": day.isoformat()} if day else {},
    )
    files = [Made(_FILES[kind][0], data, kind) for kind, data in made.items()]
    kept = keep(home, case, event, files)
    return {key: written(home, kept, kind) for kind, (_, key, _) in _FILES.items()}


def _write_pdf(target: Path, parts: dict[str, bytes]) -> None:
    from cnil_requests.commands.output_file import write_output
    from cnil_requests.documents.portable import one_pdf

    write_output(target, one_pdf(parts))


def _as_json(
    case: Case, complaint: Complaint, paths: dict[str, Path]
) -> dict[str, Any]:
    return {
        "request": case.standing.request.id,
        **paths,
        "exhibits": [
            {
                "number": item.number,
                "title": item.title,
                "file": item.packed_name,
                "sha256": item.sha256,
            }
            for item in case.exhibits
        ],
        "warnings": list(complaint.warnings),
    }


def _tell(case: Case, complaint: Complaint, paths: dict[str, Path]) -> None:
    request = case.standing.request
    title(f"{request.id}  {request.directory.name} : plainte à la CNIL")
    for _, key, name in _FILES.values():
        say(f"  {name} : {paths[key]}")
    for exhibit in case.exhibits:
        say(f"  {exhibit.label}")
    for text in complaint.warnings:
        warn(text)


def _next_step(case: Case, app: App) -> None:
    from cnil_requests.core.authority import ONLINE_SERVICE, authority_lines
    from cnil_requests.core.upstream import source_advice

    advice = source_advice(case.standing.request)
    if advice:
        bullet(advice.text)
        command_line(advice.command)
    say()
    title("Ensuite")
    bullet("Relisez chaque phrase : c'est vous qui déclarez ces faits. Puis déposez la")
    say(f"    plainte en ligne : {ONLINE_SERVICE}")
    say(f"    ou par la poste : {', '.join(authority_lines())}")
    bullet("Le jour du dépôt :")
    command_line(
        f"cnilreq lodged {case.standing.request.id} --on {app.today.isoformat()} "
        "--number NUMÉRO"
    )
