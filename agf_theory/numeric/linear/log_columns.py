"""Effective neurons on a logarithmic scale: the hidden columns of Θ = [A; Wᵀ], orthogonal, each with its log-norm."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["LogColumns"]

Array = NDArray[np.float64]

# Above this difference of log-norms a rotation changes the larger column by less than e^-36, one part in 2**52.
APART = 18.0
MOST_SWEEPS = 30  # Jacobi converges quadratically after a few; a loop without end would be worse than an error


@dataclass
class LogColumns:
    """The matrix Θ, column j being exp(log_norms[j]) times directions[:, j].

    The loss depends on Θ Θᵀ alone, so the columns may be rotated among one another. Where they are orthogonal they are
    the effective neurons; raw columns all align with the fastest mode and hide the others.

    Attributes
    ----------
    log_norms : (H,)
    directions : (c + d, H), unit columns
    """

    log_norms: Array
    directions: Array

    @classmethod
    def of(cls, start: Array, log_scale: float) -> LogColumns:
        """The effective neurons of exp(log_scale) times a matrix; columns that vanish in its gauge are dropped."""
        left, values, _ = np.linalg.svd(start, full_matrices=False)
        present = values > values[0] * max(start.shape) * np.finfo(float).eps
        return cls(np.log(values[present]) + log_scale, left[:, present])

    @classmethod
    def unpacked(cls, state: Array, width: int) -> LogColumns:
        """The columns from one flat vector; a copy."""
        return cls(state[:width].copy(), state[width:].reshape(-1, width).copy())

    def packed(self) -> Array:
        """All numbers as one flat vector, log-norms first."""
        return np.concatenate([self.log_norms, self.directions.ravel()])

    def orthogonalise(self) -> None:
        """Rotate the columns to mutual orthogonality, the largest first; Θ Θᵀ does not change.

        One-sided Jacobi. Where two columns are far apart in size the rotation is the subtraction of a projection from
        the smaller one: it keeps rounding errors in the direction of the larger one, which grows faster, out of it.
        """
        order = np.argsort(-self.log_norms, kind="stable")
        self.log_norms, self.directions = self.log_norms[order], self.directions[:, order]
        for j in range(len(self.log_norms)):
            self._normalise(j)
        tolerance = 4 * len(self.directions) * np.finfo(float).eps
        for _ in range(MOST_SWEEPS):
            overlaps = self.directions.T @ self.directions
            np.fill_diagonal(overlaps, 0.0)
            if np.abs(overlaps).max(initial=0.0) <= tolerance:
                return
            for i in range(len(self.log_norms)):
                for j in range(i + 1, len(self.log_norms)):
                    self._rotate(i, j)

    def _normalise(self, j: int) -> None:
        norm = float(np.linalg.norm(self.directions[:, j]))
        self.log_norms[j] += np.log(norm)
        self.directions[:, j] /= norm

    def _rotate(self, i: int, j: int) -> None:
        first, second = self.directions[:, i], self.directions[:, j]
        overlap = float(first @ second)
        if overlap == 0:
            return
        apart = float(self.log_norms[i] - self.log_norms[j])
        if abs(apart) > APART:
            large, small = (i, j) if apart > 0 else (j, i)
            self.directions[:, small] -= overlap * self.directions[:, large]
            self._normalise(small)
            return
        ratio = float(np.exp(-apart))  # of the second's size to the first's
        angle = (ratio - 1 / ratio) / (2 * overlap)
        tangent = (1.0 if angle >= 0 else -1.0) / (abs(angle) + np.hypot(1.0, angle))
        cosine = 1 / np.hypot(1.0, tangent)
        sine = cosine * tangent
        self.directions[:, i], self.directions[:, j] = (
            cosine * first - sine * ratio * second,
            (sine * first + cosine * ratio * second) / ratio,
        )
        self._normalise(i)
        self._normalise(j)
