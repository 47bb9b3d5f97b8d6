"""``cnilreq draft``: one request and one letter a site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cnil_requests.commands.completion import complete_people, complete_sites
from cnil_requests.commands.listed import list_options, one_or_the_other
from cnil_requests.console import (
    DATE,
    App,
    emit_json,
    is_interactive,
    json_option,
    pass_app,
)

if TYPE_CHECKING:
    from pathlib import Path

RIGHTS = (
    "erasure",
    "objection",
    "marketing",
    "access",
    "rectification",
    "dereferencing",
)

#: Options that a column of the list takes the place of.
_IN_THE_LIST = (
    "right",
    "urls",
    "reasons",
    "seen",
    "corrections",
    "search_names",
    "channel",
)


@click.command()
@click.argument("sites", nargs=-1, metavar="[SITE]…", shell_complete=complete_sites)
@list_options
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
    list_file: Path | None,
    skip_bad: bool,
    person: str | None,
    dry_run: bool,
    as_json: bool,
    **options: Any,  # noqa: ANN401
) -> None:
    """Rédiger les lettres à un ou plusieurs sites.

    SITE est un nom du catalogue, un domaine, ou l'adresse de votre fiche collée
    depuis le navigateur. Une demande et une lettre par site ; plusieurs pages du
    même site tiennent dans la même lettre.

    Pour des milliers de demandes, --from lit une liste, une demande par ligne ;
    cnilreq batch template en écrit un exemple.

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
      cnilreq draft --from demandes.csv
    """
    one_or_the_other(
        sites, list_file, "un SITE", without_list=_IN_THE_LIST, skip_bad=skip_bad
    )
    if list_file:
        from cnil_requests.commands.batch_drafting import draft_list
        from cnil_requests.commands.batch_output import report_list

        outcome = draft_list(
            app,
            list_file,
            person=person,
            skip_bad=skip_bad,
            dry_run=dry_run,
            as_json=as_json,
        )
        report_list(outcome, dry_run=dry_run, as_json=as_json)
        return
    from cnil_requests.commands.draft_output import report
    from cnil_requests.commands.draft_questions import ask_rest, ask_urls
    from cnil_requests.commands.drafting import Desk

    asking = is_interactive() and not as_json
    with Desk.open(app, person) as desk:
        wish = desk.wish(options)
        targets, typed = desk.find_sites(sites)
        urls = [*typed, *desk.parse_urls(options["urls"])]
        if asking:
            urls += ask_urls(desk, wish.right, targets, urls)
            wish = ask_rest(desk, wish, targets, urls)
        drafted = desk.draft(wish, targets, urls, dry_run=dry_run, resuming=asking)
    if as_json:
        emit_json({"requests": [item.as_json() for item in drafted]})
    else:
        report(drafted, app.today, dry_run=dry_run)
