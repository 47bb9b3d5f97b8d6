"""Find the fields that a text prints and no letter has, before anything is rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import meta, nodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: Stands for a value whose fields are not known here.
_ANYTHING = object()


class Fields:
    """The fields of one parsed text, against the variables of a specimen.

    Raises TemplateSyntaxError for a filter or a test that the sandbox lacks.
    """

    def __init__(self, tree: nodes.Template, sample: Mapping[str, Any]) -> None:
        self._tree = tree
        self._sample = sample
        # Jinja knows which names the text itself gives a value: loops, set, macros.
        self._undeclared = meta.find_undeclared_variables(tree)

    def unknown(self) -> Iterator[tuple[int, str, list[str]]]:
        """Yield line and name of each unknown field, with the known ones beside it."""
        yield from self._in(self._tree, self._sample)

    def _in(
        self, node: nodes.Node, scope: Mapping[str, Any]
    ) -> Iterator[tuple[int, str, list[str]]]:
        inner, children = scope, list(node.iter_child_nodes())
        if isinstance(node, nodes.For):
            yield from self._in(node.iter, scope)
            children.remove(node.iter)
            inner = {**scope, **_loop_names(node, scope)}
        if isinstance(node, (nodes.Name, nodes.Getattr)):
            missing = self._missing(node, scope)
            if missing:
                yield (node.lineno, *missing)
                return
        for child in children:
            yield from self._in(child, inner)

    def _missing(
        self, node: nodes.Name | nodes.Getattr, scope: Mapping[str, Any]
    ) -> tuple[str, list[str]] | None:
        """Return the full name of an unknown field and the known ones beside it."""
        if isinstance(node, nodes.Name):
            known = node.name in scope or node.name not in self._undeclared
            return None if known else (node.name, list(scope))
        owner = _value(node.node, scope)
        if not isinstance(owner, dict) or node.attr in owner:
            return None
        name = node.node.name if isinstance(node.node, nodes.Name) else "…"
        return f"{name}.{node.attr}", list(owner)


def _loop_names(node: nodes.For, scope: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a loop's own name stands for: the first item of a known list."""
    if not isinstance(node.target, nodes.Name):
        return {name.name: _ANYTHING for name in node.target.find_all(nodes.Name)}
    value = _value(node.iter, scope)
    item = value[0] if isinstance(value, list) and value else _ANYTHING
    return {node.target.name: item}


def _value(node: nodes.Node, scope: Mapping[str, Any]) -> Any:  # noqa: ANN401
    if isinstance(node, nodes.Name):
        return scope.get(node.name, _ANYTHING)
    if isinstance(node, nodes.Getattr):
        owner = _value(node.node, scope)
        return owner.get(node.attr, _ANYTHING) if isinstance(owner, dict) else _ANYTHING
    return _ANYTHING
