"""A thin QR factorisation of the active columns, updated as columns enter and leave."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lapack, qr_delete

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
        # LAPACK wants R contiguous; one buffer for all sizes, because fresh memory costs more than the copy into it
        self._buffer: Array = np.zeros(capacity * capacity)
        self._copied = 0
        self._direction: Array = np.zeros(0)
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
        """Append a column of unit norm; returns its distance from the others' span (zero: nothing is appended)."""
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
            self._copied = 0
        return distance

    def leave(self, position: int) -> None:
        """Remove the column at a position of the order of entry."""
        k = self.size - 1
        basis, triangle = qr_delete(
            self.orthonormal, self._contiguous(), position, which="col", overwrite_qr=True, check_finite=False
        )
        if not np.shares_memory(basis, self._orthonormal):  # overwriting is a permission, not a promise
            self._orthonormal[:, :k] = basis[:, :k]
        self._triangle[:k, position:k] = triangle[:k, position:k]
        self._triangle[: k + 1, k] = 0
        self.size = k
        self._copied = 0

    def solve(self, right: Array) -> Array:
        """The x of Rx = right."""
        return self._solve(right, 0)

    def solve_transposed(self, right: Array) -> Array:
        """The x of Rᵀx = right."""
        return self._solve(right, 1)

    def _solve(self, right: Array, transposed: int) -> Array:
        if not self.size:
            return np.zeros(0)
        solution, status = lapack.dtrtrs(self._contiguous(), right, trans=transposed)
        assert status == 0, "a column at distance zero is never entered"
        return np.asarray(solution)

    def _contiguous(self) -> Array:
        """R in contiguous memory, copied when it has changed."""
        view = self._buffer[: self.size**2].reshape((self.size, self.size), order="F")
        if self._copied != self.size:
            view[...] = self.triangle
            self._copied = self.size
        return view

    def inverse_row(self, position: int) -> Array:
        """One row of R⁻¹; its norm is that of the same row of the columns' pseudo-inverse."""
        unit = np.zeros(self.size)
        unit[position] = 1
        return self.solve_transposed(unit)

    def inverse_norm(self) -> float:
        """An estimate of ‖R⁻¹‖₂, hence of how much the columns amplify errors; 1 for no columns.

        One step of the power method a call, started from the last call's direction: the estimate is from below, and
        follows the factorisation as it changes by a column at a time.
        """
        if not self.size:
            return 1.0
        direction = np.ones(self.size)
        known = min(self.size, len(self._direction))
        direction[:known] += np.sqrt(self.size) * self._direction[:known]
        direction = self.solve(self.solve_transposed(direction / np.linalg.norm(direction)))
        norm = float(np.linalg.norm(direction))
        self._direction = direction / norm
        return float(np.sqrt(norm))
