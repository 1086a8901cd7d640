r"""The loss of a diagonal linear network as an exact quadratic form of the coefficients.

.. math:: \mathcal L(\beta) = \frac1{2n}\|X\beta - y\|^2
          = \tfrac12\beta^\top G\beta - b^\top\beta + \tfrac12 c,\qquad
          G = X^\top X/n,\; b = X^\top y/n,\; c = y^\top y/n
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq, fmpq_mat

from agf_theory.problems import DiagonalNetwork

__all__ = ["ExactQuadratic", "submatrix"]


@dataclass(frozen=True)
class ExactQuadratic:
    """Gram matrix ``gram`` (d×d), ``linear`` (d×1) and ``constant`` of the loss, as FLINT rationals."""

    gram: fmpq_mat
    linear: fmpq_mat
    constant: fmpq

    @classmethod
    def of(cls, problem: DiagonalNetwork) -> ExactQuadratic:
        """The quadratic form of the problem's exact data."""
        design, target = problem.rational_X, problem.rational_y
        transposed = design.transpose()
        scale = fmpq(1, problem.n)
        return cls(
            gram=transposed * design * scale,
            linear=transposed * target * scale,
            constant=(target.transpose() * target)[0, 0] * scale,
        )

    @property
    def dimension(self) -> int:
        """Number of coefficients d."""
        return int(self.gram.nrows())

    def gradient(self, coefficients: fmpq_mat) -> fmpq_mat:
        """Gradient Gβ − b at a d×1 point."""
        return self.gram * coefficients - self.linear

    def loss(self, coefficients: fmpq_mat) -> fmpq:
        """Loss at a d×1 point."""
        gradient_minus_linear = self.gradient(coefficients) - self.linear
        return ((coefficients.transpose() * gradient_minus_linear)[0, 0] + self.constant) / 2


def submatrix(matrix: fmpq_mat, rows: Sequence[int], columns: Sequence[int]) -> fmpq_mat:
    """The rows and columns named, in that order."""
    return fmpq_mat(len(rows), len(columns), [matrix[i, j] for i in rows for j in columns])
