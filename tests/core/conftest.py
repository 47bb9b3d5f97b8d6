"""The tests of the life of a request share the way they tell one."""

from __future__ import annotations

import sys
from pathlib import Path

# Told lives are imported by name: they are values, not fixtures.
sys.path.insert(0, str(Path(__file__).parent))
