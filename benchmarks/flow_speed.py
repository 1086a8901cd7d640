"""Gradient flow: the dual flow against what people integrate today, and how far off each one's jump times are.

    python benchmarks/flow_speed.py

A jump time here is the first time a coordinate reaches half its next plateau value, the same rule for every method; the
reference is the dual flow by another integrator (Radau) at tolerance 1e-12. Times: flow time over log(1/α).
"""

from __future__ import annotations

import time
from itertools import pairwise

import numpy as np
from scipy.integrate import solve_ivp
from tabulate import tabulate

from agf_theory.numeric.diagonal import gradient_flow
from agf_theory.numeric.trajectory import Trajectory
from agf_theory.problems import DiagonalNetwork, InitScale, zoo

SCALES = ("1e-2", "1e-4", "1e-8")
STEP = 1e-3


def half_crossings(times: np.ndarray, coefficients: np.ndarray, reference: Trajectory) -> np.ndarray:
    """First time after the previous jump's that each joiner reaches half its plateau value; NaN if it never does."""
    found, after = [], 0.0
    for jump in reference.jumps():
        joiner = max(jump.entered, key=lambda i: abs(jump.coefficients[i]))
        level = jump.coefficients[joiner] / 2
        size = coefficients[:, joiner] * np.sign(level)
        above = np.flatnonzero((size >= abs(level)) & (times > after))
        if not len(above) or above[0] == 0:
            found.append(np.nan)
            continue
        k = int(above[0])
        weight = (abs(level) - size[k - 1]) / (size[k] - size[k - 1])
        found.append(times[k - 1] + weight * (times[k] - times[k - 1]))
        after = found[-1]
    return np.array(found)


def weights_flow(
    problem: DiagonalNetwork, scale: InitScale, duration: float, **options: object
) -> tuple[np.ndarray, np.ndarray]:
    """solve_ivp on (u, v), as it is usually written."""
    d, alpha = problem.d, np.exp(-scale.log_inverse)
    gram, linear = problem.X.T @ problem.X / problem.n, problem.X.T @ problem.y / problem.n

    def velocity(_time: float, weights: np.ndarray) -> np.ndarray:
        u, v = weights[:d], weights[d:]
        gradient = gram @ (u * v) - linear
        return np.concatenate([-v * gradient, -u * gradient]) * scale.log_inverse

    start = np.concatenate([np.full(d, np.sqrt(2) * alpha), np.zeros(d)])
    result = solve_ivp(velocity, (0, duration), start, dense_output=True, **options)
    times = read_out(result.t)
    weights = result.sol(times)
    return times, (weights[:d] * weights[d:]).T


def read_out(steps: np.ndarray) -> np.ndarray:
    """Forty instants a step: the same dense read-out for every integrator."""
    return np.unique(np.concatenate([np.linspace(a, b, 40) for a, b in pairwise(steps)]))


def euler(problem: DiagonalNetwork, scale: InitScale, duration: float) -> tuple[np.ndarray, np.ndarray]:
    """Gradient descent with learning rate 1e-3, every tenth step kept."""
    alpha = np.exp(-scale.log_inverse)
    gram, linear = problem.X.T @ problem.X / problem.n, problem.X.T @ problem.y / problem.n
    u, v = np.full(problem.d, np.sqrt(2) * alpha), np.zeros(problem.d)
    times, kept = [], []
    for step in range(int(duration * scale.log_inverse / STEP) + 1):
        if step % 10 == 0:
            times.append(step * STEP / scale.log_inverse)
            kept.append(u * v)
        gradient = gram @ (u * v) - linear
        u, v = u - STEP * v * gradient, v - STEP * u * gradient
    return np.array(times), np.array(kept)


def rows_for(problem: DiagonalNetwork, text: str) -> list[list[object]]:
    """One block of the table."""
    scale = InitScale(text)
    reference = gradient_flow(problem, scale, tolerance=1e-12, method="Radau")
    duration = float(reference.times[-1])
    fine = read_out(reference.times)
    truth = half_crossings(fine, reference.at(fine), reference)

    def ours() -> tuple[np.ndarray, np.ndarray]:
        trajectory = gradient_flow(problem, scale)
        dense = read_out(trajectory.times)
        return dense, trajectory.at(dense)

    methods = {
        "dual flow, default": ours,
        "solve_ivp(u, v), defaults (RK45)": lambda: weights_flow(problem, scale, duration),
        "solve_ivp(u, v), DOP853 rtol 1e-10 atol 1e-10 α": lambda: weights_flow(
            problem, scale, duration, method="DOP853", rtol=1e-10, atol=1e-10 * np.exp(-scale.log_inverse)
        ),
        "Euler on (u, v), step 1e-3": lambda: euler(problem, scale, duration),
    }
    rows: list[list[object]] = []
    base = 0.0
    for name, run in methods.items():
        start = time.perf_counter()
        times, coefficients = run()
        seconds = time.perf_counter() - start
        base = base or seconds
        crossings = half_crossings(times, coefficients, reference)
        missed = int(np.isnan(crossings).sum())
        error = float(np.nanmax(np.abs(crossings / truth - 1))) if missed < len(truth) else np.nan
        rows.append([text, name, seconds, seconds / base, error, f"{missed} of {len(truth)}"])
    return rows


def main() -> None:
    problem = zoo.get("gaussian")
    rows = [row for text in SCALES for row in rows_for(problem, text)]
    print(f"problem: {problem.title}, n = {problem.n}, d = {problem.d}")
    headers = ["α", "method", "seconds", "over ours", "worst jump-time error", "jumps missed"]
    print(tabulate(rows, headers=headers, floatfmt=".2g", disable_numparse=[0]))


if __name__ == "__main__":
    main()
