"""Eigenvalues of symmetric ball matrices, each enclosed with its multiplicity; projectors onto isolated ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import flint
import mpmath

from agf_theory.errors import UndecidedError

__all__ = ["as_balls", "eigenvalues", "spectral_projector"]


def as_balls(matrix: Any) -> Any:
    """An fmpq_mat as an arb_mat at the working precision."""
    return flint.arb_mat(matrix.nrows(), matrix.ncols(), [flint.arb(entry) for entry in matrix.entries()])


def eigenvalues(matrix: Any) -> list[Any]:
    """Enclosures of all eigenvalues of a symmetric arb_mat, descending, at the working precision.

    With any matrix Q near the eigenvectors, QᵀMQ has eigenvalues that are those of M times factors between the least
    and the largest eigenvalue of QᵀQ (Ostrowski), and they lie within ‖QᵀMQ − D‖ of any diagonal D (Weyl). Nothing is
    asked of Q but that the enclosures come out narrow, so that coinciding eigenvalues do no harm.
    """
    n = matrix.nrows()
    if not n:
        return []
    Q = _approximate_eigenvectors(matrix)
    turned, gram = Q.transpose() * matrix * Q, Q.transpose() * Q
    middles = {i: turned[i, i].mid() for i in range(n)}
    apart = _norm(turned, middles)
    skewed = _norm(gram, {i: flint.arb(1) for i in range(n)})
    if not skewed < 1:
        raise UndecidedError(
            f"eigenvectors: independent ones to {flint.ctx.prec} bits are required, got {skewed.str(5)}"
        )
    reach = apart * flint.arb(0, 1)
    factor = 1 + skewed * flint.arb(0, 1)
    return [(value + reach) / factor for value in sorted(middles.values(), key=_Ordered, reverse=True)]


def spectral_projector(matrix: Any, values: Sequence[Any], chosen: Sequence[int]) -> Any:
    """The projector onto the eigenvectors of chosen eigenvalues, by Lagrange's polynomials in the matrix.

    Parameters
    ----------
    matrix : arb_mat or fmpq_mat, symmetric
    values : sequence
        All its distinct eigenvalues, certainly apart from one another.
    chosen : sequence of int
    """
    n = matrix.nrows()
    one = matrix * 0
    for i in range(n):
        one[i, i] = 1
    total = matrix * 0
    for j in chosen:
        product = one
        for i, value in enumerate(values):
            if i != j:
                product = product * (matrix - one * value) * (1 / (values[j] - value))
        total = total + product
    return total


class _Ordered:
    """Exact midpoints in their order, which floats may not tell."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __lt__(self, other: _Ordered) -> bool:
        return bool(self.value < other.value)


def _norm(matrix: Any, diagonal: dict[int, Any]) -> Any:
    """Upper bound of the Frobenius norm of a matrix less a diagonal one."""
    n = matrix.nrows()
    total = flint.arb(0)
    for i in range(n):
        for j in range(n):
            entry = matrix[i, j] - diagonal[i] if i == j else matrix[i, j]
            total += entry.abs_upper() ** 2
    return total.sqrt().abs_upper()


def _approximate_eigenvectors(matrix: Any) -> Any:
    n = matrix.nrows()
    with mpmath.workprec(flint.ctx.prec):
        middle = mpmath.matrix(n, n)
        for i in range(n):
            for j in range(n):
                mantissa, exponent = matrix[i, j].mid().man_exp()
                middle[i, j] = mpmath.mpf(int(mantissa)) * mpmath.mpf(2) ** int(exponent)
        _, vectors = mpmath.eigsy((middle + middle.T) / 2)
        entries = [_ball(vectors[i, j]) for i in range(n) for j in range(n)]
    return flint.arb_mat(n, n, entries)


def _ball(number: Any) -> Any:
    sign, mantissa, exponent, _ = number._mpf_
    value = flint.arb(int(mantissa)) * flint.arb(2) ** int(exponent)
    return -value if sign else value
