"""What the user should know before posting: doubts, missing values, better roads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnil_requests.core.calendars import calendar_for
from cnil_requests.core.directory import FRESH_MONTHS, Confidence, Directory, Kind
from cnil_requests.core.french_dates import long_date
from cnil_requests.core.letters import can_print_host, goes_to_host, prefers_form
from cnil_requests.core.requests import Channel, Request
from cnil_requests.core.rights import Right

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


def missing_columns(request: Request, today: date) -> tuple[str, ...]:
    """Name the catalogue columns that the chosen way of sending still lacks."""
    directory = request.directory
    if request.channel is Channel.EMAIL:
        known = directory.dpo_email or directory.email
        return () if known else ("dpo_email",)
    if request.channel is Channel.FORM:
        return () if directory.form_url else ("form_url",)
    if goes_to_host(request):
        return () if can_print_host(directory, today) else ("host",)
    return directory.missing_for_letter(today)


def cautions(request: Request, today: date) -> tuple[str, ...]:
    """Return the French sentences that go with a new draft, most useful first."""
    return (
        *_about_the_road(request),
        *_about_the_address(request, today),
        *_about_the_source(request),
        *_about_the_calendar(request),
    )


def _about_the_road(request: Request) -> Iterator[str]:
    directory = request.directory
    if prefers_form(directory) and request.right.rule.needs_reason:
        where = f" Le formulaire : {directory.form_url}" if directory.form_url else ""
        yield (
            "Le formulaire en ligne est la voie la plus rapide ; le texte à y reporter "
            f"est prêt.{where}"
        )
    elif request.channel is Channel.FORM and directory.form_url:
        yield f"Le formulaire du site : {directory.form_url}"
    if request.right is Right.DEREFERENCING:
        yield (
            "La page reste en ligne à sa source : écrivez aussi au site qui la "
            "publie. Un moteur peut refuser au nom de l'information du public."
        )
    if goes_to_host(request):
        yield (
            "Aucun contact de l'éditeur n'est connu : la lettre va à l'hébergeur et "
            "dit que vous n'en disposez pas. Cherchez-en d'abord un : cnilreq "
            f"directories lookup {request.directory.id}"
        )


def _about_the_address(request: Request, today: date) -> Iterator[str]:
    directory = request.directory
    if request.channel is not Channel.LETTER or not directory.street:
        return
    if directory.may_print_address(today) and not directory.controller:
        yield (
            "Le nom de l'éditeur n'est pas connu : la lettre est adressée au nom du "
            "site. Les mentions légales le donnent sans doute."
        )
    if directory.may_print_address(today) or directory.address.missing():
        return
    if not directory.is_fresh(today):
        read = (
            f"lue le {long_date(directory.checked_on)}"
            if directory.checked_on
            else "sans date de lecture"
        )
        yield (
            f"L'adresse connue est {read} : il faut une lecture de moins de "
            f"{FRESH_MONTHS} mois pour l'imprimer. À vérifier : "
            f"{_one_line(directory)}."
        )
    elif directory.confidence in (Confidence.LOW, Confidence.NONE):
        yield (
            "L'adresse connue est trop peu sûre pour être imprimée. "
            f"À vérifier : {_one_line(directory)}."
        )


def _one_line(directory: Directory) -> str:
    parts = (
        directory.controller,
        directory.complement,
        directory.street,
        f"{directory.postcode} {directory.city}".strip(),
    )
    return ", ".join(part for part in parts if part)


def _about_the_source(request: Request) -> Iterator[str]:
    kind = request.directory.kind
    if request.right not in (Right.ERASURE, Right.OBJECTION):
        return
    if kind is Kind.COMPANY_REGISTRY:
        yield (
            "Ce site recopie des registres publics : sans démarche à la source, vos "
            "données risquent de revenir. Si vous exercez en nom propre, demandez "
            "d'abord la diffusion partielle à l'INSEE "
            "(statut-diffusion-sirene.insee.fr). Si vous dirigez une société, le "
            "greffe peut occulter votre adresse personnelle."
        )
    if kind is Kind.PHONE_DIRECTORY:
        yield (
            "Un annuaire téléphonique est alimenté par les opérateurs : demandez "
            "aussi au vôtre, c'est gratuit, de ne plus figurer dans l'annuaire "
            "universel."
        )


def _about_the_calendar(request: Request) -> Iterator[str]:
    choice = calendar_for(request.directory.country, request.directory.postcode)
    if len(choice.candidates) > 1 and request.channel is not Channel.LETTER:
        yield choice.note
