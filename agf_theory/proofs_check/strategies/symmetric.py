"""Symmetric rational matrices: definite ones from factors, given spectra, commuting pairs."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from agf_theory.proofs_check.strategies.matrices import matrices_of_rank
from agf_theory.proofs_check.strategies.orthogonal import orthogonal_matrices
from agf_theory.proofs_check.strategies.rational_matrix import Matrix, diagonal, product, transpose
from agf_theory.proofs_check.strategies.rationals import simple_rationals

__all__ = ["commuting_spd_pairs", "psd_matrices", "spd_matrices", "symmetric_with_spectrum"]


@st.composite
def spd_matrices(draw: DrawFn, size: int) -> Matrix:
    """Every symmetric positive definite rational matrix, up to the size of its numbers: L D Lᵀ.

    L is lower triangular with ones on its diagonal, D positive. They shrink to the identity.
    """
    below, pivots = simple_rationals(-2, 2, denominators=2), _positive()
    lower = tuple(tuple(draw(below) if j < i else Fraction(i == j) for j in range(size)) for i in range(size))
    middle = diagonal([draw(pivots) for _ in range(size)], rows=size, columns=size)
    return product(lower, middle, transpose(lower))


@st.composite
def psd_matrices(draw: DrawFn, size: int, *, rank: int | None = None) -> Matrix:
    """Positive semidefinite rational matrices F D Fᵀ, covariances for instance; of the given rank, or of any.

    F has full column rank and D is positive: sums of squares of rational numbers alone would not reach them all.
    """
    chosen = draw(st.integers(0, size)) if rank is None else rank
    if chosen == 0:
        return diagonal([], rows=size, columns=size)
    factor = draw(matrices_of_rank(size, chosen, chosen))
    weights = diagonal([draw(_positive()) for _ in range(chosen)], rows=chosen, columns=chosen)
    return product(factor, weights, transpose(factor))


@st.composite
def symmetric_with_spectrum(draw: DrawFn, eigenvalues: Sequence[Fraction]) -> Matrix:
    """Symmetric matrices Q Λ Qᵀ with the given eigenvalues; they shrink to Λ.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(symmetric_with_spectrum([Fraction(1), Fraction(2)]), lambda a: a[0][0] == 2)
    ((Fraction(2, 1), Fraction(0, 1)), (Fraction(0, 1), Fraction(1, 1)))
    """
    size = len(eigenvalues)
    axes = draw(orthogonal_matrices(size))
    return product(axes, diagonal(eigenvalues, rows=size, columns=size), transpose(axes))


@st.composite
def commuting_spd_pairs(draw: DrawFn, size: int) -> tuple[Matrix, Matrix]:
    """Two positive definite matrices with common eigenvectors; equal eigenvalues within either are likely."""
    axes = draw(orthogonal_matrices(size))
    first, second = (
        product(axes, diagonal([draw(_positive()) for _ in range(size)], rows=size, columns=size), transpose(axes))
        for _ in range(2)
    )
    return first, second


def _positive() -> st.SearchStrategy[Fraction]:
    return simple_rationals(0, 3, low_included=False, denominators=2)
