"""Text that people type: what it may hold, and how a sentence ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cnil_requests.errors import InvalidDataError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: Control characters but tab and line breaks (U+0085 is one), lone surrogates, and
#: the two code points that XML forbids.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
_NEWLINES = re.compile("\r\n|\r|\x85|\u2028|\u2029")
_SENTENCE_ENDS = (".", "!", "?", "…")
#: What may close a sentence after its full stop.
_CLOSING = '»”" \t\n\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}'


class UnprintableTextError(InvalidDataError):
    """A value holds a character that no letter can show."""

    def __init__(self, field: str, character: str) -> None:
        """Name the field and the character."""
        self.field = field
        self.what = (
            "contient un caractère invisible qui ne peut pas être imprimé "
            f"(U+{ord(character):04X})"
        )
        super().__init__(
            f"Le champ « {field} » {self.what}.",
            remedy="Retapez cette valeur au clavier, sans la coller.",
        )


def check_printable(field: str, value: str) -> str:
    """Return ``value``; refuse control characters and lone surrogates.

    Raises UnprintableTextError. Tabs and line breaks are allowed.
    """
    found = _UNPRINTABLE.search(value)
    if found:
        raise UnprintableTextError(field, found.group())
    return value


def check_all_printable(values: Mapping[str, object]) -> None:
    """Refuse ``values`` as ``check_printable`` does, with the path of the bad one.

    All of it is looked at in one go: the paths are worked out on a fault only.
    """
    if _UNPRINTABLE.search("\n".join(_texts(values))):
        for path, value in strings_in(dict(values)):
            check_printable(path, value)


def _texts(values: Mapping[str, object]) -> list[str]:
    """Return every string of nested mappings and lists, in no order."""
    found, left = [], list(values.values())
    while left:
        value = left.pop()
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict):
            left += value.values()
        elif isinstance(value, (list, tuple)):
            left += value
    return found


def one_kind_of_newline(value: str) -> str:
    """Return ``value`` with one kind of line break, the newline."""
    # A plain line is returned as it is, which is much quicker than looking for
    # each kind: ``isprintable`` is false for every line break.
    return value if value.isprintable() else _NEWLINES.sub("\n", value)


def in_print(value: str) -> str:
    """Return a catalogue value as a French sentence prints it: « d’établissement ».

    Not for the address in the window, which machines read, nor for what the user
    typed, which is evidence.
    """
    return value.replace("'", "’")


def sentence_stop(text: str) -> str:
    """Return the full stop that ``text`` lacks to be a sentence, or nothing."""
    return "" if text.rstrip(_CLOSING).endswith(_SENTENCE_ENDS) else "."


def strings_in(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every string of nested mappings and lists with its dotted path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        yield from _strings_in_mapping(value, path)
    elif isinstance(value, (list, tuple)):
        for number, item in enumerate(value, start=1):
            yield from strings_in(item, f"{path} {number}".strip())


def _strings_in_mapping(
    value: Mapping[str, object], path: str
) -> Iterator[tuple[str, str]]:
    for key, item in value.items():
        yield from strings_in(item, f"{path}.{key}" if path else str(key))
