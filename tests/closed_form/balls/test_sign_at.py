"""Balls contain the value, undefined expressions have no ball, and a sign is given only when it is certain."""

import mpmath
import pytest
from flint import arb, ctx
from sympy import (
    Abs,
    E,
    Float,
    Rational,
    Symbol,
    acosh,
    asinh,
    atanh,
    binomial,
    cosh,
    exp,
    log,
    pi,
    sign,
    sinh,
    sqrt,
    subfactorial,
    tanh,
)

from agf_theory.closed_form.balls import ball_value, sign_at

x, y = Symbol("x", real=True), Symbol("y", real=True)
AT = {x: Rational(1, 3), y: Rational(-2, 7)}


@pytest.mark.parametrize(
    "expression",
    [
        exp(x) + sinh(y) * cosh(x),
        tanh(x) / (1 + y**2),
        asinh(x) - acosh(2 + x) + atanh(y),
        sqrt(x) * pi + E * log(x),
        Abs(y) * sign(y) + sign(x),
        x**-3 + 2**y,
    ],
)
def test_a_ball_contains_the_value_and_narrows_with_the_precision(expression):
    with mpmath.workdps(60):
        value = mpmath.mpf(expression.subs(AT).evalf(60))
        with ctx.workprec(128):
            ball = ball_value(expression, AT)
        with ctx.workprec(256):
            finer = ball_value(expression, AT)
        assert abs(mpmath.mpf(ball.mid().str(50, radius=False)) - value) < mpmath.mpf(10) ** -30
        assert abs(mpmath.mpf(finer.mid().str(60, radius=False)) - value) < mpmath.mpf(10) ** -55
    assert finer.rad() < ball.rad()
    assert ball.overlaps(finer)


def test_a_function_of_whole_numbers_is_taken_from_its_exact_value():
    assert ball_value(binomial(2 * x, x), {x: Rational(4)}) == arb(70)


@pytest.mark.parametrize("expression", [log(y), acosh(x), sqrt(y), 1 / (x - Rational(1, 3)), atanh(1 - y)])
def test_what_is_undefined_has_no_finite_ball_and_no_sign(expression):
    assert not ball_value(expression, AT).is_finite()
    assert sign_at(expression, AT) is None


@pytest.mark.parametrize("expression", [Symbol("z"), subfactorial(x), x + Float(0.5)])
def test_what_is_not_evaluated_has_no_sign(expression):
    assert sign_at(expression, AT) is None


def test_the_sign_of_an_exact_zero_is_zero():
    assert ball_value(sign(x - Rational(1, 3)), AT) == 0
    assert sign_at(x - Rational(1, 3), AT) == 0


def test_a_sign_is_certain_or_not_given():
    assert sign_at(x, AT) == 1
    assert sign_at(y, AT) == -1
    assert sign_at(exp(x) - exp(x + Rational(1, 10**40)), AT) == -1
    assert sign_at(cosh(x) ** 2 - sinh(x) ** 2 - 1, AT) == 0


def test_the_working_precision_of_others_is_left_alone():
    before = ctx.prec
    sign_at(exp(x) - exp(y), AT)
    assert ctx.prec == before
