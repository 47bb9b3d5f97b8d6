"""The errors a user can meet: message and exit code live on the class.

Messages are French, because users read them; each says what is wrong, where,
and what to do. Classes that belong to one module are defined there and derive
from one of the families below, so that the exit code is decided here alone.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def standing_for(final: Path, temporary: Path) -> Iterator[None]:
    """Let what the system refuses name the file that is meant, not its stand-in."""
    try:
        yield
    except OSError as error:
        named = str(error.filename or temporary)
        if named.startswith(str(temporary)):
            error.filename = str(final)
        raise


class CnilreqError(Exception):
    """Base of every error shown to the user without a traceback."""

    exit_code = 1

    def __init__(self, message: str, *, remedy: str = "") -> None:
        """Keep the message and what the user can do about it."""
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        """Return the message, then the remedy on its own line."""
        return f"{self.message}\n{self.remedy}" if self.remedy else self.message


class WrongUsageError(CnilreqError):
    """The command was called with words that do not go together (exit 2)."""

    exit_code = 2


class UnknownNameError(CnilreqError):
    """No such site, request or person (exit 3)."""

    exit_code = 3


class InvalidDataError(CnilreqError):
    """A catalogue, template, identity or input file cannot be used (exit 4)."""

    exit_code = 4


class StoreError(CnilreqError):
    """The home folder is damaged, locked or not writable (exit 5)."""

    exit_code = 5


class NotPossibleError(CnilreqError):
    """Not possible yet, or not at all, in law or in this state (exit 6)."""

    exit_code = 6


class NetworkError(CnilreqError):
    """A page or register could not be reached (exit 7)."""

    exit_code = 7
