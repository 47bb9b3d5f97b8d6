"""What makes a line trustworthy: contact values, addresses, sources.

One rule, one function. These rules load what they need (e-mail syntax, SIREN key)
and run only in ``directories check`` and ``directories set``.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cnil_requests.catalogue import hosts
from cnil_requests.catalogue.address_rules import ADDRESS_RULES
from cnil_requests.catalogue.problems import Level, Problem
from cnil_requests.core.directory import COLUMNS, LISTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cnil_requests.catalogue.reading import Line
    from cnil_requests.catalogue.rules import Rule

#: Values that must be backed by a source in the same line.
CONTACT_COLUMNS = (
    "controller",
    "street",
    "complement",
    "postcode",
    "city",
    "country",
    "email",
    "dpo_email",
    "form_url",
    "host",
)

#: Mailboxes that answer something else than a data-rights request.
ROLE_MAILBOXES = frozenset(
    {"sales", "commercial", "marketing", "webmaster", "postmaster", "noreply", "api"}
    | {"no-reply", "ne-pas-repondre", "jobs", "recrutement", "presse", "press"}
)

_LOCALHOST = re.compile(r"https?://localhost(?::\d+)?(?:[/?#]|$)")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_SIREN_DIGITS = 9


def no_stray_blanks(line: Line) -> Iterator[Problem]:
    """Refuse blanks at the ends of a cell, and double blanks inside."""
    for column, text in line.cells.items():
        tidy = re.sub(r" {2,}", " ", text.strip())
        if text != tidy:
            hint = f"écrivez « {tidy} »" if tidy else "laissez la cellule vide"
            yield Problem(line.number, column, "blancs en trop", hint)


def no_formula(line: Line) -> Iterator[Problem]:
    """Refuse cells that a spreadsheet would run as a formula."""
    for column, text in line.cells.items():
        if text.lstrip(" \u00a0\n").startswith(_FORMULA_STARTS):
            yield Problem(
                line.number,
                column,
                f"« {text[:20].strip()} » serait lu comme une formule de tableur",
                "une valeur ne commence ni par = ni par + - @ ou une tabulation",
            )


def domains_are_hosts(line: Line) -> Iterator[Problem]:
    """Require bare lower-case domains, without scheme and without www."""
    for column in ("domain", "aliases"):
        for text in line[column].split():
            site = hosts.parse(text)
            if site is None or site.key != text:
                hint = f"écrivez « {site.key} »" if site else "comme exemple.fr"
                what = f"« {text} » n'est pas un nom de domaine"
                yield Problem(line.number, column, what, hint)
    if len(line["domain"].split()) > 1:
        yield Problem(
            line.number, "domain", "plusieurs domaines", "les autres dans aliases"
        )


def urls_are_web_addresses(line: Line) -> Iterator[Problem]:
    """Require http or https in every column of addresses."""
    for column in COLUMNS:
        if not column.endswith(("_url", "_urls")):
            continue
        cell = line[column].strip()
        for text in cell.split() if column in LISTS else [cell] if cell else []:
            if not is_web_address(text):
                what = f"« {text} » n'est pas une adresse web"
                yield Problem(line.number, column, what, "elle commence par https://")


def is_web_address(text: str) -> bool:
    """Say whether ``text`` is a whole http(s) address."""
    try:
        parts = urlsplit(text)
        has_scheme = parts.scheme in ("http", "https")
    except ValueError:
        return False
    return has_scheme and (hosts.parse(text) is not None or is_local(text))


def is_local(text: str) -> bool:
    """Say whether an address leads to a machine by its number, or to this one.

    A register's mirror in a hospital's network is one.
    """
    try:
        parts = urlsplit(text)
        name = parts.hostname or ""
        ip_address(name)
    except ValueError:
        return bool(_LOCALHOST.match(text))
    return "@" not in parts.netloc


def urls_are_public(line: Line) -> Iterator[Problem]:
    """Warn of an address that nobody else can open."""
    for column in COLUMNS:
        if column.endswith(("_url", "_urls")):
            for text in line[column].split():
                if is_local(text):
                    what = f"« {text} » ne s'ouvre que sur votre réseau"
                    yield Problem(
                        line.number,
                        column,
                        what,
                        "donnez l'adresse publique de la page",
                        Level.WARNING,
                    )


def emails_are_valid(line: Line) -> Iterator[Problem]:
    """Check the syntax of e-mail addresses; nothing is looked up."""
    from email_validator import EmailNotValidError, validate_email

    for column in ("email", "dpo_email"):
        text = line[column].strip()
        if not text:
            continue
        try:
            validate_email(text, check_deliverability=False)
        except EmailNotValidError:
            what = f"« {text} » n'est pas une adresse électronique"
            yield Problem(line.number, column, what, "comme contact@exemple.fr")


def siren_has_its_key(line: Line) -> Iterator[Problem]:
    """Check the nine digits of a SIREN and their key."""
    from stdnum.fr import siren

    text = line["siren"].strip()
    if not text or (siren.is_valid(text) and text.isdigit()):
        return
    compact = "".join(char for char in text if char.isdigit())
    hint = "recopiez les neuf chiffres"
    if len(compact) == _SIREN_DIGITS and siren.is_valid(compact):
        hint = f"écrivez « {compact} »"
    yield Problem(line.number, "siren", f"« {text} » n'est pas un SIREN", hint)


def contact_has_a_source(line: Line) -> Iterator[Problem]:
    """Require a source for a controller, an address, an e-mail, a form, a host."""
    given = [column for column in CONTACT_COLUMNS if line[column].strip()]
    if given and not line["source_urls"].strip():
        yield Problem(
            line.number,
            "source_urls",
            f"valeurs sans source : {', '.join(given)}",
            "indiquez l'adresse de la page où elles ont été lues",
        )


def mailbox_is_not_a_role(line: Line) -> Iterator[Problem]:
    """Warn of a mailbox that serves sales or machines."""
    for column in ("email", "dpo_email"):
        text = line[column].strip()
        if text.partition("@")[0].lower() in ROLE_MAILBOXES:
            yield Problem(
                line.number,
                column,
                f"« {text} » est une boîte de service",
                "cherchez l'adresse du délégué à la protection des données",
                Level.WARNING,
            )


#: The rules that ``directories check`` and ``directories set`` add.
CONTACT_RULES: tuple[Rule, ...] = (
    no_stray_blanks,
    no_formula,
    domains_are_hosts,
    urls_are_web_addresses,
    urls_are_public,
    emails_are_valid,
    siren_has_its_key,
    contact_has_a_source,
    mailbox_is_not_a_role,
    *ADDRESS_RULES,
)
