"""The ratio of the clocks and its series."""

import mpmath
import pytest
from sympy import Order, Rational, acosh, exp, limit, log, oo, series, simplify, sqrt, symbols

from agf_theory.closed_form import diagonal, with_values
from agf_theory.closed_form import symbols as sym
from agf_theory.errors import HypothesisNotMet, UnknownName

CONVENTIONS = pytest.mark.parametrize("convention", diagonal.CONVENTIONS)


def number(expression, digits=30):
    return mpmath.mpf(str(expression.evalf(digits)))


def test_hitting_times_by_hand():
    for s, g, expected in (
        (0, -2, Rational(1, 2)),
        (0, 2, Rational(1, 2)),
        (Rational(1, 2), -1, Rational(1, 2)),
        (Rational(1, 2), 1, Rational(3, 2)),
        (1, 4, Rational(1, 2)),
        (-1, -4, Rational(1, 2)),
    ):
        duration = with_values(diagonal.hitting_time(), s=s, g=g)
        assert duration == expected
        assert abs(s - duration * g) == 1


def test_hitting_time_is_even_in_the_sign_of_both():
    both = diagonal.hitting_time().subs({sym.s: -sym.s, sym.g: -sym.g}, simultaneous=True)
    assert simplify(both - diagonal.hitting_time()) == 0


def test_rho_by_hand():
    assert with_values(diagonal.rho(), alpha=Rational(1, 2)) == acosh(2) / (2 * log(2))
    assert with_values(diagonal.rho("slides"), alpha=Rational(1, 2)) == acosh(4) / (2 * log(2))


def test_rho_vanishes_at_the_edge_of_the_papers_hypothesis():
    assert diagonal.rho().subs(sym.alpha, 1 / sqrt(2)) == 0


@CONVENTIONS
def test_rho_is_the_jump_time_over_the_hitting_time_from_the_start(convention):
    # Flow time with eta = log(1/alpha); |g| = 2U, s = 0.
    jump = diagonal.jump_time(convention).subs({sym.c: 0, sym.eta: log(1 / sym.alpha)})
    hitting = diagonal.hitting_time().subs({sym.s: 0, sym.g: 2 * sym.U})
    assert simplify(jump / hitting - diagonal.rho(convention)) == 0


@CONVENTIONS
def test_rho_in_logarithmic_scale_is_rho(convention):
    for eta in (Rational(1), Rational(5, 2), Rational(7)):
        plain = diagonal.rho(convention).subs(sym.alpha, exp(-eta))
        scaled = diagonal.rho_from_log_inverse(convention).subs(sym.eta, eta)
        assert abs(number(plain - scaled)) < mpmath.mpf(10) ** -20


@CONVENTIONS
def test_rho_tends_to_one(convention):
    assert limit(diagonal.rho_from_log_inverse(convention), sym.eta, oo) == 1


def test_rho_does_not_underflow_at_alpha_1e_minus_1000():
    value = number(with_values(diagonal.rho_from_log_inverse("slides"), eta=2303))  # log(1e1000), nearly
    assert mpmath.almosteq(value, 1 + mpmath.log(2) / 4606, rel_eps=1e-14)


def test_the_series_of_the_paper_begins_as_printed():
    first = 1 - sym.alpha**4 / (2 * log(1 / sym.alpha))
    assert diagonal.rho_series(1) == first
    assert simplify(diagonal.rho_series(2) - first + 3 * sym.alpha**8 / (4 * log(1 / sym.alpha))) == 0


def test_the_series_of_the_slides_is_off_by_a_logarithm():
    assert simplify(diagonal.rho_series(0, convention="slides") - 1 - log(2) / (2 * log(1 / sym.alpha))) == 0
    assert simplify(diagonal.rho_series(0) - 1) == 0


@CONVENTIONS
def test_the_coefficients_against_sympys_own_expansion(convention):
    """arccosh(X) = log(2X) + integral of (1/sqrt(1 - X**-2) - 1)/X, expanded by SymPy in z = X**-2."""
    z = symbols("z", positive=True)
    scale = 4 if convention == "paper" else 1  # z = scale*alpha**4
    expansion = series((1 / sqrt(1 - z) - 1) / (2 * z), z, 0, 6).removeO()  # minus the derivative of arccosh in z
    for k in range(1, 7):
        expected = -expansion.coeff(z, k - 1) / k * scale**k / 2
        assert diagonal.rho_series_coefficient(convention, order=k) == expected


@CONVENTIONS
def test_the_remainder_falls_with_the_order_that_is_stated(convention):
    for order in (0, 1, 3):
        following = diagonal.rho_series_coefficient(convention, order=order + 1)
        for eta in (3, 5):
            alpha = exp(-eta)
            with mpmath.workdps(120):
                gap = (
                    (
                        diagonal.rho_from_log_inverse(convention).subs(sym.eta, eta)
                        - diagonal.rho_series(order, convention=convention).subs(sym.alpha, alpha)
                    )
                    * eta
                    * exp(4 * eta * (order + 1))
                )
                ratio = number(gap / following, 120)
            assert abs(ratio - 1) < 4 * mpmath.exp(-4 * eta)  # the next term is below 4 alpha**4 of this one


def test_the_remainder_is_stated():
    assert diagonal.rho_series_remainder(1) == Order(sym.alpha**8 / log(1 / sym.alpha), sym.alpha)


def test_the_coefficient_with_its_symbol_is_the_one_with_a_number():
    assert diagonal.rho_series_coefficient().subs(sym.k, 4) == diagonal.rho_series_coefficient(order=4)


def test_negative_orders_are_refused():
    with pytest.raises(HypothesisNotMet, match="at least 0, got -1"):
        diagonal.rho_series(-1)
    with pytest.raises(HypothesisNotMet, match="at least 0, got -1"):
        diagonal.rho_series_remainder(-1)
    with pytest.raises(HypothesisNotMet, match="at least 1, got 0"):
        diagonal.rho_series_coefficient(order=0)


def test_an_unknown_convention_is_refused():
    with pytest.raises(UnknownName, match="got 'papers'; did you mean 'paper'"):
        diagonal.rho("papers")
