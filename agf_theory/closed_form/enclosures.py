"""Rigorous values of exact expressions: balls (Arb) that contain them, at a precision of one's choice."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import add, mul

import sympy
from flint import arb, ctx, fmpq
from sympy import Expr

__all__ = ["enclosure", "sign_of"]

_ONE_ARGUMENT: dict[type, Callable[[arb], arb]] = {
    sympy.exp: arb.exp,
    sympy.log: arb.log,
    sympy.sinh: arb.sinh,
    sympy.cosh: arb.cosh,
    sympy.tanh: arb.tanh,
    sympy.asinh: arb.asinh,
    sympy.acosh: arb.acosh,
    sympy.atanh: arb.atanh,
    sympy.Abs: arb.__abs__,
}
_PRECISIONS = (64, 256, 1024)  # bits; two distinct numbers that a formula gives at small rationals part long before


def enclosure(expression: Expr, precision: int = 128) -> arb:
    """A ball that contains the value of an expression without symbols.

    Parameters
    ----------
    expression : Expr
        Exact numbers, sums, products, powers and the elementary functions of the theory.
    precision : int
        Working precision in bits.

    Returns
    -------
    flint.arb; not finite where the expression is undefined or outside the functions known here
    """
    before = ctx.prec
    ctx.prec = precision
    try:
        return _enclose(expression)
    finally:
        ctx.prec = before


def sign_of(expression: Expr) -> int | None:
    """Certain sign of an expression without symbols: 1, -1, or None if balls do not decide it (zero, or undefined)."""
    if isinstance(expression, sympy.Rational):
        return (expression.p > 0) - (expression.p < 0) or None
    for precision in _PRECISIONS:
        ball = enclosure(expression, precision)
        if not ball.is_finite():
            continue
        if ball > 0:
            return 1
        if ball < 0:
            return -1
    return None


def _enclose(node: Expr) -> arb:
    if isinstance(node, sympy.Rational):
        return arb(fmpq(node.p, node.q))
    if node is sympy.pi:
        return arb.pi()
    if node is sympy.E:
        return arb(1).exp()
    if isinstance(node, sympy.sign):
        inner = _enclose(node.args[0])
        return arb(1) if inner > 0 else arb(-1) if inner < 0 else arb.nan()
    values = [_enclose(argument) for argument in node.args]
    if node.is_Add:
        return reduce(add, values)
    if node.is_Mul:
        return reduce(mul, values)
    if node.is_Pow:
        return _power(values[0], values[1], node.args[1])
    function = _ONE_ARGUMENT.get(node.func)
    return function(values[0]) if function else arb.nan()


def _power(base: arb, exponent: arb, exact: Expr) -> arb:
    """Power with an integer exponent for any base, with another one for positive bases only."""
    if exact.is_Integer:
        return base ** int(exact)
    return base**exponent if base > 0 else arb.nan()
