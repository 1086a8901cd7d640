"""Refined jump times by hand, against the half times they approximate, and their means at known digammas."""

import pytest
from sympy import EulerGamma, Matrix, Rational, log, simplify

from agf_theory.closed_form import linear, with_values
from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.linear.refined_times import inner_product
from agf_theory.errors import HypothesisNotMet


def test_a_refined_time_by_hand():
    time = with_values(linear.refined_jump_time(), L=35, r=1, sigma_k=2, Lambda=4)
    assert time == Rational(35, 2)


def test_the_half_strength_is_missed_by_a_square_of_the_scale():
    at = {sym.sigma_k: 2, sym.variance: 3, sym.overlap: 1, sym.log_inverse: 20}
    time = linear.refined_jump_time().subs(at)
    strength = linear.aligned_strength().subs(at).subs(sym.t, time)
    miss = (strength / linear.plateau_strength().subs(at) - Rational(1, 2)).evalf(50)
    assert 0 < miss < 1e-16


def test_overlaps_are_gram_schmidt_remainders():
    z = Matrix([[2, 0, 0], [1, 3, 0], [4, 5, 7]])
    products = {inner_product(i, j): z.row(i - 1).dot(z.row(j - 1)) for i in (1, 2, 3) for j in (1, 2, 3)}
    assert [linear.squared_overlap(k).subs(products) for k in (1, 2, 3)] == [4, 9, 49]


def test_modes_are_counted_from_one():
    with pytest.raises(HypothesisNotMet, match="number of a mode must be at least 1, got 0"):
        linear.squared_overlap(0)


def test_inner_products_are_symmetric_and_positive_on_the_diagonal():
    assert inner_product(3, 1) == inner_product(1, 3)
    assert inner_product(2, 2).is_positive
    assert inner_product(1, 2).is_positive is None


def test_mean_logarithms_at_known_digammas():
    """ψ(1) = −γ for two degrees of freedom, ψ(1/2) = −γ − 2 log 2 for one."""
    two = with_values(linear.mean_log_overlap(), s_w=1, H=2, j=1)
    one = with_values(linear.mean_log_overlap(), s_w=1, H=2, j=2)
    assert simplify(two - (log(2) - EulerGamma) / 2) == 0
    assert simplify(one - (-log(2) - EulerGamma) / 2) == 0


def test_the_mean_time_has_the_mean_logarithm_in_it():
    values = {"L": 20, "s_w": 1, "H": 5, "j": 3, "sigma_k": 2, "Lambda": 1}
    mean = with_values(linear.mean_log_overlap(), s_w=1, H=5, j=3)
    expected = (20 - mean + log(4) / 2) / 2
    assert simplify(with_values(linear.mean_refined_jump_time(), values) - expected) == 0


def test_more_neurons_jump_earlier():
    values = {"L": 20, "s_w": 1, "j": 2, "sigma_k": 2, "Lambda": 1}
    times = [float(with_values(linear.mean_refined_jump_time(), {**values, "H": H})) for H in (2, 4, 8)]
    assert times == sorted(times, reverse=True)
