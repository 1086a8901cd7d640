"""Expressions in the place of symbols, node by node, so that no evaluation takes SymPy by surprise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Basic, Derivative, Limit, Order, Piecewise, Subs, Symbol, false, true
from sympy.concrete.expr_with_limits import ExprWithLimits

from agf_theory.closed_form.bounded_evaluation import Limits, built
from agf_theory.errors import InputError

__all__ = ["substituted"]

_BINDS_SYMBOLS = (ExprWithLimits, Derivative, Limit, Order, Subs)


def substituted(expression: Basic, values: Mapping[Symbol, Any], limits: Limits) -> Basic:
    """The expression with every symbol replaced at once.

    SymPy's own ``subs`` does the same and evaluates whatever comes: ``x**k`` at x = 2 and k = 10**9 never returns.

    Raises
    ------
    InputError
        If an integer in the result, or on the way to it, exceeds the limits, or SymPy cannot put a value in.

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
    if not expression.atoms(Symbol) & values.keys():  # not only free ones: a size of a matrix symbol is none to SymPy
        return expression
    if isinstance(expression, _BINDS_SYMBOLS):
        return _around_bound_symbols(expression, values, limits)
    if isinstance(expression, Piecewise):
        return _piecewise(expression, values, limits)
    return built(expression.func, *(substituted(a, values, limits) for a in expression.args), limits=limits)


def _around_bound_symbols(expression: Basic, values: Mapping[Symbol, Any], limits: Limits) -> Basic:
    """By SymPy, which knows what is bound; that it will build something moderate is seen first, without binding."""
    for argument in expression.args:
        substituted(argument, values, limits)
    at_once = any(value.free_symbols for value in values.values())  # slower, and only expressions can meet
    try:
        return expression.subs(values, simultaneous=at_once)
    except (TypeError, ValueError) as error:
        raise InputError(f"{type(expression).__name__}: SymPy cannot put these values in ({error})"[:300]) from None


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
