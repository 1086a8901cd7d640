"""An aligned mode of any imbalance, against integration of both layers and in its limits."""

import mpmath
import pytest
from sympy import Rational, expand, log, simplify, sqrt

from agf_theory.closed_form import linear, with_values
from agf_theory.closed_form import symbols as sym


def weights(alpha, omega, sigma, time):
    with mpmath.workdps(20):
        sigma = mpmath.mpf(sigma)
        flow = mpmath.odefun(
            lambda _, z: [z[1] * (sigma - z[0] * z[1]), z[0] * (sigma - z[0] * z[1])],
            0,
            [mpmath.mpf(alpha), mpmath.mpf(omega)],
            tol=1e-15,
        )
        a, w = flow(mpmath.mpf(time))
        return a * w


def number(expression):
    return mpmath.mpf(str(expression.evalf(25)))


def of_weights(alpha, omega, **more):
    alpha, omega = Rational(alpha), Rational(omega)
    return {"s_0": alpha * omega, "lambda": alpha**2 - omega**2, **more}


@pytest.mark.parametrize(
    ("alpha", "omega"), [("1", "0.5"), ("0.25", "-1.5"), ("2", "2.5"), ("1", "0"), ("-0.3", "0.2")]
)
def test_strengths_of_either_sign_and_imbalance_against_integration(alpha, omega):
    curve = with_values(linear.imbalanced_strength(), of_weights(alpha, omega, sigma_k=Rational(6, 5)), t=1)
    assert abs(weights(alpha, omega, "1.2", 1) - number(curve)) < 1e-12


@pytest.mark.parametrize(("alpha", "omega"), [("1", "-3"), ("3", "1"), ("0.1", "-0.2")])
def test_every_start_ends_at_sigma(alpha, omega):
    late = with_values(linear.imbalanced_strength(), of_weights(alpha, omega, sigma_k=2), t=40)
    assert abs(number(late) - 2) < mpmath.mpf(10) ** -20


def test_the_ratio_and_its_fixed_points_by_hand():
    # alpha = 2, omega = 1: lambda = 3, s = 2, Q = 9/3; with sigma = 2 the rate is 5 and the mode is at rest.
    assert with_values(linear.strength_ratio(), {"s": 2, "lambda": 3}) == 3
    assert with_values(linear.upper_fixed_ratio(), {"sigma_k": 2, "lambda": -3}) == 3
    assert with_values(linear.lower_fixed_ratio(), {"sigma_k": 2, "lambda": 3}) == -Rational(1, 3)
    assert with_values(linear.imbalanced_rate(), {"sigma_k": 2, "lambda": 3}) == 5
    assert with_values(linear.strength_of_ratio(), {"Q": 3, "lambda": -3}) == 2
    assert with_values(linear.imbalanced_velocity(), {"s": 2, "lambda": 3, "sigma_k": 4}) == 10


def test_the_solution_in_ratios_starts_where_it_should_and_takes_the_time_it_says():
    fixed = {"Q_plus": 3, "Q_minus": -Rational(1, 3), "nu": 5}
    time = with_values(linear.time_between_ratios(), Q_0=1, Q=2, **fixed)
    assert simplify(with_values(linear.ratio_in_time(), Q_0=1, t=time, **fixed) - 2) == 0
    assert simplify(with_values(linear.ratio_in_time(), Q_0=1, t=0, **fixed) - 1) == 0


def test_the_time_between_strengths_is_that_of_the_curve():
    start = of_weights("0.5", "-1", sigma_k=2)
    time = with_values(linear.imbalanced_time(), start, s_f=1)
    there = with_values(linear.imbalanced_strength(), start, t=time)
    assert abs(number(there) - 1) < mpmath.mpf(10) ** -20


def test_a_tiny_imbalance_leaves_the_logistic():
    at = {"s_0": Rational(1, 4), "sigma_k": 2, "t": Rational(1, 2)}
    curve = with_values(linear.imbalanced_strength(), {"lambda": Rational(1, 10**9)}, **at)
    logistic = with_values(linear.logistic_strength(), Lambda=1, **at)
    assert abs(number(curve - logistic)) < 1e-17


def test_a_tiny_imbalance_frees_a_negative_start_from_the_saddle():
    at = {"s_0": -Rational(1, 4), "sigma_k": 2}
    curve = with_values(linear.imbalanced_strength(), {"lambda": Rational(1, 10**6)}, **at)
    assert abs(number(curve.subs(sym.t, 4))) < 1e-3
    assert abs(number(curve.subs(sym.t, 30)) - 2) < 1e-6


def test_a_huge_imbalance_leaves_an_exponential():
    at = {"s_0": -Rational(1, 4), "sigma_k": 2, "lambda": -(10**8), "t": Rational(1, 10**8)}
    assert abs(number(with_values(linear.imbalanced_strength() - linear.imbalanced_strength_far(), at))) < 1e-14


def test_the_effective_strength_is_a_quarter_of_the_square_of_the_sum():
    assert with_values(linear.effective_strength(), of_weights("1", "-3")) == 1
    assert with_values(linear.effective_strength(), {"s_0": 2, "lambda": 0}) == 2


def test_the_half_time_of_a_small_start_and_its_correction():
    """Off by -(alpha**2 + omega**2)/(4*sigma**2), relative error of the order of the start squared."""
    alpha, omega, sigma = Rational(1, 1000), -Rational(3, 1000), Rational(3, 2)
    start = of_weights(alpha, omega, sigma_k=sigma)
    exact = with_values(linear.imbalanced_time(), start, s_f=sigma / 2)
    miss = number(exact - with_values(linear.half_time_from_effective_strength(), start))
    correction = -(alpha**2 + omega**2) / (4 * sigma**2)
    assert abs(miss / number(correction) - 1) < 1e-4


def test_the_half_time_at_no_strength_by_hand():
    assert with_values(linear.half_time_from_effective_strength(), {"s_0": 0, "lambda": -1, "sigma_k": 2}) == log(8) / 4


def test_the_half_time_from_the_overlap_is_later_than_norm_one():
    later = linear.half_time_from_overlap() - linear.dormant_jump_time(0).subs(sym.sigma_1, sym.sigma_k)
    assert expand(later - log(2 * sym.sigma_k) / (2 * sym.sigma_k)) == 0


def test_the_half_time_from_the_overlap_is_that_of_the_effective_strength():
    # epsilon = 1, alpha = 1, omega = 2: overlap 3/sqrt(2), effective strength 9/4.
    by_overlap = with_values(linear.half_time_from_overlap().subs(sym.log_inverse, 0), z_1=3 / sqrt(2), sigma_k=5)
    by_strength = with_values(linear.half_time_from_effective_strength(), {"s_0": 2, "lambda": 3, "sigma_k": 5})
    assert abs(number(by_overlap - by_strength)) < mpmath.mpf(10) ** -20
