"""Rigorous values of expressions at exact points: balls (Arb) that contain them, at a precision of one's choice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from operator import add, mul

import sympy
from flint import arb, ctx, fmpq
from sympy import Expr, Symbol

__all__ = ["enclosure", "sign_at"]

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
    sympy.coth: arb.coth,
    sympy.sin: arb.sin,
    sympy.cos: arb.cos,
    sympy.tan: arb.tan,
    sympy.asin: arb.asin,
    sympy.acos: arb.acos,
    sympy.atan: arb.atan,
    sympy.gamma: arb.gamma,
    sympy.floor: arb.floor,
    sympy.ceiling: arb.ceil,
}
_CONSTANTS: dict[Expr, Callable[[], arb]] = {sympy.pi: arb.pi, sympy.E: lambda: arb(1).exp()}
_PRECISIONS = (64, 512)  # bits; two distinct numbers that a formula gives at small rationals part long before


def enclosure(expression: Expr, point: Mapping[Symbol, Expr], precision: int = 128) -> arb:
    """A ball that contains the value of an expression at a point with rational coordinates.

    Parameters
    ----------
    expression : Expr
        Exact numbers, symbols, sums, products, powers and the elementary functions of the theory; other functions
        where SymPy itself gives them a rational value.
    point : mapping
        A rational number for each symbol.
    precision : int
        Working precision in bits.

    Returns
    -------
    flint.arb; not finite where the expression is undefined, or outside what is known here
    """
    before = ctx.prec
    ctx.prec = precision
    try:
        return _enclose(expression, point)
    finally:
        ctx.prec = before


def sign_at(expression: Expr, point: Mapping[Symbol, Expr]) -> int | None:
    """Sign at a point: 1 or -1 if certain, 0 if balls still contain zero, None if the expression is undefined."""
    sign = None
    for precision in _PRECISIONS:
        ball = enclosure(expression, point, precision)
        if ball.is_finite():
            sign = int(ball > 0) - int(ball < 0)
        if sign:
            break
    return sign


def _enclose(node: Expr, point: Mapping[Symbol, Expr]) -> arb:
    node = point.get(node, node)
    if isinstance(node, sympy.Rational):
        return arb(fmpq(node.p, node.q))
    if node in _CONSTANTS:
        return _CONSTANTS[node]()
    if not (node.is_Add or node.is_Mul or node.is_Pow or node.func in _ONE_ARGUMENT or node.func is sympy.sign):
        value = node.subs(point)
        return _enclose(value, {}) if isinstance(value, sympy.Rational) else arb.nan()
    values = [_enclose(argument, point) for argument in node.args]
    if node.is_Add:
        return reduce(add, values)
    if node.is_Mul:
        return reduce(mul, values)
    if node.is_Pow:
        return _power(*values)
    return _sign(values[0]) if node.func is sympy.sign else _ONE_ARGUMENT[node.func](values[0])


def _sign(ball: arb) -> arb:
    return arb(1) if ball > 0 else arb(-1) if ball < 0 else arb.nan()


def _power(base: arb, exponent: arb) -> arb:
    """Power with an exact integer exponent for any base, with another one for positive bases only."""
    whole = exponent.unique_fmpz() if exponent.is_exact() else None
    if whole is not None:
        return base ** int(whole)
    return base**exponent if base > 0 else arb.nan()
