"""The three counterexamples to the published staircase of linear networks, and the discontinuity at ρ = 0.

    python benchmarks/linear_counterexamples.py

Slopes of the jump times of gradient flow between log(1/ε) = 300 and 600, levels half-way in time between jumps, beside
the recursion, the blocks merged in time and greedy low-rank learning. Then, for Σ_xx = (4, ρ; ρ, 1/2) and
Σ_yx = diag(2, 1), single scales: the time at which the second largest singular value of [A; Wᵀ] reaches 0.3, over
log(1/ε), and the loss half-way between that and the first. Such times depend on the start by O(1)/log(1/ε): its
entries are Gaussian of variance 1/H = 1/2, and its overlaps with the two modes are printed.
"""

from __future__ import annotations

import argparse
from decimal import Decimal

import numpy as np
from scipy.optimize import brentq
from tabulate import tabulate

from agf_theory.numeric.linear import examine_conjecture, greedy_low_rank, pre_flight
from agf_theory.numeric.linear.column_flow import ColumnFlow
from agf_theory.numeric.linear.log_columns import LogColumns
from agf_theory.numeric.linear.moments import Moments
from agf_theory.problems import InitScale, LinearNetwork

EXAMPLES = {
    "I": LinearNetwork([[4, 0], [0, "1/2"]], [[2, 0], [0, 1]]),
    "II": LinearNetwork(
        [["1/2", "1/5", 0], ["1/5", "3/5", 0], [0, 0, 4]], [["6/5", "1/10", 0], [0, "3/5", 0], [0, 0, 2]]
    ),
    "III": LinearNetwork([[4, "1/2", 0], ["1/2", "1/2", 0], [0, 0, 4]], [[2, 0, 0], [0, 1, 0], [0, 0, "7/5"]]),
}
COUPLINGS = ("0", "1/100", "1/10", "1/2")
SCALES = ("1e-8", "1e-15", "1e-30")
THRESHOLD = 0.3


def scale_of(log_inverse: int) -> InitScale:
    """ε with a given log(1/ε), to twenty digits."""
    return InitScale(f"{Decimal(-log_inverse).exp():.20e}")


def counterexamples() -> None:
    scales = [scale_of(log_inverse) for log_inverse in (150, 300, 600)]
    for name, problem in EXAMPLES.items():
        found = examine_conjecture(problem, scales=scales, seeds=(0, 1))
        before, greedy = found.before, greedy_low_rank(problem)
        rows = [
            ["recursion", before.recursion.jump_times, before.recursion.loss_levels],
            ["blocks merged", before.merged.jump_times, before.merged.loss_levels],
            ["gradient flow, slopes", found.measured.slopes, found.measured.levels],
            ["greedy low-rank", [], greedy.loss_levels],
        ]
        start = float(before.merged.initial_loss)
        print(f"\ncounterexample {name}: {found.verdict}; {found.reason}")
        print(f"loss of the zero map {start:.4f}; uncertainty of the slopes {found.measured.uncertainty.max():.0e}")
        table = [[label, numbers(times, 6), numbers(levels, 4)] for label, times, levels in rows]
        print(tabulate(table, headers=["", "jump times", "levels"], disable_numparse=True))


def numbers(values: object, digits: int) -> str:
    return "  ".join(f"{value:.{digits}f}" for value in np.asarray(values, dtype=float))


def coupled(coupling: str) -> LinearNetwork:
    return LinearNetwork([[4, coupling], [coupling, "1/2"]], [[2, 0], [0, 1]])


def overlaps(start: np.ndarray) -> tuple[float, float]:
    """Of the start with the growing eigenvectors of either mode, what the first leaves of the second: r_11 and r_22."""
    projections = np.array([(start[k] + start[2 + k]) / np.sqrt(2) for k in range(2)]).T
    return tuple(np.abs(np.diag(np.linalg.qr(projections)[1])))


def at_threshold(problem: LinearNetwork, scale: InitScale, start: np.ndarray) -> tuple[list[float], float]:
    """Times over log(1/ε) at which the effective neurons reach the threshold, and the loss half-way between."""
    flow = ColumnFlow(Moments.of(problem))
    columns = LogColumns.of(start, -scale.log_inverse)
    run = flow.run(columns, duration=3 * scale.log_inverse + 100, tolerance=1e-11, settled=1e-8)
    times = []
    for k in range(2):
        step = int(np.argmax(run.log_norms[:, k] > np.log(THRESHOLD)))
        above = lambda time, k=k: flow.between(run, [time])[0][0, k] - np.log(THRESHOLD)  # noqa: E731
        times.append(float(brentq(above, run.times[step - 1], run.times[step], xtol=1e-12)))
    middle = flow.between(run, [(times[0] + times[1]) / 2])[1][0]
    return [time / scale.log_inverse for time in times], float(flow.moments.loss(middle))


def discontinuity(start: np.ndarray) -> None:
    print("\ndiscontinuity at ρ = 0; overlaps of the start", numbers(overlaps(start), 4))
    rows = []
    for coupling in COUPLINGS:
        problem = coupled(coupling)
        recursion = pre_flight(problem).recursion
        found = [at_threshold(problem, InitScale(scale), start) for scale in SCALES]
        rows.append(
            [
                coupling,
                f"{recursion.jump_times[1]:.3f}",
                " / ".join(f"{times[1]:.3f}" for times, _ in found),
                f"{recursion.loss_levels[0]:.3f}",
                " / ".join(f"{level:.3f}" for _, level in found),
            ]
        )
    headers = ["ρ", "τ_2", f"T_2/log(1/ε), ε = {' / '.join(SCALES)}", "ℓ_1", "loss half-way"]
    print(tabulate(rows, headers=headers, disable_numparse=True))


def crossover() -> None:
    """Second jump as the coupling falls tenfold, against (1 − σ_2/σ_1) log(10)/g."""
    escape = max(plateau.rates.escape for plateau in pre_flight(coupled("0")).merged_plateaus)
    scale = scale_of(300)
    couplings = ("1e-1", "1e-2", "1e-3", "1e-4", "1e-5")
    times = [second_jump(coupled(coupling), scale) for coupling in couplings]
    print(f"\nescape rate g = {escape:.5f}; couplings are felt above ε to the power {escape / 2:.4f}")
    decades = f"{couplings[0]} … {couplings[-1]}"
    print(f"increment of T_2 a decade of ρ at log(1/ε) = 300, {decades}:", numbers(np.diff(times), 3))
    print(f"law: {np.log(10) / 2 / escape:.3f}")


def second_jump(problem: LinearNetwork, scale: InitScale) -> float:
    from agf_theory.numeric.linear import gradient_flow

    return float(gradient_flow(problem, scale).jumps()[1].time * scale.log_inverse)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=0, help="of the start of the table of the discontinuity")
    options = parser.parse_args()
    counterexamples()
    discontinuity(np.random.default_rng(options.seed).standard_normal((4, 2)) / np.sqrt(2))
    crossover()


if __name__ == "__main__":
    main()
