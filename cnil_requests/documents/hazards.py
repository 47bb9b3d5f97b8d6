"""What a Word template must not hold: macros, outside links, uncovered features."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cnil_requests.documents.faults import TemplateProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_FILLED = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml|docProps/core\.xml")
_MACROS = re.compile(r"vbaProject|vbaData|macrosheets|activeX/", re.IGNORECASE)
_EMBEDDED = re.compile(r"word/embeddings/|word/afchunk", re.IGNORECASE)
_TAG = re.compile(rb"<[^>]*>")
_JINJA = re.compile(rb"{[{%]")
_RELATIONSHIP = re.compile(rb"<Relationship\b[^>]*>")
_EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External")
_HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']")
_REMOTE_FIELD = re.compile(
    rb"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|RD|DATABASE)\b"
)
_INSTRUCTION = re.compile(
    rb"<w:instrText[^>]*>([^<]*)<|<w:fldSimple[^>]*w:instr=\"([^\"]*)\""
)
_OBJECT_FIELD = re.compile(rb"{{(?:p|r|tr|tc) [^}]*}}")


def hazards(parts: Mapping[str, bytes]) -> list[TemplateProblem]:
    """Return what keeps a Word file from being used as a template."""
    problems: list[TemplateProblem] = []
    for part, content in parts.items():
        problems += _in_name(part)
        if part.endswith(".rels"):
            problems += _in_relationships(part, content)
        elif part.endswith(".xml"):
            problems += _in_xml(part, content)
    return problems


def _in_name(part: str) -> Iterator[TemplateProblem]:
    if _MACROS.search(part):
        yield TemplateProblem(
            "le document contient des macros ou des contrôles actifs.",
            "Enregistrez-le au format « .docx », sans macros.",
            part=part,
        )
    if _EMBEDDED.search(part):
        yield TemplateProblem(
            "le document contient un autre fichier incorporé.",
            "Retirez l'objet incorporé, ou collez-le comme image.",
            part=part,
        )


def _in_relationships(part: str, content: bytes) -> Iterator[TemplateProblem]:
    for link in _RELATIONSHIP.findall(content):
        if _EXTERNAL.search(link) and not _HYPERLINK.search(link):
            yield TemplateProblem(
                "le document va chercher une image ou un modèle hors du fichier.",
                "Incorporez l'image, et détachez le modèle joint.",
                part=part,
            )
    if _JINJA.search(content) or b"%7B%7B" in content:
        yield TemplateProblem(
            "un champ dans l'adresse d'un lien n'est pas rempli.",
            "Imprimez l'adresse comme du texte.",
            part=part,
        )


def _in_xml(part: str, content: bytes) -> Iterator[TemplateProblem]:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        yield TemplateProblem(
            "le document déclare des entités XML.",
            "Enregistrez-le de nouveau avec Word ou LibreOffice.",
            part=part,
        )
    text = _TAG.sub(b"", content)
    if not _FILLED.fullmatch(part) and _JINJA.search(text):
        yield TemplateProblem(
            "les champs de cette partie ne sont pas remplis (notes, commentaires, "
            "graphiques).",
            "Placez-les dans le corps, l'en-tête ou le pied de page.",
            part=part,
        )
    if _OBJECT_FIELD.search(text):
        yield TemplateProblem(
            "les champs {{p …}}, {{r …}}, {{tr …}} et {{tc …}} attendent un "
            "sous-document, un texte enrichi ou une image, que les lettres n'ont pas.",
            "Écrivez le champ sans cette lettre, par exemple {{ subject }}.",
            part=part,
        )
    for pair in _INSTRUCTION.findall(content):
        if _REMOTE_FIELD.search(b" ".join(pair)):
            yield TemplateProblem(
                "un champ Word va chercher un contenu hors du fichier.",
                "Remplacez-le par le contenu lui-même.",
                part=part,
            )
