"""Print the table of ratios and say whether each reaches what is promised.

Run from the root of the checkout::

    .venv/bin/python -m benchmarks            # everything
    .venv/bin/python -m benchmarks letters    # one module

Exit code 1 when a ratio misses its bound.
"""

from __future__ import annotations

import sys
from importlib import import_module

from benchmarks.runner import measure

#: Each module offers ``rows()``, the comparisons it makes.
MODULES = ("letters", "startup", "batch", "remind")


def main(names: list[str]) -> int:
    """Measure the named modules, or all, and print a line each."""
    missed = False
    print(f"{'what':<62}{'ratio':>8}  bound")
    for name in names or MODULES:
        for row in import_module(f"benchmarks.{name}").rows():
            if row.skip:
                print(f"{row.what:<62}{'-':>8}  skipped: {row.skip}", flush=True)
                continue
            ratio = measure(row)
            kept = row.keeps(ratio)
            missed = missed or not kept
            mark = "" if kept else "  MISSED"
            print(f"{row.what:<62}{ratio:>8.2f}  {row.bound}{mark}", flush=True)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
