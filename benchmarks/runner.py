"""Compare two ways of doing the same thing, fairly, on a machine that others use.

Absolute times vary with the machine and the minute; ratios do not. The two ways
take turns, the ratio is taken round by round, and the median is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def returned(work: Callable[[], object]) -> float:
    """Measure a work by what it returns, such as the memory that it took."""
    value = work()
    assert isinstance(value, float)  # noqa: S101 - the row's own promise
    return value


@dataclass(frozen=True)
class Row:
    """One line of the table: ``ours`` against ``theirs``.

    Each way returns after ``ours_times`` or ``theirs_times`` repetitions of the
    work. The ratio is a speed-up when ``at_least`` is set, and a share of their
    time when ``at_most`` is; with neither it is a speed-up that nobody promises.
    ``gauge`` measures a work: its seconds unless told otherwise. ``skip`` says why
    a row cannot be measured here.
    """

    what: str
    ours: Callable[[], object]
    theirs: Callable[[], object]
    at_least: float | None = None
    at_most: float | None = None
    ours_times: int = 1
    theirs_times: int = 1
    rounds: int = 9
    gauge: Callable[[Callable[[], object]], float] = _seconds
    skip: str = ""

    @property
    def bound(self) -> str:
        """What the ratio must reach, or stay under."""
        if self.at_least is not None:
            return f"at least {self.at_least:g}"
        return "-" if self.at_most is None else f"at most {self.at_most:g}"

    def keeps(self, ratio: float) -> bool:
        """Say whether a ratio is within the bound."""
        if self.at_least is not None:
            return ratio >= self.at_least
        return self.at_most is None or ratio <= self.at_most


def measure(row: Row) -> float:
    """Return the median ratio of a row, after one round that warms up."""
    _round(row)
    return median(_round(row) for _ in range(row.rounds))


def _round(row: Row) -> float:
    ours = row.gauge(row.ours) / row.ours_times
    theirs = row.gauge(row.theirs) / row.theirs_times
    return theirs / ours if row.at_most is None else ours / theirs
