"""Look at a Word template before anything is written with it.

Every problem is reported at once: what the engine does not cover, what reaches
outside the file, fields that do not exist, and fields that a letter cannot lack.
"""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING

from cnil_requests.core.letters import RecipientLine
from cnil_requests.documents.faults import BadTemplateError, Level, TemplateProblem
from cnil_requests.documents.hazards import hazards
from cnil_requests.documents.package import unpack
from cnil_requests.documents.page import (
    FIELD_NAMES,
    LetterPage,
    Paragraph,
    ParagraphKind,
)
from cnil_requests.documents.word import WordTemplate

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Without these no letter is sent; the others may be left out on purpose.
_NEEDED = ("sender", "recipient", "place_date", "subject", "paragraphs", "signature")
_OPTIONAL = ("mention", "reference", "enclosures", "copies")


def check(data: bytes, name: str) -> list[TemplateProblem]:
    """Return every problem of a Word template, errors first."""
    problems: list[TemplateProblem] = []
    try:
        problems += hazards(unpack(data, name))
        template = WordTemplate(data, name)
    except BadTemplateError as error:
        # A hazard also keeps the template from being read: it is named once.
        return list(dict.fromkeys([*problems, error.problem]))
    problems += _unknown_fields(template)
    if not problems:
        problems += _trial(template)
    return sorted(problems, key=lambda problem: problem.level is not Level.ERROR)


def _unknown_fields(template: WordTemplate) -> Iterator[TemplateProblem]:
    for field in sorted(template.fields() - FIELD_NAMES.keys()):
        part, line = template.find(field)
        yield TemplateProblem(
            f"le champ «\u00a0{field}\u00a0» n'existe pas.",
            _nearest(field),
            part=part,
            line=line,
            field=field,
        )


def _nearest(field: str) -> str:
    near = get_close_matches(field, FIELD_NAMES, n=1)
    if near:
        return f"Vouliez-vous écrire «\u00a0{near[0]}\u00a0»\u00a0?"
    return f"Les champs possibles sont\u00a0: {', '.join(sorted(FIELD_NAMES))}."


def _trial(template: WordTemplate) -> Iterator[TemplateProblem]:
    """Fill the template in with a full letter and with the barest one."""
    try:
        printed = _text(template, _full_page())
        _text(template, _bare_page())
    except BadTemplateError as error:
        yield error.problem
        return
    for field in (*_NEEDED, *_OPTIONAL):
        if any(word not in printed for word in _marks(field)):
            yield _never_printed(field)


def _never_printed(field: str) -> TemplateProblem:
    return TemplateProblem(
        f"le champ «\u00a0{field}\u00a0» ({FIELD_NAMES[field]}) n'est pas imprimé, "
        "ou pas en entier.",
        "Comparez avec le modèle fourni, letter.docx.",
        field=field,
        level=Level.ERROR if field in _NEEDED else Level.WARNING,
    )


_TAG = re.compile(r"<[^>]*>")


def _text(template: WordTemplate, page: LetterPage) -> str:
    parts = template.render_parts(page.context())
    return " ".join(_TAG.sub(" ", data.decode()) for _, data in parts)


def _marks(field: str) -> list[str]:
    """Return the words of the full page that only ``field`` prints."""
    count = len(ParagraphKind) if field == "paragraphs" else 2
    several = field in {"sender", "recipient", "paragraphs", "enclosures", "copies"}
    return [_mark(field, rank) for rank in range(count if several else 1)]


def _mark(field: str, rank: int = 0) -> str:
    return f"{field.title().replace('_', '')}X{rank}X"


def _full_page() -> LetterPage:
    """Return a letter where each field prints a word of its own."""
    return LetterPage(
        sender=(_mark("sender"), _mark("sender", 1)),
        recipient=(
            RecipientLine(_mark("recipient")),
            RecipientLine(_mark("recipient", 1), todo=True),
        ),
        place_date=_mark("place_date"),
        subject=_mark("subject"),
        paragraphs=tuple(
            Paragraph(_mark("paragraphs", rank), kind, label="1.")
            for rank, kind in enumerate(ParagraphKind)
        ),
        signature=_mark("signature"),
        author=_mark("author"),
        title=_mark("title"),
        drafted_on=date(2026, 1, 1),
        mention=_mark("mention"),
        reference=_mark("reference"),
        enclosures=(_mark("enclosures"), _mark("enclosures", 1)),
        copies=(_mark("copies"), _mark("copies", 1)),
    )


def _bare_page() -> LetterPage:
    """Return the letter with the fewest things to print."""
    return LetterPage(
        sender=("Nom",),
        recipient=(RecipientLine("Site"),),
        place_date="Le 1er janvier 2026",
        subject="Objet",
        paragraphs=(Paragraph("Texte"),),
        signature="Nom",
        author="Nom",
        title="Titre",
        drafted_on=date(2026, 1, 1),
    )
