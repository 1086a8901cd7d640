"""Modes of a dormant neuron, against the matrix exponential and by hand."""

import mpmath
import pytest
from sympy import Rational, exp, log, simplify

from agf_theory.closed_form import linear, with_values
from agf_theory.closed_form import symbols as sym


def test_the_norm_against_the_matrix_exponential():
    """R = (2, 0; 0, 1) with a third input: modes along the axes, a kernel of dimension one."""
    with mpmath.workdps(40):
        residual = mpmath.matrix([[2, 0, 0], [0, 1, 0]])
        block = mpmath.zeros(5, 5)
        block[0:2, 2:5], block[2:5, 0:2] = residual, residual.T
        start = mpmath.matrix([1, -2, 3, 4, 5]) / 10
        moved = mpmath.expm(block * mpmath.mpf(3) / 2) * start
        squares = sum(entry**2 for entry in moved)
        overlaps = {"z_1": 4, "y_1": -2, "z_2": 2, "y_2": -6}
        values = {name: value / (10 * mpmath.sqrt(2)) for name, value in overlaps.items()}
        squared = linear.dormant_squared_norm(2)
        symbols = {symbol.name: symbol for symbol in squared.free_symbols}
        numbers = {symbols[name]: str(value) for name, value in values.items()}
        at = {symbols["sigma_1"]: 2, symbols["sigma_2"]: 1, sym.z_0: Rational(1, 2), sym.t: Rational(3, 2)}
        predicted = squared.subs(at).subs({symbol: Rational(text) for symbol, text in numbers.items()})
        assert mpmath.almosteq(squares, mpmath.mpf(str(predicted.evalf(40))), rel_eps=1e-30)


def test_a_neuron_on_one_eigenvector_keeps_its_direction():
    grown = with_values(linear.growing_overlap(), z_k=3, sigma_k=2, t=1)
    shrunk = with_values(linear.decaying_overlap(), y_k=3, sigma_k=2, t=1)
    assert (grown, shrunk) == (3 * exp(2), 3 * exp(-2))


def test_the_accumulated_utility_of_an_aligned_neuron_is_the_singular_value_times_time():
    aligned = with_values(linear.dormant_accumulated_utility(), y_1=0, z_0=0)
    assert simplify(aligned - sym.t * sym.sigma_1) == 0


def test_a_neuron_in_the_kernel_accumulates_nothing():
    assert with_values(linear.dormant_accumulated_utility(), y_1=0, z_1=0) == 0


def test_a_neuron_that_first_shrinks_has_negative_accumulated_utility():
    at = {"z_1": 1, "y_1": 3, "z_0": 0, "sigma_1": 1}
    early = with_values(linear.dormant_accumulated_utility(), t=Rational(1, 10), **at)
    late = with_values(linear.dormant_accumulated_utility(), t=2, **at)
    assert early.evalf() < 0 < late.evalf()


def test_the_accumulated_utility_doubles_as_a_logarithm_by_hand():
    # One mode, z = y = 1: norm squared 2*cosh(2*sigma*t), so that S = log(cosh(2*log 2))/2 = log(17/8)/2.
    value = with_values(linear.dormant_accumulated_utility(), z_1=1, y_1=1, z_0=0, sigma_1=1, t=log(2))
    assert simplify(value - log(Rational(17, 8)) / 2) == 0


@pytest.mark.parametrize("modes", [1, 2, 3])
def test_no_time_no_growth(modes):
    assert linear.dormant_accumulated_utility(modes).subs(sym.t, 0) == 0
    assert len(linear.dormant_squared_norm(modes).free_symbols) == 3 * modes + 2
