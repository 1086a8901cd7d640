"""Learning order on modular addition: inversions by formula (3) at |x̂_2|/|x̂_1| = 9/10, and what the flow does.

    python benchmarks/modular_order.py

First, for Gaussian starts of two neurons, p = 7, those of the first forty seeds in which the weaker class has the least
blow-up time by a twentieth: these times, multiplied by α, and the class that gradient flow begins first, at two scales.
Then the part of single Gaussian neurons that blow up on the weaker of two classes, by the ratio of their coefficients.
"""

from __future__ import annotations

import numpy as np
from tabulate import tabulate

from agf_theory.numeric.modular import blow_up_times, gradient_flow, random_start
from agf_theory.problems import InitScale, ModularAddition

SCALES = ("1e-3", "1e-6")
DRAWN = 100_000


def task(ratio: str, width: int) -> ModularAddition:
    """x̂_1 = 10 and x̂_2 = 10 times the ratio, p = 7."""
    return ModularAddition.from_spectrum(7, {1: 10, 2: str(10 * float(ratio))}, width=width)


def inversions() -> list[list[object]]:
    """Starts in which the weaker class is first."""
    problem = task("0.9", 2)
    rows: list[list[object]] = []
    for seed in range(40):
        first = blow_up_times(problem, *random_start(problem, seed)).min(axis=0)
        if not 1.05 * first[1] < first[0]:
            continue
        row: list[object] = [seed, *first]
        for text in SCALES:
            flow = gradient_flow(problem, InitScale(text), seed=seed, duration=1.05 * float(first[1]))
            row.append(", ".join(f"{flow.names[jump.entered[0]]} at {jump.time:.5g}" for jump in flow.jumps()))
        rows.append(row)
    return rows


def parts() -> list[list[object]]:
    """By ratio: the part, and its standard error."""
    rows: list[list[object]] = []
    for ratio in ("0.5", "0.7", "0.8", "0.9", "1.0"):
        problem = task(ratio, DRAWN)
        times = blow_up_times(problem, *random_start(problem, 1))
        part = float((times[:, 1] < times[:, 0]).mean())
        rows.append([ratio, 100 * part, 100 * np.sqrt(part * (1 - part) / DRAWN)])
    return rows


def main() -> None:
    headers = ["seed", "T of k = 1", "T of k = 2", *(f"flow begins, α = {text}" for text in SCALES)]
    print(tabulate(inversions(), headers=headers, floatfmt=".5g"))
    print("\nsingle neurons that blow up on the weaker class, per cent")
    print(tabulate(parts(), headers=["ratio", "per cent", "±"], floatfmt=".3g", disable_numparse=[0]))


if __name__ == "__main__":
    main()
