"""``cnilreq batch``: lists of thousands of lines."""

from __future__ import annotations

from pathlib import Path

import click

from cnil_requests.console import App, emit_json, json_option, pass_app, say

KINDS = ("draft", "sent", "received", "people")


@click.group(subcommand_metavar="COMMANDE [OPTIONS]…")
def command() -> None:
    """Traiter des milliers de demandes à partir de listes.

    \b
    Dans l'ordre :
      cnilreq batch template demandes.csv
      cnilreq draft --from demandes.csv
      cnilreq print --to impression
      cnilreq sent --from impression/bordereau.csv --on DATE
      cnilreq received --from distributions.csv
    """


@command.command("template")
@click.argument(
    "file", metavar="[FICHIER]", required=False, type=click.Path(path_type=Path)
)
@click.option(
    "--for",
    "kind",
    type=click.Choice(KINDS),
    default="draft",
    show_default=True,
    help="Commande à laquelle la liste servira.",
)
@json_option
@pass_app
def template(app: App, /, file: Path | None, *, kind: str, as_json: bool) -> None:
    """Écrire une liste vide, ses colonnes expliquées.

    FICHIER en .csv ou .xlsx ; sans FICHIER, la liste s'affiche.

    \b
    Exemples :
      cnilreq batch template demandes.csv
      cnilreq batch template clients.xlsx --for people
    """
    from cnil_requests.batch.examples import example
    from cnil_requests.batch.writing import csv_bytes, table_bytes
    from cnil_requests.commands.output_file import write_new

    del app
    rows = example(kind)
    if file:
        write_new(file, table_bytes(file, rows))
    if as_json:
        emit_json({"template": file, "columns": rows[-1]})
    elif file:
        say(f"Liste vide écrite : {file}")
    else:
        say(csv_bytes(rows).decode("utf-8-sig").replace("\r\n", "\n").rstrip())
