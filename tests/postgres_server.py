"""A PostgreSQL server of the tests' own, on loopback, gone when they end."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: The user that Debian's package makes: initdb refuses to run as root.
USER = "postgres"


def program(name: str) -> str | None:
    """Return the path of one of PostgreSQL's programs; Debian hides most of them."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = shutil.which(name)
    return found or (str(versions[-1]) if versions else None)


def why_not() -> str:
    """Return why no server can be started here, or nothing."""
    if os.name == "nt":
        return "the test server needs POSIX"
    if program("initdb") is None or program("pg_ctl") is None:
        return "PostgreSQL is not installed"
    if os.geteuid() == 0:
        with suppress(KeyError):
            pwd.getpwnam(USER)
            return "" if shutil.which("runuser") else "runuser is not installed"
        return f"there is no user {USER} to run the server"
    return ""


def run(*words: str) -> None:
    """Run a program as the server's user."""
    command: Sequence[str] = words
    if os.geteuid() == 0:
        command = ["runuser", "-u", USER, "--", *words]
    subprocess.run(command, check=True, capture_output=True, cwd="/", timeout=120)


@contextmanager
def server() -> Iterator[str]:
    """Start a server on a free port; give the address of its first database."""
    folder = Path(tempfile.mkdtemp(prefix="cnilreq-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, USER)
    data, port = str(folder / "data"), free_port()
    # No power cut is tested, so the disk need not be waited for.
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c fsync=off -k {folder}"
    control = [program("pg_ctl") or "", "-D", data, "-w"]
    try:
        run(program("initdb") or "", "-D", data, "-A", "trust", "-U", USER)
        run(*control, "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql://{USER}@127.0.0.1:{port}/postgres"
        finally:
            run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
