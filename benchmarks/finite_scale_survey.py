"""Gradient flow against the corrected and the limiting sequence on random problems, over decades of α.

python benchmarks/finite_scale_survey.py --count 50
"""

from __future__ import annotations

import argparse
import time

import numpy as np
from tabulate import tabulate

from agf_theory.numeric.diagonal import corrected_sequence, gradient_flow, pesme_flammarion
from agf_theory.numeric.saddle_sequence import SaddleSequence
from agf_theory.numeric.trajectory import Trajectory
from agf_theory.problems import DiagonalNetwork, InitScale, zoo

EXPONENTS = (4, 6, 8, 12, 16, 24, 32, 48, 64, 100, 200, 300, 1000)
TOLERANCE = 1e-11


def random_problem(rng: np.random.Generator) -> DiagonalNetwork:
    """d = 5, n = 20, Gaussian, noise a third of the signal."""
    design = rng.standard_normal((20, 5))
    return DiagonalNetwork(design, design @ rng.standard_normal(5) + rng.standard_normal(20) / 3)


def plateau_error(problem: DiagonalNetwork, trajectory: Trajectory, corrected: SaddleSequence) -> float:
    """Largest difference of β, and of s, on any plateau; infinite if the events differ."""
    jumps = trajectory.jumps()
    if [(jump.entered, jump.left) for jump in jumps] != [(event.entered, event.left) for event in corrected.events]:
        return np.inf
    assert corrected.duals is not None
    worst = 0.0
    for jump, start, dual, saddle in zip(jumps, corrected.jump_times, corrected.duals, corrected.saddles, strict=True):
        gradient = problem.X.T @ (problem.X @ saddle - problem.y) / problem.n
        line = dual - (jump.plateau_time - start) * gradient
        line[saddle != 0] = dual[saddle != 0]
        worst = max(worst, float(np.abs(jump.coefficients - saddle).max()), float(np.abs(jump.dual - line).max()))
    return worst


def survey(problems: list[DiagonalNetwork]) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[int]]:
    """Per problem and scale: error of the corrected states, error announced, error of the limit; problems set aside."""
    announced = np.full((len(problems), len(EXPONENTS)), np.nan)
    corrected_errors = np.full((len(problems), len(EXPONENTS)), np.inf)
    limiting_errors = np.full((len(problems), len(EXPONENTS)), np.inf)
    changed = [0] * len(EXPONENTS)
    for row, problem in enumerate(problems):
        limit = pesme_flammarion(problem)
        for column, exponent in enumerate(EXPONENTS):
            scale = InitScale(f"1e-{exponent}")
            trajectory = gradient_flow(problem, scale, tolerance=TOLERANCE)
            corrected = corrected_sequence(problem, scale)
            in_order = corrected.complete and corrected.events == limit.events
            if not in_order:
                changed[column] += 1
                continue
            announced[row, column] = corrected.jump_errors.max()
            corrected_errors[row, column] = plateau_error(problem, trajectory, corrected)
            if len(trajectory.jumps()) == len(limit):
                limiting_errors[row, column] = np.abs(trajectory.jump_times() / limit.jump_times - 1).max()
    return corrected_errors, announced, limiting_errors, changed


def fitted_exponent(errors: np.ndarray, floor: float = 3e-9) -> tuple[float, float]:
    """Exponent p of error ≈ C α^p, and its standard error, over the scales at which the error is resolved."""
    resolved = np.flatnonzero(np.isfinite(errors) & (errors > floor))
    if len(resolved) < 3:
        return np.nan, np.nan
    x, y = -np.log(10.0) * np.array(EXPONENTS)[resolved], np.log(errors[resolved])
    coefficients, covariance = np.polyfit(x, y, 1, cov="unscaled")
    spread = float(np.sqrt(((y - np.polyval(coefficients, x)) ** 2).sum() / (len(x) - 2)))
    return float(coefficients[0]), float(np.sqrt(covariance[0, 0])) * spread


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    problems = [random_problem(rng) for _ in range(options.count)] + [
        zoo.get("deactivation-2d"),
        zoo.get("two-leavers"),
    ]
    names = [f"random {k}" for k in range(options.count)] + ["deactivation-2d", "two-leavers"]

    print("gradient flow alone: seconds (d=5, n=20, first problem)")
    rows = []
    for text in ("1e-2", "1e-8", "1e-100", "1e-1000", "1e-10000"):
        start = time.perf_counter()
        trajectory = gradient_flow(problems[0], InitScale(text))
        jumps = len(trajectory.jumps())
        rows.append([text, time.perf_counter() - start, len(trajectory.times), jumps])
    print(tabulate(rows, headers=["α", "seconds", "steps", "jumps resolved"], floatfmt=".3f", disable_numparse=[0]))

    corrected, announced, limiting, changed = survey(problems)
    print("\nplateau states, gradient flow against corrected sequence (events in the limit's order)")
    rows = []
    for column, exponent in enumerate(EXPONENTS):
        errors = corrected[:, column]
        resolved = errors[np.isfinite(errors)]
        limits = limiting[:, column][np.isfinite(limiting[:, column])]
        rows.append(
            [
                f"1e-{exponent}",
                len(resolved),
                int(len(problems) - len(resolved) - changed[column]),
                changed[column],
                np.median(resolved) if len(resolved) else np.nan,
                resolved.max(initial=0),
                (resolved / np.maximum(announced[np.isfinite(errors), column], 1e-9)).max(initial=0),
                np.median(limits) * exponent * np.log(10) if len(limits) else np.nan,
            ]
        )
    headers = [
        "α",
        "compared",
        "unresolved",
        "order changed",
        "median error",
        "worst error",
        "worst error/announced",
        "limit: error·log(1/α)",
    ]
    print(tabulate(rows, headers=headers, floatfmt=".2e", disable_numparse=[0]))
    fits = [(*fitted_exponent(row), name) for row, name in zip(corrected, names, strict=True)]
    powers = np.array([power for power, _, _ in fits if np.isfinite(power)])
    quartiles = ", ".join(f"{q:.3f}" for q in np.quantile(powers, [0, 0.25, 0.5, 0.75, 1]))
    print(f"\nfitted exponents p (error ~ α^p) of {len(powers)} problems: min and quartiles {quartiles}")
    for power, error, name in fits[:5] + fits[-2:]:
        print(f"  {name}: p = {power:.4f} ± {error:.4f}")
    print("\nlimiting sequence: constant C in error = C / log(1/α), from a straight line in 1/log(1/α)")
    for row, name in zip(limiting[:5], names[:5], strict=True):
        use = np.isfinite(row)
        inverse = 1 / (np.log(10.0) * np.array(EXPONENTS)[use])
        if use.sum() < 5:
            print(f"  {name}: jumps not resolved at enough scales")
            continue
        values = row[use] / inverse
        line, covariance = np.polyfit(inverse[-5:], values[-5:], 1, cov=True)
        print(f"  {name}: C = {line[1]:.6f} ± {np.sqrt(covariance[1, 1]):.1e}")


if __name__ == "__main__":
    main()
