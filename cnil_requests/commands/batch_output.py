"""What ``draft --from`` says once a list is done: outcomes, then the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnil_requests.commands.listed import document, few, tell_left_out
from cnil_requests.console import (
    bullet,
    command_line,
    counted,
    emit_json,
    say,
    title,
    warn,
)

if TYPE_CHECKING:
    from cnil_requests.commands.batch_drafting import Outcome


def report_list(outcome: Outcome, *, dry_run: bool, as_json: bool) -> None:
    """Write what came of every line."""
    if as_json:
        emit_json(document(outcome.requests, outcome.found, outcome.rejects))
        return
    _tell(outcome, dry_run=dry_run)
    if outcome.written:
        say()
        _show_next(outcome)


def _tell(outcome: Outcome, *, dry_run: bool) -> None:
    if dry_run:
        say(f"Essai : {counted(outcome.found.good, 'lettre')} à rédiger.")
    else:
        ends = dict.fromkeys(filter(None, (outcome.first_id, outcome.last_id)))
        ids = f" ({' à '.join(ends)})" if ends else ""
        say(f"Lettres rédigées : {outcome.written}{ids}.")
    if outcome.completed:
        done = "à compléter" if dry_run else "complétées"
        say(f"Lettres {done} (l'adresse est connue depuis) : {len(outcome.completed)}.")
    tell_left_out(outcome.found, outcome.rejects, aside=outcome.completed)
    if outcome.withdrawn:
        warn(
            f"mandat retiré par {few(list(outcome.withdrawn))} : ces lettres sont à "
            "signer et à poster par la personne elle-même."
        )
    if outcome.stray:
        lines = few([f"ligne {line}" for line in outcome.stray])
        warn(f"la page n'est pas sur le site de la même ligne : vérifiez {lines}.")


def _show_next(outcome: Outcome) -> None:
    title("Ensuite")
    if outcome.incomplete:
        sites = [
            f"{site} ({count})" for site, count in outcome.incomplete.most_common()
        ]
        bullet(
            "Il manque où envoyer "
            f"{counted(outcome.incomplete.total(), 'lettre')}, pour : {few(sites)}. "
            "Ce qui manque à un site :"
        )
        command_line(f"cnilreq directories show {next(iter(outcome.incomplete))}")
    bullet("Pour imprimer toutes les lettres prêtes, avec leur bordereau :")
    command_line("cnilreq print --to impression")
