"""Each event in one French sentence."""

from __future__ import annotations

import pytest
from lives import told

from cnil_requests.core.journal_words import describe
from cnil_requests.core.requests import EventKind

WORDS = [
    ("drafted 06-01", "rédigée"),
    (
        "sent 06-01 by=letter tracking=1A12345678905",
        "envoyée par lettre, n° 1A 123 456 7890 5",
    ),
    (
        "sent 06-01 by=letter edited=yes",
        "envoyée par lettre (modifiée depuis sa rédaction)",
    ),
    (
        "sent 06-01 by=form reference=AB12",
        "envoyée par formulaire en ligne, référence AB12",
    ),
    (
        "sent 07-08 by=email what=follow-up",
        "mise en demeure envoyée par courriel",
    ),
    ("received 06-04", "reçue"),
    ("received 06-04 estimated=yes", "reçue, à une date estimée"),
    ("received 07-10 what=follow-up", "mise en demeure reçue"),
    ("bounced 06-04", "courriel revenu en erreur"),
    ("bounced 07-10 what=follow-up", "courriel revenu en erreur (mise en demeure)"),
    ("refused 06-04", "lettre refusée par le destinataire"),
    (
        "refused 07-10 what=follow-up",
        "mise en demeure refusée par le destinataire",
    ),
    ("unclaimed 06-04", "première présentation d'un pli non réclamé"),
    (
        "unclaimed 06-04 returned=06-22",
        "première présentation d'un pli non réclamé, retourné le 22 juin 2026",
    ),
    (
        "unclaimed 07-10 what=follow-up",
        "première présentation d'un pli non réclamé (mise en demeure)",
    ),
    ("returned 06-22", "pli non réclamé revenu à l'expéditeur"),
    ("answered 06-20 outcome=granted", "réponse : acceptation"),
    (
        "answered 06-20 outcome=granted promised=07-01",
        "réponse : acceptation, action promise pour le 1er juillet 2026",
    ),
    (
        "answered 06-20 outcome=refused dated=06-18 reasons=no remedies=no",
        "réponse : refus, datée du 18 juin 2026, sans motif, sans voies de recours",
    ),
    (
        "answered 06-20 outcome=identity reasons=no",
        "réponse : justificatif d'identité demandé, sans dire pourquoi il en doute",
    ),
    ("answered 06-20 outcome=extended", "réponse : prolongation du délai"),
    ("answered 06-20 outcome=partial", "réponse : acceptation partielle"),
    ("answered 06-20 outcome=payment", "réponse : paiement demandé"),
    ("answered 06-20 outcome=account", "réponse : compte exigé"),
    ("answered 06-20 outcome=other", "réponse : autre"),
    ("supplied 06-20", "justificatif d'identité fourni"),
    ("seen 06-20 what=removed", "fiche vue retirée"),
    ("seen 06-20 what=online", "fiche vue en ligne"),
    ("seen 06-20 what=back", "fiche vue de nouveau en ligne"),
    ("followed-up 07-08 term=15", "mise en demeure rédigée, terme de 15 jours"),
    ("complained 07-20", "plainte rédigée"),
    ("lodged 07-20", "plainte déposée à la CNIL"),
    ("lodged 07-20 number=26-1", "plainte déposée à la CNIL, n° 26-1"),
    ("cnil 07-20 step=acknowledged", "accusé de réception de la CNIL"),
    ("cnil 07-20 step=informed", "information de la CNIL sur la plainte"),
    ("cnil 07-20 step=closed", "clôture par la CNIL"),
    (
        "attached 07-20 kind=capture file=capture.png sha256=00",
        "pièce gardée : capture de la page (capture.png)",
    ),
    ("closed 07-20 because=removed", "close (fiche retirée)"),
    ("closed 07-20 because=withdrawn", "close (demande abandonnée)"),
    ("closed 07-20 because=moot", "close (devenue sans objet)"),
    ("undone 07-20 undoes=3", "événement 3 annulé"),
]


@pytest.mark.parametrize(("step", "words"), WORDS)
def test_words(step: str, words: str) -> None:
    """What happened, without its date."""
    assert describe(told(step)) == words


def test_every_kind_has_words() -> None:
    """None is left out of the table above."""
    assert {step.split()[0] for step, _ in WORDS} == set(EventKind)
