"""The logistic curve of an aligned, balanced mode, against integration of both layers."""

import mpmath
import pytest
from sympy import Rational, limit, log, oo, simplify

from agf_theory.closed_form import linear, with_values
from agf_theory.closed_form import symbols as sym

DATA = {"sigma_k": 3, "Lambda": 2}


def weights(alpha, omega, time):
    """d(alpha)/dt = omega*(3 - 2*alpha*omega), and the same exchanged."""
    with mpmath.workdps(20):
        flow = mpmath.odefun(
            lambda _, z: [z[1] * (3 - 2 * z[0] * z[1]), z[0] * (3 - 2 * z[0] * z[1])],
            0,
            [mpmath.mpf(alpha), mpmath.mpf(omega)],
            tol=1e-15,
        )
        a, w = flow(mpmath.mpf(time))
        return a * w


def number(expression):
    return mpmath.mpf(str(expression.evalf(25)))


@pytest.mark.parametrize("alpha", ["0.25", "2"])
def test_a_positive_start_below_or_above_the_end(alpha):
    curve = with_values(linear.logistic_strength(), s_0=Rational(alpha) ** 2, t=Rational(1, 2), **DATA)
    assert abs(weights(alpha, alpha, "0.5") - number(curve)) < 1e-12


def test_a_negative_start_goes_to_the_saddle():
    curve = with_values(linear.logistic_strength_from_below(), s_0=-Rational(1, 4), **DATA)
    assert abs(weights("0.5", "-0.5", "0.5") - number(curve.subs(sym.t, Rational(1, 2)))) < 1e-12
    assert limit(curve, sym.t, oo) == 0


def test_the_curve_moves_with_its_velocity():
    curve = linear.logistic_strength()
    assert simplify(curve.diff(sym.t) - linear.logistic_velocity().subs(sym.strength, curve)) == 0


def test_the_end_is_the_least_squares_coefficient():
    curve = with_values(linear.logistic_strength(), s_0=1, **DATA)
    assert limit(curve, sym.t, oo) == Rational(3, 2)


def test_times_by_hand():
    assert with_values(linear.logistic_half_time(), s_0=Rational(1, 2), **DATA) == log(2) / 6
    assert with_values(linear.logistic_transit_time(), p=Rational(1, 10), sigma_k=2) == log(9) / 2
    assert with_values(linear.logistic_time(), s_0=Rational(1, 2), s_f=Rational(1, 2), **DATA) == 0


def test_the_half_time_is_a_time_between_strengths():
    half = with_values(linear.logistic_time(), s_0=Rational(1, 4), s_f=Rational(3, 4), **DATA)
    assert simplify(half - with_values(linear.logistic_half_time(), s_0=Rational(1, 4), **DATA)) == 0


def test_times_back_and_forth_cancel():
    there = with_values(linear.logistic_time(), s_0=Rational(1, 4), s_f=1, **DATA)
    back = with_values(linear.logistic_time(), s_0=1, s_f=Rational(1, 4), **DATA)
    assert abs(number(there + back)) < mpmath.mpf(10) ** -20
