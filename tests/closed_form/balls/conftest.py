"""The ranges and the oracles are those of the benchmarks: one list of functions, tried here in small numbers."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))
