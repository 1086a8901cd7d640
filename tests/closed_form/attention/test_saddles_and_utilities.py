"""Closed forms of linear attention: the problem of the paper in fractions, edge cases by hand, wrong steps refuted."""

import pytest
from sympy import Integer, MatrixSymbol, Rational, Symbol, simplify, sqrt

from agf_theory.closed_form import Outcome, attention, derivation
from agf_theory.closed_form import symbols as sym
from agf_theory.errors import HypothesisNotMet, InputError

PAPER = [Rational(24, 25), Rational(12, 25), Rational(8, 25), Rational(6, 25)]
N, TRACE, VARIANCE = sym.context_length, sym.total_variance, sym.eigenvalue


def level(variances, length, learned):
    names = {Symbol(f"lambda_{i}", nonnegative=True): value for i, value in enumerate(variances, start=1)}
    return attention.loss_level(len(variances), learned).subs({N: length, **names})


def test_the_problem_of_the_paper_in_fractions():
    strengths = [attention.component_strength().subs({TRACE: 2, N: 32, VARIANCE: value}) for value in PAPER]
    assert strengths == [Rational(25, 842), Rational(25, 446), Rational(25, 314), Rational(25, 248)]
    assert [f"{float(value):.7f}" for value in strengths] == ["0.0296912", "0.0560538", "0.0796178", "0.1008065"]
    levels = [level(PAPER, 32, range(1, count + 1)) for count in range(5)]
    assert levels[:2] == [1, Rational(5917, 10525)]
    assert [f"{float(value):.6f}" for value in levels] == ["1.000000", "0.562185", "0.355549", "0.225103", "0.132199"]


def test_strengths_have_the_reversed_order_of_variances():
    strengths = [attention.component_strength().subs({TRACE: 2, N: 32, VARIANCE: value}) for value in PAPER]
    assert strengths == sorted(strengths)
    assert sorted(PAPER, reverse=True) == PAPER


def test_isotropic_inputs_leave_d_times_d_plus_one_over_twice_d_plus_n_plus_one():
    for D, length in ((1, 1), (3, 5), (4, 100)):
        assert level([1] * D, length, range(1, D + 1)) == Rational(D * (D + 1), 2 * (D + length + 1))


def test_a_long_context_leaves_nothing():
    left = [level(PAPER, 10**power, (1, 2, 3, 4)) for power in (3, 6, 9)]
    assert left == sorted(left, reverse=True)
    assert 0 < left[-1] < Rational(1, 10**8) * 5


def test_the_exchange_gap_is_the_difference_of_two_falls():
    fall = attention.component_fall()
    seen = fall.subs(VARIANCE, VARIANCE + sym.variance_excess) - fall
    assert simplify(seen - attention.exchange_gap()) == 0


def test_the_largest_utility_by_hand():
    at = {N: 2, VARIANCE: 3}
    assert attention.maximal_head_utility_separate().subs(at) == 18
    assert attention.maximal_head_utility().subs(at) == 18 / (3 * sqrt(3))
    weights = (sym.square_value, sym.square_key, sym.square_query)
    assert attention.head_utility_gap().subs(dict(zip(weights, (3, 0, 0), strict=True))) == 1


def test_components_that_are_none_are_refused():
    with pytest.raises(HypothesisNotMet, match="components learned must be among 1 to 2, got 3"):
        attention.loss_level(2, (3,))


def test_a_quantity_without_a_factor_is_refused():
    with pytest.raises(InputError, match="'flow time' is required, got 'speed'"):
        attention.mean_convention_factor("speed")


@pytest.mark.survey  # `make verify` derives them
@pytest.mark.parametrize("name", ["ATT-03", "ATT-04", "ATT-05", "ATT-06", "ATT-07", "ATT-13", "ATT-14", "ATT-15"])
def test_every_step_of_the_derivation_is_shown(name):
    assert derivation(name).check().proved


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("ATT-03", {"best_map_inverse": lambda: attention.best_map_inverse() - sym.covariance}),
        ("ATT-04", {"loss_level": lambda count, learned: attention.loss_level(count, ())}),
        ("ATT-05", {"exchange_gap": lambda: -attention.exchange_gap()}),
        ("ATT-06", {"remaining_gradient": lambda: N * sym.covariance**2}),
        ("ATT-06", {"remaining_eigenvalue": lambda: N * VARIANCE}),
        ("ATT-07", {"maximal_head_utility": lambda: N * VARIANCE**2 / sqrt(3)}),
        ("ATT-07", {"maximising_value": lambda: Integer(1)}),
        ("ATT-13", {"repeated_maximising_direction": lambda: sym.eigenspace * sym.eigenspace_direction}),
        ("ATT-13", {"head_maximiser_dimension": lambda: sym.multiplicity + 0}),
        ("ATT-14", {"mean_convention_factor": lambda quantity: Integer(1)}),
    ],
)
def test_a_wrong_formula_is_refuted_by_a_step(name, wrong):
    assert derivation(name, **wrong).check().outcome is Outcome.REFUTED


def test_no_two_symbols_of_linear_attention_share_a_name():
    names = [symbol.name for symbol in (N, TRACE, VARIANCE, sym.eigenvector, sym.covariance, sym.best_map)]
    assert len(set(names)) == len(names)
    assert isinstance(sym.attention_map, MatrixSymbol)
