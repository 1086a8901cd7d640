import pytest
from sympy import Rational, limit, log, simplify, sqrt

from agf_theory.closed_form import derivation, linear
from agf_theory.closed_form import symbols as sym

EXAMPLE = {sym.sigma_1: 2, sym.sigma_2: 1, sym.variance_1: 4, sym.variance_2: Rational(1, 2)}


def test_the_rate_of_counterexample_one_is_worked_by_hand():
    assert simplify(linear.escape_rate().subs(EXAMPLE) - (sqrt(113) - 9) / 8) == 0


def test_the_determinant_is_the_second_variance_times_the_difference_of_the_falls():
    assert linear.transverse_determinant().subs(EXAMPLE) == Rational(1, 2) * (1 - 2)


def test_the_rate_vanishes_where_both_modes_take_as_much_off_the_loss():
    level = {**EXAMPLE, sym.variance_2: 1}
    assert linear.escape_rate().subs(level) == 0


def test_without_variance_along_the_other_mode_the_rate_is_that_of_an_undamped_pair():
    rate = linear.escape_rate().subs({sym.sigma_1: 2, sym.sigma_2: 1, sym.variance_1: 4})
    assert simplify(limit(rate, sym.variance_2, 0, "+") - (sqrt(2) - 1)) == 0


def test_each_decade_of_the_coupling_delays_the_second_jump_of_the_example_by_as_much():
    time = linear.crossover_time().subs({**EXAMPLE, sym.escape: linear.escape_rate().subs(EXAMPLE)})
    decade = time.subs(sym.input_coupling, Rational(1, 100)) - time.subs(sym.input_coupling, Rational(1, 10))
    assert float(decade) == pytest.approx(float(log(10)) / 2 / 0.203768, rel=1e-5)


def test_the_example_feels_couplings_above_the_tenth_root_of_the_scale():
    exponent = linear.crossover_exponent().subs({**EXAMPLE, sym.escape: linear.escape_rate().subs(EXAMPLE)})
    assert float(exponent) == pytest.approx(0.101884, abs=1e-6)


def test_every_step_is_shown():
    assert derivation("LIN-15").check().proved


def test_another_rate_is_refuted():
    assert not derivation("LIN-15", escape_rate=lambda: sym.sigma_2).check().proved
