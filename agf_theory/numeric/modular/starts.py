"""Where flows begin: weights of unit scale, which the initialisation scale multiplies."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from agf_theory.errors import InputError
from agf_theory.numeric.modular.spectral_coordinates import checked_weights
from agf_theory.problems import InitScale, ModularAddition

__all__ = ["checked_start", "random_start"]

Array = NDArray[np.float64]


MOST_WEIGHTS = 50_000_000
"""400 MB: what is made of a start holds a few arrays of its size."""


def random_start(problem: ModularAddition, seed: int = 0) -> Array:
    """Gaussian u, v and w, (3, H, p), such that E‖(u, v)‖² = E‖w‖² = 1: the usual initialisation of a layer.

    Raises
    ------
    InputError
        If these are more than 50 million numbers.
    """
    count = 3 * problem.width * problem.p
    if count > MOST_WEIGHTS:
        raise InputError(
            f"start: at most {MOST_WEIGHTS} weights are drawn, got 3 x {problem.width} x {problem.p} = {count}; "
            "take fewer neurons"
        )
    entries = np.random.default_rng(seed).standard_normal((3, problem.width, problem.p))
    entries[:2] /= np.sqrt(2 * problem.p)
    entries[2] /= np.sqrt(problem.p)
    return entries


def checked_start(problem: ModularAddition, init_scale: InitScale, start: ArrayLike | None, seed: int) -> Array:
    """The start that was given, or a random one, (3, H, p).

    Raises
    ------
    InputError
        If it is of another shape, not finite, or a neuron of α times it has norm one or more: none is dormant then.
    """
    if start is None:
        found = random_start(problem, seed)
    else:
        given = np.asarray(start, dtype=float)
        wanted = (3, problem.width, problem.p)
        if given.shape != wanted:
            raise InputError(
                f"start: shape {wanted}, one row of u, of v and of w a neuron, is required, got {given.shape}"
            )
        found = np.stack(checked_weights(problem, *given))
    largest = float(np.sqrt((found**2).sum(axis=(0, 2)).max()))
    if not largest > 0:
        raise InputError("start: a number other than zero is required, got zeros only")
    if np.log(largest) >= init_scale.log_inverse:
        raise InputError(f"start: neurons of norm below 1/α are required, got norm {largest:.4g} with α = {init_scale}")
    return found
