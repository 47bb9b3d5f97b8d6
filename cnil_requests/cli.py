"""The ``cnilreq`` command: a lazy table of commands and the global options.

A command's module is imported only when that command runs; its one-line help
stands in the table, so that ``--help`` imports nothing else.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cnil_requests import __version__
from cnil_requests.console import (
    CONTEXT_SETTINGS,
    DATE,
    App,
    tell_error,
    tell_os_error,
    tell_stopped,
)
from cnil_requests.errors import CnilreqError, StoreError
from cnil_requests.terminal import close_stream, open_streams

if TYPE_CHECKING:
    from datetime import date

    from click.shell_completion import CompletionItem

#: command name -> (module below ``commands``, one-line help).
COMMANDS = {
    "init": ("init", "Créer votre dossier et votre identité."),
    "people": ("people", "Gérer les personnes pour qui l'on écrit."),
    "directories": ("directories", "Consulter et compléter le catalogue des sites."),
    "draft": ("draft", "Rédiger les lettres à un ou plusieurs sites."),
    "sent": ("sent", "Enregistrer un envoi."),
    "received": ("received", "Enregistrer la réception, ou le retour."),
    "answered": ("answered", "Enregistrer une réponse du site."),
    "supplied": ("supplied", "Enregistrer un justificatif d'identité fourni."),
    "seen": ("seen", "Enregistrer ce que vous avez vu sur le site."),
    "attach": ("attach", "Garder une preuve avec une demande."),
    "check-listings": ("check_listings", "Voir si les fiches sont en ligne."),
    "capture": ("capture", "Garder la page en PDF et en image."),
    "follow-up": ("follow_up", "Rédiger une mise en demeure."),
    "complain": ("complain", "Préparer la plainte à la CNIL."),
    "lodged": ("lodged", "Enregistrer le dépôt de la plainte."),
    "cnil": ("cnil", "Enregistrer un courrier de la CNIL."),
    "dereference": ("dereference", "Écrire aux moteurs de recherche."),
    "closed": ("closed", "Clore une demande."),
    "undo": ("undo", "Annuler le dernier événement d'une demande."),
    "status": ("status", "Montrer où en sont les demandes."),
    "remind": ("remind", "Dire ce qu'il faut faire aujourd'hui."),
    "deadline": ("deadline", "Calculer la date limite de réponse."),
    "templates": ("templates", "Vérifier les modèles de lettres."),
    "check": ("check", "Vérifier votre dossier."),
    "backup": ("backup", "Sauvegarder tout votre dossier."),
    "restore": ("restore", "Refaire un dossier à partir d'une sauvegarde."),
    "print": ("print_run", "Réunir les lettres à envoyer, prêtes à imprimer."),
    "batch": ("batch", "Traiter des milliers de demandes à partir de listes."),
    "ledger": ("ledger", "Partager le registre sur un serveur."),
    "export": ("export", "Sortir tout ce qui est enregistré."),
}

#: Exit code of a command stopped by Ctrl-C: what shells give for SIGINT.
STOPPED = 130


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the commands in the order of a request's life."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return the command, or None when there is no such command."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        module = importlib.import_module(f"cnil_requests.commands.{entry[0]}")
        command: click.Command = module.command
        return command

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write the table without importing any command."""
        del ctx
        with formatter.section("Commandes\N{NO-BREAK SPACE}"):
            formatter.write_dl([(name, entry[1]) for name, entry in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest the nearest command when the name is not known."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Vouliez-vous dire « {near[0]} » ?" if near else ""
            raise click.UsageError(
                f"Il n'y a pas de commande « {args[0]} ».{hint}", ctx=ctx
            )
        return super().resolve_command(ctx, args)

    def shell_complete(
        self, ctx: click.Context, incomplete: str
    ) -> list[CompletionItem]:
        """Complete commands from the table, options as any command does."""
        from click.shell_completion import CompletionItem

        commands = [
            CompletionItem(name, help=text)
            for name, (_, text) in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return [*commands, *click.Command.shell_complete(self, ctx, incomplete)]

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401
        """Run the command; turn the program's own errors into French messages."""
        try:
            return super().invoke(ctx)
        except CnilreqError as error:
            tell_error(str(error))
            ctx.exit(error.exit_code)
        except (KeyboardInterrupt, click.Abort):
            tell_stopped()
            ctx.exit(STOPPED)

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401
        """Run the program; what the system refuses ends in one French line.

        Help is written while options are read, outside ``invoke``: a full disk
        or an unreadable folder is therefore told here.
        """
        open_streams()
        try:
            return super().main(*args, **extra)
        except OSError as error:
            tell_os_error(error)
        close_stream(sys.stdout)
        sys.exit(StoreError.exit_code)


@click.group(
    cls=LazyGroup,
    context_settings=CONTEXT_SETTINGS,
    subcommand_metavar="COMMANDE [OPTIONS]…",
    epilog=(
        "Pour commencer : cnilreq init, puis cnilreq draft suivi de l'adresse de "
        "votre fiche. « cnilreq COMMANDE --help » explique chaque commande."
    ),
)
@click.option(
    "--home",
    type=click.Path(path_type=Path),
    envvar="CNILREQ_HOME",
    metavar="DOSSIER",
    help="Dossier des lettres et du registre (sinon : cnilreq dans Documents).",
)
@click.option(
    "--today",
    type=DATE,
    envvar="CNILREQ_TODAY",
    metavar="DATE",
    help="Faire comme si l'on était à cette date.",
)
@click.version_option(__version__, "--version", message="cnilreq %(version)s")
@click.pass_context
def cli(ctx: click.Context, home: Path | None, today: date | None) -> None:
    """Faire retirer votre fiche des annuaires en ligne où vous n'avez rien demandé.

    cnilreq rédige les demandes d'opposition et d'effacement, compte le délai d'un
    mois, rappelle ce qu'il faut faire, et prépare la plainte à la CNIL. Tout reste
    sur votre ordinateur.
    """
    ctx.obj = App(chosen_home=home, chosen_today=today)
