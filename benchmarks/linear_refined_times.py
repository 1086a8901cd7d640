"""Refined jump times of linear networks against integrated flows: one start to four decimals, and means over many.

    python benchmarks/linear_refined_times.py [--starts 1000] [--seed 0]

A jump time here is the flow time at which the strength u_k·B v_k of a mode passes half its final value. The first table
has σ = (2, 1.2, 0.7), four hidden neurons and log(1/ε) = 35, from a start with stated overlaps; the second the same and
reversed orders of loss, from Gaussian starts; the third means over Gaussian starts of standard deviation one, each of
them integrated, at log(1/ε) = 18.
"""

from __future__ import annotations

import argparse
import time

import numpy as np
from scipy.special import digamma
from tabulate import tabulate

from agf_theory.numeric.linear import (
    gradient_flow,
    half_strength_times,
    hidden_overlaps,
    limiting_sequence,
    refined_sequence,
)
from agf_theory.problems import InitScale, LinearNetwork

SIGMA = ("2", "1.2", "0.7")
CASES = (
    (SIGMA, ("1", "1", "1"), 35),
    (SIGMA, ("1.5", "1", "0.8"), 35),
    (SIGMA, ("0.6", "1", "1.4"), 35),
    (("2", "1"), ("4", "0.5"), 60),
    (SIGMA, ("4", "1", "0.2"), 60),
)
OVERLAPS = (1.57137, 0.42099, 1.04212)
LENGTHS = (1.57137, 0.505, 2.07)
"""Of z_k, and what is left of it beyond the modes before: a start whose times are 17.6206, 30.2524, 50.1814."""

MEANS_AT = 18.0


def commuting(sigma: tuple[str, ...], variances: tuple[str, ...], width: int = 4) -> LinearNetwork:
    """Modes along the axes."""
    size = range(len(sigma))
    diagonals = [[[values[i] if i == j else 0 for j in size] for i in size] for values in (variances, sigma)]
    return LinearNetwork(*diagonals, width=width)


def scale_of(log_inverse: float) -> InitScale:
    """ε with a given log(1/ε), as near as sixteen digits of a decimal come."""
    whole = int(np.ceil(log_inverse / np.log(10)))
    return InitScale(f"{10 ** (whole - log_inverse / np.log(10)):.15f}e-{whole}")


def start_with(overlaps: tuple[float, ...], lengths: tuple[float, ...], seed: int) -> np.ndarray:
    """z_k of given lengths and remainders in a random hidden frame; the decaying parts Gaussian."""
    random = np.random.default_rng(seed)
    count, width = len(overlaps), 4
    frame = np.linalg.qr(random.standard_normal((width, width)))[0]
    z = np.zeros((count, width))
    for k, (remainder, length) in enumerate(zip(overlaps, lengths, strict=True)):
        shared = random.standard_normal(k)
        if k:
            z[k, :k] = shared / np.linalg.norm(shared) * np.sqrt(max(length**2 - remainder**2, 0))
        z[k, k] = remainder
    z = z @ frame.T
    y = random.standard_normal((count, width))
    return np.vstack([z + y, z - y]) / np.sqrt(2)


def one_start() -> None:
    """The example with stated overlaps: refined, integrated, leading order, and with the length for the overlap."""
    problem, scale = commuting(SIGMA, ("1", "1", "1")), scale_of(35)
    start, L = start_with(OVERLAPS, LENGTHS, 1), scale.log_inverse
    refined = refined_sequence(problem, scale, start=start).jump_times * L
    seen = half_strength_times(problem, gradient_flow(problem, scale, start=start, tolerance=1e-11)) * L
    sigma = np.array([float(s) for s in SIGMA])
    z = (start[:3] + start[3:]) / np.sqrt(2)
    by_length = (L - np.log(np.linalg.norm(z, axis=1)) + np.log(2 * sigma) / 2) / sigma
    rows = [
        ["refined", *refined],
        ["integrated flow", *seen],
        ["leading order", *limiting_sequence(problem).jump_times * L],
        ["‖z_k‖ for r_kk", *by_length],
    ]
    print(f"σ = 2, 1.2, 0.7, whitened, H = 4, log(1/ε) = {L:.6f}; overlaps {hidden_overlaps(problem, start).round(5)}")
    print(tabulate(rows, headers=["times of", "mode 1", "mode 2", "mode 3"], floatfmt=".4f"))


def other_moments(seed: int) -> None:
    """Whitened and commuting moments, co-ordered and reversed."""
    rows = []
    for sigma, variances, log_inverse in CASES:
        problem, scale = commuting(sigma, variances), scale_of(log_inverse)
        start = np.random.default_rng(seed).standard_normal((problem.c + problem.d, problem.width))
        refined = refined_sequence(problem, scale, start=start).jump_times * scale.log_inverse
        began = time.perf_counter()
        flow = gradient_flow(problem, scale, start=start, tolerance=1e-11)
        seconds = time.perf_counter() - began
        seen = half_strength_times(problem, flow) * scale.log_inverse
        shown = " ".join(f"{t:.4f}" for t in refined)
        rows.append([" ".join(sigma), " ".join(variances), log_inverse, shown, np.abs(seen - refined).max(), seconds])
    headers = ["σ", "Λ", "log(1/ε)", "refined times", "off the flow by", "seconds of flow"]
    print(tabulate(rows, headers=headers, floatfmt=".2g", disable_numparse=[0, 1, 2, 3]))


def means(starts: int, seed: int) -> None:
    """Mean times over Gaussian starts, each integrated, against the digamma formula."""
    problem, scale = commuting(SIGMA, ("1", "1", "1")), scale_of(MEANS_AT)
    sigma, L = np.array([float(s) for s in SIGMA]), scale.log_inverse
    random, seen, refined = np.random.default_rng(seed), [], []
    began = time.perf_counter()
    for _ in range(starts):
        start = random.standard_normal((problem.c + problem.d, problem.width))
        flow = gradient_flow(problem, scale, start=start, tolerance=1e-8)
        seen.append(half_strength_times(problem, flow) * L)
        refined.append((L - np.log(hidden_overlaps(problem, start)) + np.log(2 * sigma) / 2) / sigma)
    seconds = time.perf_counter() - began
    freedom = problem.width - np.arange(3)
    claimed = (L - (digamma(freedom / 2) + np.log(2)) / 2 + np.log(2 * sigma) / 2) / sigma
    width_for_all = (L - (digamma(problem.width / 2) + np.log(2)) / 2 + np.log(2 * sigma) / 2) / sigma
    found, errors = np.mean(seen, axis=0), np.std(seen, axis=0) / np.sqrt(starts)
    rows = [
        [f"mode {k + 1}", claimed[k], found[k], errors[k], (found[k] - claimed[k]) / errors[k], width_for_all[k]]
        for k in range(3)
    ]
    print(f"means over {starts} integrated Gaussian starts, H = 4, log(1/ε) = {L:.4f}, {seconds:.0f} s")
    headers = ["", "chi law", "flows", "standard error", "off in standard errors", "chi_H for all"]
    print(tabulate(rows, headers=headers, floatfmt=".4f"))
    print(f"flow by flow, refined times off by at most {np.abs(np.array(seen) - refined).max():.2g}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--starts", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    one_start()
    print()
    other_moments(options.seed)
    print()
    means(options.starts, options.seed)


if __name__ == "__main__":
    main()
