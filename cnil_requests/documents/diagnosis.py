"""Say what is wrong with a template, and where, as its author sees it in Word."""

from __future__ import annotations

import re
import traceback
from typing import TYPE_CHECKING
from xml.parsers import expat

from jinja2.exceptions import (
    SecurityError,
    TemplateError,
    TemplateSyntaxError,
    UndefinedError,
)

from cnil_requests.core.text import UnprintableTextError
from cnil_requests.documents.faults import TemplateProblem
from cnil_requests.documents.sandbox import NoValueError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cnil_requests.documents.sandbox import Sandbox

#: The lines of a numbered source before its first paragraph.
_LINES_BEFORE = 2
_LONGEST_EXCERPT = 80
_TAG = re.compile(r"<[^>]*>")
_TEMPLATE_FILE = "<template>"

#: What a template can raise when it is filled in, besides Jinja's own errors.
RUNTIME_ERRORS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
    expat.ExpatError,
)


def diagnose(error: BaseException, part: str, source: str = "") -> TemplateProblem:
    """Return the problem behind ``error``, raised by a part of a template.

    ``source`` is the numbered source that raised it, or empty: without it the
    paragraph stays unknown.
    """
    line = _line(error) if source else 0
    excerpt = _excerpt(source, line)
    message, suggestion = _explain(error)
    return TemplateProblem(
        f"{message}{excerpt}.",
        suggestion,
        part=part,
        line=paragraph_of(line),
        field=str(error) if isinstance(error, UndefinedError) else "",
    )


def rerun(
    sandbox: Sandbox, part: str, source: str, context: Mapping[str, object] | None
) -> TemplateProblem | None:
    """Compile and fill in a numbered source again, to learn where it fails."""
    try:
        template = sandbox.prepare(source)
        if context is not None:
            template.render(context)
    except (UnprintableTextError, TemplateError, *RUNTIME_ERRORS) as error:
        return diagnose(error, part, source)
    return None


def paragraph_of(line: int) -> int:
    """Return the rank of the paragraph on a line of a numbered source, or 0."""
    return max(line - _LINES_BEFORE, 0)


def text_of(xml: str) -> str:
    """Return the text of a piece of XML."""
    return _TAG.sub("", xml)


def _line(error: BaseException) -> int:
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == _TEMPLATE_FILE]
    return (lines[-1] or 0) if lines else 0


def _excerpt(source: str, line: int) -> str:
    if not line:
        return ""
    text = text_of(source.split("\n")[line - 1]).strip()
    if len(text) > _LONGEST_EXCERPT:
        text = f"{text[:_LONGEST_EXCERPT]}…"
    return f" («\u00a0{text}\u00a0»)" if text else ""


def _explain(error: BaseException) -> tuple[str, str]:
    """Return the message and the suggestion for one kind of error."""
    if isinstance(error, UndefinedError):
        return f"le champ «\u00a0{error}\u00a0» est inconnu", ""
    for kind, message, suggestion in _EXPLANATIONS:
        if isinstance(error, kind):
            return message, suggestion
    return "cette expression ne peut pas être calculée", ""


_CHECK_SYNTAX = (
    "Vérifiez les accolades, les guillemets droits, les filtres, et que chaque "
    "«\u00a0if\u00a0» ou «\u00a0for\u00a0» a son «\u00a0endif\u00a0» ou "
    "«\u00a0endfor\u00a0»."
)
_CHECK_TAGS = (
    "Les champs doivent être du texte, et les «\u00a0{%p\u00a0» ou «\u00a0{%tr\u00a0» "
    "seuls dans leur paragraphe ou leur ligne."
)
_NO_CODE = "Un modèle imprime des champs\u00a0; il n'appelle pas de fonctions."
_TOO_LONG = "le résultat serait trop long pour une lettre"

_EXPLANATIONS: tuple[tuple[type[BaseException], str, str], ...] = (
    (TemplateSyntaxError, "un champ ou une condition est mal écrit", _CHECK_SYNTAX),
    (SecurityError, "cette expression n'est pas permise dans un modèle", _NO_CODE),
    (UnprintableTextError, "un caractère invisible ne peut pas être imprimé", ""),
    (NoValueError, "un champ n'a pas de valeur", ""),
    (OverflowError, _TOO_LONG, ""),
    (MemoryError, _TOO_LONG, ""),
    (expat.ExpatError, "le document produit serait illisible", _CHECK_TAGS),
)
