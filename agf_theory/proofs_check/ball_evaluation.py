"""The value of a SymPy expression as a ball that contains it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import flint
import sympy
from sympy import Expr, Symbol

from agf_theory.errors import UndecidedError

__all__ = ["ball", "ball_value"]

_FUNCTIONS: dict[Any, Callable[[Any], Any]] = {
    sympy.exp: lambda x: x.exp(),
    sympy.log: lambda x: x.log(),
    sympy.sinh: lambda x: x.sinh(),
    sympy.cosh: lambda x: x.cosh(),
    sympy.tanh: lambda x: x.tanh(),
    sympy.asinh: lambda x: x.asinh(),
    sympy.acosh: lambda x: x.acosh(),
    sympy.Abs: abs,
    sympy.sign: lambda x: _sign(x),
}


def ball(value: Fraction | int) -> flint.arb:
    """The smallest ball around a rational number at the current precision."""
    fraction = Fraction(value)
    return flint.arb(flint.fmpq(fraction.numerator, fraction.denominator))


def ball_value(expression: Expr, values: Mapping[Symbol, Any]) -> flint.arb:
    """A ball that contains the value of the expression, at the current precision.

    Parameters
    ----------
    expression : Expr
        Built from numbers, symbols, sums, products, powers and the functions of a closed list.
    values : mapping of Symbol to Fraction, int or flint.arb

    Raises
    ------
    UndecidedError
        If the expression contains a floating-point number (a ball around it would promise too much), an unknown
        function, or a symbol without a value.

    Examples
    --------
    >>> x = Symbol("x")
    >>> ball_value(x**2 + sympy.cosh(0), {x: Fraction(1, 2)}).contains(ball(Fraction(5, 4)))
    True
    """
    if isinstance(expression, sympy.Rational):
        return ball(Fraction(int(expression.p), int(expression.q)))
    if expression in values:
        given = values[expression]
        return given if isinstance(given, flint.arb) else ball(given)
    arguments = [ball_value(argument, values) for argument in expression.args]
    if expression.is_Add:
        return sum(arguments, flint.arb(0))
    if expression.is_Mul:
        product = flint.arb(1)
        for argument in arguments:
            product *= argument
        return product
    if expression.is_Pow:
        return _power(expression, arguments)
    if expression.func in _FUNCTIONS:
        value: flint.arb = _FUNCTIONS[expression.func](arguments[0])
        return value
    raise UndecidedError(
        f"no ball for {expression.func.__name__} in {expression}; known: sums, products, powers, "
        f"{', '.join(function.__name__ for function in _FUNCTIONS)}"
    )


def _power(expression: Expr, arguments: list[flint.arb]) -> flint.arb:
    base, exponent = arguments
    if expression.exp.is_Integer:
        power: flint.arb = base ** int(expression.exp)
        return power
    return base.sqrt() if expression.exp == sympy.Rational(1, 2) else (exponent * base.log()).exp()


def _sign(x: flint.arb) -> flint.arb:
    if x > 0:
        return flint.arb(1)
    return flint.arb(-1) if x < 0 else flint.arb(0, 1)
