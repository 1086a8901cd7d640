"""Rational matrices: any, of a given rank, with given singular values."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from agf_theory.proofs_check.strategies.orthogonal import orthogonal_matrices
from agf_theory.proofs_check.strategies.rational_matrix import Matrix, diagonal, product, transpose
from agf_theory.proofs_check.strategies.rationals import simple_rationals

__all__ = ["matrices_of_rank", "matrices_with_singular_values", "rational_matrices"]


@st.composite
def rational_matrices(
    draw: DrawFn, rows: int, columns: int, *, entries: SearchStrategy[Fraction] | None = None
) -> Matrix:
    """Matrices with entries drawn one by one; they shrink to zero.

    Parameters
    ----------
    rows, columns : int
    entries : strategy of Fraction, optional
        Default: `simple_rationals()`, from −3 to 3.
    """
    entry = simple_rationals() if entries is None else entries
    return tuple(tuple(draw(entry) for _ in range(columns)) for _ in range(rows))


@st.composite
def matrices_of_rank(draw: DrawFn, rows: int, columns: int, rank: int) -> Matrix:
    """All rational matrices of exactly this rank, up to the size of their numbers: P L U Q.

    L is lower trapezoidal with ones on its diagonal, U upper trapezoidal without zeros on its own, and P and Q permute
    rows and columns. They shrink to a diagonal of ones.

    Raises
    ------
    ValueError
        If the rank exceeds a side.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(matrices_of_rank(2, 2, 1), lambda matrix: True)
    ((Fraction(1, 1), Fraction(0, 1)), (Fraction(0, 1), Fraction(0, 1)))
    """
    if not 0 <= rank <= min(rows, columns):
        raise ValueError(f"a rank between 0 and {min(rows, columns)} is required, got {rank}")
    if rank == 0:
        return ((Fraction(0),) * columns,) * rows
    below, pivots = simple_rationals(-2, 2, denominators=2), simple_rationals(-2, 2, nonzero=True, denominators=2)
    lower = [[draw(below) if j < i else Fraction(i == j) for j in range(rank)] for i in range(rows)]
    upper = [
        [draw(pivots if i == j else below) if j >= i else Fraction(0) for j in range(columns)] for i in range(rank)
    ]
    found = product(tuple(map(tuple, lower)), tuple(map(tuple, upper)))
    by_rows = draw(st.permutations(range(rows)))
    by_columns = draw(st.permutations(range(columns)))
    return tuple(tuple(found[i][j] for j in by_columns) for i in by_rows)


@st.composite
def matrices_with_singular_values(draw: DrawFn, rows: int, columns: int, singular_values: Sequence[Fraction]) -> Matrix:
    """Rational matrices U Σ Vᵀ with the given singular values; they shrink to Σ.

    Parameters
    ----------
    rows, columns : int
    singular_values : sequence of Fraction
        At most as many as the shorter side has entries, not negative; the others are zero.

    Raises
    ------
    ValueError
        If there are too many, or one is negative.
    """
    if len(singular_values) > min(rows, columns) or any(value < 0 for value in singular_values):
        raise ValueError(
            f"at most {min(rows, columns)} singular values, none negative, are required, got "
            f"({', '.join(map(str, singular_values))})"
        )
    left, right = draw(orthogonal_matrices(rows)), draw(orthogonal_matrices(columns))
    return product(left, diagonal(singular_values, rows=rows, columns=columns), transpose(right))
