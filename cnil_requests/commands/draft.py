"""``cnilreq draft``: one request and one letter a site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cnil_requests.commands.completion import complete_people, complete_sites
from cnil_requests.console import (
    DATE,
    App,
    bullet,
    emit_json,
    is_interactive,
    json_option,
    pass_app,
    say,
    title,
    warn,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from cnil_requests.commands.drafting import Desk, Drafted
    from cnil_requests.core.directory import Directory
    from cnil_requests.core.drafting import Wish
    from cnil_requests.core.rights import Right

RIGHTS = (
    "erasure",
    "objection",
    "marketing",
    "access",
    "rectification",
    "dereferencing",
)


@click.command()
@click.argument(
    "sites", nargs=-1, required=True, metavar="SITE…", shell_complete=complete_sites
)
@click.option(
    "--right",
    type=click.Choice(RIGHTS),
    help="Droit exercé (sinon : erasure, ou dereferencing pour un moteur).",
)
@click.option(
    "--url",
    "urls",
    multiple=True,
    metavar="ADRESSE",
    help="Adresse exacte de la fiche (répétable).",
)
@click.option(
    "--because",
    "reasons",
    multiple=True,
    metavar="RAISON[=DÉTAIL]",
    help="Raison tenant à votre situation, à ne donner que si elle est vraie "
    "(répétable).",
)
@click.option("--seen", type=DATE, metavar="DATE", help="Jour où vous avez vu la page.")
@click.option(
    "--correct",
    "corrections",
    multiple=True,
    metavar="FAUX=>EXACT",
    help="Pour une rectification : ce qui est faux, ce qui est exact (répétable).",
)
@click.option(
    "--search-name",
    "search_names",
    multiple=True,
    metavar="TEXTE",
    help="Pour un moteur : nom recherché (répétable ; sinon prénom et nom).",
)
@click.option(
    "--person",
    metavar="NOM",
    shell_complete=complete_people,
    help="Pour qui écrire, si plusieurs personnes sont enregistrées.",
)
@click.option(
    "--by",
    "channel",
    type=click.Choice(["letter", "email", "form"]),
    default="letter",
    show_default=True,
    help="Lettre recommandée, courriel ou formulaire du site.",
)
@click.option("--dry-run", is_flag=True, help="Montrer sans rien écrire.")
@json_option
@pass_app
def command(
    app: App,
    /,
    *,
    sites: tuple[str, ...],
    person: str | None,
    dry_run: bool,
    as_json: bool,
    **options: Any,  # noqa: ANN401
) -> None:
    """Rédiger les lettres à un ou plusieurs sites.

    SITE est un nom du catalogue, un domaine, ou l'adresse de votre fiche collée
    depuis le navigateur. Une demande et une lettre par site ; plusieurs pages du
    même site tiennent dans la même lettre.

    \b
    Raisons pour --because :
      secrecy          le secret professionnel empêche de répondre aux avis
      advertising      usage publicitaire que vous refusez
      wrong-data       données fausses ou périmées
      commercial-use   fins commerciales propres au site
      not-informed     vous n'avez rien demandé, ni été informé de rien
      security         sécurité ou vie privée
      end-of-practice  activité cessée, déplacée ou restreinte
      other=TEXTE      une autre raison, avec vos mots

    \b
    Exemples :
      cnilreq draft https://www.keskeces.com/votre-fiche --because secrecy
      cnilreq draft doctolib --url https://www.doctolib.fr/votre-fiche \\
        --because not-informed --because "wrong-data=l'adresse est ancienne"
      cnilreq draft google-search --url https://www.keskeces.com/votre-fiche \\
        --because secrecy
    """
    from cnil_requests.commands.drafting import Desk

    asking = is_interactive() and not as_json
    with Desk.open(app, person) as desk:
        wish = desk.wish(options)
        targets, typed = desk.find_sites(sites)
        urls = [*typed, *desk.parse_urls(options["urls"])]
        if asking:
            urls += _ask_urls(desk, wish.right, targets, urls)
            wish = _ask_reasons(desk, wish, targets)
        drafted = desk.draft(wish, targets, urls, dry_run=dry_run)
        if as_json:
            emit_json({"requests": [item.as_json() for item in drafted]})
        else:
            _report(drafted, app.today, dry_run=dry_run)


def _ask_urls(
    desk: Desk,
    right: Right | None,
    targets: Sequence[Directory],
    urls: Sequence[str],
) -> list[str]:
    """Ask for the address of the listing on each site that has none yet."""
    found = []
    for site in desk.sites_without_url(targets, urls, right):
        answer = click.prompt(f"Adresse de votre fiche sur {site.name}")
        found += desk.parse_urls([answer])
    return found


def _ask_reasons(desk: Desk, wish: Wish, targets: Sequence[Directory]) -> Wish:
    """Show the menu of reasons when the right needs one and none was given."""
    from dataclasses import replace

    from cnil_requests.core.drafting import parse_reason
    from cnil_requests.core.rights import Reason

    if wish.reasons or not desk.needs_reason(wish, targets):
        return wish
    say("Pourquoi vous opposez-vous ? Ne choisissez que ce qui est vrai pour vous :")
    menu = list(Reason)
    for number, reason in enumerate(menu, start=1):
        say(f"  {number}. {reason.french}")
    answer = click.prompt("Numéros, séparés par des virgules")
    chosen = []
    for word in answer.replace(",", " ").split():
        if not word.isdigit() or not 1 <= int(word) <= len(menu):
            raise click.BadParameter(f"« {word} » n'est pas un numéro du menu.")
        reason = menu[int(word) - 1]
        hint = "Vos mots" if reason is Reason.OTHER else "Précisions (facultatif)"
        detail = click.prompt(
            f"{reason.french} – {hint}", default="", show_default=False
        )
        chosen.append(parse_reason(f"{reason.value}={detail}"))
    return replace(wish, reasons=tuple(chosen))


def _report(drafted: Sequence[Drafted], today: date, *, dry_run: bool) -> None:
    """Write what was made, what is missing, and the next step."""
    from cnil_requests.core.cautions import how_to_find
    from cnil_requests.core.letters import site_label

    for item in drafted:
        label = site_label(item.request.directory)
        title(f"{item.request.id or '(essai)'}  {label}")
        say(f"  Demande : {item.request.right.rule.french}")
        for name, path in item.paths.items():
            say(f"  {name} : {path}")
        if item.missing:
            say(f"  Il manque : {', '.join(item.missing)}")
        for text in item.warnings:
            bullet(text)
    incomplete = [item for item in drafted if item.missing]
    if incomplete:
        say()
        title("Pour compléter une adresse")
        for number, step in enumerate(
            how_to_find(incomplete[0].request.directory), start=1
        ):
            bullet(f"{number}. {step}")
    if dry_run:
        warn("essai : rien n'a été écrit.")
        return
    say()
    _next_steps(drafted, today)


def _next_steps(drafted: Sequence[Drafted], today: date) -> None:
    """Say what to do with the letters, one command away."""
    first = drafted[0].request
    title("Ensuite")
    bullet(
        "Faites aujourd'hui une capture de chaque page, avec son adresse et la date : "
        "c'est la preuve que la fiche était en ligne. Gardez-la avec : cnilreq attach "
        f"{first.id} FICHIER --as capture"
    )
    bullet(
        "Relisez, signez, envoyez. Le jour de l'envoi : cnilreq sent "
        f"{first.id} --on {today.isoformat()} --tracking NUMÉRO"
    )
