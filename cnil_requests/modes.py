"""Who may read what is made: its owner; in a shared home, the group as well.

A home is shared on purpose: somebody gave its folder to a group, which may write and
hands itself down (``chmod 2770``). Windows and network shares have rights of their
own, which are left alone.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600
_GIVEN_TO_A_GROUP = stat.S_ISGID | stat.S_IWGRP
_SHARED_FOLDER, _SHARED_FILE = 0o2770, 0o660


def is_shared(folder: Path) -> bool:
    """Say whether a folder was given to a group, with all that will lie in it."""
    if os.name == "nt":
        return False
    return folder.stat().st_mode & _GIVEN_TO_A_GROUP == _GIVEN_TO_A_GROUP


def make_folder(path: Path, *, exist_ok: bool = False) -> None:
    """Make a folder, as private as the one it lies in."""
    if exist_ok and path.is_dir():
        return
    path.mkdir(mode=PRIVATE_FOLDER, exist_ok=exist_ok)
    if is_shared(path.parent):
        path.chmod(_SHARED_FOLDER)


def share_file(descriptor: int, folder: Path) -> None:
    """Let the group of a shared folder have a new file in it, too."""
    if is_shared(folder):
        os.fchmod(descriptor, _SHARED_FILE)


def excess(path: Path, home: Path) -> int:
    """Return the permissions that something in ``home`` should not give."""
    if os.name == "nt" or not path.exists():
        return 0
    allowed = 0o770 if is_shared(home) else PRIVATE_FOLDER
    return stat.S_IMODE(path.stat().st_mode) & 0o777 & ~allowed


def take_back(path: Path, excess: int) -> None:
    """Take permissions from those who should not have them."""
    if excess:
        path.chmod(stat.S_IMODE(path.stat().st_mode) & ~excess)
