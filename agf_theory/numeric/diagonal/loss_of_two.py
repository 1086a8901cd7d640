"""The loss of a diagonal linear network as a function of two of its coefficients."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from agf_theory.errors import InputError
from agf_theory.problems import DiagonalNetwork

__all__ = ["LossOfTwo", "loss_of_two"]

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class LossOfTwo:
    r"""The least loss at given values of two coefficients, :math:`\min\mathcal L` over all others.

    Attributes
    ----------
    curvature, linear, constant : (2, 2), (2,), scalar
        It is ½bᵀCb − lᵀb + ½c.
    """

    curvature: Array
    linear: Array
    constant: float

    def __call__(self, points: ArrayLike) -> Array:
        """Loss at points (..., 2)."""
        b = np.asarray(points, dtype=float)
        return np.asarray(((b @ self.curvature) * b).sum(-1) / 2 - b @ self.linear + self.constant / 2)


def loss_of_two(problem: DiagonalNetwork, pair: tuple[int, int]) -> LossOfTwo:
    """The loss over two coefficients, the others wherever they make it least; of a network of two it is the loss.

    Parameters
    ----------
    problem : DiagonalNetwork
    pair : two different positions in 0..d-1

    Raises
    ------
    InputError
        If the positions are not that.

    Examples
    --------
    >>> problem = DiagonalNetwork([[1.0, 0.0], [0.0, 1.0]], [1.0, 3.0])
    >>> loss_of_two(problem, (0, 1))([[0, 0], [0, 3], [1, 3]]).tolist()
    [2.5, 0.25, 0.0]
    """
    if not (len(set(pair)) == 2 and all(0 <= i < problem.d for i in pair)):
        raise InputError(f"two different coefficients of {problem.d} are required, got {pair}")
    two, others = list(pair), [i for i in range(problem.d) if i not in pair]
    # Least squares of the others' columns: what they leave of the two columns and of the target is all that counts.
    basis = _range(problem.X[:, others])
    columns, target = (each - basis @ (basis.T @ each) for each in (problem.X[:, two], problem.y))
    return LossOfTwo(
        curvature=columns.T @ columns / problem.n,
        linear=columns.T @ target / problem.n,
        constant=float(target @ target) / problem.n,
    )


def _range(columns: Array) -> Array:
    """An orthonormal basis of what the columns span, each taken at its own size."""
    sizes = np.linalg.norm(columns, axis=0)
    left, values, _ = np.linalg.svd(columns[:, sizes > 0] / sizes[sizes > 0], full_matrices=False)
    kept = values > values.max(initial=0.0) * max(columns.shape) * np.finfo(float).eps
    return np.asarray(left[:, kept])
