"""Empty lists to start from, with their columns explained in comment lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnil_requests.batch.journal import RECEIVED, SENT
from cnil_requests.batch.mandates import FRENCH_KINDS
from cnil_requests.batch.people import COLUMNS as PEOPLE
from cnil_requests.batch.wishes import COLUMNS as DRAFT
from cnil_requests.batch.wishes import FRENCH_CHANNELS, FRENCH_RIGHTS, MARK, REASONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cnil_requests.batch.columns import Column

#: Columns whose name says enough, or that only the program fills in.
_LEFT_OUT = {"sha256", "rank", "file", "recipient", "address"}


def example(kind: str) -> list[list[str]]:
    """Return the lines of an empty list: comments, then the header alone."""
    columns, comments = _EXAMPLES[kind]
    header = [column.french for column in columns if column.name not in _LEFT_OUT]
    return [*([f"# {text}"] for text in comments), header]


def _words(words: Iterable[str]) -> str:
    return ", ".join(word for word in words if word.isascii())


_DRAFT_COMMENTS = (
    "Une ligne par demande. Les lignes qui commencent par # ne sont pas lues.",
    "Seules les colonnes site, url et motif sont nécessaires s'il n'y a qu'une "
    "personne.",
    "personne : nom court (cnilreq people list) ou prénom et nom.",
    "site : nom, domaine ou identifiant du catalogue (cnilreq directories list).",
    "droit : "
    + _words(FRENCH_RIGHTS)
    + ". Vide : effacement, ou dereferencing pour un "
    "moteur.",
    f"url : adresse exacte de la fiche ; plusieurs adresses se séparent par {MARK} "
    "dans la cellule.",
    f"motif : une ou plusieurs raisons vraies, séparées par {MARK} ; des précisions "
    "suivent le signe =.",
    "motifs possibles : "
    + _words(REASONS)
    + " (ou les mots anglais de cnilreq draft --help). autre=vos mots.",
    "envoi : " + _words(FRENCH_CHANNELS) + ". Vide : lettre.",
    "vu : jour où la page a été vue. correction : FAUX=>EXACT. recherche : nom "
    "cherché dans un moteur.",
    "Exemple : camille-exemple | keskeces | | https://www.keskeces.com/fiche | secret",
)
_SENT_COMMENTS = (
    "Une ligne par envoi. Les lignes qui commencent par # ne sont pas lues.",
    "demande : le numéro N/Réf. de la lettre, comme 2026-0001.",
    "suivi : le numéro de la lettre recommandée. date : jour du dépôt.",
)
_RECEIVED_COMMENTS = (
    "Une ligne par distribution. Les lignes qui commencent par # ne sont pas lues.",
    "demande, ou à défaut suivi : la demande, ou le numéro de son recommandé.",
    "date : jour de la distribution au destinataire, écrit par la poste.",
    "statut : s'il est rempli, seule une distribution au destinataire est acceptée.",
)
_PEOPLE_COMMENTS = (
    "Une ligne par personne. Les lignes qui commencent par # ne sont pas lues.",
    "Seuls le prénom et le nom sont nécessaires ; sans adresse, les lettres n'en "
    "montrent pas.",
    "nom court : pour distinguer des homonymes ; vide : prénom-nom.",
    "Les colonnes suivantes, de mandataire à retiré le, ne servent que si quelqu'un "
    "écrit pour ces personnes. Une cellule vide ne change rien à un mandat connu.",
    "mandataire : qui écrit ; signataire : qui signe, pour un organisme. type de "
    f"mandataire : {_words(FRENCH_KINDS)}.",
    f"droits : {_words(FRENCH_RIGHTS)} ; plusieurs se séparent par {MARK}.",
    "sites : tous, ou noms, domaines et pages du catalogue, séparés par "
    f"{MARK}. données : celles que le mandat concerne.",
    "début, fin : premier et dernier jour. réponses : personne ou mandataire. "
    "plainte : oui ou non (vide : oui).",
    "signé le, fichier signé : une fois le mandat signé, son jour et le document "
    "numérisé (chemin à partir du dossier de cette liste).",
    "retiré le : jour où la personne a retiré son mandat.",
)

_EXAMPLES: dict[str, tuple[Sequence[Column], Sequence[str]]] = {
    "draft": (DRAFT, _DRAFT_COMMENTS),
    "sent": (SENT, _SENT_COMMENTS),
    "received": (RECEIVED, _RECEIVED_COMMENTS),
    "people": (PEOPLE, _PEOPLE_COMMENTS),
}
