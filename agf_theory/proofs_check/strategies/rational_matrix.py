"""Matrices of fractions, as tuples of rows: what the strategies are built from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

import flint

__all__ = ["Matrix", "Vector", "diagonal", "identity", "inverse", "matrix", "product", "transpose"]

Vector = tuple[Fraction, ...]
Matrix = tuple[Vector, ...]


def matrix(rows: Iterable[Iterable[Fraction | int]]) -> Matrix:
    """The rows as tuples of fractions."""
    return tuple(tuple(map(Fraction, row)) for row in rows)


def identity(size: int) -> Matrix:
    """The identity matrix."""
    return diagonal([Fraction(1)] * size, rows=size, columns=size)


def diagonal(entries: Sequence[Fraction], *, rows: int, columns: int) -> Matrix:
    """The entries on the main diagonal, zero elsewhere; what lies beyond the entries is zero.

    Examples
    --------
    >>> diagonal([Fraction(2)], rows=1, columns=2)
    ((Fraction(2, 1), Fraction(0, 1)),)
    """
    return tuple(
        tuple(entries[i] if i == j and i < len(entries) else Fraction(0) for j in range(columns)) for i in range(rows)
    )


def transpose(a: Matrix) -> Matrix:
    """Rows and columns exchanged."""
    return tuple(zip(*a, strict=True))


def product(*factors: Matrix) -> Matrix:
    """The product of the factors, from left to right."""
    found, *rest = factors
    for factor in rest:
        columns = transpose(factor)
        found = tuple(tuple(_dot(row, column) for column in columns) for row in found)
    return found


def inverse(a: Matrix) -> Matrix:
    """The inverse; raises `ZeroDivisionError` if there is none."""
    entries = [flint.fmpq(e.numerator, e.denominator) for row in a for e in row]
    found = flint.fmpq_mat(len(a), len(a), entries).inv().table()
    return tuple(tuple(Fraction(int(e.p), int(e.q)) for e in row) for row in found)


def _dot(row: Vector, column: Vector) -> Fraction:
    return sum((a * b for a, b in zip(row, column, strict=True)), Fraction(0))
