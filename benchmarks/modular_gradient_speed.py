"""The population gradient on modular addition: without the pairs, against the data set of all p² pairs.

    python benchmarks/modular_gradient_speed.py

First largest differences from the data set for small p, relative to the loss; then seconds of one gradient both ways;
then p = 1009 with 200 neurons, where the data set would hold 3 · 1009³ numbers, with the peak of the memory that NumPy
asked for and that of the process; then gradient flow on the task p = 20, x̂ = 10, 5, 2.5, H = 18, α = 1e-2, to its end.
"""

from __future__ import annotations

import resource
import time
import tracemalloc
from collections.abc import Callable

import numpy as np
from tabulate import tabulate

from agf_theory.numeric.modular import (
    gradient_flow,
    gradient_over_pairs,
    loss_over_pairs,
    population_gradient,
    population_loss,
    random_start,
)
from agf_theory.problems import InitScale, ModularAddition

WIDTH = 32
MEGABYTE = 2**20


def small_rows() -> list[list[object]]:
    """Differences, centred and not."""
    rows: list[list[object]] = []
    for p in (2, 3, 4, 5, 6, 8, 9, 12, 13):
        for problem in (ModularAddition.one_hot(p), ModularAddition.one_hot(p, centred=True)):
            weights = 1.5 * random_start(problem.with_width(6), seed=p)
            size = loss_over_pairs(problem, *weights)
            pairs = zip(population_gradient(problem, *weights), gradient_over_pairs(problem, *weights), strict=True)
            off = max(float(np.abs(fast - slow).max()) for fast, slow in pairs)
            loss = abs(population_loss(problem, *weights) - size)
            rows.append([p, "yes" if 0 not in problem.classes else "no", loss / size, off / size])
    return rows


def seconds(run: Callable[[], object], least: float = 0.3) -> float:
    """Of one call: the fastest of several."""
    best, spent = np.inf, 0.0
    while spent < least:
        began = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - began)
        spent += time.perf_counter() - began
    return float(best)


def speed_rows() -> list[list[object]]:
    """Both ways."""
    rows: list[list[object]] = []
    for p in (20, 59, 113):
        problem = ModularAddition.one_hot(p, centred=True, width=WIDTH)
        weights = random_start(problem)
        fast = seconds(lambda at=problem, w=weights: population_gradient(at, *w))
        naive = seconds(lambda at=problem, w=weights: gradient_over_pairs(at, *w))
        rows.append([p, WIDTH, fast, naive, naive / fast])
    return rows


def largest_row() -> list[object]:
    """p = 1009, H = 200."""
    problem = ModularAddition.one_hot(1009, centred=True, width=200)
    weights = random_start(problem)
    took = seconds(lambda: population_gradient(problem, *weights))
    tracemalloc.start()
    population_gradient(problem, *weights)
    peak = tracemalloc.get_traced_memory()[1] / MEGABYTE
    tracemalloc.stop()
    whole = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [1009, 200, took, peak, whole, 3 * 1009**3 * 8 / MEGABYTE]


def main() -> None:
    # First, before anything else has raised the peak of the process.
    headers = ["p", "H", "seconds", "MB of the gradient", "MB of the process", "MB of the data set"]
    print(tabulate([largest_row()], headers=headers, floatfmt=".3g"))
    print("\nagainst all pairs, relative to the loss")
    print(tabulate(small_rows(), headers=["p", "centred", "loss", "gradient"], floatfmt=".2g"))
    print("\none gradient")
    print(tabulate(speed_rows(), headers=["p", "H", "seconds", "seconds over pairs", "ratio"], floatfmt=".3g"))
    task = ModularAddition.from_spectrum(20, {1: 10, 3: 5, 5: "2.5"}, width=18)
    began, worked = time.perf_counter(), time.process_time()
    flow = gradient_flow(task, InitScale("1e-2"))
    took, worked = time.perf_counter() - began, time.process_time() - worked
    print(f"\np = 20, H = 18, α = 1e-2 end to end: {took:.1f} s ({worked:.1f} s of processor), {len(flow.times)} steps")
    print(
        f"loss (coordinate mean) {flow.losses[0] / 10:.5f} -> {flow.losses[-1] / 10:.2g} at time {flow.times[-1]:.4g}"
    )


if __name__ == "__main__":
    main()
