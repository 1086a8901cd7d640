"""Ways to bring an expression to zero, by name; a step names those that fit it.

Each is an identity under the assumptions of the symbols. `simplify` tries everything and is slow; rewriting to
exponentials first is about eighty times faster where hyperbolic functions meet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal

from sympy import (
    Expr,
    exp,
    expand,
    expand_log,
    factor,
    factor_terms,
    gamma,
    gammasimp,
    log,
    numer,
    powdenest,
    powsimp,
    together,
)

__all__ = ["TACTICS", "Tactic", "reduced"]

Tactic = Literal[
    "evaluation",
    "common denominator",
    "exponentials",
    "logarithms",
    "powers",
    "radicals",
    "perfect squares",
    "gamma functions",
]


def _common_denominator(expression: Expr) -> Expr:
    return expand(numer(together(expression)))


def _exponentials(expression: Expr) -> Expr:
    return _common_denominator(expand(expression.rewrite(exp)))


def _logarithms(expression: Expr) -> Expr:
    """Logarithms of products, common factors taken out first, become sums; arc hyperbolic functions, logarithms."""
    return expand(expression.rewrite(log).replace(log, lambda argument: expand_log(log(factor_terms(argument)))))


def _radicals(expression: Expr) -> Expr:
    """Products of roots become roots of products, where SymPy sees that it may."""
    return expand(powsimp(expression, combine="base")).replace(
        lambda node: node.is_Pow and not node.exp.is_Integer, lambda node: expand(node.base) ** node.exp
    )


def _perfect_squares(expression: Expr) -> Expr:
    """What is under a root is factored: the root of a square is taken, where SymPy sees its sign."""
    rooted = expression.replace(
        lambda node: node.is_Pow and not node.exp.is_Integer, lambda node: factor(together(node.base)) ** node.exp
    )
    return _common_denominator(rooted)


def _powers(expression: Expr) -> Expr:
    return powsimp(expand(powdenest(_common_denominator(expression))))


def _gamma_functions(expression: Expr) -> Expr:
    return gammasimp(expression.rewrite(gamma))


TACTICS: Mapping[Tactic, Callable[[Expr], Expr]] = MappingProxyType(
    {
        "evaluation": lambda expression: expression,
        "common denominator": _common_denominator,
        "exponentials": _exponentials,
        "logarithms": _logarithms,
        "powers": _powers,
        "radicals": _radicals,
        "perfect squares": _perfect_squares,
        "gamma functions": _gamma_functions,
    }
)


def reduced(expression: Expr, tactics: tuple[Tactic, ...]) -> tuple[Expr, Tactic | None]:
    """The expression after the tactics, one upon the other, until it is zero; and the one that made it so, or None."""
    for tactic in tactics:
        expression = TACTICS[tactic](expression)
        if expression.is_zero or expression == 0:
            return expression, tactic
    return expression, None
