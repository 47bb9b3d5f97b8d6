"""Where Word templates run: strict, escaped, and unable to reach the program.

A template may come from a colleague, so it sees plain values only and cannot call
what belongs to Python. The limits here keep a mistaken template from filling the
memory; a hostile one may still take time.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from cnil_requests.core.text import check_printable, one_kind_of_newline

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2 import Template
    from jinja2.runtime import Context

MAX_PIECES = 1_000_000
MAX_PART = 20_000_000

#: Filters that make sense in a letter. None of the others: some print markup
#: (safe, urlize), some are never the same twice (random), some only fill memory.
FILTERS = frozenset(
    """
    abs batch capitalize count default dictsort first groupby int items join last
    length list lower map max min reject rejectattr replace reverse round select
    selectattr slice sort string sum title trim truncate unique upper wordcount
    """.split()  # noqa: SIM905 - forty names are easier to read as words
)

_PADDING = {"center", "expandtabs", "format", "format_map", "ljust", "rjust", "zfill"}

_ESCAPING_SWITCH = re.compile(r"{%[-+]?\s*autoescape\b")

_BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')
_TAB = Markup('</w:t><w:tab/><w:t xml:space="preserve">')

#: Longer properties are refused by python-docx and by some readers.
PROPERTY_LENGTH = 255


class NoValueError(ValueError):
    """An expression of the template gives None."""


class Missing(StrictUndefined):
    """A field that the context lacks; the error's message is its name alone."""

    @property
    def _undefined_message(self) -> str:
        unnamed = self._undefined_name is None
        return str(self._undefined_hint if unnamed else self._undefined_name)


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment of every part of a Word template."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self, finalize: Callable[[object], object]) -> None:
        super().__init__(autoescape=True, undefined=Missing, finalize=finalize)
        self.filters = {name: self.filters[name] for name in sorted(FILTERS)}
        self.globals = {"range": self.globals["range"]}

    def prepare(self, source: str) -> Template:
        """Compile one part; escaping cannot be switched off in it."""
        switch = _ESCAPING_SWITCH.search(source)
        if switch:
            line = source.count("\n", 0, switch.start()) + 1
            raise TemplateSyntaxError("autoescape", line)
        return self.from_string(source)

    def call_binop(
        self, context: Context, operator: str, left: object, right: object
    ) -> object:
        """Refuse powers and repeated texts, which fill the memory in one step."""
        if operator == "**" or not (
            isinstance(left, int | float) and isinstance(right, int | float)
        ):
            raise SecurityError(operator)
        return super().call_binop(context, operator, left, right)

    def getattr(self, obj: object, attribute: str) -> object:
        """Look a field up among the keys first: a context holds dicts, no objects.

        Jinja tries Python's attributes first, and each miss costs an exception.
        """
        if obj.__class__ is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Refuse the text methods that pad to any width, besides Jinja's own list."""
        if isinstance(obj, str) and attr in _PADDING:
            return False
        return super().is_safe_attribute(obj, attr, value)


def fill(template: Template, context: Mapping[str, object]) -> str:
    """Return ``template`` filled in.

    Raises OverflowError as soon as the result is longer than any letter.
    """
    pieces = list(islice(template.generate(context), MAX_PIECES))
    if len(pieces) == MAX_PIECES or sum(map(len, pieces)) > MAX_PART:
        raise OverflowError
    return "".join(pieces)


def in_run(value: object) -> object:
    """Return ``value`` as the content of ``w:t``: newlines and tabs as Word has them.

    Every kind of line end is one break. Raises UnprintableTextError, which cannot
    name the field here.
    """
    if value.__class__ is not str:
        return _plain(value, in_run)
    if value.splitlines() == [value] and "\t" not in value and "\x7f" not in value:
        # The control characters that end no line are found when the part is parsed.
        return value
    lines = one_kind_of_newline(check_printable("", value)).split("\n")
    return _BREAK.join(
        _TAB.join(escape(text) for text in line.split("\t")) for line in lines
    )


def in_property(value: object) -> object:
    """Return ``value`` as a document property: one line of at most 255 characters."""
    if value.__class__ is not str:
        return _plain(value, in_property)
    text = one_kind_of_newline(check_printable("", value))
    return text.replace("\n", " ").replace("\t", " ")[:PROPERTY_LENGTH]


def _plain(value: object, finalize: Callable[[object], object]) -> object:
    """Pass on markup made by the template itself; print anything else as text."""
    if value is None:
        raise NoValueError
    return value if isinstance(value, Markup) else finalize(str(value))
