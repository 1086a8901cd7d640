import mpmath
import pytest
from sympy import Rational, Symbol, lambdify, latex, oo, pretty, sqrt

from agf_theory.closed_form.balls import ball_value, enclose
from agf_theory.closed_form.carlson import CarlsonRF
from agf_theory.errors import HypothesisNotMet, UndecidedError

x, y = Symbol("x", positive=True), Symbol("y", positive=True)


def test_it_is_symmetric_and_knows_equal_arguments_and_two_zeros():
    assert CarlsonRF(x, y, 0) == CarlsonRF(0, x, y) == CarlsonRF(y, 0, x)
    assert CarlsonRF(x, x, x) == 1 / sqrt(x)
    assert CarlsonRF(0, 0, x) == oo
    assert CarlsonRF(0, x, y).is_positive


def test_numbers_agree_with_mpmath():
    with mpmath.workdps(40):
        expected = mpmath.elliprf(1, 2, mpmath.mpf(1) / 3)
        found = CarlsonRF(1, 2, Rational(1, 3)).evalf(35)
        assert abs(mpmath.mpf(str(found)) - expected) < mpmath.mpf(10) ** -33
        assert abs(lambdify([x], CarlsonRF(x, 2, 1), "mpmath")(mpmath.mpf(1) / 3) - expected) < mpmath.mpf(10) ** -38
    assert abs(float(ball_value(CarlsonRF(x, 2, 1), {x: Rational(1, 3)}).mid()) - float(expected)) < 1e-15


def test_outside_its_domain_there_is_no_ball():
    with pytest.raises(HypothesisNotMet, match="no real value"):
        enclose(CarlsonRF(-1, 2, 3), {}, digits=10)
    with pytest.raises(UndecidedError, match="no real number"):
        enclose(CarlsonRF(0, 0, 1), {}, digits=10)


def test_outside_its_domain_there_is_no_number():
    assert CarlsonRF(-1, 2, 3).evalf() == CarlsonRF(-1, 2, 3)


def test_it_prints_as_in_the_books():
    assert latex(CarlsonRF(0, x, y)) == r"R_F\left(0, x, y\right)"
    assert pretty(CarlsonRF(0, x, y)) == "R_F(0, x, y)"
