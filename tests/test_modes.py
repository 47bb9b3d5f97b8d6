"""A home is its owner's alone, unless its folder was given to a group."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Any

import pytest

from cnil_requests import modes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., Any]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")

INIT = (
    "init", "--first-name", "Camille", "--last-name", "Exemple", "--street",
    "1 rue de l'Exemple", "--postcode", "69001", "--city", "Lyon",
)  # fmt: skip


@pytest.fixture(params=[0o022, 0o002, 0o077], ids=oct, autouse=True)
def umask(request: pytest.FixtureRequest) -> Any:  # noqa: ANN401
    """Run everything under the usual masks of systems; none of them matters."""
    former = os.umask(request.param)
    yield
    os.umask(former)


def live(run: Run, tmp_path: Path) -> None:
    """Fill a home: a person with a mandate and its scan, letters, a proof."""
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7 scan")
    address = ("street=10 rue de l'Invention", "postcode=75001", "city=Paris")
    country = "country=France"
    source = ("--source", "https://www.keskeces.com/mentions-legales")
    url = "https://www.keskeces.com/exemple-fictif"
    mandate = (
        "--right",
        "erasure",
        "--site",
        "all",
        "--data",
        "fiches",
        "--agent",
        "X",
    )
    term = ("--start", "2026-01-01", "--end", "2027-01-01", "--reply-to", "agent")
    signed = ("--signed-on", "2026-01-02", "--file", scan)
    for words in (
        INIT,
        ("directories", "set", "keskeces", "controller=X", *address, country, *source),
        ("people", "mandate", "camille-exemple", *mandate, *term, *signed),
        ("draft", url, "--because", "secrecy"),
        ("attach", "1", scan, "--as", "capture"),
    ):
        done = run(*words, today="2026-06-01")
        assert done.exit_code == 0, (words, done.stderr)


def permissions(home: Path) -> dict[bool, set[int]]:
    """Return the permissions in a home below its ledger: of files, of folders."""
    found: dict[bool, set[int]] = {True: set(), False: set()}
    for path in home.rglob("*"):
        if not path.name.startswith("cnilreq.db"):
            found[path.is_dir()].add(stat.S_IMODE(path.stat().st_mode))
    return found


def test_a_home_is_its_owner_s(run: Run, home: Path, tmp_path: Path) -> None:
    """Nobody else reads anything in it, whatever the usual permissions are."""
    live(run, tmp_path)
    assert permissions(home) == {True: {0o700}, False: {0o600}}
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_a_home_given_to_a_group_stays_the_group_s(
    run: Run, home: Path, tmp_path: Path
) -> None:
    """Colleagues read and write what each of them makes; the others still do not."""
    home.mkdir()
    home.chmod(0o2775)
    live(run, tmp_path)
    assert permissions(home) == {True: {0o2770}, False: {0o660}}
    assert stat.S_IMODE(home.stat().st_mode) == 0o2770
    assert {path.stat().st_gid for path in home.rglob("*")} == {home.stat().st_gid}
    assert run("check", today="2026-06-01").exit_code == 0


def test_what_others_may_read_is_told_and_mended(
    run: Run, home: Path, tmp_path: Path
) -> None:
    """A shared home keeps its group; a private one has none."""
    live(run, tmp_path)
    for before, after in ((0o755, 0o700), (0o2775, 0o2770)):
        home.chmod(before)
        assert "d'autres utilisateurs" in run("check", today="2026-06-01").stdout
        assert run("check", "--repair", today="2026-06-01").exit_code == 0
        assert stat.S_IMODE(home.stat().st_mode) == after


def test_a_group_that_may_only_read_shares_nothing(tmp_path: Path) -> None:
    """Write access and inheritance, both, mark a folder as shared."""
    for mode, shared in ((0o2750, False), (0o770, False), (0o2770, True)):
        tmp_path.chmod(mode)
        assert modes.is_shared(tmp_path) is shared
    tmp_path.chmod(0o700)
