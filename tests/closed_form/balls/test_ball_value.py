from fractions import Fraction
from random import Random

import flint
import pytest
import sympy

from agf_theory.closed_form.balls import ball, ball_value
from agf_theory.errors import UndecidedError

x = sympy.Symbol("x", positive=True)

EXPRESSIONS = [
    3 * x**2 - x / 7 + 1,
    sympy.sqrt(x) + x ** sympy.Rational(5, 3),
    x**x,
    1 / x**3,
    sympy.exp(-x) * sympy.log(x),
    sympy.sinh(x) + sympy.cosh(x) + sympy.tanh(x),
    sympy.asinh(x) + sympy.acosh(1 + x),
    sympy.Abs(-x - 1, evaluate=False) + sympy.sign(x - 100),
]


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=str)
def test_a_ball_contains_the_value_computed_to_many_more_digits(expression):
    random = Random(0)
    for _ in range(20):
        value = Fraction(random.randint(1, 99), random.randint(1, 99))
        enclosing = ball_value(expression, {x: value})
        with flint.ctx.workprec(400):
            digits = sympy.N(expression.subs(x, sympy.Rational(value.numerator, value.denominator)), 60)
            assert enclosing.overlaps(flint.arb(str(digits), "1e-50"))


def test_a_rational_enters_exactly_up_to_the_precision():
    assert ball(Fraction(1, 4)) == flint.arb("0.25")
    assert ball(Fraction(1, 3)).contains(flint.fmpq(1, 3))


def test_a_ball_may_be_the_value_of_a_symbol():
    wide = flint.arb(1, 0.5)
    assert ball_value(x + 1, {x: wide}).contains(flint.arb(2.4))


def test_the_sign_of_a_ball_around_zero_is_undecided_within_minus_one_and_one():
    value = ball_value(sympy.sign(sympy.Symbol("z")), {sympy.Symbol("z"): flint.arb(0, 1)})
    assert value.contains(1)
    assert value.contains(-1)


def test_the_sign_of_a_negative_number_is_minus_one():
    assert ball_value(sympy.sign(sympy.Symbol("z")), {sympy.Symbol("z"): -2}) == -1


@pytest.mark.parametrize(
    "expression", [x + sympy.Float(0.1), sympy.subfactorial(x), x + sympy.Symbol("unknown"), x * sympy.I], ids=str
)
def test_floats_unknown_functions_and_free_symbols_are_refused(expression):
    with pytest.raises(UndecidedError, match="no ball for"):
        ball_value(expression, {x: 1})
