"""Check every template of a folder: unknown fields, bad syntax, stray files."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateSyntaxError, nodes

from cnil_requests.core.specimens import specimens
from cnil_requests.documents.wording import BadWordingError, Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
    found = [*_strays(folders)]
    for name in folders.text_names():
        found += _check_text(folders, name)
    if not any(item.level == "error" for item in found):
        found += _check_rendering(folders)
    return [*found, *_check_word(folders)]


def _strays(folders: TemplateFolders) -> Iterator[TemplateFinding]:
    """Name the user's files that no letter uses: a misspelt name does nothing."""
    known = {*folders.shipped_names()}
    for name in folders.own_names():
        if name not in known:
            near = get_close_matches(name, known, n=1)
            yield TemplateFinding(
                name,
                None,
                "",
                "warning",
                "aucune lettre n'utilise ce fichier",
                f"vouliez-vous dire {near[0]} ?" if near else "",
            )


def _check_text(folders: TemplateFolders, name: str) -> Iterator[TemplateFinding]:
    """Check syntax and fields of one text."""
    try:
        found = folders.text(name)
    except BadWordingError as error:
        yield TemplateFinding(error.origin, error.line, "", "error", error.what)
        return
    if found is None:
        return
    source, origin = found
    try:
        tree = Wording(folders.text).environment.parse(source, name)
    except TemplateSyntaxError as error:
        yield TemplateFinding(origin, error.lineno, "", "error", str(error.message))
        return
    sample = next(specimens())
    for line, field, choices in _unknown(tree, dict(sample)):
        near = get_close_matches(field.rpartition(".")[2], choices, n=1)
        yield TemplateFinding(
            origin,
            line,
            field,
            "error",
            f"le champ « {field} » n'existe pas",
            f"vouliez-vous dire « {near[0]} » ?"
            if near
            else f"champs possibles : {', '.join(sorted(choices))}",
        )


def _check_rendering(folders: TemplateFolders) -> Iterator[TemplateFinding]:
    """Render every letter with every specimen, as ``draft`` would."""
    wording = Wording(folders.text)
    seen = set()
    for name in folders.text_names():
        if name.startswith("_"):
            continue
        for variables in specimens():
            try:
                wording.render(name.removesuffix(".txt"), variables)
            except BadWordingError as error:
                key = (error.origin, error.line, error.what)
                if key not in seen:
                    seen.add(key)
                    yield TemplateFinding(
                        error.origin, error.line, "", "error", error.what
                    )


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


def _unknown(
    node: nodes.Node, scope: Mapping[str, Any]
) -> Iterator[tuple[int, str, list[str]]]:
    """Yield each field that the variables do not have, with those they do have."""
    if isinstance(node, nodes.For):
        yield from _unknown(node.iter, scope)
        scope = {**scope, **_loop_names(node, scope)}
        for child in (*node.body, *node.else_, *([node.test] if node.test else ())):
            yield from _unknown(child, scope)
        return
    if isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
        yield from _unknown(node.node, scope)
        return
    if isinstance(node, (nodes.Name, nodes.Getattr)):
        missing = _missing(node, scope)
        if missing:
            yield (node.lineno, *missing)
        if isinstance(node, nodes.Name) or missing:
            return
    for child in node.iter_child_nodes():
        yield from _unknown(child, scope)


#: Stands for a value whose fields are not known here.
_ANYTHING = object()


def _loop_names(node: nodes.For, scope: Mapping[str, Any]) -> dict[str, Any]:
    value = _value(node.iter, scope)
    item = value[0] if isinstance(value, list) and value else _ANYTHING
    names: dict[str, Any] = {"loop": _ANYTHING}
    if isinstance(node.target, nodes.Name):
        names[node.target.name] = item
    return names


def _value(node: nodes.Node, scope: Mapping[str, Any]) -> Any:  # noqa: ANN401
    if isinstance(node, nodes.Name):
        return scope.get(node.name, _ANYTHING)
    if isinstance(node, nodes.Getattr):
        owner = _value(node.node, scope)
        return owner.get(node.attr, _ANYTHING) if isinstance(owner, dict) else _ANYTHING
    return _ANYTHING


def _missing(
    node: nodes.Name | nodes.Getattr, scope: Mapping[str, Any]
) -> tuple[str, list[str]] | None:
    """Return the full name of an unknown field and the known ones beside it."""
    if isinstance(node, nodes.Name):
        known = node.ctx != "load" or node.name in scope
        return None if known else (node.name, list(scope))
    owner = _value(node.node, scope)
    if not isinstance(owner, dict) or node.attr in owner:
        return None
    name = node.node.name if isinstance(node.node, nodes.Name) else "…"
    return f"{name}.{node.attr}", list(owner)
