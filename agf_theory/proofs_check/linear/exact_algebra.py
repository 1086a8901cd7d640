"""Exact linear algebra of symmetric rational matrices: definiteness with its certificate, inertia, kernels."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import flint

from agf_theory.proofs_check.strategies.rational_matrix import Matrix, Vector, product, transpose

__all__ = ["Definiteness", "definiteness", "exact", "inertia", "kernel", "rank", "real_roots"]


@dataclass(frozen=True)
class Definiteness:
    """Whether a symmetric matrix K is positive semidefinite, with what shows it.

    Attributes
    ----------
    pivots : tuple of Fraction
        The diagonal of D in T K Tᵀ = D with T unit lower triangular, that is K = L D Lᵀ; none negative. Empty if K is
        not semidefinite.
    negative : tuple of Fraction or None
        Otherwise a vector x with xᵀ K x < 0.
    """

    pivots: Vector
    negative: Vector | None = None


def definiteness(matrix: Matrix) -> Definiteness:
    """The rational L D Lᵀ of a symmetric matrix, or a vector on which its form is negative.

    Examples
    --------
    >>> definiteness(((Fraction(1), Fraction(1)), (Fraction(1), Fraction(1)))).pivots
    (Fraction(1, 1), Fraction(0, 1))
    >>> definiteness(((Fraction(0), Fraction(1)), (Fraction(1), Fraction(0)))).negative
    (Fraction(-1, 2), Fraction(1, 1))
    """
    size = len(matrix)
    reduced = [list(row) for row in matrix]
    rows = [[Fraction(i == j) for j in range(size)] for i in range(size)]  # T
    for k in range(size):
        pivot = reduced[k][k]
        if pivot < 0:
            return Definiteness((), tuple(rows[k]))
        others = [j for j in range(k + 1, size) if reduced[k][j] != 0]
        if pivot == 0 and others:
            j = others[0]
            share = -(reduced[j][j] + 1) / (2 * reduced[k][j])
            return Definiteness((), tuple(share * a + b for a, b in zip(rows[k], rows[j], strict=True)))
        for i in others:
            factor = reduced[i][k] / pivot
            reduced[i] = [a - factor * b for a, b in zip(reduced[i], reduced[k], strict=True)]
            rows[i] = [a - factor * b for a, b in zip(rows[i], rows[k], strict=True)]
        for i in others:
            reduced[k][i] = Fraction(0)
    found = tuple(reduced[k][k] for k in range(size))
    lower = tuple(map(tuple, rows))
    check = product(lower, matrix, transpose(lower))
    assert check == tuple(tuple(found[i] if i == j else 0 for j in range(size)) for i in range(size)), "T K Tᵀ = D"
    return Definiteness(found)


def inertia(matrix: Matrix) -> tuple[int, int, int]:
    """Numbers of positive, zero and negative eigenvalues of a symmetric matrix.

    By Descartes' rule of signs, which counts exactly where all roots are real, as those of a characteristic polynomial
    of a symmetric matrix are.

    Examples
    --------
    >>> inertia(((Fraction(0), Fraction(1)), (Fraction(1), Fraction(0))))
    (1, 0, 1)
    """
    coefficients = exact(matrix).charpoly().coeffs()
    zeros = next(i for i, coefficient in enumerate(coefficients) if coefficient != 0)
    signs = [1 if coefficient > 0 else -1 for coefficient in coefficients if coefficient != 0]
    positive = sum(a != b for a, b in pairwise(signs))
    return positive, zeros, len(matrix) - zeros - positive


def kernel(matrix: Matrix) -> tuple[Vector, ...]:
    """A basis of the vectors that a matrix takes to zero.

    Examples
    --------
    >>> kernel(((Fraction(1), Fraction(2)),))
    ((Fraction(-2, 1), Fraction(1, 1)),)
    """
    columns = len(matrix[0])
    reduced, found = exact(matrix).rref()
    rows = [[_fraction(reduced[i, j]) for j in range(columns)] for i in range(found)]
    pivots = [next(j for j, entry in enumerate(row) if entry) for row in rows]
    basis = []
    for free in (j for j in range(columns) if j not in pivots):
        vector = [Fraction(j == free) for j in range(columns)]
        for row, pivot in zip(rows, pivots, strict=True):
            vector[pivot] = -row[free]
        basis.append(tuple(vector))
    return tuple(basis)


def rank(matrix: Matrix) -> int:
    """The rank; 0 for no rows."""
    return int(exact(matrix).rank()) if matrix and matrix[0] else 0


def real_roots(polynomial: flint.fmpz_poly) -> list[flint.arb]:
    """The roots of a polynomial all of whose roots are real, each in a ball of its own; multiple ones once.

    Examples
    --------
    >>> [root.unique_fmpz() for root in real_roots(flint.fmpz_poly([-4, 0, 1]))]
    [-2, 2]
    """
    found: Any = polynomial.complex_roots()
    return [root.real if isinstance(root, flint.acb) else flint.arb(root) for root, _ in found]


def exact(matrix: Matrix) -> flint.fmpq_mat:
    """The same matrix for FLINT."""
    entries = [flint.fmpq(entry.numerator, entry.denominator) for row in matrix for entry in row]
    return flint.fmpq_mat(len(matrix), len(matrix[0]), entries)


def _fraction(number: Any) -> Fraction:
    return Fraction(int(number.p), int(number.q))
