"""Seeded random problems of every kind that the saddle path must survive; small rationals, so that ties are exact."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from agf_theory.problems import DiagonalNetwork

__all__ = ["KINDS", "random_problem"]

KINDS = (
    "gaussian",
    "correlated",
    "wide",
    "square",
    "sparse noiseless",
    "duplicate columns",
    "zero columns",
    "collinear columns",
    "exact ties",
)


def random_problem(kind: str, rng: np.random.Generator) -> DiagonalNetwork:
    """A problem with n, d ≤ 12 of the kind named; the numbers are decimals of three digits or small integers."""
    d = int(rng.integers(2, 9))
    n = d + int(rng.integers(1, 9))
    if kind == "wide":
        n, d = int(rng.integers(1, 6)), int(rng.integers(6, 13))
    if kind == "square":
        n = d
    design = rng.standard_normal((n, d))
    if kind == "correlated":
        correlation = 0.95 ** np.abs(np.subtract.outer(np.arange(d), np.arange(d)))
        design = design @ np.linalg.cholesky(correlation).T
    whole = np.rint(1000 * design).astype(int)
    target = np.rint(1000 * rng.standard_normal(n)).astype(int)
    if kind == "duplicate columns":
        chosen = rng.integers(0, d, size=2)
        whole = np.column_stack([whole, whole[:, chosen] * rng.choice([-1, 1], size=2)])
    if kind == "zero columns":
        whole[:, rng.integers(0, d)] = 0
    if kind == "collinear columns":
        weights = rng.integers(-2, 3, size=(d, 2))
        whole = np.column_stack([whole, whole @ weights])
    if kind == "exact ties":
        whole = rng.integers(-2, 3, size=(n, d))
        target = rng.integers(-2, 3, size=n)
    if kind == "sparse noiseless":
        sparse = rng.integers(-3, 4, size=d) * (rng.random(d) < 0.4)
        target = whole @ sparse
    scale = 1 if kind == "exact ties" else 1000
    return DiagonalNetwork(
        [[Fraction(int(v), scale) for v in row] for row in whole], [Fraction(int(v), scale) for v in target]
    )
