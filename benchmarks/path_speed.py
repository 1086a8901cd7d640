"""The saddle path: floats against scikit-learn's LARS, exact rationals, and peak memory.

    python benchmarks/path_speed.py

The saddle path and the lasso path are different paths with different numbers of knots; compared are seconds a knot.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from fractions import Fraction

import numpy as np
from sklearn.linear_model import lars_path
from tabulate import tabulate
from threadpoolctl import threadpool_limits

from agf_theory.numeric.diagonal import pesme_flammarion
from agf_theory.problems import DiagonalNetwork

FLOAT_SIZES = (200, 500, 1000)
EXACT_SIZES = (20, 50, 100)


def float_row(size: int) -> list[object]:
    """One comparison at n = d = size."""
    rng = np.random.default_rng(size)
    design, target = rng.standard_normal((size, size)), rng.standard_normal(size)
    problem = DiagonalNetwork(design, target)
    start = time.perf_counter()
    sequence = pesme_flammarion(problem, arithmetic="float")
    ours = time.perf_counter() - start
    start = time.perf_counter()
    alphas, _, _ = lars_path(design, target, method="lasso", max_iter=100 * size)
    theirs = time.perf_counter() - start
    ratio = (theirs / len(alphas)) / (ours / len(sequence))
    end = "end reached" if sequence.complete else f"undecided after {len(sequence)}"
    return [
        size,
        len(sequence),
        ours,
        1e3 * ours / len(sequence),
        len(alphas),
        theirs,
        1e3 * theirs / len(alphas),
        ratio,
        end,
    ]


def exact_row(size: int) -> list[object]:
    """The exact path at n = d = size, on decimals of three digits."""
    rng = np.random.default_rng(size)
    design = [
        [Fraction(int(value), 1000) for value in row] for row in np.rint(1000 * rng.standard_normal((size, size)))
    ]
    target = [Fraction(int(value), 1000) for value in np.rint(1000 * rng.standard_normal(size))]
    problem = DiagonalNetwork(design, target)
    start = time.perf_counter()
    sequence = pesme_flammarion(problem, arithmetic="exact")
    seconds = time.perf_counter() - start
    bits = max(value.denominator.bit_length() for value in sequence.jump_times)
    return [size, len(sequence), seconds, 1e3 * seconds / len(sequence), bits]


def peak_memory(size: int) -> float:
    """Peak resident memory in megabytes of a process that computes one float path."""
    command = [sys.executable, __file__, "--memory-of", str(size)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--memory-of", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.memory_of:
        rng = np.random.default_rng(options.memory_of)
        size = options.memory_of
        pesme_flammarion(
            DiagonalNetwork(rng.standard_normal((size, size)), rng.standard_normal(size)), arithmetic="float"
        )
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    with threadpool_limits(1):
        rows = [float_row(size) for size in FLOAT_SIZES]
    headers = ["n = d", "saddles", "s", "ms/saddle", "lasso knots", "LARS s", "ms/knot", "LARS/ours a knot", ""]
    print("float saddle path against scikit-learn's lars_path (method lasso, max_iter lifted), one thread each")
    print(tabulate(rows, headers=headers, floatfmt=".3g"))
    print("\nexact saddle path")
    print(
        tabulate(
            [exact_row(size) for size in EXACT_SIZES],
            headers=["n = d", "saddles", "s", "ms/saddle", "bits of the longest time"],
            floatfmt=".3g",
        )
    )
    print(f"\npeak memory of a process with one float path at n = d = 1000: {peak_memory(1000):.0f} MB")


if __name__ == "__main__":
    main()
