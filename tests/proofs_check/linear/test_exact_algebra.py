"""Definiteness, inertia, kernels and roots, exactly."""

from fractions import Fraction

import flint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agf_theory.proofs_check.linear.exact_algebra import definiteness, inertia, kernel, rank, real_roots
from agf_theory.proofs_check.strategies.rational_matrix import matrix, product, transpose

ENTRIES = st.integers(-3, 3)
SYMMETRIC = st.integers(1, 4).flatmap(
    lambda n: st.lists(ENTRIES, min_size=n * n, max_size=n * n).map(
        lambda e: matrix([[e[min(i, j) * n + max(i, j)] for j in range(n)] for i in range(n)])
    )
)


@given(SYMMETRIC)
def test_pivots_or_a_negative_vector_agree_with_the_eigenvalues(symmetric):
    found = definiteness(symmetric)
    positive, zero, negative = inertia(symmetric)
    if found.negative is None:
        assert negative == 0
        assert min(found.pivots) >= 0
        assert (sum(p > 0 for p in found.pivots), sum(p == 0 for p in found.pivots)) == (positive, zero)
    else:
        assert negative > 0
        column = tuple((entry,) for entry in found.negative)
        assert product(transpose(column), symmetric, column)[0][0] < 0


@given(SYMMETRIC)
def test_a_square_is_semidefinite(symmetric):
    assert definiteness(product(symmetric, symmetric)).negative is None


@given(SYMMETRIC)
def test_the_kernel_is_what_the_rank_leaves(symmetric):
    basis = kernel(symmetric)
    assert len(basis) == len(symmetric) - rank(symmetric)
    assert all(not any(map(any, product(symmetric, tuple((x,) for x in vector)))) for vector in basis)


@pytest.mark.parametrize(
    ("rows", "expected"), [([[2, 0], [0, -1]], (1, 0, 1)), ([[0, 0], [0, 0]], (0, 2, 0)), ([[1, 1], [1, 1]], (1, 1, 0))]
)
def test_inertia_by_hand(rows, expected):
    assert inertia(matrix(rows)) == expected


def test_an_indefinite_form_with_a_zero_pivot_is_seen_through():
    assert definiteness(matrix([[0, 1], [1, 5]])).negative is not None


def test_nothing_has_rank_zero():
    assert rank(()) == 0


def test_roots_come_in_balls_of_their_own():
    roots = sorted(real_roots(flint.fmpz_poly([-2, 0, 1])), key=lambda root: float(root.mid()))
    assert roots[0] < 0 < roots[1]
    assert (roots[1] ** 2).contains(2)


def test_pivots_are_fractions():
    assert definiteness(matrix([[Fraction(1, 2)]])).pivots == (Fraction(1, 2),)
