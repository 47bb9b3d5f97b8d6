"""What ``cnilreq draft`` says: what was made, what is missing, what comes next."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from cnil_requests.console import bullet, command_line, paragraph, say, title
from cnil_requests.core.completing import Gap, in_french, steps_to_complete
from cnil_requests.core.letter_fields import site_label
from cnil_requests.core.letters import prefers_form
from cnil_requests.core.requests import Channel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from cnil_requests.commands.drafted import Drafted


def report(drafted: Sequence[Drafted], today: date, *, dry_run: bool) -> None:
    """Write each request, then what goes for several of them, once."""
    shared = _shared_warnings(drafted)
    for item in drafted:
        _show(item, [text for text in item.warnings if text not in shared])
    for text, ids in shared.items():
        say()
        title(f"Pour {_listed(ids)}")
        bullet(text)
    _show_gaps(drafted)
    say()
    if dry_run:
        say("C'était un essai : rien n'a été écrit.")
        return
    _show_next(drafted, today)


def _shared_warnings(drafted: Sequence[Drafted]) -> dict[str, list[str]]:
    """Return the warnings that several requests have, with their sites."""
    sites: dict[str, list[str]] = defaultdict(list)
    for item in drafted:
        for text in item.warnings:
            sites[text].append(item.request.directory.id)
    return {text: ids for text, ids in sites.items() if len(ids) > 1}


def _show(item: Drafted, warnings: Sequence[str]) -> None:
    request = item.request
    title(f"{request.id or 'Essai'}  {site_label(request.directory)}")
    say(f"  Demande : {request.right.rule.french}")
    for name, path in item.paths.items():
        say(f"  {name} : {path}")
    if item.missing:
        say(f"  Il manque : {in_french(item.missing)}")
    for text in warnings:
        bullet(text)


def _show_gaps(drafted: Sequence[Drafted]) -> None:
    """Say how to find what is missing, and the commands that record it."""
    gaps = [Gap(item.request.directory, item.missing) for item in drafted]
    gaps = [gap for gap in gaps if gap.missing]
    if not gaps:
        return
    say()
    title("Pour compléter")
    for step in steps_to_complete(gaps):
        bullet(step.text)
        for line in step.lines:
            command_line(line)


def _show_next(drafted: Sequence[Drafted], today: date) -> None:
    """Say what to do with the letters, one command away."""
    title("Ensuite")
    paged = [item for item in drafted if item.request.urls]
    if paged:
        bullet(
            "Gardez dès aujourd'hui une capture de chaque page, avec son adresse et la "
            "date : c'est la preuve que vos données étaient en ligne. Prise par le "
            "programme, ou par vous :"
        )
        command_line(f"cnilreq capture {paged[0].request.id}")
        _show_command("cnilreq attach {} FICHIER --as capture", paged)
    for road, text in _TO_SEND.items():
        ready = [item for item in drafted if _road(item) is road]
        if ready:
            bullet(f"{text} Le jour de l'envoi, notez-le :")
            how = f"cnilreq sent {{}} --on {today} {_SENT_BY[road]}"
            _show_command(how, ready)


def _road(item: Drafted) -> Channel | None:
    """Return the way that is ready to be taken; the controller's own form first."""
    if item.request.right.rule.needs_url and prefers_form(item.request.directory):
        return Channel.FORM
    return None if item.missing else item.request.channel


def _show_command(text: str, items: Sequence[Drafted]) -> None:
    """Write a command for the first request, and name the others."""
    ids = [item.request.id for item in items]
    command_line(text.format(ids[0]))
    if ids[1:]:
        paragraph(f"De même pour {_listed(ids[1:])}.", indent=4)


_TO_SEND = {
    Channel.LETTER: "Relisez la lettre, imprimez-la, signez-la, postez-la en "
    "recommandé avec avis de réception.",
    Channel.EMAIL: "Ouvrez le courriel, relisez-le, envoyez-le.",
    Channel.FORM: "Reportez le texte dans le formulaire du site, gardez une capture "
    "de la confirmation.",
}

_SENT_BY = {
    Channel.LETTER: "--tracking NUMÉRO",
    Channel.EMAIL: "--by email",
    Channel.FORM: "--by form --reference NUMÉRO",
}


def _listed(words: Sequence[str]) -> str:
    """Return « a, b et c »."""
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} et {words[-1]}"
