"""Random rational matrices of the checks on linear networks: any, exactly orthogonal, with simple entries."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from agf_theory.proofs_check.strategies.rational_matrix import Matrix, Vector, identity, inverse, product

__all__ = ["any_matrix", "orthogonal_matrix", "unit_column"]


def any_matrix(random: Random, rows: int, columns: int) -> Matrix:
    """Entries between −3 and 3 with denominators up to 3."""
    return tuple(
        tuple(Fraction(random.randint(-6, 6), random.randint(2, 3)) for _ in range(columns)) for _ in range(rows)
    )


def orthogonal_matrix(random: Random, size: int) -> Matrix:
    """A Cayley transform (I − S)(I + S)⁻¹ of a skew matrix S, its columns permuted and some of them negated."""
    skew = [[Fraction(0)] * size for _ in range(size)]
    for i in range(size):
        for j in range(i):
            skew[i][j] = Fraction(random.randint(-2, 2), random.randint(1, 2))
            skew[j][i] = -skew[i][j]
    one = identity(size)
    minus, plus = (
        tuple(tuple(a + sign * b for a, b in zip(*rows, strict=True)) for rows in zip(one, skew, strict=True))
        for sign in (-1, 1)
    )
    rotation = product(minus, inverse(plus))
    order = random.sample(range(size), size)
    signs = [random.choice((1, -1)) for _ in range(size)]
    return tuple(tuple(sign * row[j] for j, sign in zip(order, signs, strict=True)) for row in rotation)


def unit_column(random: Random, size: int) -> Vector:
    """A rational unit vector: a column of an orthogonal matrix."""
    return tuple(row[0] for row in orthogonal_matrix(random, size))
