"""``cnilreq export``: everything out, as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]


def test_everything_is_in_it(delivered: Run) -> None:
    """People, requests, events; the same with and without ``--json``."""
    document = delivered("export --json").json
    assert document["people"][0]["last_name"] == "Exemple"
    first = document["requests"][0]
    assert first["id"] == "2026-0001"
    assert [event["kind"] for event in first["events"]] == [
        *("drafted", "sent", "received")
    ]
    assert json.loads(delivered("export").stdout) == document


def test_to_a_file(delivered: Run, tmp_path: Path) -> None:
    """Again takes the place of the former one; any other file stays."""
    file = tmp_path / "dossier.json"
    assert f"Export écrit : {file}" in delivered("export --to", file).stdout
    first = json.loads(file.read_text(encoding="utf-8"))
    assert first == delivered("export --json").json
    delivered("undo 1")
    assert delivered("export --to", file).exit_code == 0
    assert json.loads(file.read_text(encoding="utf-8")) != first
    other = tmp_path / "lettre.docx"
    other.write_bytes(b"PK letter")
    assert delivered("export --to", other).exit_code == 6
    assert other.read_bytes() == b"PK letter"


def test_one_person(delivered: Run) -> None:
    """Hers alone; an unknown one is told."""
    document = delivered("export --json --person", "camille-exemple").json
    assert len(document["requests"]) == 2
    assert delivered("export --person", "nobody").exit_code == 3
