"""One list at a time in one home: whoever comes second waits, then finds it done.

The lock is the system's and goes with the process, however that ends.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cnil_requests.store.telling import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def alone(folder: Path, *, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the one place of those who work through a list in ``folder``.

    ``waiting`` is called once when somebody else holds it.
    """
    with told(folder):
        descriptor = _opened(folder)
    try:
        if not _taken(descriptor, wait=False):
            waiting()
            _taken(descriptor, wait=True)
        yield
    finally:
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt
    from time import sleep

    def _opened(folder: Path) -> int:
        """Open a file of the system's temporary folder: folders cannot be locked."""
        digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()
        path = Path(tempfile.gettempdir()) / f"cnilreq-{digest[:16]}.lock"
        return os.open(path, os.O_CREAT | os.O_RDWR)

    def _taken(descriptor: int, *, wait: bool) -> bool:
        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            except OSError:
                if not wait:
                    return False
                sleep(0.2)
            else:
                return True

else:
    import fcntl

    def _opened(folder: Path) -> int:
        return os.open(folder, os.O_RDONLY)

    def _taken(descriptor: int, *, wait: bool) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True
