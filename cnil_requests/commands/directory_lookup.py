"""``cnilreq directories lookup``: find a site's publisher in its legal notice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cnil_requests.commands.completion import complete_sites
from cnil_requests.console import DATE, App, emit_json, json_option, pass_app

if TYPE_CHECKING:
    from datetime import date

_LOOKUP_HELP = """Chercher l'éditeur d'un site dans ses mentions légales.

Lit la page d'accueil, les mentions légales et les pages voisines, puis interroge
le registre des entreprises de l'État. Chaque valeur est montrée avec la phrase où
elle a été lue. Rien n'est enregistré sans votre accord : question par question, ou
--accept pour tout ce qui est certain. Ce qui est incertain est montré, jamais
retenu d'office.

SITE est un identifiant, un domaine, ou l'adresse de votre fiche.

\b
Exemple :
  cnilreq directories lookup annuaire-horaire
  cnilreq directories lookup exemple.fr --from-file mentions.html
"""


@click.command("lookup", help=_LOOKUP_HELP)
@click.argument("site", metavar="SITE", shell_complete=complete_sites)
@click.option(
    "--url",
    metavar="URL",
    help="Adresse des mentions légales, si vous la connaissez.",
)
@click.option(
    "--from-file",
    "file",
    metavar="PAGE.html",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Lire une page enregistrée, sans aller sur internet.",
)
@click.option(
    "--checked-on",
    type=DATE,
    metavar="DATE",
    help="Jour où la page a été lue (sinon : aujourd'hui).",
)
@click.option("--accept", is_flag=True, help="Enregistrer tout ce qui est certain.")
@click.option(
    "--register",
    metavar="URL",
    envvar="CNILREQ_REGISTER_URL",
    help="Autre adresse du registre des entreprises.",
)
@click.option("--no-register", is_flag=True, help="Ne pas interroger le registre.")
@click.option(
    "--allow-private",
    is_flag=True,
    help="Accepter les adresses de cet ordinateur et du réseau privé.",
)
@json_option
@pass_app
def lookup(
    app: App,
    *,
    site: str,
    url: str | None,
    file: Path | None,
    checked_on: date | None,
    accept: bool,
    register: str | None,
    no_register: bool,
    allow_private: bool,
    as_json: bool,
) -> None:
    """Survey a site, show what was found, write what is accepted."""
    from cnil_requests.commands import lookup_output, lookup_questions
    from cnil_requests.commands.lookup_survey import Inquiry, Where
    from cnil_requests.console import is_interactive

    where = Where(url, file, checked_on, allow_private=allow_private)
    inquiry = Inquiry.open(app, site, where)
    # --from-file stays offline, unless a register is named.
    ask = not no_register and (file is None or bool(register))
    inquiry.survey(register if ask else None, ask=ask)
    if not as_json:
        lookup_output.show(inquiry)
    values = dict(inquiry.proposal) if accept else {}
    if not accept and not as_json and is_interactive():
        values = lookup_questions.ask(inquiry)
    edited = inquiry.write(values) if values else None
    if as_json:
        emit_json(lookup_output.as_document(inquiry, edited))
    else:
        lookup_output.tell_end(inquiry, edited)
