"""Flows of linear networks: log-scaled columns against the exact solution, and against what people integrate today.

    python benchmarks/linear_flow_speed.py

First the matrix Riccati solution of balanced whitened networks against the flow, for λ = 0.7, −0.9 and 0, and the flow
at log(1/ε) = 1000. Then times and jump times of ways to train one network: a jump time is the flow time at which the
strength u_k·B v_k passes half its final value, the same rule for every method; the reference are the refined times, of
which what is left out is below 1e-10 at these scales. Gradient descent takes steps of 1e-3, as in `flow_speed.py`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise

import numpy as np
from scipy.integrate import solve_ivp
from tabulate import tabulate

from agf_theory.numeric.linear import (
    balanced_solution,
    balanced_start,
    gradient_flow,
    half_strength_times,
    refined_sequence,
)
from agf_theory.problems import InitScale, LinearNetwork

SIGMA = (2, 1.2, 0.7)
SCALES = ("1e-8", "1e-15", "1e-30")
STEP = 1e-3
UNIT = InitScale("0.1")


def whitened(width: int = 4) -> LinearNetwork:
    """Three modes along the axes."""
    cross = [["2", 0, 0], [0, "1.2", 0], [0, 0, "0.7"]]
    return LinearNetwork(np.eye(3, dtype=int).tolist(), cross, width=width)


def exact_rows() -> list[list[object]]:
    """Largest difference of the maps at the flow's steps, and what either took."""
    rows: list[list[object]] = []
    random = np.random.default_rng(0)
    for imbalance in (0.7, -0.9, 0.0):
        for c, d, width in ((3, 4, 2), (5, 4, 3), (6, 6, 4)):
            cross = np.round(random.uniform(-1, 1, (c, d)), 3)
            problem = LinearNetwork(np.eye(d, dtype=int).tolist(), cross, width=width)
            start = balanced_start(problem, imbalance, seed=1) * np.exp(UNIT.log_inverse)
            began = time.perf_counter()
            flow = gradient_flow(problem, UNIT, start=start, tolerance=1e-13)
            between = time.perf_counter()
            found = balanced_solution(problem, UNIT, flow.times, start=start)
            ended = time.perf_counter()
            off = np.abs(found - flow.at(flow.times)).max()
            rows.append([imbalance, f"{c} × {d}, H = {width}", len(flow.times), off, between - began, ended - between])
    return rows


def smallest_scale() -> list[list[object]]:
    """The flow at log(1/ε) = 1000, by log-scaled columns and exactly."""
    scale, problem = InitScale("5.0759588975494567e-435"), whitened(3)
    start = balanced_start(problem, 0.0, seed=3)
    rows: list[list[object]] = []
    for name, tolerance in (("log-scaled columns, default", 1e-10), ("log-scaled columns, 1e-12", 1e-12)):
        began = time.perf_counter()
        flow = gradient_flow(problem, scale, start=start, tolerance=tolerance)
        seconds = time.perf_counter() - began
        exact = balanced_solution(problem, scale, flow.times, start=start)
        seen = half_strength_times(problem, flow) * scale.log_inverse
        refined = refined_sequence(problem, scale, start=start).jump_times * scale.log_inverse
        off = np.abs(flow.at(flow.times) - exact).max()
        rows.append([name, f"{scale.log_inverse:.2f}", seconds, len(flow.times), off, np.abs(seen - refined).max()])
    return rows


def raw_flow(problem: LinearNetwork, start: np.ndarray, duration: float, **options: object) -> tuple[np.ndarray, ...]:
    """solve_ivp on A and W, as it is usually written; maps at forty instants a step."""
    c, width = problem.c, problem.width

    def velocity(_: float, state: np.ndarray) -> np.ndarray:
        A, W = state[: c * width].reshape(c, width), state[c * width :].reshape(width, -1)
        R = problem.sigma_yx - A @ W @ problem.sigma_xx
        return np.concatenate([(R @ W.T).ravel(), (A.T @ R).ravel()])

    state = np.concatenate([start[:c].ravel(), start[c:].T.ravel()])
    result = solve_ivp(velocity, (0, duration), state, dense_output=True, **options)
    times = np.unique(np.concatenate([np.linspace(a, b, 40) for a, b in pairwise(result.t)]))
    states = result.sol(times).T
    A = states[:, : c * width].reshape(-1, c, width)
    return times, A @ states[:, c * width :].reshape(-1, width, problem.d)


def descent(problem: LinearNetwork, start: np.ndarray, duration: float) -> tuple[np.ndarray, ...]:
    """Gradient descent, every tenth step kept."""
    A, W = start[: problem.c].copy(), start[problem.c :].T.copy()
    times, maps = [], []
    for step in range(int(duration / STEP) + 1):
        if step % 10 == 0:
            times.append(step * STEP)
            maps.append(A @ W)
        R = problem.sigma_yx - A @ W @ problem.sigma_xx
        A, W = A + STEP * R @ W.T, W + STEP * A.T @ R
    return np.array(times), np.array(maps)


def crossings(times: np.ndarray, maps: np.ndarray) -> np.ndarray:
    """First time each mode's strength passes half its final value; NaN if it never does."""
    found = []
    for k, sigma in enumerate(SIGMA):
        strength = maps[:, k, k]
        above = np.flatnonzero(strength >= sigma / 2)
        if not len(above) or above[0] == 0:
            found.append(np.nan)
            continue
        i = int(above[0])
        weight = (sigma / 2 - strength[i - 1]) / (strength[i] - strength[i - 1])
        found.append(times[i - 1] + weight * (times[i] - times[i - 1]))
    return np.array(found)


def rows_for(text: str) -> list[list[object]]:
    """One block of the comparison, all methods in this process."""
    problem, scale = whitened(), InitScale(text)
    start = np.random.default_rng(0).standard_normal((6, problem.width))
    small = start * np.exp(-scale.log_inverse)
    truth = refined_sequence(problem, scale, start=start).jump_times * scale.log_inverse
    duration = float(truth[-1] * 1.3)

    def ours() -> np.ndarray:
        flow = gradient_flow(problem, scale, start=start, duration=duration / scale.log_inverse)
        return half_strength_times(problem, flow) * scale.log_inverse

    def tight() -> np.ndarray:
        options = {"method": "DOP853", "rtol": 1e-10, "atol": 1e-10 * np.exp(-scale.log_inverse)}
        return crossings(*raw_flow(problem, small, duration, **options))

    methods: dict[str, Callable[[], np.ndarray]] = {
        "log-scaled columns, default": ours,
        "solve_ivp(A, W), defaults (RK45)": lambda: crossings(*raw_flow(problem, small, duration)),
        "solve_ivp(A, W), DOP853 rtol 1e-10 atol 1e-10 ε": tight,
        f"gradient descent, step {STEP:g}": lambda: crossings(*descent(problem, small, duration)),
    }
    rows: list[list[object]] = []
    base, ours_off = 0.0, 0.0
    for name, run in methods.items():
        began = time.perf_counter()
        found = run()
        seconds = time.perf_counter() - began
        base = base or seconds
        missed = int(np.isnan(found).sum())
        off = float(np.nanmax(np.abs(found / truth - 1))) if missed < len(truth) else np.nan
        ours_off = ours_off or off
        rows.append([text, name, seconds, seconds / base, off, off / ours_off, f"{missed} of {len(truth)}"])
    return rows


def main() -> None:
    print("matrix Riccati solution against the flow at tolerance 1e-13")
    headers = ["λ", "network", "steps", "largest difference", "seconds of flow", "seconds exact"]
    print(tabulate(exact_rows(), headers=headers, floatfmt=".2g"))
    print("\nthe smallest scale, σ = 2, 1.2, 0.7, balanced start")
    headers = ["method", "log(1/ε)", "seconds", "steps", "off the exact map by", "off the refined times by"]
    print(tabulate(smallest_scale(), headers=headers, floatfmt=".2g", disable_numparse=[1]))
    print("\nσ = 2, 1.2, 0.7, whitened, H = 4, Gaussian start")
    rows = [row for text in SCALES for row in rows_for(text)]
    headers = ["ε", "method", "seconds", "over ours", "worst jump-time error", "over ours", "missed"]
    print(tabulate(rows, headers=headers, floatfmt=".2g", disable_numparse=[0]))


if __name__ == "__main__":
    main()
