"""Thresholds and bounds on the jump time."""

import mpmath
import pytest
from sympy import Integer, Rational, limit, log, oo, simplify, symbols

from agf_theory.closed_form import framework, with_values
from agf_theory.closed_form import symbols as sym
from agf_theory.errors import HypothesisNotMet

SMALL = Rational(1, 100)
q = symbols("q", positive=True)


@pytest.mark.parametrize("degree", [2, 3, 4, 7])
def test_the_norm_is_one_at_the_threshold(degree):
    assert framework.norm(degree).subs(sym.S, framework.threshold(degree)).subs(sym.norm_0, SMALL) == 1


def test_thresholds_by_hand():
    assert with_values(framework.threshold(2), N_0=SMALL, eta=2) == log(100) / 2
    assert with_values(framework.threshold(3), N_0=SMALL, eta=2) == Rational(99, 2)
    assert with_values(framework.threshold(4), N_0=SMALL, eta=1) == Rational(9999, 2)


def test_the_threshold_above_two_tends_to_the_threshold_of_two():
    above = framework.threshold().args[1].expr.subs(sym.kappa, 2 + q)
    assert simplify(limit(above, q, 0, "+") - framework.threshold(2)) == 0


def test_the_threshold_is_zero_at_norm_one_and_negative_beyond():
    for degree in (2, 3, 5):
        assert framework.threshold(degree).subs(sym.norm_0, 1) == 0
        assert with_values(framework.threshold(degree), N_0=2, eta=1) < 0


def test_the_blow_up_comes_after_the_threshold_by_one_over_degree_minus_two():
    for degree in (3, 4, 6):
        gap = simplify(framework.blow_up(degree) - framework.threshold(degree))
        assert gap == 1 / (sym.eta * (degree - 2))
    assert framework.blow_up(2) is oo


def test_the_general_formulas_at_a_number_are_the_special_ones():
    for formula in (
        framework.threshold,
        framework.jump_time_lower_bound,
        framework.jump_time_upper_bound,
        framework.plateau_scale,
        framework.limiting_threshold,
        framework.blow_up,
    ):
        for degree in (2, 3, 5):
            assert formula().subs(sym.kappa, degree) == formula(degree)


def test_bounds_on_the_jump_time_of_a_product_of_two_weights():
    # U = x*y from (N_0, 0): 2*phi grows with rate 2, the norm is N_0*sqrt(cosh(2*t)), so the jump is at
    # arccosh(N_0**-2)/2, after the lower bound -log(N_0)/(2*1*1/2) and at distance log(2)/2 from it as N_0 -> 0.
    with mpmath.workdps(30):
        start = mpmath.mpf(1) / 100
        jump = mpmath.acosh(start**-2) / 2
        lower = mpmath.mpf(
            str(with_values(framework.jump_time_lower_bound(2), N_0=SMALL, U=Rational(1, 2), eta=1).evalf(30))
        )
        assert jump > lower
        assert abs(jump - lower - mpmath.log(2) / 2) < start**4  # arccosh(X) = log(2X) - 1/(4X**2) - ...


@pytest.mark.parametrize("degree", [2, 3])
def test_the_bounds_meet_at_a_maximiser_and_order_otherwise(degree):
    lower, upper = framework.jump_time_lower_bound(degree), framework.jump_time_upper_bound(degree)
    assert upper.subs(sym.U_0, sym.U) == lower
    numbers = {sym.norm_0: SMALL, sym.eta: 1}
    assert lower.subs(numbers).subs(sym.U, 1) < upper.subs(numbers).subs(sym.U_0, Rational(1, 2))


@pytest.mark.parametrize(
    ("degree", "expected"), [(2, Integer(1)), (3, Integer(1)), (4, Rational(1, 2)), (6, Rational(1, 4))]
)
def test_on_the_rescaled_clock_the_threshold_has_a_finite_limit(degree, expected):
    rescaled = framework.threshold(degree).subs({sym.norm_0: sym.alpha, sym.eta: framework.plateau_scale(degree)})
    assert limit(simplify(rescaled), sym.alpha, 0, "+") == expected == framework.limiting_threshold(degree)


def test_degrees_below_two_are_refused():
    with pytest.raises(HypothesisNotMet, match="at least 2, got 0"):
        framework.jump_time_lower_bound(0)
