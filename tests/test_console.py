"""What the terminal shows: wrapped lines, tables, days."""

from __future__ import annotations

import datetime as dt

import click
import pytest

from cnil_requests.console import bullet, counted, paragraph, read_date, table


@pytest.mark.parametrize("words", range(1, 14))
def test_wrapping_tears_nothing_off(
    words: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """No line starts with « : » or « » », no option or address is cut in two."""
    text = (
        "mot " * words + "c'est « ceci » : tapez --because not-informed ? Oui ; "
        "https://www.exemple.fr/une-page/avec-des-tirets-et-un-nom-long ! Fin"
    )
    paragraph(text, indent=2)
    bullet(text)
    shown = capsys.readouterr().out
    lines = [line.strip(" •") for line in shown.splitlines()]
    assert " ".join(lines) == f"{text} {text}"
    assert not [line for line in lines if line.startswith((":", ";", "?", "!", "»"))]
    assert not [line for line in lines if line.endswith(("«", "-"))]
    assert max(map(len, shown.splitlines())) <= 78


def test_a_table_off_a_terminal_is_never_cut(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A pipe gets every character of every cell."""
    table(["Site", "Adresse"], [["keskeces", "x" * 200], ["é", ""]])
    assert capsys.readouterr().out == (f"Site      Adresse\nkeskeces  {'x' * 200}\né\n")


def test_a_table_fits_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal the widest column gives way, and says so with an ellipsis."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    table(["Site", "Adresse"], [["keskeces", "x" * 200]], width=40)
    lines = click.unstyle(capsys.readouterr().out).splitlines()
    assert max(map(len, lines)) <= 40
    assert lines[-1].endswith("…")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-01-31", dt.date(2026, 1, 31)),
        (" 31/01/2026 ", dt.date(2026, 1, 31)),
        ("29/02/2027", None),
        ("31.01.2026", None),
        ("2026-01-31T00:00", None),
        ("", None),
    ],
)
def test_read_date(written: str, day: dt.date | None) -> None:
    """Two ways of writing a day, and no third."""
    assert read_date(written) == day


def test_words_follow_their_number() -> None:
    """None and one are singular in French; an adjective follows its noun."""
    assert counted(0, "lettre") == "0 lettre"
    assert counted(1, "ligne") == "1 ligne"
    assert counted(2, "fichier vérifié") == "2 fichiers vérifiés"
