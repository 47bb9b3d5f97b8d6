"""The house keeps its shape: imports go one way, and each layer keeps its promise."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import cnil_requests
from cnil_requests.cli import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(cnil_requests.__file__).parent
CHECKOUT = PACKAGE.parent
MODULES = sorted(PACKAGE.rglob("*.py"))

#: What the modules of each layer may import of the package, itself included.
ALLOWED = {
    "errors": set(),
    "__init__": set(),
    "terminal": set(),
    "shipped": set(),
    "modes": set(),
    "console": {"terminal", "errors"},
    "core": {"core", "errors"},
    "catalogue": {"catalogue", "core", "errors", "modes", "shipped"},
    "documents": {"documents", "core", "errors", "shipped"},
    "store": {"store", "core", "errors", "modes"},
    "web": {"web", "core", "errors"},
    "batch": {"batch", "core", "errors"},
    "commands": {
        "commands",
        "batch",
        "catalogue",
        "documents",
        "store",
        "web",
        "core",
        "errors",
        "shipped",
        "console",
    },
    "cli": {"commands", "console", "terminal", "errors"},
    "__main__": {"cli"},
}

#: What would give ``core`` a file, a process, a network, a clock or a terminal.
IMPURE = {
    "asyncio", "click", "glob", "http", "importlib", "io", "locale", "logging",
    "os", "pathlib", "platformdirs", "random", "requests", "secrets", "shutil",
    "socket", "sqlite3", "subprocess", "sys", "tempfile", "threading", "time",
    "urllib", "uuid", "zoneinfo",
}  # fmt: skip

#: The only places of the program that may ask what day, or what time, it is.
CLOCKS = {("console.py", "today"), ("console.py", "now")}

#: Only these may write to the terminal.
TERMINAL = {"console.py", "terminal.py", "cli.py"}


def layer(module: Path) -> str:
    """Return the folder of a module below the package, or its own name."""
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def dotted(module: Path) -> list[str]:
    """Return the dotted name of the package that a module stands in."""
    return ["cnil_requests", *module.relative_to(PACKAGE).parent.parts]


def imports(module: Path) -> Iterator[tuple[int, str]]:
    """Give every import, wherever it stands: in a function, under TYPE_CHECKING."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield node.lineno, name.name
        elif isinstance(node, ast.ImportFrom):
            here = dotted(module)
            start = here[: len(here) + 1 - node.level] if node.level else []
            base = ".".join([*start, *([node.module] if node.module else [])])
            for name in node.names:
                yield node.lineno, f"{base}.{name.name}"


def inner_layer(name: str) -> str | None:
    """Return the layer of the package that an imported name belongs to."""
    head, _, rest = name.partition(".")
    if head != "cnil_requests":
        return None
    found = rest.split(".")[0]
    return found if found in ALLOWED else "__init__"


def attribute_chains(module: Path) -> Iterator[tuple[int, str, str]]:
    """Give line, enclosing function and dotted text of every attribute used."""
    tree = ast.parse(module.read_text("utf-8"))
    owner = {
        id(inner): outer.name
        for outer in ast.walk(tree)
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(outer)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.lineno, owner.get(id(node), ""), ast.unparse(node)


def relative(module: Path) -> str:
    """Return a module's path below the package, for a message."""
    return module.relative_to(PACKAGE).as_posix()


def test_every_module_belongs_to_a_known_layer() -> None:
    """A new folder or top-level module must say what it may import."""
    assert {layer(module) for module in MODULES} <= set(ALLOWED)


@pytest.mark.parametrize("module", MODULES, ids=relative)
def test_imports_go_one_way(module: Path) -> None:
    """Commands → {catalogue, documents, store, web} → core → errors, nothing back."""
    allowed = {*ALLOWED[layer(module)], "__init__"}
    breaches = [
        f"{relative(module)}:{line}: {name}"
        for line, name in imports(module)
        if (inner_layer(name) or "__init__") not in allowed
    ]
    assert breaches == []


@pytest.mark.parametrize(
    "module", sorted((PACKAGE / "core").rglob("*.py")), ids=relative
)
def test_core_is_pure(module: Path) -> None:
    """The rules touch no file, network, clock or terminal, and never print."""
    tree = ast.parse(module.read_text("utf-8"))
    called = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    builtin = {"open", "print", "input", "__import__", "eval", "exec", "compile"}
    assert (called - own) & builtin == set()
    assert [
        f"{relative(module)}:{line}: {name}"
        for line, name in imports(module)
        if name.split(".")[0] in IMPURE and not name.startswith("urllib.parse.")
    ] == []


@pytest.mark.parametrize("module", MODULES, ids=relative)
def test_only_the_application_asks_the_day(module: Path) -> None:
    """Today enters through the command line once; no other clock is read."""
    clocks = (".today", ".now", ".utcnow", ".fromtimestamp")
    readings = [
        (module.name, owner)
        for _, owner, text in attribute_chains(module)
        if text.endswith(clocks) and text.split(".")[0] in {"date", "datetime"}
    ]
    assert [reading for reading in readings if reading not in CLOCKS] == []
    clock_modules = {"time.time", "time.localtime", "time.strftime", "time.gmtime"}
    assert {name for _, name in imports(module)} & clock_modules == set()
    assert {text for *_, text in attribute_chains(module)} & clock_modules == set()


@pytest.mark.parametrize("module", MODULES, ids=relative)
def test_only_the_console_formats_for_the_terminal(module: Path) -> None:
    """Everything shown goes through console.py, so that it looks the same."""
    if module.name in TERMINAL:
        return
    writers = {"echo", "secho", "style", "echo_via_pager", "progressbar", "wrap_text"}
    shown = [
        f"{relative(module)}:{line}: {text}"
        for line, _, text in attribute_chains(module)
        if text in {f"click.{writer}" for writer in writers}
        or text.startswith(("sys.stdout", "sys.stderr"))
    ]
    tree = ast.parse(module.read_text("utf-8"))
    prints = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id == "print"]
    assert (shown, prints) == ([], [])


@pytest.mark.parametrize("module", MODULES, ids=relative)
def test_modules_are_named_for_what_they_do(module: Path) -> None:
    """No drawer for everything."""
    vague = {"utils", "util", "helpers", "helper", "manager", "common", "misc", "tools"}
    assert {part.removesuffix(".py") for part in module.parts} & vague == set()


@pytest.mark.parametrize(
    "module",
    [PACKAGE / "commands" / f"{name}.py" for name, _ in COMMANDS.values()],
    ids=relative,
)
def test_commands_are_light_to_import(module: Path) -> None:
    """A command module imports Click, the console and errors; the rest when it runs."""
    light = ("__future__", "click", "cnil_requests.console", "cnil_requests.errors",
             "cnil_requests.commands", "typing", "pathlib", "datetime", "collections",
             "dataclasses", "enum", "functools", "contextlib")  # fmt: skip
    body = ast.parse(module.read_text("utf-8")).body
    heavy = [
        name
        for node in body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
        )
        if not name.startswith(light)
    ]
    assert heavy == []


def test_the_root_of_the_checkout_holds_no_python() -> None:
    """Any ``*.py`` at the root would ship inside the wheel as package data."""
    assert [path.name for path in CHECKOUT.glob("*.py")] == []


def test_the_checkout_has_no_data_folder() -> None:
    """``cnil_requests/data`` exists in a wheel only; here it would hide the files."""
    assert not (PACKAGE / "data").exists()


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("import cnil_requests.store.ledger", "store"),
        ("from cnil_requests.core import deadlines", "core"),
        ("from cnil_requests import documents", "documents"),
        ("def f():\n    from ..store import ledger", "store"),
        ("if TYPE_CHECKING:\n    from cnil_requests.web.notice import Notice", "web"),
        ("from . import word", "documents"),
    ],
)
def test_this_test_sees_every_way_of_importing(
    source: str, seen: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A breach is seen in a function, under TYPE_CHECKING and when relative."""
    monkeypatch.setitem(globals(), "PACKAGE", tmp_path)
    module = tmp_path / "documents" / "word.py"
    module.parent.mkdir()
    module.write_text(source, encoding="utf-8")
    assert [inner_layer(name) for _, name in imports(module)] == [seen]
