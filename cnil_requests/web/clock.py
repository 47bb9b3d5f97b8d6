"""What one page may cost, in time and in bytes."""

from __future__ import annotations

import time
from dataclasses import dataclass

from cnil_requests.web.errors import TooSlowError


@dataclass(frozen=True)
class Limits:
    """What one page may cost; times in seconds, ``total`` for all redirects."""

    connect: float = 10
    read: float = 15
    total: float = 40
    max_bytes: int = 5_000_000
    redirects: int = 5


class Clock:
    """The time left for a page."""

    def __init__(self, url: str, limits: Limits) -> None:
        """Start counting."""
        self.url = url
        self.limits = limits
        self._end = time.monotonic() + limits.total

    def forgive(self, seconds: float) -> None:
        """Leave out time spent waiting for one's turn."""
        self._end += seconds

    def wait(self, seconds: float) -> float:
        """Return how long the next wait may last; TooSlowError when none is left."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TooSlowError(self.url, self.limits.total)
        return min(seconds, left)
