"""Saddles and their levels: the counterexample with modes in reversed order, worked by hand."""

import pytest
from sympy import Matrix, Rational, Symbol, diag, eye

from agf_theory.closed_form import derivation, linear
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.matrices import with_matrices
from agf_theory.errors import HypothesisNotMet

# Sigma_xx = diag(4, 1/2), Sigma_yx = diag(2, 1): sigma = (2, 1), but mu = (1, 2).
REVERSED = {
    sym.sigma_xx: diag(4, Rational(1, 2)),
    sym.sigma_xx_inverse: diag(Rational(1, 4), 2),
    sym.sigma_yx: diag(2, 1),
    sym.sigma_yy: diag(1, 2) + eye(2) / 5,
}


def test_modes_in_reversed_order_by_hand():
    assert with_matrices(linear.drop_matrix(), REVERSED) == diag(1, 2)
    assert with_matrices(linear.best_map(), REVERSED) == diag(Rational(1, 2), 2)
    assert with_matrices(linear.unexplained(), REVERSED).trace() / 2 == Rational(1, 5)


def test_the_best_map_of_rank_one_learns_the_mode_of_smaller_singular_value():
    learned = {**REVERSED, sym.learned: diag(0, 1)}
    assert with_matrices(linear.saddle_map(), learned) == diag(0, 2)
    assert with_matrices(linear.saddle_residual(), learned) == diag(2, 0)


def test_levels_of_the_counterexample():
    mu = {Symbol(f"mu_{i}", nonnegative=True): value for i, value in ((1, 2), (2, 1))}
    levels = [linear.loss_level(2, learned).subs(mu).subs(sym.noise, 0) for learned in ((), (1,), (2,), (1, 2))]
    assert levels == [Rational(3, 2), Rational(1, 2), 1, 0]


def test_every_level_stands_on_the_noise_floor():
    assert linear.loss_level(3, (1, 2, 3)) == sym.noise


def test_a_mode_that_is_none_is_refused():
    with pytest.raises(HypothesisNotMet, match="modes learned must be among 1 to 2, got 3"):
        linear.loss_level(2, (3,))


def test_a_saddle_is_left_towards_a_mode_that_is_worth_more():
    assert linear.escape_curvature().subs({sym.mu_learned: 1, sym.mu_missed: 2}) == -1


def test_every_step_of_the_derivation_is_shown():
    assert derivation("LIN-09").check().proved


@pytest.mark.parametrize(
    "wrong",
    [
        {"saddle_map": lambda: sym.learned * sym.sigma_yx},
        {"saddle_residual": lambda: sym.sigma_yx - sym.learned * sym.sigma_yx * sym.sigma_xx_inverse},
        {"unexplained": lambda: sym.sigma_yy - sym.sigma_yx * sym.sigma_yx.T},
        {"loss_level": lambda modes, learned: linear.loss_level(modes, learned) - sym.noise},
        {"escape_curvature": lambda: 2 * linear.escape_curvature()},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_wrong_formula_is_caught_by_the_derivation(wrong):
    assert not derivation("LIN-09", **wrong).check().proved


def test_the_noise_of_a_target_without_noise_vanishes():
    B = Matrix([[1, 2], [3, 4]])
    X = diag(2, 3)
    moments = {sym.sigma_xx_inverse: X.inv(), sym.sigma_yx: B * X, sym.sigma_yy: B * X * B.T}
    assert with_matrices(linear.unexplained(), moments).is_zero_matrix
