"""The deadline of a request, explained."""

from __future__ import annotations

import pytest
from lives import GOT, SENT, day, live

from cnil_requests.core.explanation import explain

EMAIL = "sent 06-01 by=email"
POSSIBLE = "Le délai est passé : une plainte à la CNIL est possible."


def explained(*steps: str, on: str = "12-31") -> list[str]:
    """Return the sentences on a day, with ordinary blanks."""
    told = explain(live(*steps), day(on))
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in told]


def test_nothing_runs_before_the_posting() -> None:
    """One sentence."""
    assert explained() == ["La demande n'est pas envoyée : aucun délai ne court."]


def test_a_posting_alone_counts_nothing() -> None:
    """The receipt is missing, with the article."""
    [sentence] = explained(SENT)
    assert "non de l'envoi (RGPD, article 12(3))" in sentence


def test_the_whole_count_is_told() -> None:
    """Receipt, month, roll, last day, complaint; then that it has passed."""
    told = explained(SENT, GOT)
    text = "\n".join(told)
    for part in (
        "jeudi 4 juin 2026",
        "samedi 4 juillet 2026",
        "report au jour suivant",
        "Dernier jour pour répondre : lundi 6 juillet 2026",
        "mardi 7 juillet 2026",
    ):
        assert part in text
    assert told[-1] == POSSIBLE
    assert POSSIBLE not in explained(SENT, GOT, on="07-06")
    assert POSSIBLE in explained(SENT, GOT, on="07-07")


def test_an_extension_is_supposed_only_while_it_can_be_announced() -> None:
    """Until the last day, inclusive; from the day after nothing is left of it."""
    assert any(it.startswith("Hypothèse") for it in explained(SENT, GOT, on="07-06"))
    told = explained(SENT, GOT, on="07-07")
    assert not any(it.startswith("Hypothèse") for it in told)
    assert any(it.startswith("Sans réponse") for it in told)


@pytest.mark.parametrize(
    ("steps", "part"),
    [
        (
            (SENT, GOT, "answered 06-20 outcome=extended"),
            "Prolongation annoncée avec ses motifs le samedi 20 juin 2026, au plus "
            "tard le lundi 6 juillet 2026 inclus : elle est valable",
        ),
        (
            (SENT, GOT, "answered 07-10 outcome=extended"),
            "Prolongation annoncée le vendredi 10 juillet 2026, après le dernier jour "
            "(lundi 6 juillet 2026) : elle n'est pas valable (RGPD, art. 12(3)), le "
            "premier terme reste.",
        ),
        (
            (SENT, GOT, "answered 06-20 outcome=extended reasons=no"),
            "sans motifs : elle n'est pas valable (RGPD, art. 12(3))",
        ),
        (
            (SENT, GOT, "answered 06-10 outcome=identity"),
            "c'est à vous de fournir de quoi établir votre identité.",
        ),
        (
            (SENT, GOT, "answered 06-10 outcome=identity reasons=no"),
            "sans qu'un doute soit énoncé : le délai n'est pas suspendu",
        ),
        (
            (EMAIL,),
            "Courriel adressé le 1er juin 2026, sans message d'erreur : il est tenu "
            "pour reçu le même jour.",
        ),
        (("sent 06-01 by=form",), "Formulaire envoyé, donc reçu, le 1er juin 2026."),
        ((EMAIL, "bounced 06-02"), "revenu en erreur le 2 juin 2026"),
        (
            (SENT, "received 06-04 estimated=yes"),
            "Réception estimée au 4 juin 2026, sans preuve postale.",
        ),
        ((SENT, "refused 06-04"), "il est discuté qu'un pli refusé soit « reçu »"),
        (
            (SENT, "unclaimed 06-04"),
            "le jour de réception est contesté. Deux dates sont comptées",
        ),
        (
            (SENT, GOT, "answered 06-20 outcome=refused"),
            "Une réponse est enregistrée au 20 juin 2026.",
        ),
        (
            (SENT, GOT, "answered 06-20 outcome=refused"),
            "une plainte est possible sans attendre : à partir du 20 juin 2026.",
        ),
        (
            (SENT, GOT, "answered 06-20 outcome=granted promised=07-31"),
            "Si le site ne fait pas ce qu'il a accepté, une plainte est possible à "
            "partir du 1er août 2026.",
        ),
    ],
)
def test_each_fact_is_explained(steps: tuple[str, ...], part: str) -> None:
    """With its article, or with what is contested about it."""
    assert part in "\n".join(explained(*steps))


def test_what_came_back_leads_to_no_complaint() -> None:
    """The contested period has passed; another posting is the better way."""
    told = explained(SENT, "unclaimed 06-04")
    assert POSSIBLE not in told
    assert "un nouvel envoi, par courriel ou par formulaire" in told[-1]


def test_an_answer_is_not_called_silence() -> None:
    """Nothing says that a complaint for silence is possible."""
    assert POSSIBLE not in explained(SENT, GOT, "answered 06-20 outcome=granted")


def test_a_kept_answer_that_nobody_read_makes_no_complaint_possible() -> None:
    """What it says is needed first."""
    told = explained(SENT, GOT, "attached 06-20 kind=answer file=reponse.pdf")
    assert POSSIBLE not in told
    assert any("n'est pas enregistré" in sentence for sentence in told)
