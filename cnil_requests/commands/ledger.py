"""``cnilreq ledger``: the ledger itself, in a file or on a server."""

from __future__ import annotations

import click

from cnil_requests.console import (
    App,
    bullet,
    command_line,
    counted,
    emit_json,
    json_option,
    pass_app,
    say,
    title,
)


@click.group(subcommand_metavar="COMMANDE [OPTIONS]…")
def command() -> None:
    """Partager le registre entre collègues, sur un serveur PostgreSQL.

    L'adresse du serveur se donne par la variable CNILREQ_DATABASE :
    postgresql://UTILISATEUR@SERVEUR/BASE. Les lettres et les preuves restent dans le
    dossier, qui doit être commun lui aussi.
    """


@command.command("copy")
@click.argument("source", metavar="DEPUIS")
@click.argument("target", metavar="VERS")
@json_option
@pass_app
def copy(app: App, /, source: str, target: str, *, as_json: bool) -> None:
    """Copier un registre entier, comparé ligne à ligne.

    DEPUIS et VERS sont un fichier cnilreq.db, son dossier, ou l'adresse d'une base
    PostgreSQL vide. Un fichier copié vers un serveur n'accepte plus rien ensuite.

    \b
    Exemples :
      cnilreq ledger copy cnilreq.db postgresql://agence@serveur/cnilreq
      cnilreq ledger copy postgresql://agence@serveur/cnilreq copie.db
    """
    import re
    from dataclasses import asdict

    from cnil_requests.store.moving import copy_ledger, shown
    from cnil_requests.store.postgres_connecting import is_address

    del app
    names = [shown(source), shown(target)]
    copied = copy_ledger(source, target)
    if as_json:
        tables = {name: asdict(digest) for name, digest in copied.items()}
        emit_json({"ledger": {"from": names[0], "to": names[1], "tables": tables}})
        return
    say(f"Registre copié et comparé : {names[0]} → {names[1]}")
    for name, digest in copied.items():
        say(
            f"  {name} : {counted(digest.rows, 'ligne')}, SHA-256 {digest.sha256[:16]}…"
        )
    if is_address(target):
        title("Ensuite")
        bullet("Chez chaque collègue, sur le dossier commun :")
        own = re.sub(r"(?<=://)[^@/]*@", "UTILISATEUR@", names[1])
        command_line(f'CNILREQ_DATABASE="{own}"')
