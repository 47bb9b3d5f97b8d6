"""Fill in a Word template: docxtpl's language, compiled once, quick for thousands.

docxtpl opens, cleans and compiles the template again for each letter. Here that
happens once: a letter then costs the filling in of its parts and their
compression. What docxtpl would write and what is written here are the same, part
by part, except for the document properties, which are the letter's own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.parsers import expat

from jinja2 import meta
from jinja2.exceptions import TemplateError

from cnil_requests.core.text import (
    UnprintableTextError,
    check_printable,
    strings_in,
)
from cnil_requests.documents.diagnosis import (
    RUNTIME_ERRORS,
    diagnose,
    paragraph_of,
    rerun,
    text_of,
)
from cnil_requests.documents.faults import BadTemplateError
from cnil_requests.documents.hazards import hazards
from cnil_requests.documents.package import Archive, unpack
from cnil_requests.documents.page import describe_field
from cnil_requests.documents.sandbox import Sandbox, fill, in_property, in_run
from cnil_requests.documents.sources import (
    BODY,
    PROPERTIES,
    jinja_sources,
    open_template,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jinja2 import Template

_REPAIRED = re.compile(r"<w:tbl>|<wp:docPr\b")

#: The first identifier that docxtpl gives to a drawing is the next one.
_FIRST_DRAWING = 1000


class WordTemplate:
    """One Word template, ready to be filled in any number of times.

    Raises BadTemplateError when it is read, if the file is not a usable template.
    The same context always gives the same bytes. Not for use by several threads
    at once: docxtpl numbers drawings in the object that read the template.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._data = data
        parts = unpack(data, name)
        for hazard in hazards(parts):
            raise BadTemplateError(name, hazard)
        self._docx = open_template(data, name)
        self._sources = jinja_sources(self._docx, parts)
        self._repaired = bool(_REPAIRED.search(self._sources[BODY]))
        self._text, self._properties = Sandbox(in_run), Sandbox(in_property)
        self._templates = {part: self._compile(part) for part in self._sources}
        self._static = Archive()
        for part, content in parts.items():
            if part not in self._sources:
                self._static.add(part, content, level=9)

    def render(self, context: Mapping[str, object]) -> bytes:
        """Return the .docx file for ``context``.

        Raises UnprintableTextError for a text that Word cannot print, and
        BadTemplateError for anything that the template itself gets wrong.
        """
        archive = self._static.copy()
        for part, content in self.render_parts(context):
            archive.add(part, content)
        return archive.close()

    def render_parts(
        self, context: Mapping[str, object]
    ) -> Iterator[tuple[str, bytes]]:
        """Yield the name and the XML of each part that changes with the letter."""
        for part, template in self._templates.items():
            try:
                yield part, self._render_part(part, template, context)
            except (UnprintableTextError, TemplateError, *RUNTIME_ERRORS) as why:
                _name_unprintable(context)
                raise self._bad(part, why, context) from why

    def fields(self) -> set[str]:
        """Return the names of the fields that the template prints or tests."""
        names: set[str] = set()
        for part, source in self._sources.items():
            names |= meta.find_undeclared_variables(self._sandbox(part).parse(source))
        return names

    def find(self, field: str) -> tuple[str, int]:
        """Return the part and the paragraph where ``field`` first stands."""
        word = re.compile(rf"\b{re.escape(field)}\b")
        for part, source in self._numbered().items():
            for line, text in enumerate(source.split("\n")):
                if word.search(text_of(text)):
                    return part, paragraph_of(line + 1)
        return "", 0

    def _numbered(self) -> dict[str, str]:
        parts = unpack(self._data, self.name)
        return jinja_sources(self._docx, parts, numbered=True)

    def _sandbox(self, part: str) -> Sandbox:
        return self._properties if part == PROPERTIES else self._text

    def _compile(self, part: str) -> Template:
        try:
            return self._sandbox(part).prepare(self._sources[part])
        except TemplateError as why:
            raise self._bad(part, why, None) from why

    def _render_part(
        self, part: str, template: Template, context: Mapping[str, object]
    ) -> bytes:
        data = fill(template, context).encode()
        # Word refuses the whole file for one stray sign, and lxml, which docxtpl
        # uses, drops what follows it: so no such part is ever written.
        expat.ParserCreate().Parse(data, True)
        return self._repair(data) if self._repaired and part == BODY else data

    def _repair(self, data: bytes) -> bytes:
        """Let docxtpl adjust the columns of tables and number the drawings."""
        declaration, xml = data.decode().split("\n", 1)
        self._docx.docx_ids_index = _FIRST_DRAWING
        tree = self._docx.fix_tables(xml)
        self._docx.fix_docpr_ids(tree)
        return f"{declaration}\n{self._docx.xml_to_string(tree)}".encode()

    def _bad(
        self, part: str, why: BaseException, context: Mapping[str, object] | None
    ) -> BadTemplateError:
        """Find the paragraph at fault, by a second run that counts paragraphs."""
        source = self._numbered()[part]
        problem = rerun(self._sandbox(part), part, source, context)
        return BadTemplateError(self.name, problem or diagnose(why, part))


def _name_unprintable(context: Mapping[str, object]) -> None:
    """Raise UnprintableTextError if a field cannot be printed, with its name."""
    for path, value in strings_in(context):
        check_printable(describe_field(path), value)
