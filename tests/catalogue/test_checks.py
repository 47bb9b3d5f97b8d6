"""Every problem of a catalogue file is found at once, with line and column."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from cnil_requests.catalogue.checks import check_table
from cnil_requests.catalogue.problems import Level
from cnil_requests.catalogue.reading import read_table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TODAY = date(2026, 11, 21)


def test_the_shipped_catalogue_has_no_error(shipped: Path) -> None:
    """Warnings tell which lines want a fresh look."""
    problems = check_table(read_table(shipped), today=TODAY)
    assert [item for item in problems if item.level is Level.ERROR] == []
    assert any(item.column == "checked_on" for item in problems)


def test_a_sound_line_has_no_problem(
    write: Callable[..., Path], row: dict[str, str]
) -> None:
    """Neither error nor warning."""
    assert check_table(read_table(write(row)), today=TODAY) == ()


@pytest.mark.parametrize(
    ("column", "text", "message", "suggestion"),
    [
        ("id", "Mon Site", "identifiant", "mon-site"),
        ("name", "", "absente", ""),
        ("domain", "https://www.exemple.fr/", "nom de domaine", "exemple.fr"),
        ("domain", "Exemple.fr", "nom de domaine", "exemple.fr"),
        ("domain", "exemple", "nom de domaine", "comme"),
        ("domain", "exemple.fr autre.fr", "plusieurs", "aliases"),
        ("aliases", "https://a.fr", "nom de domaine", "a.fr"),
        ("aliases", "exemple.fr", "déjà ligne 2", ""),
        ("kind", "directorie", "inconnu", "directory"),
        ("kind", "zzz", "inconnu", "search_engine"),
        ("confidence", "hight", "inconnu", "high"),
        ("has_reviews", "oui", "inconnu", "yes, no"),
        ("lists_without_signup", "No", "inconnu", "no"),
        ("siren", "794598814", "SIREN", "neuf chiffres"),
        ("siren", "794 598 813", "SIREN", "794598813"),
        ("postcode", "7500", "code postal", ""),
        ("postcode", "WC2A 2JR", "code postal", ""),
        ("country", "Irlande", "pays inconnu", "IE"),
        ("country", "", "sans pays", ""),
        ("email", "contact@exemple", "électronique", "contact@"),
        ("email", "contact@exemple.invalid", "électronique", ""),
        ("dpo_email", "dpo at exemple.fr", "électronique", ""),
        ("form_url", "exemple.fr/formulaire", "adresse web", "https://"),
        ("form_url", "javascript:alert(1)", "adresse web", ""),
        ("privacy_url", "ftp://exemple.fr", "adresse web", ""),
        ("legal_notice_url", "https://exemple.fr/a b", "adresse web", ""),
        ("source_urls", "mentions-légales", "adresse web", ""),
        ("source_urls", "", "sans source", "page"),
        ("checked_on", "21/10/2026", "pas une date", "2026-10-21"),
        ("checked_on", "2026-02-30", "pas une date", "2026-01-31"),
        ("city", " Paris", "blancs", "Paris"),
        ("city", "Paris  Sud", "blancs", "Paris Sud"),
        ("city", "Paris\u00a0", "blancs", "Paris"),
        ("legal_form", "   ", "blancs", "vide"),
        ("notes", "a\x07", "contrôle", "une seule ligne"),
        ("notes", "=1+1", "formule", "commence"),
        ("notes", "+33 1 53 73 22 22", "formule", ""),
        ("name", "-Exemple", "formule", ""),
        ("host", "@SUM(A1)", "formule", ""),
        ("notes", "\tx", "formule", ""),
        ("street", "Société Essai, 1 rue X", "répété", "voie"),
        ("complement", "chez SOCIETE ESSAI", "répété", ""),
    ],
)
def test_an_error_is_found(  # noqa: PLR0913, PLR0917
    write: Callable[..., Path],
    row: dict[str, str],
    column: str,
    text: str,
    message: str,
    suggestion: str,
) -> None:
    """Each rule names the line and column and suggests what to write."""
    problems = check_table(read_table(write(row | {column: text})), today=TODAY)
    errors = [item for item in problems if item.level is Level.ERROR]
    assert {item.line for item in errors} == {2}
    assert any(
        message in item.message and suggestion in item.suggestion for item in errors
    )
    assert all("\n" not in str(item) for item in errors)


@pytest.mark.parametrize(
    ("column", "text", "message"),
    [
        ("checked_on", "2024-11-21", "il y a 24 mois ou plus"),
        ("checked_on", "2026-11-22", "à venir"),
        ("email", "sales@exemple.fr", "boîte de service"),
        ("dpo_email", "Webmaster@exemple.fr", "boîte de service"),
        ("street", "1 boulevard du Maréchal de Lattre de Tassigny", "abrégé"),
        ("complement", "Bâtiment du Centre d'affaires de la Gare", "coupé"),
        ("controller", "Société pour l'Information de Tous les Usagers", "coupé"),
    ],
)
def test_a_warning_is_found(
    write: Callable[..., Path],
    row: dict[str, str],
    column: str,
    text: str,
    message: str,
) -> None:
    """Warnings leave the file usable."""
    problems = check_table(read_table(write(row | {column: text})), today=TODAY)
    assert [item.level for item in problems] == [Level.WARNING]
    assert message in problems[0].message


def test_the_limit_of_freshness_is_the_same_as_for_printing(
    write: Callable[..., Path], row: dict[str, str]
) -> None:
    """One day less than 24 months is fresh; 24 months to the day are not."""
    table = read_table(write(row | {"checked_on": "2024-11-22"}))
    assert check_table(table, today=TODAY) == ()


def test_a_mailbox_on_two_lines_is_a_warning_on_both(
    write: Callable[..., Path], row: dict[str, str]
) -> None:
    """Each line names the other."""
    other = row | {"id": "autre", "domain": "autre.fr", "email": "CONTACT@exemple.fr"}
    problems = check_table(read_table(write(row, other)), today=TODAY)
    assert [(item.line, item.level) for item in problems] == [
        (2, Level.WARNING),
        (3, Level.WARNING),
    ]
    assert "autre" in problems[0].message


def test_a_domain_on_two_lines_is_an_error(
    write: Callable[..., Path], row: dict[str, str]
) -> None:
    """Aliases count."""
    other = row | {
        "id": "autre",
        "domain": "autre.fr",
        "aliases": "exemple.fr",
        "email": "",
    }
    (problem,) = check_table(read_table(write(row, other)), today=TODAY)
    assert (problem.line, problem.column) == (3, "aliases")


def test_a_domain_of_another_file_is_an_error(
    write: Callable[..., Path], row: dict[str, str]
) -> None:
    """The user's new line may not take the domain of a shipped site."""
    table = read_table(write(row))
    (problem,) = check_table(table, today=TODAY, taken={"exemple.fr": "autre"})
    assert "autre" in problem.message
    assert check_table(table, today=TODAY, taken={"exemple.fr": "exemple"}) == ()


def test_all_problems_come_at_once_in_order(
    write: Callable[..., Path], row: dict[str, str]
) -> None:
    """By line, then by column."""
    first = row | {"kind": "x", "email": "y", "siren": "z"}
    second = row | {"id": "b", "domain": "b.fr", "email": "", "country": "Nulle part"}
    problems = check_table(read_table(write(first, second)), today=TODAY)
    assert [(item.line, item.column) for item in problems] == [
        (2, "kind"),
        (2, "siren"),
        (2, "email"),
        (3, "country"),
    ]


def test_a_missing_column_is_told_once(tmp_path: Path) -> None:
    """Not again for each line."""
    path = tmp_path / "old.csv"
    path.write_text("id,name,domain\na,A,a.fr\nb,B,b.fr\n", encoding="utf-8")
    problems = check_table(read_table(path), today=TODAY)
    assert [item.column for item in problems].count("kind") == 1
    assert {item.line for item in problems} == {1}
