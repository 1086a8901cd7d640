"""Expressions in the place of symbols, node by node, so that no evaluation takes SymPy by surprise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Basic, Derivative, Limit, Order, Piecewise, Subs, Symbol, false, true
from sympy.concrete.expr_with_limits import ExprWithLimits

from agf_theory.closed_form.bounded_evaluation import Limits, built

__all__ = ["substituted"]

_BINDS_SYMBOLS = (ExprWithLimits, Derivative, Limit, Order, Subs)


def substituted(expression: Basic, values: Mapping[Symbol, Any], limits: Limits) -> Basic:
    """The expression with every symbol replaced at once.

    SymPy's own ``subs`` does the same and evaluates whatever comes: ``x**k`` at x = 2 and k = 10**9 never returns.

    Raises
    ------
    InputError
        If an integer in the result, or on the way to it, exceeds the limits.

    Examples
    --------
    >>> from sympy import symbols
    >>> from agf_theory.closed_form.bounded_evaluation import FORMULA_LIMITS
    >>> x, y = symbols("x y")
    >>> substituted(x**y, {x: y, y: x}, FORMULA_LIMITS)
    y**x
    """
    if expression in values:
        return values[expression]
    if not expression.free_symbols & values.keys():
        return expression
    if isinstance(expression, _BINDS_SYMBOLS):
        # SymPy knows which symbols are bound; whether what it will build is moderate is seen without binding.
        for argument in expression.args:
            substituted(argument, values, limits)
        return expression.subs(values, simultaneous=True)
    if isinstance(expression, Piecewise):
        return _piecewise(expression, values, limits)
    return built(expression.func, *(substituted(a, values, limits) for a in expression.args), limits=limits)


def _piecewise(expression: Piecewise, values: Mapping[Symbol, Any], limits: Limits) -> Basic:
    """The branches that are left; one that is excluded may be undefined there, 1/(kappa - 2) at kappa = 2."""
    branches = []
    for branch, condition in expression.args:
        holds = substituted(condition, values, limits)
        if holds != false:
            branches.append((substituted(branch, values, limits), holds))
        if holds == true:
            break
    return Piecewise(*branches)
