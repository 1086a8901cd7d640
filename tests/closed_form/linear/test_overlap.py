"""The mean overlap by hand, and by recursion in the dimension."""

import pytest
from sympy import Rational, expand_func, log, simplify

from agf_theory.closed_form import linear, with_values


@pytest.mark.parametrize(
    ("n", "m", "mean"),
    [
        (2, 1, log(2)),  # the angle is uniform: the mean of log|1/cos| is log 2
        (3, 1, 1),  # one coordinate of the sphere in three dimensions is uniform on [-1, 1]: mean of -log|x|
        (4, 2, Rational(1, 2)),
        (6, 2, Rational(3, 4)),
        (5, 5, 0),
    ],
)
def test_means_worked_by_hand(n, m, mean):
    assert simplify(expand_func(with_values(linear.mean_log_inverse_overlap(), n=n, m=m)) - mean) == 0


def test_two_dimensions_more_add_the_inverse_of_the_dimension():
    """psi(x + 1) = psi(x) + 1/x."""
    more = with_values(linear.mean_log_inverse_overlap(), n=9, m=3) - with_values(
        linear.mean_log_inverse_overlap(), n=7, m=3
    )
    assert simplify(expand_func(more) - Rational(1, 7)) == 0


def test_chains_of_projections_add():
    """From n to k dimensions and on to m."""
    mean = linear.mean_log_inverse_overlap()
    parts = with_values(mean, n=8, m=5) + with_values(mean, n=5, m=2)
    assert simplify(parts - with_values(mean, n=8, m=2)) == 0
