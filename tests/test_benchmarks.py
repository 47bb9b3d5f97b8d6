"""The benchmarks compare fairly and fail when a promise is broken."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from benchmarks import __main__ as table
from benchmarks.runner import Row, measure, returned

if TYPE_CHECKING:
    from types import ModuleType

SLOW, QUICK = partial(time.sleep, 0.02), partial(time.sleep, 0.002)


def test_ratio_is_a_speed_up_or_a_share() -> None:
    """The same two works give a speed-up, or a share of the other's time."""
    faster = Row("x", ours=QUICK, theirs=SLOW, at_least=2, rounds=3)
    assert 2 < measure(faster) < 30
    lighter = Row("x", ours=QUICK, theirs=SLOW, at_most=0.5, rounds=3)
    assert 0.03 < measure(lighter) < 0.5


def test_repetitions_are_taken_into_account() -> None:
    """Ten letters in the time of one are ten times faster."""
    row = Row("x", ours=SLOW, theirs=SLOW, at_least=2, ours_times=10, rounds=3)
    assert measure(row) == pytest.approx(10, rel=0.5)


@pytest.mark.parametrize(
    ("row", "kept", "missed"),
    [
        (Row("x", QUICK, QUICK, at_least=30), 30, 29.99),
        (Row("x", QUICK, QUICK, at_most=2), 2, 2.01),
    ],
)
def test_bound(row: Row, kept: float, missed: float) -> None:
    """A bound holds at its own value and not beyond."""
    assert row.keeps(kept)
    assert not row.keeps(missed)


def test_a_comparison_without_a_promise() -> None:
    """Another program is shown as slower or faster; that is never missed."""
    row = Row("x", ours=QUICK, theirs=SLOW, rounds=3)
    assert row.bound == "-"
    assert measure(row) > 2
    assert row.keeps(0.01)


def test_a_work_may_measure_itself() -> None:
    """Memory is what the work returns, not the seconds that it took."""
    row = Row(
        "x", ours=lambda: 3.0, theirs=lambda: 2.0, at_most=2, rounds=1, gauge=returned
    )
    assert measure(row) == 1.5


def test_missed_bound_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command fails when a ratio misses its bound, and says which."""

    class Module:
        @staticmethod
        def rows() -> list[Row]:
            """Return a promise kept, one broken and one that cannot be measured."""
            return [
                Row("kept", QUICK, SLOW, at_least=1, rounds=1),
                Row("broken", SLOW, QUICK, at_least=1, rounds=1),
                Row("absent", SLOW, QUICK, at_least=1, skip="no LibreOffice"),
            ]

    def load(_name: str) -> ModuleType:
        return Module  # type: ignore[return-value]

    monkeypatch.setattr(table, "import_module", load)
    assert table.main(["any"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.endswith("MISSED") for line in lines] == [False, False, True, False]
    assert lines[-1].endswith("skipped: no LibreOffice")
