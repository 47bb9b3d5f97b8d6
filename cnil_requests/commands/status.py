"""``cnilreq status``: where the requests stand, or the whole story of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cnil_requests.commands.completion import (
    complete_people,
    complete_requests,
    complete_sites,
)
from cnil_requests.commands.journal import summary, tell_next
from cnil_requests.console import (
    DATE,
    App,
    bullet,
    emit_json,
    entry,
    json_option,
    paged_table,
    pass_app,
    say,
    title,
)

if TYPE_CHECKING:
    from datetime import date

    from cnil_requests.store.cases import Case

STATES = (
    "drafted",
    "sent",
    "received",
    "undelivered",
    "identity-asked",
    "extended",
    "partly-granted",
    "granted",
    "refused",
    "overdue",
    "complained",
    "closed",
)


@click.command()
@click.argument(
    "request_id",
    metavar="[NUMÉRO]",
    required=False,
    shell_complete=complete_requests,
)
@click.option(
    "--person", metavar="NOM", shell_complete=complete_people, help="Cette personne."
)
@click.option(
    "--directory", metavar="SITE", shell_complete=complete_sites, help="Ce site."
)
@click.option("--state", type=click.Choice(STATES), help="Dans cet état.")
@click.option(
    "--due-before", type=DATE, metavar="DATE", help="À faire avant cette date."
)
@json_option
@pass_app
def command(
    app: App,
    /,
    *,
    request_id: str | None,
    person: str | None,
    directory: str | None,
    state: str | None,
    due_before: date | None,
    as_json: bool,
) -> None:
    """Montrer où en sont les demandes, ou toute l'histoire d'une seule.

    Avec un NUMÉRO : chaque événement, et le calcul du délai expliqué pas à pas.

    \b
    Exemples :
      cnilreq status
      cnilreq status 2026-0001
      cnilreq status --state overdue
    """
    from cnil_requests.commands.home import load_catalogue, open_home

    with open_home(app) as home:
        if request_id:
            _one(home.case(request_id), app.today, as_json=as_json)
            return
        site = load_catalogue(app).find(directory).directory.id if directory else None
        who = home.person(person).slug if person else None
        cases = home.cases(person=who, directory=site, due_before=due_before)
        rows = [summary(case, app.today) for case in cases]
    rows = [row for row in rows if state in (None, row["state"])]
    rows.sort(key=lambda row: (row["next_on"] is None, row["next_on"], row["id"]))
    if as_json:
        emit_json({"requests": rows})
    elif rows:
        _table(rows)
    else:
        say("Aucune demande.")


def _table(rows: list[dict[str, Any]]) -> None:
    from cnil_requests.core.requests import State

    paged_table(
        ("NUMÉRO", "SITE", "ÉTAT", "LIMITE", "ENSUITE", "DÈS LE"),
        [
            (
                row["id"],
                row["directory"],
                State(row["state"]).french,
                str(row["extended_due"] or row["due"] or "–"),
                _NEXT.get(row["next_action"], "–"),
                str(row["next_on"] or "–"),
            )
            for row in rows
        ],
    )


_NEXT = {
    "post-letter": "envoyer",
    "record-receipt": "noter réception",
    "resend": "renvoyer",
    "supply-identity": "identité",
    "check-listing": "revoir la fiche",
    "follow-up": "mise en demeure",
    "complain": "plainte CNIL",
    "follow-cnil": "suivre la CNIL",
}


def _one(case: Case, today: date, *, as_json: bool) -> None:
    """Show one request: its events, its deadline and what comes next."""
    from cnil_requests.core.explanation import explain
    from cnil_requests.core.journal_words import describe
    from cnil_requests.core.letter_fields import site_label
    from cnil_requests.core.standing import Standing

    standing = Standing(case.request, case.events)
    explanation = list(explain(standing, today))
    if as_json:
        emit_json(
            {
                "request": _details(case, today),
                "events": [_event(event) for event in case.events],
                "explanation": explanation,
            }
        )
        return
    request = case.request
    title(f"{request.id}  {site_label(request.directory)}")
    say(f"  Demande : {request.right.rule.french}")
    say(f"  État : {standing.state(today).french}")
    for url in request.urls:
        say(f"  Page : {url}")
    title("Historique")
    undone = {event.data.get("undoes") for event in case.events}
    for event in case.events:
        mark = " (annulé)" if str(event.number) in undone else ""
        entry(event.on.isoformat(), f"{describe(event)}{mark}")
    title("Délai")
    for step in explanation:
        bullet(step)
    title("Ensuite")
    tell_next(standing, today)


def _details(case: Case, today: date) -> dict[str, Any]:
    """Return the row of the list, with what only one request shows."""
    request = case.request
    return {
        **summary(case, today),
        "urls": list(request.urls),
        "reasons": [
            {"reason": item.reason.value, "detail": item.detail}
            for item in request.reasons
        ],
        "folder": request.folder,
    }


def _event(event: Any) -> dict[str, Any]:  # noqa: ANN401
    from cnil_requests.core.journal_words import describe

    return {
        "number": event.number,
        "kind": event.kind.value,
        "on": event.on,
        "recorded_on": event.recorded_on,
        "data": dict(event.data),
        "text": describe(event),
    }
