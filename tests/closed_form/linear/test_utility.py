"""The largest utility, its certificate and its maximisers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Integer, Matrix, Rational, eye, simplify, sqrt

from agf_theory.closed_form import derivation, linear
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.matrices import with_matrices


def test_values_worked_by_hand():
    # R = diag(3, 1): M has the eigenvalues 3, 1, -1, -3.
    assert linear.maximal_utility().subs(sym.sigma_1, 3) == Rational(3, 2)
    assert linear.critical_utility().subs(sym.sigma_k, 1) == Rational(1, 2)


def test_the_maximiser_of_a_diagonal_residual():
    R = Matrix([[3, 0, 0], [0, 1, 0]])
    vectors = {sym.left_vector: Matrix([1, 0]), sym.right_vector: Matrix([1, 0, 0])}
    a = with_matrices(linear.maximising_outgoing_weights(), vectors)
    w = with_matrices(linear.maximising_incoming_weights(), vectors)
    assert a.norm() ** 2 + w.norm() ** 2 == 1
    assert (a.T * R * w)[0] == Rational(3, 2)


@given(st.lists(st.integers(-5, 5), min_size=6, max_size=6), st.integers(0, 2**32 - 1))
def test_no_random_unit_vector_has_a_larger_utility(entries, seed):
    R = np.array(entries, dtype=float).reshape(2, 3)
    largest = float(linear.maximal_utility().subs(sym.sigma_1, np.linalg.norm(R, 2)))
    theta = np.random.default_rng(seed).normal(size=5)
    theta /= np.linalg.norm(theta)
    # Rounding of a sum of six products below five in size.
    assert theta[:2] @ R @ theta[2:] <= largest + 1e-13


def test_the_gap_of_a_mode_is_bound_minus_utility():
    alpha, omega = sym.overlap_outgoing, sym.overlap_incoming
    gap = sym.sigma_1 / 2 * (alpha**2 + omega**2) - sym.sigma_k * alpha * omega
    assert simplify(linear.utility_gap_of_mode() - gap) == 0
    assert linear.utility_gap_outside_modes().subs({sym.rest_outgoing: 0, sym.rest_incoming: 0}) == 0


def test_the_circle_of_maximisers_of_diag_2_2_1():
    R, block = Matrix([[2, 0, 0], [0, 2, 0], [0, 0, 1]]), eye(3)[:, :2]
    for q in ((1, 0), (0, 1), (Rational(3, 5), Rational(-4, 5))):
        blocks = {sym.left_block: block, sym.right_block: block, sym.mixing: Matrix(q)}
        a = with_matrices(linear.repeated_maximising_outgoing_weights(), blocks)
        w = with_matrices(linear.repeated_maximising_incoming_weights(), blocks)
        assert (a.T * R * w)[0] == 1
    assert linear.repeated_maximiser_dimension().subs(sym.multiplicity, 2) == 1


@pytest.mark.parametrize("name", ["LIN-02", "LIN-03"])
def test_every_step_of_the_derivation_is_shown(name):
    assert derivation(name).check().proved


@pytest.mark.parametrize(
    "wrong",
    [
        {"maximal_utility": lambda: sym.sigma_1},
        {"maximal_utility": lambda: sym.sigma_1 / sqrt(2)},
        {"incoming": lambda: -linear.maximising_incoming_weights()},
        {"utility_gap_outside_modes": lambda: 2 * linear.utility_gap_outside_modes()},
    ],
)
def test_a_wrong_formula_is_caught_by_the_derivation(wrong):
    assert not derivation("LIN-02", **wrong).check().proved


def test_a_simple_singular_value_has_two_maximisers():
    assert linear.repeated_maximiser_dimension().subs(sym.multiplicity, 1) == Integer(0)
