"""The power series in time of a formula, with balls as coefficients."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import flint
import sympy
from sympy import Expr

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.balls import ball_value
from agf_theory.errors import UndecidedError

__all__ = ["claimed_series"]

Values = Mapping[Any, Any]


def claimed_series(expression: Expr, values: Values, order: int) -> list[flint.arb]:
    """Balls around the coefficients of t^0, ..., t^order, at the current precision; infinite if t = 0 is a pole.

    Parameters
    ----------
    expression : Expr
        Of sums, products, powers, exponentials and logarithms, as far as t enters.
    values : mapping of Symbol to number
        For all its symbols but t.

    Raises
    ------
    UndecidedError
        If t enters another function.

    Examples
    --------
    >>> [str(c) for c in claimed_series(1 / (1 - 2 * sym.t), {}, 2)]
    ['1.00000000000000', '2.00000000000000', '4.00000000000000']
    """
    try:
        found = _series(expression, values, order + 1)
    except _PoleAtStartError:
        return [flint.arb.pos_inf()] * (order + 1)
    return [found[k] for k in range(order + 1)]


class _PoleAtStartError(Exception):
    """A denominator that is exactly zero at t = 0."""


def _series(node: Expr, values: Values, length: int) -> flint.arb_series:
    if not node.has(sym.t):
        return flint.arb_series([ball_value(node, values)], prec=length)
    if node == sym.t:
        return flint.arb_series([0, 1], prec=length)
    if node.is_Pow:
        return _power(node, values, length)
    parts = [_series(part, values, length) for part in node.args]
    first, *rest = parts
    if node.is_Add or node.is_Mul:
        for other in rest:
            first = first + other if node.is_Add else first * other
        return first
    if node.func is sympy.exp:
        return first.exp()
    if node.func is sympy.log:
        return first.log()
    raise UndecidedError(f"power series in t: {node.func} is not expanded")


def _power(node: Expr, values: Values, length: int) -> flint.arb_series:
    base = _series(node.base, values, length)
    if node.exp.is_Integer:
        if node.exp < 0 and base[0] == 0:
            raise _PoleAtStartError
        one = flint.arb_series([1], prec=length)
        factor = base if node.exp > 0 else one / base
        for _ in range(abs(int(node.exp))):
            one = one * factor
        return one
    return (_series(node.exp, values, length) * base.log()).exp()
