"""Check every template of a folder: unknown fields, bad syntax, stray files."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError, meta

from cnil_requests.core.specimens import fields_of, specimens
from cnil_requests.documents.fields import Fields
from cnil_requests.documents.outdated import outdated_law
from cnil_requests.documents.wording import BadWordingError, Wording, explain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cnil_requests.documents.templates import TemplateFolders

WORD_LAYOUT = "letter.docx"


@dataclass(frozen=True)
class TemplateFinding:
    """One thing wrong with a template; ``line`` is None when it has none."""

    file: str
    line: int | None
    field: str
    level: str
    message: str
    suggestion: str = ""


def check_templates(folders: TemplateFolders) -> list[TemplateFinding]:
    """Return everything wrong with the templates in use, file by file."""
    wording = Wording(folders.text)
    names = _used(folders, wording)
    found = [*_strays(folders, {*names, WORD_LAYOUT})]
    for name in names:
        found += _check_text(folders, wording, name)
    if not any(item.level == "error" for item in found):
        found += _check_rendering(wording, names)
    return [*found, *_check_word(folders)]


def _used(folders: TemplateFolders, wording: Wording) -> list[str]:
    """Return the names of the shipped texts and of those that they include."""
    names = [name for name in folders.shipped_names() if name.endswith(".txt")]
    for name in names:  # it grows while it is read
        names += [
            other for other in _included(folders, wording, name) if other not in names
        ]
    return sorted(names)


def _included(folders: TemplateFolders, wording: Wording, name: str) -> set[str]:
    """Return the texts that a text names; a bad one is reported elsewhere."""
    try:
        found = folders.text(name)
        tree = wording.environment.parse(found[0] if found else "", name)
    except (BadWordingError, TemplateSyntaxError):
        return set()
    names = {other for other in meta.find_referenced_templates(tree) if other}
    return {other for other in names if folders.text_exists(other)}


def _strays(folders: TemplateFolders, used: set[str]) -> Iterator[TemplateFinding]:
    """Name the user's files that no letter uses: a misspelt name does nothing."""
    for name in folders.own_names():
        if name not in used:
            near = get_close_matches(name, used, n=1)
            yield TemplateFinding(
                name,
                None,
                "",
                "warning",
                "aucune lettre n'utilise ce fichier",
                f"vouliez-vous dire {near[0]} ?" if near else "",
            )


def _check_text(
    folders: TemplateFolders, wording: Wording, name: str
) -> Iterator[TemplateFinding]:
    """Check syntax and fields of one text."""
    try:
        found = folders.text(name)
    except BadWordingError as error:
        yield TemplateFinding(error.origin, error.line, "", "error", error.what)
        return
    source, origin = found or ("", name)
    for item in outdated_law(source):
        yield TemplateFinding(
            origin, item.line, "", "error", item.message, item.suggestion
        )
    try:
        known = fields_of(name.removesuffix(".txt"))
        fields = Fields(wording.environment.parse(source, name), known)
    except TemplateSyntaxError as error:
        yield TemplateFinding(origin, error.lineno, "", "error", explain(error))
        return
    for line, field, choices in fields.unknown():
        if name in folders.shipped_names() or "." in field:
            yield _unknown_field(origin, line, field, choices)


def _unknown_field(
    origin: str, line: int, field: str, choices: list[str]
) -> TemplateFinding:
    near = get_close_matches(field.rpartition(".")[2], choices, n=1)
    return TemplateFinding(
        origin,
        line,
        field,
        "error",
        f"le champ « {field} » n'existe pas",
        f"vouliez-vous dire « {near[0]} » ?"
        if near
        else f"champs possibles : {', '.join(sorted(choices))}",
    )


def _check_rendering(wording: Wording, names: list[str]) -> Iterator[TemplateFinding]:
    """Render every letter with its specimens, as a command would, to a first error."""
    seen = set()
    for name in names:
        error = None if name.startswith("_") else _first_error(wording, name)
        key = error and (error.origin, error.line, error.what)
        if error and key not in seen:
            seen.add(key)
            yield TemplateFinding(error.origin, error.line, "", "error", error.what)


def _first_error(wording: Wording, name: str) -> BadWordingError | None:
    text = name.removesuffix(".txt")
    for variables in specimens(text):
        try:
            wording.render(text, variables)
        except BadWordingError as error:
            return error
    return None


def _check_word(folders: TemplateFolders) -> Iterator[TemplateFinding]:
    from cnil_requests.documents.inspection import check

    try:
        data, origin = folders.word(WORD_LAYOUT)
    except BadWordingError as error:
        yield TemplateFinding(error.origin, error.line, "", "error", error.what)
        return
    for problem in check(data, origin):
        place = f" ({problem.place})" if problem.part else ""
        yield TemplateFinding(
            origin,
            problem.line or None,
            problem.field,
            problem.level.value,
            f"{problem.message.rstrip('.')}{place}",
            problem.suggestion,
        )
