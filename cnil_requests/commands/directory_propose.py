"""``cnilreq directories propose``: the user's lines as a patch for everybody."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cnil_requests.console import App, emit_json, json_option, pass_app, say, warn

if TYPE_CHECKING:
    from cnil_requests.catalogue.proposing import Patch

_PROPOSE_HELP = """Préparer vos lignes pour le catalogue commun.

Écrit un correctif de directories.csv (git apply ou patch -p1) avec la source de
chaque valeur. Vos notes n'y sont jamais. Rien n'est envoyé.

\b
Exemple :
  cnilreq directories propose --output catalogue.patch
"""


@click.command("propose", help=_PROPOSE_HELP)
@click.option(
    "--output",
    metavar="FICHIER",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Écrire le correctif dans ce fichier (sinon : à l'écran).",
)
@json_option
@pass_app
def propose(app: App, *, output: Path | None, as_json: bool) -> None:
    """Write the patch, and say what it holds."""
    from cnil_requests import shipped
    from cnil_requests.catalogue import proposing
    from cnil_requests.catalogue.loading import read_directories
    from cnil_requests.commands.home import load_catalogue

    source = shipped.catalogue()
    patch = proposing.propose(
        source.read_text("utf-8"),
        read_directories(source),
        load_catalogue(app),
        today=app.today,
    )
    if output is not None and patch.text:
        output.write_text(patch.text, encoding="utf-8", newline="\n")
    if as_json:
        emit_json(_document(patch, output))
        return
    _tell(patch, output)


def _document(patch: Patch, output: Path | None) -> dict[str, object]:
    return {
        "lines": [
            {
                "id": item.id,
                "new": item.is_new,
                "columns": item.columns,
                "sources": item.sources,
            }
            for item in patch.lines
        ],
        "rejected": [
            {"id": site, "column": problem.column, "message": problem.message}
            for site, problems in patch.rejected.items()
            for problem in problems
        ],
        "patch": patch.text,
        "file": output if patch.text else None,
    }


def _tell(patch: Patch, output: Path | None) -> None:
    """Write the patch on stdout, or what the file holds; problems beside."""
    for site, problems in patch.rejected.items():
        for problem in problems:
            warn(f"« {site} » n'est pas proposé : {problem}")
    if not patch.text:
        say("Vos lignes n'apportent rien de plus que le catalogue commun.")
        return
    if output is None:
        say(patch.text.rstrip("\n"))
        return
    say(f"Correctif écrit dans {output}")
    for item in patch.lines:
        kind = "nouveau site" if item.is_new else "complété"
        say(f"  {item.id} ({kind}) : {', '.join(item.columns)}")
