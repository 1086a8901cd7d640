"""A thin QR factorisation of the active columns, updated as columns enter and leave."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lapack, qr_delete, solve_triangular

__all__ = ["ColumnFactor"]

Array = NDArray[np.float64]


class ColumnFactor:
    """Q (m×k, orthonormal) and R (k×k, upper triangular) with QR = the columns entered, in order of entry.

    Entering costs O(mk) (Gram–Schmidt twice, [giraud2005]: orthogonal to working precision), leaving O(mk) by Givens
    rotations. Working on columns rather than on the Gram matrix keeps the condition number from being squared.
    """

    def __init__(self, rows: int, capacity: int) -> None:
        self._orthonormal: Array = np.zeros((rows, capacity), order="F")
        self._triangle: Array = np.zeros((capacity, capacity), order="F")
        self.size = 0

    @property
    def orthonormal(self) -> Array:
        """Q, a view of shape (m, k)."""
        return self._orthonormal[:, : self.size]

    @property
    def triangle(self) -> Array:
        """R, a view of shape (k, k)."""
        return self._triangle[: self.size, : self.size]

    def enter(self, column: Array) -> float:
        """Append a column of unit norm; returns its distance from the span of the others (zero: nothing is appended)."""
        basis, k = self.orthonormal, self.size
        first = basis.T @ column
        rest = column - basis @ first
        second = basis.T @ rest
        rest -= basis @ second
        distance = float(np.linalg.norm(rest))
        if distance > 0 and k < self._orthonormal.shape[1]:
            self._orthonormal[:, k] = rest / distance
            self._triangle[:k, k] = first + second
            self._triangle[k, k] = distance
            self.size = k + 1
        return distance

    def leave(self, position: int) -> None:
        """Remove the column at a position of the order of entry."""
        basis, triangle = qr_delete(self.orthonormal, self.triangle, position, which="col")
        k = self.size - 1
        self._orthonormal[:, :k] = basis[:, :k]
        self._triangle[:k, :k] = triangle[:k, :k]
        self._triangle[: k + 1, k] = 0
        self.size = k

    def solve(self, right: Array) -> Array:
        """The x of Rx = right."""
        return self._solve(right, 0)

    def solve_transposed(self, right: Array) -> Array:
        """The x of Rᵀx = right."""
        return self._solve(right, 1)

    def _solve(self, right: Array, transposed: int) -> Array:
        solution: Any = solve_triangular(self.triangle, right, trans=transposed, check_finite=False)
        return np.asarray(solution)

    def inverse_norm(self) -> float:
        """An estimate of ‖R⁻¹‖₁ (LAPACK's trcon), hence of how much the columns amplify errors; 1 for no columns."""
        if not self.size:
            return 1.0
        triangle = self.triangle
        reciprocal, _ = lapack.dtrcon(triangle, norm="1", uplo="U")
        norm = float(np.abs(triangle).sum(axis=0).max())
        return 1 / (float(reciprocal) * norm) if reciprocal > 0 else np.inf
