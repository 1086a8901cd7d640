"""When the frequencies of modular addition are learned: formula (3), alternating gradient flows, lower bound, and flow.

    python benchmarks/modular_jump_times.py

The task p = 20, x̂ = 10, 5, 2.5 at k = 1, 3, 5 with H = 18 neurons from one start, at three scales. Times are flow
time multiplied by α, the flow's is that at which a class's share of the loss has made a tenth of its fall. Formula (3)
is the least blow-up time over all neurons, with modes that do not feel one another. That is exact, as α → 0, up to the
first activation. While a class is fitted in part only, for times of order 1/α too, its neurons couple the modes of the
dormant ones: later classes come off the formula by amounts that do not shrink with α. Alternating gradient flows follow
the dormant neurons under the residual there is, and their error does shrink. The lower bound is (1/‖θ_k‖ − α)/(3 U_k)
with the largest norm of a mode of class k; of the first class it is a theorem.
"""

from __future__ import annotations

import sys

import numpy as np
from tabulate import tabulate

from agf_theory.numeric.modular import alternating_gradient_flows, blow_up_times, gradient_flow, random_start
from agf_theory.problems import InitScale, ModularAddition

TASK = ModularAddition.from_spectrum(20, {1: 10, 3: 5, 5: "2.5"}, width=18)
SCALES = ("1e-2", "1e-3", "1e-4")
COORDINATE_MEAN = 2 / TASK.p
"""From the loss 1/2 E‖·‖² to the mean over coordinates."""


def lower_bounds(start: np.ndarray, alpha: float) -> np.ndarray:
    """By class; times multiplied by α."""
    found = []
    for k in TASK.classes:
        modes = np.fft.rfft(start)[:, :, k]
        norm = np.sqrt(2 / TASK.p * (np.abs(modes) ** 2).sum(axis=0)).max()
        utility = np.sqrt(2 * TASK.p / 27) * np.abs(TASK.spectrum[k]) ** 3 / TASK.p**2
        found.append((1 / norm - alpha) / (3 * utility))
    return np.array(found)


def activations(scale: InitScale, seed: int) -> np.ndarray:
    """By class, when alternating gradient flows first give it a tenth of its power."""
    sequence = alternating_gradient_flows(TASK, scale, seed=seed)
    energies = np.array([TASK.energy(k) for k in TASK.classes])
    begun = sequence.saddles >= 0.1 * energies
    return np.array([sequence.jump_times[np.argmax(column)] if column.any() else np.inf for column in begun.T])


def main() -> None:
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    start = random_start(TASK, seed)
    formula = blow_up_times(TASK, *start).min(axis=0)
    rows: list[list[object]] = []
    levels: list[list[object]] = []
    for text in SCALES:
        scale = InitScale(text)
        flow = gradient_flow(TASK, scale, seed=seed)
        jumps = {jump.entered[0]: jump for jump in flow.jumps()}
        followed, bounds = activations(scale, seed), lower_bounds(start, float(scale.fraction))
        for number, k in enumerate(TASK.classes):
            seen = jumps[number].time if number in jumps else np.inf
            off = [abs(each[number] / seen - 1) for each in (formula, followed)]
            rows.append([text, f"k = {k}", bounds[number], formula[number], followed[number], seen, *off])
        before = [flow.losses[flow.times <= jump.time * 0.999][-1] for jump in flow.jumps()]
        levels.append([text, *(COORDINATE_MEAN * loss for loss in (*before, flow.losses[-1]))])
        sys.stdout.flush()
    headers = ["α", "class", "lower bound", "formula (3)", "AGF", "flow", "formula off by", "AGF off by"]
    print(tabulate(rows, headers=headers, floatfmt=".4g", disable_numparse=[0]))
    print("\ncoordinate-mean loss before each class and at the end; 21/32 = 0.65625, 5/32 = 0.15625, 1/32 = 0.03125")
    print(
        tabulate(
            levels,
            headers=["α", *(f"before the {n}" for n in ("first", "second", "third")), "end"],
            floatfmt=".5g",
            disable_numparse=[0],
        )
    )


if __name__ == "__main__":
    main()
