"""``cnilreq people operator-letter`` and ``people sirene``: the steps at the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cnil_requests.commands.completion import complete_people
from cnil_requests.console import (
    App,
    bullet,
    emit_json,
    json_option,
    pass_app,
    say,
    title,
    warn,
)

if TYPE_CHECKING:
    from cnil_requests.core.upstream import Operator


@click.command("operator-letter")
@click.argument("slug", metavar="NOM", shell_complete=complete_people)
@click.option("--operator", required=True, metavar="NOM", help="Nom de l'opérateur.")
@click.option("--street", metavar="TEXTE", help="Opérateur : numéro et rue.")
@click.option("--complement", metavar="TEXTE", help="Opérateur : complément, TSA, CS.")
@click.option("--postcode", metavar="TEXTE", help="Opérateur : code postal.")
@click.option("--city", metavar="TEXTE", help="Opérateur : ville.")
@click.option("--line", default="", metavar="NUMÉRO", help="Ligne concernée.")
@json_option
@pass_app
def operator_letter(
    app: App,
    /,
    *,
    slug: str,
    operator: str,
    street: str | None,
    complement: str | None,
    postcode: str | None,
    city: str | None,
    line: str,
    as_json: bool,
) -> None:
    """Écrire à l'opérateur téléphonique : ne plus figurer dans les annuaires.

    Les annuaires téléphoniques sont alimentés par les opérateurs : sans cette lettre,
    une fiche retirée revient. L'adresse est celle que vous donnez, lue sur votre
    facture ou vos conditions générales ; sans elle, la lettre reste à compléter.

    \b
    Exemple :
      cnilreq people operator-letter camille-exemple --operator "Opérateur Exemple" \\
        --street "1 rue de l'Exemple" --postcode 75001 --city Paris \\
        --line "04 00 00 00 00"
    """
    from cnil_requests.commands.home import open_home, open_press
    from cnil_requests.core.identity import checked_address
    from cnil_requests.core.people import slug_of
    from cnil_requests.core.upstream import Operator, compose_operator_letter

    place = {
        "street": street,
        "complement": complement,
        "postcode": postcode,
        "city": city,
    }
    known = any(value is not None for value in place.values())
    address = checked_address(None, place) if known else None
    chosen: Operator = Operator(operator.strip(), address)
    press = open_press(app)
    with open_home(app) as home:
        person = home.person(slug)
        letter = compose_operator_letter(person, chosen, line.strip(), today=app.today)
        content = press.word(letter, press.text(letter))
        name = f"operateur-{slug_of(operator)}.docx"
        path = home.write_paper(slug, name, content)
    missing = [] if known else ["street", "postcode", "city"]
    if as_json:
        emit_json({"letter": path, "missing": missing})
        return
    title(f"{person.titled_name} : lettre à {chosen.name}")
    say(f"  Lettre : {path}")
    if missing:
        warn("l'adresse de l'opérateur est à compléter avant l'envoi.")
    for note in letter.recipient_notes:
        bullet(note)
    bullet("La démarche existe aussi, sans frais, dans l'espace client de l'opérateur.")


@click.command("sirene")
@json_option
@pass_app
def sirene(app: App, *, as_json: bool) -> None:
    """Expliquer la diffusion partielle : ne plus fournir les annuaires d'entreprises.

    \b
    Exemple :
      cnilreq people sirene
    """
    from cnil_requests.core.upstream import sirene_steps

    del app
    steps = sirene_steps()
    if as_json:
        emit_json({"steps": list(steps)})
        return
    title("Avant d'écrire aux annuaires d'entreprises : la source")
    for text in steps:
        bullet(text)
