"""Loss and gradient over all p² pairs of inputs, written out: what everything faster is compared with."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from agf_theory.numeric.modular.spectral_coordinates import checked_weights
from agf_theory.problems import ModularAddition

__all__ = ["gradient_over_pairs", "loss_over_pairs"]

Array = NDArray[np.float64]


def loss_over_pairs(problem: ModularAddition, u: ArrayLike, v: ArrayLike, w: ArrayLike) -> float:
    """As `population_loss`, by a sum over the data set of p² pairs: memory of order p² (p + H)."""
    first, second, target = _data(problem)
    U, V, W = checked_weights(problem, u, v, w)
    missing = target - (first @ U.T + second @ V.T) ** 2 @ W
    return float((missing**2).sum() / (2 * len(target)))


def gradient_over_pairs(
    problem: ModularAddition, u: ArrayLike, v: ArrayLike, w: ArrayLike
) -> tuple[Array, Array, Array]:
    """As `population_gradient`, by back-propagation through the data set of p² pairs."""
    first, second, target = _data(problem)
    U, V, W = checked_weights(problem, u, v, w)
    sums = first @ U.T + second @ V.T
    missing = (target - sums**2 @ W) / len(target)
    back = -2 * sums * (missing @ W.T)
    return back.T @ first, back.T @ second, -((sums**2).T @ missing)


def _data(problem: ModularAddition) -> tuple[Array, Array, Array]:
    """x_a, x_b and x_{a+b}, each (p², p)."""
    p = problem.p
    shifted = np.array([np.roll(problem.template, a) for a in range(p)])
    a, b = (each.ravel() for each in np.meshgrid(np.arange(p), np.arange(p), indexing="ij"))
    return shifted[a], shifted[b], shifted[(a + b) % p]
