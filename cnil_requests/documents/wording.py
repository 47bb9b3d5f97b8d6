"""Jinja2 texts to paragraphs: one source of wording for letter, e-mail and form.

A text is made of blocks separated by a blank line, or by a line that holds only a
template tag: ``Objet : …`` first, then paragraphs, ``- `` items, ``> `` indented
lines and ``## `` headings; ``+ 1. | …`` is an item with a label of its own and
``@ 4 juin 2026 | …`` an entry of a chronology. Values are inserted exactly as they
were typed: they can neither start a block nor be read as template code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from jinja2 import (
    FunctionLoader,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.ext import Extension
from jinja2.lexer import Token

from cnil_requests.core.text import check_all_printable, one_kind_of_newline
from cnil_requests.documents.diagnosis import RUNTIME_ERRORS, diagnose
from cnil_requests.documents.page import Paragraph, ParagraphKind
from cnil_requests.documents.sandbox import NoValueError, Sandbox, fill
from cnil_requests.documents.typography import typeset
from cnil_requests.errors import InvalidDataError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from jinja2.lexer import TokenStream

#: Stand for a value's own line break and for its start; no value can hold them.
_BREAK = "\x1f"
_VALUE = "\x1e"

_MARKS = {
    "- ": ParagraphKind.ITEM,
    "+ ": ParagraphKind.ITEM,
    "@ ": ParagraphKind.DATED,
    "## ": ParagraphKind.HEADING,
    "> ": ParagraphKind.BLOCK,
}

#: Marks that are followed by a label and a bar.
_LABELLED = ("+ ", "@ ")

_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_LINE_BREAK = re.compile(r"[ \t]*\n[ \t]*")

#: A letter longer than this is a mistake in a template (a runaway loop).
MAX_LENGTH = 500_000


@dataclass(frozen=True)
class Text:
    """The wording of one letter."""

    subject: str
    paragraphs: tuple[Paragraph, ...]

    def plain(self) -> str:
        """Return the text as an e-mail or a web form takes it."""
        return "\n\n".join(_plain_blocks(self.paragraphs)) + "\n"


class BadWordingError(InvalidDataError):
    """A text of letter_templates cannot be used."""

    def __init__(self, origin: str, line: int | None, what: str) -> None:
        """Name the file, the line and the fault."""
        self.origin = origin
        self.line = line
        self.what = what
        where = f"{origin}, ligne {line}" if line else origin
        super().__init__(
            f"Modèle de lettre inutilisable ({where}) : {what}.",
            remedy="Vérifiez tous les modèles avec : cnilreq templates check",
        )


class _Typography(Extension):
    """Set the fixed text of templates in French typography."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        for token in stream:
            if token.type == "data":
                yield Token(token.lineno, "data", typeset(token.value))
            else:
                yield token


class Wording:
    """The texts of ``letter_templates``, the user's own files first.

    ``find`` returns the source of ``NAME.txt`` and where it was found, or None.
    """

    def __init__(self, find: Callable[[str], tuple[str, str] | None]) -> None:
        """Keep the way to the texts."""
        self._find = find
        self._origins: dict[str, str] = {}

    @cached_property
    def environment(self) -> Sandbox:
        """The sandbox every text runs in, the user's own included."""
        sandbox = Sandbox(_shield)
        sandbox.autoescape = False
        # The texts are read once: they do not change while the program runs.
        sandbox.auto_reload = False
        sandbox.loader = FunctionLoader(self._load)
        sandbox.add_extension(_Typography)
        return sandbox

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        found = self._find(name)
        if found is None:
            return None
        source, origin = found
        self._origins[name] = origin
        return source, name, lambda: True

    def render(self, template: str, variables: Mapping[str, object]) -> Text:
        """Return the wording of ``template`` (its name without ``.txt``).

        Raises BadWordingError, and UnprintableTextError for a value that no
        letter can show.
        """
        check_all_printable(variables)
        name = f"{template}.txt"
        try:
            raw = fill(self.environment.get_template(name), variables)
        except (TemplateError, *RUNTIME_ERRORS) as error:
            raise self._bad(name, error) from error
        if len(raw) > MAX_LENGTH:
            raise BadWordingError(self.origin(name), None, "le texte est démesuré")
        return self._parse(name, raw)

    def origin(self, name: str) -> str:
        """Return where the text ``name`` was found."""
        return self._origins.get(name, name)

    def _bad(self, name: str, error: Exception) -> BadWordingError:
        if isinstance(error, TemplateNotFound):
            return BadWordingError(
                self.origin(name), None, f"le texte « {error.name} » est introuvable"
            )
        if isinstance(error, TemplateSyntaxError):
            origin = self.origin(error.name or name)
            return BadWordingError(origin, error.lineno, explain(error))
        file, line = _place(error, self._origins)
        return BadWordingError(self.origin(file or name), line, explain(error))

    def _parse(self, name: str, raw: str) -> Text:
        blocks = [_unwrap(block) for block in _BLANK_LINE.split(raw)]
        blocks = [block for block in blocks if block]
        head = f"Objet{chr(0xA0)}:"
        if not blocks or not blocks[0].startswith(head):
            raise BadWordingError(
                self.origin(name), 1, "la première ligne doit être « Objet : … »"
            )
        subject = _restore(blocks[0].removeprefix(head).strip())
        return Text(subject, tuple(_paragraph(block) for block in blocks[1:]))


def explain(error: Exception) -> str:
    """Return in French what is wrong with a template, the line it was found in."""
    what = diagnose(error, "").message.rstrip(".")
    if isinstance(error, TemplateSyntaxError):
        lines = (error.source or "").splitlines()[error.lineno - 1 : error.lineno]
        what += "".join(f" («\u00a0{line.strip()}\u00a0»)" for line in lines)
    return what


def _shield(value: Any) -> Any:  # noqa: ANN401
    """Keep a value's line breaks and first character from meaning anything."""
    if value is None:
        raise NoValueError
    if isinstance(value, str):
        return _VALUE + one_kind_of_newline(value).replace("\n", _BREAK) + _VALUE
    return value


def _unwrap(block: str) -> str:
    """Join the lines of a block: a template's line breaks are only layout."""
    block = block.strip(" \n\t")
    return _LINE_BREAK.sub(" ", block) if "\n" in block else block


def _restore(text: str) -> str:
    return text.replace(_BREAK, "\n").replace(_VALUE, "")


def _paragraph(block: str) -> Paragraph:
    for mark, kind in _MARKS.items():
        if block.startswith(mark):
            text = block.removeprefix(mark)
            label = ""
            if mark in _LABELLED:
                label, _, text = text.partition(" | ")
            return Paragraph(_restore(text), kind, _restore(label))
    return Paragraph(_restore(block))


def _plain_blocks(paragraphs: tuple[Paragraph, ...]) -> Iterator[str]:
    """Yield the blocks; consecutive items stay together."""
    items: list[str] = []
    for paragraph in paragraphs:
        if paragraph.kind in (ParagraphKind.ITEM, ParagraphKind.DATED):
            items.append(_plain_item(paragraph))
            continue
        if items:
            yield "\n".join(items)
            items = []
        is_heading = paragraph.kind is ParagraphKind.HEADING
        yield paragraph.text.upper() if is_heading else paragraph.text
    if items:
        yield "\n".join(items)


def _plain_item(paragraph: Paragraph) -> str:
    if paragraph.kind is ParagraphKind.DATED:
        return f"- {paragraph.label}\N{NO-BREAK SPACE}: {paragraph.text}"
    return f"{paragraph.label or '-'} {paragraph.text}"


def _place(
    error: BaseException, origins: Mapping[str, str]
) -> tuple[str | None, int | None]:
    """Return the innermost template file and line of a traceback."""
    file, line = None, None
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name in origins:
            file, line = name, trace.tb_lineno
        trace = trace.tb_next
    return file, line
