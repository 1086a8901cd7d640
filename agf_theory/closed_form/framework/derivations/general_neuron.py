"""The general homogeneous neuron of two coordinates, as the derivations use it."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Derivative, Expr, Symbol, sqrt

from agf_theory.closed_form import symbols as sym
from agf_theory.closed_form.framework import growth
from agf_theory.closed_form.obligations import Rewriting

__all__ = [
    "DIMENSION",
    "EXCESS",
    "FUNCTION",
    "NORM",
    "POWERS",
    "SOURCE",
    "THETA",
    "above_two",
    "along_flow",
    "gradient_at_unit_vector",
    "scaled",
]

SOURCE = "[kunin2025], two-layer homogeneous networks"
DIMENSION = 2
THETA = growth.coordinates(DIMENSION)
FUNCTION = growth.homogeneous_function(DIMENSION)
NORM = sqrt(sum(coordinate**2 for coordinate in THETA))
EXCESS = Symbol("q", positive=True)  # kappa - 2 above degree two
POWERS = Rewriting(("evaluation", "powers", "common denominator", "powers"))


def scaled(expression: Expr, factor: Expr) -> Expr:
    """The expression with theta scaled by a factor."""
    return expression.subs({coordinate: factor * coordinate for coordinate in THETA}, simultaneous=True)


def gradient_at_unit_vector() -> list[Expr]:
    """Components of the gradient of the utility at theta/||theta||."""
    return [scaled(FUNCTION.diff(coordinate), 1 / NORM) for coordinate in THETA]


def along_flow(expression: Expr) -> Expr:
    """Time derivative of a function of theta under gradient ascent of the utility with rate eta."""
    return sum(Derivative(expression, x) * sym.eta * Derivative(FUNCTION, x) for x in THETA)


def above_two(formula: Callable[[int | None], Expr]) -> Expr:
    """The branch above degree two, in q = kappa - 2 > 0."""
    return formula(None).args[1].expr.subs(sym.kappa, 2 + EXCESS)
