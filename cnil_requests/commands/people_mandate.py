"""``cnilreq people mandate``: who writes for somebody, and within which limits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cnil_requests.commands.completion import complete_people
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
)
from cnil_requests.errors import WrongUsageError

if TYPE_CHECKING:
    from cnil_requests.core.mandates import Mandate
    from cnil_requests.core.people import Person
    from cnil_requests.store.home import Home

RIGHTS = (
    "erasure",
    "objection",
    "marketing",
    "access",
    "rectification",
    "dereferencing",
)


class RevokedAndChangedError(WrongUsageError):
    """``--revoke`` is given with what a mandate is to say."""

    def __init__(self) -> None:
        """Say that these are two commands."""
        super().__init__(
            "--revoke retire le mandat et ne se donne qu'avec le nom de la personne.",
            remedy="Rien n'a été changé. Pour un autre mandat : la même commande sans "
            "--revoke.",
        )


#: Options of the agent's address -> parts of the address.
_PLACE = ("street", "complement", "postcode", "city", "country")


@click.command("mandate")
@click.argument("slug", metavar="NOM", shell_complete=complete_people)
@click.option("--agent", metavar="NOM", help="Qui écrit pour la personne.")
@click.option(
    "--agent-kind",
    type=click.Choice(["person", "lawyer", "union", "association", "company"]),
    help="Ce qu'est ce mandataire.",
)
@click.option("--signatory", metavar="NOM", help="Qui signe, pour un organisme.")
@click.option("--agent-street", metavar="TEXTE", help="Mandataire : numéro et rue.")
@click.option("--agent-complement", metavar="TEXTE", help="Mandataire : complément.")
@click.option("--agent-postcode", metavar="TEXTE", help="Mandataire : code postal.")
@click.option("--agent-city", metavar="TEXTE", help="Mandataire : ville.")
@click.option("--agent-country", metavar="TEXTE", help="Mandataire : pays.")
@click.option("--agent-email", metavar="TEXTE", help="Mandataire : courriel.")
@click.option("--agent-phone", metavar="TEXTE", help="Mandataire : téléphone.")
@click.option(
    "--right",
    "rights",
    multiple=True,
    type=click.Choice(RIGHTS),
    help="Droit confié (répétable).",
)
@click.option(
    "--site",
    "sites",
    multiple=True,
    metavar="SITE",
    help="Site concerné : nom, domaine ou page ; « all » pour tous (répétable).",
)
@click.option("--data", metavar="TEXTE", help="Données concernées.")
@click.option("--start", type=DATE, metavar="DATE", help="Premier jour.")
@click.option("--end", type=DATE, metavar="DATE", help="Dernier jour.")
@click.option(
    "--reply-to",
    type=click.Choice(["principal", "agent"]),
    help="Qui reçoit les réponses : la personne ou le mandataire.",
)
@click.option(
    "--complaints/--no-complaints",
    default=None,
    help="Permettre aussi la réclamation à la CNIL (oui, sauf avis contraire).",
)
@click.option("--signed-on", type=DATE, metavar="DATE", help="Jour de la signature.")
@click.option(
    "--file",
    "scan",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="Le mandat signé, numérisé.",
)
@click.option(
    "--revoke", is_flag=True, help="Mandat retiré : la personne écrit en son nom."
)
@json_option
@pass_app
def command(
    app: App,
    /,
    *,
    slug: str,
    revoke: bool,
    as_json: bool,
    **options: Any,  # noqa: ANN401
) -> None:
    """Préparer, enregistrer ou montrer le mandat donné par une personne.

    La première fois, la commande écrit le mandat à signer. Une fois signé,
    enregistrez sa date et le document numérisé : les lettres sont alors écrites par
    le mandataire, au nom et pour le compte de la personne, et le mandat y est joint.
    Sans objet, durée, destinataire des réponses ou signature, rien n'est écrit.

    \b
    Exemples :
      cnilreq people mandate camille-exemple --agent "Syndicat de l'Exemple" \\
        --agent-kind union --right erasure --site all \\
        --data "fiches professionnelles" --start 2026-03-01 --end 2026-12-31 \\
        --reply-to agent
      cnilreq people mandate camille-exemple --signed-on 2026-03-05 \\
        --file pouvoir-signe.pdf
    """
    from cnil_requests.commands.home import open_home
    from cnil_requests.core.mandating import withdrawn

    typed = any(value not in (None, ()) for value in options.values())
    if revoke and typed:
        raise RevokedAndChangedError
    with open_home(app) as home:
        person = home.person(slug)
        paper = None
        if revoke and person.mandate:
            person = withdrawn(person, on=app.today)
            home.save_person(person)
        elif typed:
            person, paper = _change(app, home, person, options)
    if as_json:
        from cnil_requests.commands.person_options import show_person

        emit_json({"people": [show_person(person)], "paper": paper})
        return
    _tell(person, paper)


def _change(
    app: App, home: Home, former: Person, options: dict[str, Any]
) -> tuple[Person, Path | None]:
    """Record what was typed; write the paper to sign while it is not signed."""
    from dataclasses import replace

    from cnil_requests.commands.home import open_press
    from cnil_requests.commands.mandate_papers import paper_to_sign
    from cnil_requests.core.mandating import (
        NotSignedError,
        Signature,
        check_outlives,
        signed,
    )
    from cnil_requests.store.values import Admission

    mandate = _typed(former, options)
    signed_on, scan = options["signed_on"], options["scan"]
    if signed_on or scan:
        day = signed_on or mandate.signed_on
        if day is None:
            raise NotSignedError
        check_outlives(former, day)
        signature = Signature(day, scan.name if scan else "")
        mandate = signed(mandate, signature, today=app.today)
    person = replace(former, mandate=mandate)
    paper = paper_to_sign(open_press(app), person, today=app.today)
    [admitted] = home.admit([Admission(person, former, paper, scan)])
    return admitted.person, admitted.paper


def _typed(person: Person, options: dict[str, Any]) -> Mandate:
    """Return the mandate with the options that were given."""
    from cnil_requests.core.agents import revised_agent
    from cnil_requests.core.mandates import Agent, Mandate, ReplyTo
    from cnil_requests.core.mandating import NoMandateError, revised
    from cnil_requests.core.rights import Right

    current = person.mandate
    if current is None and not options["agent"]:
        raise NoMandateError(person)
    former = current.agent if current else Agent("")
    agent = revised_agent(former, _said_of_agent(options))
    changes: dict[str, object] = {"agent": agent}
    if options["rights"]:
        changes["rights"] = tuple(Right(item) for item in options["rights"])
    if options["sites"]:
        changes["sites"] = tuple(options["sites"])
    if options["reply_to"]:
        changes["reply_to"] = ReplyTo(options["reply_to"])
    for name in ("data", "start", "end", "complaints"):
        if options[name] is not None:
            changes[name] = options[name]
    return revised(current or Mandate(agent), **changes)


def _said_of_agent(options: dict[str, Any]) -> dict[str, str]:
    """Return what was typed of the agent, by the fields of ``revised_agent``."""
    typed = {
        "name": options["agent"],
        "kind": options["agent_kind"],
        "signatory": options["signatory"],
        "email": options["agent_email"],
        "phone": options["agent_phone"],
        **{part: options[f"agent_{part}"] for part in _PLACE},
    }
    return {field: text for field, text in typed.items() if text is not None}


def _tell(person: Person, paper: Path | None) -> None:
    """Show the mandate, what it lacks and the next step."""
    from cnil_requests.core.mandates import EVERY_SITE

    mandate = person.mandate
    title(f"{person.titled_name} ({person.slug})")
    if mandate is None:
        say("  Aucun mandat : la personne écrit en son propre nom.")
        if person.withdrew_on:
            say(f"  Dernier mandat retiré le : {person.withdrew_on}")
        return
    say(f"  Mandataire : {mandate.agent.name}")
    say(f"  Droits : {', '.join(right.rule.french for right in mandate.rights)}")
    sites = "tous" if EVERY_SITE in mandate.sites else ", ".join(mandate.sites)
    say(f"  Sites : {sites}")
    say(f"  Durée : du {mandate.start or '…'} au {mandate.end or '…'}")
    say(f"  Signé le : {mandate.signed_on or 'pas encore signé'}")
    for gap in mandate.gaps():
        bullet(f"Il y manque {gap}.")
    if paper:
        say(f"  À signer : {paper}")
        bullet("Une fois le mandat signé :")
        command_line(
            f"cnilreq people mandate {person.slug} --signed-on DATE --file FICHIER"
        )
